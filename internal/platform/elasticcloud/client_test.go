// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

func TestSend(t *testing.T) {
	w := newWorld(t)
	sent := w.send("Ada@example.com", everything)
	if sent.ID != "ada@example.com" || sent.Email != "Ada@example.com" || sent.Status != invite.Pending || sent.Token == "" {
		t.Errorf("sent: %+v", sent)
	}
	if !everything.MatchedBy(sent.Grant) || sent.ExpiresAt.Sub(sent.CreatedAt) != 24*time.Hour {
		t.Errorf("sent: %s, %s to %s", sent.Grant, sent.CreatedAt, sent.ExpiresAt)
	}
	want := strings.NewReplacer("ORG", w.org, "\n", "", "\t", "").Replace(`{
		"emails":["Ada@example.com"],
		"expires_in":"24h",
		"role_assignments":{
			"deployment":[
				{"organization_id":"ORG","role_id":"deployment-admin","all":true},
				{"organization_id":"ORG","role_id":"deployment-viewer","all":false,"deployment_ids":["d1","d2"]}],
			"organization":[{"organization_id":"ORG","role_id":"billing-admin"}],
			"project":{
				"elasticsearch":[{"organization_id":"ORG","role_id":"elasticsearch-viewer","all":false,"project_ids":["p1"],"application_roles":["a","b"]}],
				"observability":[{"organization_id":"ORG","role_id":"observability-viewer","all":true}],
				"security":[{"organization_id":"ORG","role_id":"security-viewer","all":true,"application_roles":["soc"]}]}}}`)
	if got := w.bodies(fake.CreateInvite)[0]; got != want {
		t.Errorf("body:\n%s\nwant:\n%s", got, want)
	}
}

func TestSendLifetimes(t *testing.T) {
	for lifetime, want := range map[time.Duration]string{
		90 * time.Minute: "90m", 72 * time.Hour: "72h", 7 * 24 * time.Hour: "168h", time.Minute: "1m", 0: "72h",
		72*time.Hour - time.Millisecond: "72h", time.Second: "1m",
	} {
		w := newWorld(t)
		wanted := request("ada@example.com", nil)
		wanted.Lifetime = lifetime
		if _, err := w.Send(t.Context(), w.org, wanted); err != nil {
			t.Fatal(err)
		}
		if got := w.bodies(fake.CreateInvite)[0]; got != `{"emails":["ada@example.com"],"expires_in":"`+want+`"}` {
			t.Errorf("%s: %s", lifetime, got)
		}
	}
}

func TestSendFailures(t *testing.T) {
	for _, test := range []struct {
		status    int
		code      string
		meaning   error
		attribute string
		advice    string
	}{
		{400, "organization.invitation_invalid_email", invite.ErrRefused, "email", "spelling"},
		{400, "organization.invitation_already_exists", invite.ErrExists, "email", "adopt_existing"},
		{400, "organization.user_organization_already_belongs", invite.ErrExists, "email", "member"},
		{400, "organization.invitations_pending_limit_exceeded", invite.ErrRefused, "", "Revoke some"},
		{400, "role_assignments.invalid_target_user_id", invite.ErrRefused, "role_assignments", "member"},
		{400, "root.invalid_data", invite.ErrRefused, "", "role_assignments"},
		{422, "root.something_new", invite.ErrRefused, "", "role_assignments"},
		{401, "root.unauthorized", nil, "", "credential"},
		{403, "root.invalid_authentication", invite.ErrForbidden, "", "organization-admin"},
		{403, "root.permission_denied", invite.ErrForbidden, "", "organization-admin"},
		{403, "role_assignments.unauthorized_role_assignments", invite.ErrForbidden, "role_assignments", "organization-admin"},
		{404, "organization.not_found", nil, "organization_id", "no such organization"},
		{404, "user.not_found", nil, "", "key"},
		{404, "organization.user_organization_does_not_belong", nil, "organization_id", "not a member"},
		{500, "root.internal_server_error", invite.ErrUncertain, "", "platform"},
		{503, "root.service_unavailable", invite.ErrUncertain, "", "not available"},
	} {
		t.Run(test.code, func(t *testing.T) {
			w := newWorld(t)
			w.refuse(fake.CreateInvite, test.status, test.code)
			_, err := w.Send(t.Context(), w.org, request("ada@example.com", nil))
			check(t, err, test.meaning, test.attribute, test.advice)
			if !strings.Contains(err.Error(), test.code) {
				t.Errorf("%v does not hold %s", err, test.code)
			}
			w.wantCount(1, fake.CreateInvite)
			w.wantCount(0, fake.ListInvites)
		})
	}
}

