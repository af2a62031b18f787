// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

// answer lists one invitation with these role assignments.
func (w *world) answer(assignments string) invite.Invite[ec.Grant] {
	w.Helper()
	w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Status: 200, Times: 1, Body: `{"invitations":[{
		"token":"secret-token","email":"a@example.com","created_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z",
		"expired":false` + strings.ReplaceAll(assignments, "ORG", w.org) + `}]}`})
	return w.invites()[0]
}

// TestUnknownAssignments: unknown assignments are kept, named in texts, and sent again as they were read.
func TestUnknownAssignments(t *testing.T) {
	for name, test := range map[string]struct{ answer, sent, says string }{
		"a scope": {
			`{"cluster":[{"role_id":"cluster-viewer","organization_id":"ORG"},{"role_id":"x","organization_id":"other"}]}`,
			`{"cluster":[{"organization_id":"ORG","role_id":"cluster-viewer"}]}`, "cluster-viewer",
		},
		"a type of project": {
			`{"project":{"maps":[{"role_id":"maps-viewer","all":true}],"security":[]}}`,
			`{"project":{"maps":[{"all":true,"role_id":"maps-viewer"}]}}`, "maps-viewer",
		},
		"platform roles": {
			`{"platform":[{"role_id":"operator"}],"organization":[{"role_id":"billing-admin","organization_id":"ORG"}]}`,
			`{"organization":[{"organization_id":"ORG","role_id":"billing-admin"}],"platform":[{"role_id":"operator"}]}`, "operator",
		},
		"a field": {
			`{"deployment":[{"role_id":"v","organization_id":"ORG","all":true,"until":"2027","n":12345678901234567890,"no":null}]}`,
			`{"deployment":[{"organization_id":"ORG","role_id":"v","all":true,"n":12345678901234567890,"until":"2027"}]}`, "until",
		},
		"not a list": {`{"mode":"strict"}`, `{"mode":"strict"}`, "strict"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			read := w.answer(`,"role_assignments":` + test.answer).Grant
			if !strings.Contains(read.String(), test.says) || read.IsUnderstood() || !read.IsKnown() {
				t.Errorf("read: %s", read)
			}
			if read.Equal(ec.Grant{}) || (ec.Grant{}).MatchedBy(read) {
				t.Errorf("%s counts as none", read)
			}
			w.refuse(fake.CreateInvite, 400, "root.invalid_data")
			_, _ = w.Send(t.Context(), w.org, request("a@example.com", read))
			want := `"role_assignments":` + strings.ReplaceAll(test.sent, "ORG", w.org) + `}`
			if got := w.bodies(fake.CreateInvite)[0]; !strings.HasSuffix(got, want) {
				t.Errorf("sent:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

// TestAbsentAssignments: absent and null assignments are not known; empty ones are no roles.
func TestAbsentAssignments(t *testing.T) {
	for answer, known := range map[string]bool{
		"":                         false,
		`,"role_assignments":null`: false,
		`,"role_assignments":{}`:   true,
		`,"role_assignments":{"platform":[],"organization":null,"project":{"maps":[]},"new":{}}`: true,
	} {
		w := newWorld(t)
		if read := w.answer(answer).Grant; read.IsKnown() != known || known && !read.Equal(ec.Grant{}) {
			t.Errorf("%s: %s", answer, read)
		}
	}
}

// TestTakeAway: a role of a member is removed with all fields that were read.
func TestTakeAway(t *testing.T) {
	w := newWorld(t)
	all := true
	_, err := w.fake.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "ada@example.com", Grant: fake.Grant{
		RoleAssignments: &fake.RoleAssignments{
			Platform:     []fake.RoleAssignment{{RoleID: "operator"}},
			Organization: []fake.RoleAssignment{{RoleID: "billing-admin", OrganizationID: w.org, ApplicationRoles: []string{"x"}}},
			Project: map[string][]fake.RoleAssignment{
				"security": {{RoleID: "t1_analyst", OrganizationID: w.org, All: &all}, {RoleID: "viewer", OrganizationID: w.org, All: &all}},
			},
		},
	}})
	if err != nil {
		t.Fatal(err)
	}
	wanted := ec.Grant{ec.Security: {{RoleID: "security-viewer", All: true}}}
	if err := w.ChangeMember(t.Context(), w.org, w.members()[0], wanted); err != nil {
		t.Fatal(err)
	}
	if now := w.members()[0].Grant; !now.Equal(wanted) {
		t.Errorf("now: %s", now)
	}
	w.wantCount(0, fake.UpdateMember)
	w.wantCount(1, fake.RemoveRoles)
}
