package provider

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// maxTimeout is beyond what any platform takes to answer.
const maxTimeout = time.Hour

// parseTimeout reads how long a request may take.
func parseTimeout(text string) (time.Duration, error) {
	timeout, err := time.ParseDuration(text)
	switch {
	case err != nil:
		return 0, errors.New(`it must be a number with a unit of ms, s or m, such as "30s"`)
	case timeout <= 0 || timeout > maxTimeout:
		return 0, fmt.Errorf("it must be longer than nothing and at most %s", maxTimeout)
	}
	return timeout, nil
}

// timeoutValidator checks a time-out while planning.
type timeoutValidator struct{}

func (timeoutValidator) Description(context.Context) string { return "a time-out such as 30s" }

func (v timeoutValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (timeoutValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsUnknown() || req.ConfigValue.ValueString() == "" {
		return
	}
	if _, err := parseTimeout(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Not a time-out", fmt.Sprintf("%q: %s.", req.ConfigValue.ValueString(), err))
	}
}
