// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Check looks at something else than a plan or a state, such as mails and requests. It stands among the checks of
// either: of a plan before it is applied, and of a state after that.
type Check func() error

// CheckPlan implements [plancheck.PlanCheck].
func (c Check) CheckPlan(_ context.Context, _ plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = c()
}

// CheckState implements [statecheck.StateCheck].
func (c Check) CheckState(_ context.Context, _ statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse) {
	resp.Error = c()
}

// PlanCheck is a function that is a [plancheck.PlanCheck].
type PlanCheck func(*tfjson.Plan) error

// CheckPlan implements [plancheck.PlanCheck].
func (c PlanCheck) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	resp.Error = c(req.Plan)
}

// StateCheck is a function that is a [statecheck.StateCheck].
type StateCheck func(*tfjson.State) error

// CheckState implements [statecheck.StateCheck].
func (c StateCheck) CheckState(
	_ context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse,
) {
	resp.Error = c(req.State)
}

// All makes several checks of a state.
func All(checks ...statecheck.StateCheck) statecheck.StateCheck { return stateChecks(checks) }

type stateChecks []statecheck.StateCheck

func (c stateChecks) CheckState(
	ctx context.Context, req statecheck.CheckStateRequest, resp *statecheck.CheckStateResponse,
) {
	for _, check := range c {
		var one statecheck.CheckStateResponse
		check.CheckState(ctx, req, &one)
		resp.Error = errors.Join(resp.Error, one.Error)
	}
}

// BeforeApply are the checks of a step's plan.
func BeforeApply(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: checks}
}

// Plans wants exactly these changes in a plan: pairs of an address and an action, which is create, update, replace,
// delete or import. None: an empty plan, in which only data sources are read.
func Plans(want ...string) plancheck.PlanCheck {
	return PlanCheck(func(plan *tfjson.Plan) error {
		if got := changes(plan); !maps.Equal(got, pairs(want)) {
			return fmt.Errorf("planned %v, want %v", got, want)
		}
		return nil
	})
}

// Attribute wants an attribute in state.
func Attribute(address, name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), want)
}

// InState wants exactly so many resources in state, data sources not counted.
func InState(want int) statecheck.StateCheck {
	return StateCheck(func(state *tfjson.State) error {
		got := 0
		if state.Values != nil {
			for _, one := range state.Values.RootModule.Resources {
				if one.Mode == tfjson.ManagedResourceMode {
					got++
				}
			}
		}
		return same(got, want)
	})
}

// InNoState wants none of the texts anywhere in state.
func InNoState(texts ...string) statecheck.StateCheck {
	return StateCheck(func(state *tfjson.State) (err error) {
		all, err := json.Marshal(state)
		for _, text := range texts {
			if strings.Contains(string(all), text) {
				err = errors.Join(err, fmt.Errorf("%.6s... is in state", text))
			}
		}
		return err
	})
}

// Known is the check of a value that is null, text, bool, a number, a list or set of such values, or an object of them.
func Known(value any) knownvalue.Check {
	switch value := value.(type) {
	case nil:
		return knownvalue.Null()
	case string:
		return knownvalue.StringExact(value)
	case bool:
		return knownvalue.Bool(value)
	case float64:
		return knownvalue.Float64Exact(value)
	case []any:
		elements := make([]knownvalue.Check, 0, len(value))
		for _, element := range value {
			elements = append(elements, Known(element))
		}
		return knownvalue.ListExact(elements)
	case map[string]any:
		attributes := map[string]knownvalue.Check{}
		for name, attribute := range value {
			attributes[name] = Known(attribute)
		}
		return knownvalue.MapExact(attributes)
	default:
		panic(fmt.Sprintf("no check of %T", value))
	}
}

// Error is an error that has all the texts, in this order. A text "code: ..." stands for the line of the
// configuration to which the error points; Terraform shows it after the summary and before the detail.
func Error(texts ...string) *regexp.Regexp {
	var patterns []string
	for _, text := range texts {
		code, isCode := strings.CutPrefix(text, "code: ")
		words := strings.Fields(code)
		for i := range words {
			words[i] = regexp.QuoteMeta(words[i])
		}
		pattern := strings.Join(words, `\s+`) // Terraform wraps lines
		if isCode {
			pattern = `\n\s*\d+:\s+` + pattern
		}
		patterns = append(patterns, pattern)
	}
	return regexp.MustCompile(strings.Join(patterns, `[\s\S]*`))
}