// check compares a failure.
func check(t *testing.T, err, meaning error, attribute, advice string) {
	t.Helper()
	failure := failed(t, err)
	if !errors.Is(failure.Meaning, meaning) || failure.Attribute != attribute || !strings.Contains(failure.Advice, advice) {
		t.Errorf("meaning %v, attribute %q, advice %q; want %v, %q, %q", failure.Meaning, failure.Attribute, failure.Advice, meaning, attribute, advice)
	}
}

func TestSendIsNotRepeated(t *testing.T) {
	for _, kind := range []fake.Kind{
		fake.Dropped, fake.Truncated, fake.HTML, fake.WrongType, fake.Empty, fake.Null, fake.NullFields, fake.MissingFields,
	} {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: kind, After: true})
			if _, err := w.Send(t.Context(), w.org, request("ada@example.com", nil)); !errors.Is(err, invite.ErrUncertain) {
				t.Errorf("%v is not uncertain", err)
			}
			w.wantCount(1, fake.CreateInvite)
			w.wantMails(1)
		})
	}
}

func TestSendWaitsOutTheRateLimit(t *testing.T) {
	w := newWorld(t)
	w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.RateLimited, RetryAfter: "1", Times: 1})
	w.send("ada@example.com", nil)
	w.wantCount(2, fake.CreateInvite)
	w.wantMails(1)
}

func TestReinvite(t *testing.T) {
	for reading, refused := range map[fake.Reinvite]bool{
		fake.ReinviteRefused: true, fake.ReinviteRefreshes: false, fake.ReinviteRefreshesEnd: false,
	} {
		t.Run(string(reading), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.Reinvite = reading })
			first := w.send("ada@example.com", nil)
			again, err := w.Send(t.Context(), w.org, request("ADA@example.com", everything))
			switch {
			case refused && !errors.Is(err, invite.ErrExists):
				t.Errorf("%v does not say that it exists", err)
			case refused:
			case err != nil:
				t.Error(err)
			case (again.Token == first.Token) != (reading == fake.ReinviteRefreshesEnd) || again.ID != first.ID || !again.Grant.Equal(everything):
				t.Errorf("first %+v, again %+v", first, again)
			}
			if listed := w.invites(); len(listed) != 1 {
				t.Errorf("listed: %v", listed)
			}
		})
	}
}

func TestInviteStatus(t *testing.T) {
	w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.KeepAccepted = true; s.UnsetLists = fake.ListsEmpty })
	for _, name := range []string{"pending", "expired", "accepted"} {
		w.send(name+"@example.com", nil)
	}
	if err := w.fake.Expire(fake.ElasticCloud, "", "expired@example.com"); err != nil {
		t.Fatal(err)
	}
	if _, err := w.fake.Accept(fake.ElasticCloud, "", "accepted@example.com"); err != nil {
		t.Fatal(err)
	}
	check := func() {
		t.Helper()
		listed := w.invites()
		if len(listed) != 3 {
			t.Fatalf("listed: %v", listed)
		}
		for _, i := range listed {
			if string(i.Status)+"@example.com" != i.Email || len(i.Grant) != 0 || i.AcceptedAt.IsZero() != (i.Status != invite.Accepted) {
				t.Errorf("%s: %+v", i.Email, i)
			}
		}
	}
	check()
	w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.UnknownValues, Times: 1})
	check()
	// Some servers write dates that are not set as the year 1.
	w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.ZeroDates, Times: 1})
	check()
	w.fake.Set(func(s *fake.Behaviors) { s.ElasticCloud.UnsetLists = fake.ListsNull })
	check()
}

func TestListsMustBeWhatIsDocumented(t *testing.T) {
	for _, kind := range []fake.Kind{
		fake.HTML, fake.WrongType, fake.Empty, fake.Null, fake.NullFields, fake.MissingFields, fake.Truncated, fake.Redirect,
	} {
		t.Run(string(kind), func(t *testing.T) {
			w := newWorld(t)
			w.send("ada@example.com", everything)
			if _, err := w.fake.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "grace@example.com"}); err != nil {
				t.Fatal(err)
			}
			w.fake.Fail(fake.Fault{Method: http.MethodGet, Kind: kind})
			if listed, err := w.Invites(t.Context(), w.org); err == nil {
				t.Errorf("invites: %v", listed)
			}
			if listed, err := w.Members(t.Context(), w.org); err == nil {
				t.Errorf("members: %v", listed)
			}
		})
	}
}

