package newer_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// invoke runs an action, which Terraform checks and plans before. It returns what was told on the way.
func (p *process) invoke(name string, config attrs, wrong ...string) (progress []string) {
	p.t.Helper()
	typeOf := fmt.Sprintf("%s_%s", p.typeOf[:len(p.typeOf)-len("_invite")], name)
	block := encode(p.t, acctest.Value(p.schemas.ActionSchemas[typeOf].Schema.ValueType(), config))
	server := p.server.(tfprotov6.ActionServer)
	checked, err := server.ValidateActionConfig(p.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: typeOf, Config: block})
	must(p.t, err)
	if errors(checked.Diagnostics) != "" {
		p.expect(checked.Diagnostics, wrong...)
		return nil
	}
	planned, err := server.PlanAction(p.t.Context(), &tfprotov6.PlanActionRequest{ActionType: typeOf, Config: block})
	must(p.t, err)
	p.expect(planned.Diagnostics)
	answer, err := server.InvokeAction(p.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: typeOf, Config: block})
	must(p.t, err)
	completed := false
	for event := range answer.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress = append(progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed = true
			p.expect(event.Diagnostics, wrong...)
		}
	}
	if !completed {
		p.t.Error("the action did not complete")
	}
	return progress
}

// expectProgress wants as many messages, each with its text.
func expectProgress(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("told %q, want %q", got, want)
	}
	for n, text := range want {
		if !contains(got[n], text) {
			t.Errorf("told %q, want %q", got[n], text)
		}
	}
}
