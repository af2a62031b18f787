// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// TestUnknownRoles: a query warns of roles that the configuration it generates cannot have, and the action that sends an
// invitation again keeps them.
func TestUnknownRoles(t *testing.T) {
	t.Parallel()
	w := faketest.New(t)
	unknown := fake.Grant{RoleAssignments: &fake.RoleAssignments{Platform: []fake.RoleAssignment{{RoleID: "operator"}}}}
	s := platform{testplatform.Of(fake.ElasticCloud)}
	s.seed(t, w.Fake, ada, testplatform.Grant{Fake: unknown})
	p := s.start(t, w)
	_, diags := p.List(t.Context(), s.Resource(), prototest.Query{Include: true})
	if len(diags) != 1 || diags[0].Summary != ada+" has roles that role_assignments cannot express" {
		t.Errorf("a query reports: %v", diags)
	}
	p.invoke("resend", attrs{"email": ada})
	sent := w.Invitations(fake.ElasticCloud, "")
	if last := sent[len(sent)-1].Grant.RoleAssignments; len(sent) != 2 || len(last.Platform) != 1 {
		t.Errorf("sent: %+v", sent)
	}
}