func TestAnswersLackingFields(t *testing.T) {
	const good = `{"token":"secret-token","email":"a@example.com","created_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z","expired":false}`
	for _, answer := range []string{
		`{}`, `{"invitations":null}`, `{"invitations":[null]}`, `{"invitations":[{}]}`,
		`{"invitations":[` + strings.Replace(good, `"secret-token"`, `null`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `"a@example.com"`, `""`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `false`, `null`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `"2999-01-01T00:00:00Z"`, `null`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `"2999-01-01T00:00:00Z"`, `"soon"`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `}`, `,"role_assignments":{"deployment":[{"all":true}]}}`, 1) + `]}`,
		`{"invitations":[` + strings.Replace(good, `}`, `,"role_assignments":{"project":{"security":[null]}}}`, 1) + `]}`,
	} {
		w := newWorld(t)
		w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Status: 200, Body: answer})
		listed, err := w.Invites(t.Context(), w.org)
		if err == nil {
			t.Errorf("%s: %v", answer, listed)
		} else if strings.Contains(err.Error(), "secret-token") {
			t.Errorf("%s: %v", answer, err)
		}
	}
	w := newWorld(t)
	w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Status: 200, Body: `{"invitations":[` + good + `],"new":1}`})
	if listed := w.invites(); len(listed) != 1 || listed[0].Status != invite.Pending {
		t.Errorf("listed: %v", listed)
	}
}

func TestReadFailures(t *testing.T) {
	for _, test := range []struct {
		status    int
		code      string
		meaning   error
		attribute string
		advice    string
	}{
		{404, "organization.not_found", nil, "organization_id", "no such organization"},
		{403, "root.permission_denied", invite.ErrForbidden, "", "API key"},
		{401, "root.unauthorized", nil, "", "credential"},
	} {
		w := newWorld(t)
		w.refuse(fake.ListInvites, test.status, test.code)
		w.refuse(fake.ListMembers, test.status, test.code)
		_, err := w.Invites(t.Context(), w.org)
		check(t, err, test.meaning, test.attribute, test.advice)
		_, err = w.Members(t.Context(), w.org)
		check(t, err, test.meaning, test.attribute, test.advice)
	}
}

func TestRevoke(t *testing.T) {
	w := newWorld(t)
	sent := w.send("ada@example.com", nil)
	if err := w.Revoke(t.Context(), w.org, sent); err != nil {
		t.Fatal(err)
	}
	if listed := w.invites(); len(listed) != 0 {
		t.Errorf("left: %v", listed)
	}
	if err := w.Revoke(t.Context(), w.org, sent); !errors.Is(err, invite.ErrGone) {
		t.Errorf("again: %v", err)
	}
	if err := w.Revoke(t.Context(), w.org, invite.Invite[ec.Grant]{ID: "ada@example.com"}); !errors.Is(err, invite.ErrGone) {
		t.Errorf("without a token: %v", err)
	}
}

func TestRevokeFailures(t *testing.T) {
	for _, test := range []struct {
		status    int
		code      string
		meaning   error
		attribute string
		advice    string
	}{
		{404, "organization.invitation_not_found", invite.ErrGone, "", ""},
		{404, "organization.not_found", nil, "organization_id", "no such organization"},
		{404, "root.resource_not_found", nil, "organization_id", "base_url"},
		{400, "root.invalid_data", invite.ErrRefused, "", "token"},
		{403, "root.permission_denied", invite.ErrForbidden, "", "organization-admin"},
	} {
		w := newWorld(t)
		sent := w.send("ada@example.com", nil)
		w.refuse(fake.RevokeInvite, test.status, test.code)
		check(t, w.Revoke(t.Context(), w.org, sent), test.meaning, test.attribute, test.advice)
	}
}

func TestRevokeIsRepeated(t *testing.T) {
	w := newWorld(t)
	sent := w.send("ada@example.com", nil)
	w.fake.Fail(fake.Fault{Operation: fake.RevokeInvite, Status: 503, Times: 1})
	if err := w.Revoke(t.Context(), w.org, sent); err != nil {
		t.Error(err)
	}
	w.wantCount(2, fake.RevokeInvite)
}

