// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

// resend sends the invitation of Ada again.
func (w *world) resend() error {
	traits := invite.Traits{Title: "Elastic Cloud", SecretIDs: true, Lifetime: 72 * time.Hour}
	service := invite.NewService(traits, invite.Backend[ec.Grant](w.Backend))
	_, err := service.Resend(w.Context(), w.org, "ada@example.com")
	return err
}

// TestResendKeepsEverything: an invitation that is sent again grants exactly the same.
func TestResendKeepsEverything(t *testing.T) {
	w := newWorld(t)
	all := true
	granted := fake.RoleAssignments{
		Platform:     []fake.RoleAssignment{{RoleID: "operator"}},
		Organization: []fake.RoleAssignment{{RoleID: "billing-admin", OrganizationID: w.org, ApplicationRoles: []string{"auditor"}}},
		Project: map[string][]fake.RoleAssignment{
			"security":    {{RoleID: "t1_analyst", OrganizationID: w.org, All: &all}},
			"vectordb":    {{RoleID: "vectordb-viewer", OrganizationID: w.org, All: &all}},
			"workplaceai": {{RoleID: "workplaceai-viewer", OrganizationID: w.org, All: &all}},
		},
	}
	_, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{
		Email: "ada@example.com", Grant: fake.Grant{RoleAssignments: &granted},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.resend(); err != nil {
		t.Fatal(err)
	}
	sent := w.fake.Invitations(fake.ElasticCloud, "")
	got, _ := json.Marshal(sent[len(sent)-1].Grant.RoleAssignments)
	if want, _ := json.Marshal(granted); len(sent) != 2 || string(got) != string(want) {
		t.Errorf("sent %s, want %s", got, want)
	}
	w.wantMails(1)
}

// TestResendNeedsToKnow: roles that are not shown cannot be sent again, and the invitation stays as it is.
func TestResendNeedsToKnow(t *testing.T) {
	w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.OmitRoleAssignments = true })
	w.send("ada@example.com", everything)
	err := w.resend()
	if !errors.Is(err, invite.ErrUnresolved) || !strings.Contains(err.Error(), "does not show what the invitation grants") {
		t.Errorf("resend: %v", err)
	}
	w.wantCount(0, fake.RevokeInvite)
	w.wantMails(1)
}
