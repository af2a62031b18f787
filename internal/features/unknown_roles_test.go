package newer_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestUnknownRoles: a query warns of roles that the configuration it generates cannot have, and the action that sends an
// invitation again keeps them.
func TestUnknownRoles(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorld(t)
	unknown := fake.Grant{RoleAssignments: &fake.RoleAssignments{Platform: []fake.RoleAssignment{{RoleID: "operator"}}}}
	for _, s := range subjects {
		if s.platform != fake.ElasticCloud {
			continue
		}
		s.seed(t, w, ada, grant{fake: unknown})
		p := s.start(t, w)
		var said []*tfprotov6.Diagnostic
		for result := range p.stream(query{include: true}) {
			said = append(said, result.Diagnostics...)
		}
		if len(said) != 1 || said[0].Summary != ada+" has roles that role_assignments cannot express" {
			t.Errorf("a query says: %v", said)
		}
		p.invoke("resend", attrs{"email": ada})
	}
	sent := w.Invitations(fake.ElasticCloud, "")
	if last := sent[len(sent)-1].Grant.RoleAssignments; len(sent) != 2 || len(last.Platform) != 1 {
		t.Errorf("sent: %+v", sent)
	}
}