func TestTokensAreMasked(t *testing.T) {
	w := newWorld(t)
	sent := w.send("ada@example.com", nil)
	w.fake.Fail(fake.Fault{Status: 400, Body: `{"errors":[{"code":"root.invalid_data","message":"no such token ` + sent.Token + `"}]}`})
	for name, err := range map[string]error{
		"revoke": w.Revoke(t.Context(), w.org, sent),
		"send":   func() error { _, err := w.Send(t.Context(), w.org, request("b@example.com", nil)); return err }(),
	} {
		if err == nil || strings.Contains(err.Error(), sent.Token) || !strings.Contains(err.Error(), "no such token ***") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMembers(t *testing.T) {
	w := newWorld(t)
	for _, member := range []fake.Member{
		{Email: "ada@example.com", Name: "Ada", Grant: fake.Grant{RoleAssignments: &fake.RoleAssignments{
			Platform: []fake.RoleAssignment{{RoleID: "platform-admin"}},
			Organization: []fake.RoleAssignment{
				{RoleID: "billing-admin", OrganizationID: w.org, ApplicationRoles: []string{"x"}},
				{RoleID: "organization-admin", OrganizationID: "elsewhere"},
			},
			Project: map[string][]fake.RoleAssignment{
				"vectordb": {{RoleID: "vectordb-admin", OrganizationID: w.org}},
				"security": {{RoleID: "security-viewer", OrganizationID: w.org, ProjectIDs: []string{"p1"}}},
			},
		}}},
		{Name: "without an address"},
	} {
		if _, err := w.fake.SeedMember(fake.ElasticCloud, "", member); err != nil {
			t.Fatal(err)
		}
	}
	members := w.members()
	want := ec.Grant{
		ec.Organization: {{RoleID: "billing-admin", ApplicationRoles: []string{"x"}}},
		ec.Security:     {{RoleID: "security-viewer", IDs: []string{"p1"}}},
		ec.VectorDB:     {{RoleID: "vectordb-admin"}},
		"/platform":     {{Rest: `[{"role_id":"platform-admin"}]`}},
	}
	if len(members) != 2 || members[0].ID == "" || members[0].Email != "ada@example.com" || members[0].Name != "Ada" || !want.Equal(members[0].Grant) {
		t.Errorf("members: %+v", members)
	}
	if members[1].Email != "" || members[1].ID == "" || !members[1].Grant.Equal(ec.Grant{}) {
		t.Errorf("members: %+v", members)
	}
}

// join makes a person a member with every kind of role.
func (w *world) join() invite.Member[ec.Grant] {
	w.Helper()
	w.send("ada@example.com", everything)
	if _, err := w.fake.Accept(fake.ElasticCloud, "", "ada@example.com"); err != nil {
		w.Fatal(err)
	}
	return w.members()[0]
}

func TestChangeMember(t *testing.T) {
	w := newWorld(t)
	member := w.join()
	wanted := ec.Grant{
		ec.Organization:  {{RoleID: "organization-admin"}},
		ec.Deployment:    {{RoleID: "deployment-viewer", IDs: []string{"d2", "d3"}}, {RoleID: "deployment-admin", All: true}},
		ec.Elasticsearch: {{RoleID: "elasticsearch-viewer", IDs: []string{"p1"}, ApplicationRoles: []string{"a"}}},
		ec.Security:      everything[ec.Security],
	}
	if err := w.ChangeMember(t.Context(), w.org, member, wanted); err != nil {
		t.Fatal(err)
	}
	if now := w.members()[0].Grant; !wanted.Equal(now) {
		t.Errorf("now: %s", now)
	}
	replace := strings.NewReplacer("ORG", w.org, "\n", "", "\t", "").Replace
	if got, want := w.bodies(fake.UpdateMember), replace(`{
		"deployment":[{"organization_id":"ORG","role_id":"deployment-viewer","all":false,"deployment_ids":["d3"]}],
		"organization":[{"organization_id":"ORG","role_id":"organization-admin"}],
		"project":{"elasticsearch":[{"organization_id":"ORG","role_id":"elasticsearch-viewer","all":false,"project_ids":["p1"],"application_roles":["a"]}]}}`); len(got) != 1 || got[0] != want {
		t.Errorf("added:\n%s\nwant:\n%s", got, want)
	}
	if got, want := w.bodies(fake.RemoveRoles), replace(`{
		"deployment":[{"organization_id":"ORG","role_id":"deployment-viewer","all":false,"deployment_ids":["d1"]}],
		"organization":[{"organization_id":"ORG","role_id":"billing-admin"}],
		"project":{
			"elasticsearch":[{"organization_id":"ORG","role_id":"elasticsearch-viewer","all":false,"project_ids":["p1"],"application_roles":["a","b"]}],
			"observability":[{"organization_id":"ORG","role_id":"observability-viewer","all":true}]}}`); len(got) != 1 || got[0] != want {
		t.Errorf("removed:\n%s\nwant:\n%s", got, want)
	}
}

func TestChangeMemberSendsOnlyWhatDiffers(t *testing.T) {
	for name, test := range map[string]struct {
		wanted      ec.Grant
		add, remove int
	}{
		"same": {everything, 0, 0},
		"more": {ec.Grant{ec.Organization: {{RoleID: "organization-admin"}}}, 1, 1},
		"none": {ec.Grant{}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			if err := w.ChangeMember(t.Context(), w.org, w.join(), test.wanted); err != nil {
				t.Fatal(err)
			}
			w.wantCount(test.add, fake.UpdateMember)
			w.wantCount(test.remove, fake.RemoveRoles)
			if now := w.members()[0].Grant; !now.Equal(test.wanted) {
				t.Errorf("now: %s", now)
			}
		})
	}
}

func TestChangeMemberHalfWay(t *testing.T) {
	w := newWorld(t)
	member := w.join()
	wanted := ec.Grant{ec.Organization: {{RoleID: "organization-admin"}}}
	w.refuse(fake.RemoveRoles, 403, "role_assignments.unauthorized_role_assignments")
	err := w.ChangeMember(t.Context(), w.org, member, wanted)
	check(t, err, invite.ErrForbidden, "role_assignments", "organization-admin")
	for _, part := range []string{"organization-admin were added", "billing-admin", "could not be removed", "the member has both", "403"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in: %v", part, err)
		}
	}
	// The next apply starts from what the member has.
	if err := w.ChangeMember(t.Context(), w.org, w.members()[0], wanted); err != nil {
		t.Fatal(err)
	}
	if now := w.members()[0].Grant; !now.Equal(wanted) {
		t.Errorf("now: %s", now)
	}
	w.wantCount(1, fake.UpdateMember)
}

