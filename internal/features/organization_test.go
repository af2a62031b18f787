package newer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

// TestEmptyOrganization: an empty organization_id is refused while validating, before anything is asked or sent.
func TestEmptyOrganization(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		p := s.start(t, w)
		want := func(diagnostics []*tfprotov6.Diagnostic) {
			t.Helper()
			p.expect(diagnostics, "organization_id string length must be at least 1")
			for _, d := range diagnostics {
				if !strings.Contains(d.Attribute.String(), "organization_id") {
					t.Errorf("the error stands at %s", d.Attribute)
				}
			}
		}
		listed, err := p.server.(tfprotov6.ListResourceServer).ValidateListResourceConfig(t.Context(),
			&tfprotov6.ValidateListResourceConfigRequest{
				TypeName: p.typeOf,
				Config: encode(t, acctest.Value(p.schemas.ListResourceSchemas[p.typeOf].ValueType(),
					attrs{"organization_id": ""})),
			})
		must(t, err)
		want(listed.Diagnostics)
		for _, name := range []string{"resend", "revoke"} {
			action := fmt.Sprintf("orginvite_%s_%s", s.platform, name)
			checked, err := p.server.(tfprotov6.ActionServer).ValidateActionConfig(t.Context(),
				&tfprotov6.ValidateActionConfigRequest{
					ActionType: action,
					Config: encode(t, acctest.Value(p.schemas.ActionSchemas[action].Schema.ValueType(),
						attrs{"email": ada, "organization_id": ""})),
				})
			must(t, err)
			want(checked.Diagnostics)
		}
	})
}