func TestChangeMemberFailures(t *testing.T) {
	for _, test := range []struct {
		status    int
		code      string
		meaning   error
		attribute string
		advice    string
	}{
		{400, "role_assignments.invalid_target_user_id", invite.ErrRefused, "role_assignments", "no longer a member"},
		{400, "root.invalid_data", invite.ErrRefused, "role_assignments", "Role ids"},
		{401, "root.unauthorized", nil, "", "credential"},
		{403, "role_assignments.unauthorized_role_assignments", invite.ErrForbidden, "role_assignments", "organization-admin"},
	} {
		w := newWorld(t)
		member := w.join()
		w.refuse(fake.UpdateMember, test.status, test.code)
		err := w.ChangeMember(t.Context(), w.org, member, ec.Grant{ec.Organization: {{RoleID: "organization-admin"}}})
		check(t, err, test.meaning, test.attribute, test.advice)
		if !strings.Contains(err.Error(), "nothing was removed") || !everything.Equal(w.members()[0].Grant) {
			t.Errorf("%v; now %s", err, w.members()[0].Grant)
		}
		w.wantCount(0, fake.RemoveRoles)
	}
}

func TestRemoveMember(t *testing.T) {
	w := newWorld(t)
	member := w.join()
	if err := w.RemoveMember(t.Context(), w.org, member); err != nil {
		t.Fatal(err)
	}
	if left := w.members(); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	if err := w.RemoveMember(t.Context(), w.org, member); !errors.Is(err, invite.ErrGone) {
		t.Errorf("again: %v", err)
	}
	w.refuse(fake.RemoveMember, 404, "user.not_found")
	check(t, w.RemoveMember(t.Context(), w.org, member), nil, "", "Plan again")
	w.refuse(fake.RemoveMember, 404, "organization.not_found")
	check(t, w.RemoveMember(t.Context(), w.org, member), nil, "organization_id", "organization")
}
