// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestElasticCloudCredentials(t *testing.T) {
	b := newBench(t, fake.Options{})
	key := b.Credentials().ElasticCloudAPIKey
	for authorization, status := range map[string]int{
		"ApiKey " + key: 200, "Bearer " + key: 401, "apikey  " + key: 401, key: 401, "": 401, "ApiKey " + key + "=": 401,
	} {
		got, err := b.do(request{method: "GET", path: b.elasticOrg(), header: map[string]string{"Authorization": authorization}})
		must(t, err)
		if got.status != status {
			t.Errorf("%q: %d, want %d", authorization, got.status, status)
		}
	}
}

func TestElasticCloudRefusals(t *testing.T) {
	b := newBench(t, fake.Options{})
	_, err := b.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "member@example.com"})
	must(t, err)
	_, err = b.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "invited@example.com"})
	must(t, err)
	invitations, org := b.elasticOrg()+"/invitations", b.Organization(fake.ElasticCloud)
	body := func(text string) string { return strings.ReplaceAll(text, "ORG", org) }
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		code               string
	}{
		"unknown organization": {"GET", "/api/v1/organizations/1/invitations", "", 404, "organization.not_found"},
		"unknown path":         {"GET", "/api/v1/nowhere", "", 404, "root.resource_not_found"},
		"no update":            {"PUT", invitations, "{}", 405, "root.method_not_allowed"},
		"unknown query":        {"GET", invitations + "?size=1", "", 400, "root.invalid_data"},
		"no object":            {"POST", invitations, `"x"`, 400, "root.invalid_data"},
		"unknown field":        {"POST", invitations, `{"email":"a@example.com"}`, 400, "root.invalid_data"},
		"no emails":            {"POST", invitations, `{"emails":[]}`, 400, "root.invalid_data"},
		"invalid email":        {"POST", invitations, `{"emails":["a"]}`, 400, "organization.invitation_invalid_email"},
		"already a member":     {"POST", invitations, `{"emails":["MEMBER@example.com"]}`, 400, "organization.user_organization_already_belongs"},
		"already invited":      {"POST", invitations, `{"emails":["INVITED@example.com"]}`, 400, "organization.invitation_already_exists"},
		"twice in a batch":     {"POST", invitations, `{"emails":["a@example.com","A@example.com"]}`, 400, "organization.invitation_already_exists"},
		"several":              {"POST", invitations, `{"emails":["a","member@example.com"]}`, 400, "organization.invitation_invalid_email,organization.user_organization_already_belongs"},
		"expires_in":           {"POST", invitations, `{"emails":["a@example.com"],"expires_in":"soon"}`, 400, "root.invalid_data"},
		"no lifetime":          {"POST", invitations, `{"emails":["a@example.com"],"expires_in":"0h"}`, 400, "root.invalid_data"},
		"role without org":     {"POST", invitations, `{"emails":["a@example.com"],"role_assignments":{"organization":[{"role_id":"billing-admin"}]}}`, 400, "root.invalid_data"},
		"another org":          {"POST", invitations, `{"emails":["a@example.com"],"role_assignments":{"organization":[{"role_id":"billing-admin","organization_id":"1"}]}}`, 400, "root.invalid_data"},
		"all and ids":          {"POST", invitations, body(`{"emails":["a@example.com"],"role_assignments":{"deployment":[{"role_id":"deployment-viewer","organization_id":"ORG","all":true,"deployment_ids":["x"]}]}}`), 400, "root.invalid_data"},
		"neither all nor ids":  {"POST", invitations, body(`{"emails":["a@example.com"],"role_assignments":{"project":{"security":[{"role_id":"security-viewer","organization_id":"ORG"}]}}}`), 400, "root.invalid_data"},
		"unknown scope":        {"POST", invitations, `{"emails":["a@example.com"],"role_assignments":{"cluster":[]}}`, 400, "root.invalid_data"},
		"malformed token":      {"DELETE", invitations + "/x", "", 400, "root.invalid_data"},
		"unknown token":        {"DELETE", invitations + "/" + strings.Repeat("x", 86), "", 404, "organization.invitation_not_found"},
		"get unknown token":    {"GET", "/api/v1/organizations/invitations/" + strings.Repeat("x", 86), "", 404, "organization.invitation_not_found"},
		"accept unknown token": {"POST", "/api/v1/organizations/invitations/" + strings.Repeat("x", 86) + "/_accept", "", 404, "organization.invitation_not_found"},
		"unknown member":       {"DELETE", b.elasticOrg() + "/members/1", "", 404, "organization.membership_not_found"},
		"roles of nobody":      {"POST", "/api/v1/users/1/role_assignments", `{}`, 400, "role_assignments.invalid_target_user_id"},
		"roles elsewhere":      {"POST", "/api/v1/users/1/role_assignments", `{"organization":[{"role_id":"billing-admin","organization_id":"1"}]}`, 403, "role_assignments.unauthorized_role_assignments"},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.send(test.method, test.path, test.body)
			first, _, _ := strings.Cut(test.code, ",")
			if got.status != test.status || got.header.Get("x-cloud-error-codes") != test.code || at(got.json, "errors", 0, "code") != first {
				t.Errorf("%d %v %s, want %d %s", got.status, got.header["X-Cloud-Error-Codes"], got.text, test.status, test.code)
			}
		})
	}
	if len(b.Mails()) != 0 {
		t.Errorf("mails were sent: %v", b.Mails())
	}
}

func TestElasticCloudInvitation(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	invitations := b.elasticOrg() + "/invitations"
	made := b.want(201, "POST", invitations, `{"emails":["Ada@example.com","grace@example.com"],"expires_in":"1w"}`)
	if length(made.json["invitations"]) != 2 || len(b.Mails()) != 2 {
		t.Fatalf("create: %s", made.text)
	}
	invitation := at(made.json, "invitations", 0)
	for field, want := range map[string]any{
		"email": "Ada@example.com", "expired": false, "accepted_at": nil, "role_assignments": nil,
		"created_at": "2026-01-02T03:04:05.000+00:00", "expires_at": "2026-01-09T03:04:05.000+00:00",
	} {
		if have := at(invitation, field); have != want {
			t.Errorf("%s = %v, want %v", field, have, want)
		}
	}
	if at(invitation, "organization", "id") != b.Organization(fake.ElasticCloud) {
		t.Errorf("organization: %v", at(invitation, "organization"))
	}
	one, _ := at(invitation, "token").(string)
	two, _ := at(made.json, "invitations", 1, "token").(string)
	if !strings.Contains(strings.Join(b.Secrets(), " "), one) {
		t.Error("the token is not among the secrets")
	}
	b.want(200, "GET", "/api/v1/organizations/invitations/"+one, "")
	unknown := strings.Repeat("x", 86)
	b.want(404, "DELETE", invitations+"/"+one+","+unknown, "")
	if left := b.want(200, "GET", invitations, "").json["invitations"]; length(left) != 2 {
		t.Errorf("a refused batch was deleted: %v", left)
	}
	b.want(200, "DELETE", invitations+"/"+one+","+two, "")
	if left := b.want(200, "GET", invitations, "").json["invitations"]; length(left) != 0 {
		t.Errorf("left: %v", left)
	}
	b.want(404, "DELETE", invitations+"/"+one, "")
}

func TestElasticCloudLifetimes(t *testing.T) {
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	for _, test := range []struct {
		text string
		want time.Duration
	}{
		{`null`, 72 * time.Hour},
		{`"90m"`, 90 * time.Minute},
		{`"72h"`, 72 * time.Hour},
		{`"3d"`, 72 * time.Hour},
		{`"2w"`, 14 * 24 * time.Hour},
		{`"1d12h"`, 36 * time.Hour},
		{`"30s"`, 30 * time.Second},
		{`"168h0m0s"`, 168 * time.Hour},
	} {
		b.want(201, "POST", b.elasticOrg()+"/invitations", `{"emails":["a@example.com"],"expires_in":`+test.text+`}`)
		all := b.Invitations(fake.ElasticCloud, "")
		if have := all[len(all)-1].ExpiresAt.Sub(now); have != test.want {
			t.Errorf("%s: %s, want %s", test.text, have, test.want)
		}
		must(t, b.RevokeOutside(fake.ElasticCloud, "", "a@example.com"))
	}
}

func TestElasticCloudAccept(t *testing.T) {
	b := newBench(t, fake.Options{})
	made := b.create(fake.ElasticCloud, "ada@example.com")
	token, _ := at(made.json, "invitations", 0, "token").(string)
	accept := "/api/v1/organizations/invitations/" + token + "/_accept"
	b.want(200, "POST", accept, "")
	b.want(404, "POST", accept, "")
	members := b.want(200, "GET", b.elasticOrg()+"/members", "").json["members"]
	if at(members, 0, "email") != "ada@example.com" || at(members, 0, "user_id") == nil || at(members, 0, "member_since") == nil {
		t.Errorf("members: %v", members)
	}
	if left := b.want(200, "GET", b.elasticOrg()+"/invitations", "").json["invitations"]; length(left) != 0 {
		t.Errorf("an accepted invitation is listed: %v", left)
	}
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.KeepAccepted, s.ElasticCloud.HideMemberEmails = true, true })
	kept := b.want(200, "GET", b.elasticOrg()+"/invitations", "").json["invitations"]
	if at(kept, 0, "accepted_at") == nil {
		t.Errorf("kept: %v", kept)
	}
	if members := b.want(200, "GET", b.elasticOrg()+"/members", "").json["members"]; at(members, 0, "email") != nil {
		t.Errorf("e-mails are hidden: %v", members)
	}
	id, _ := at(members, 0, "user_id").(string)
	b.want(200, "DELETE", b.elasticOrg()+"/members/"+id, "")
	if len(b.Members(fake.ElasticCloud, "")) != 0 {
		t.Error("the member is still there")
	}
}

func TestElasticCloudReinvite(t *testing.T) {
	for mode, sameToken := range map[fake.Reinvite]bool{fake.ReinviteRefreshes: false, fake.ReinviteRefreshesEnd: true} {
		b := newBench(t, fake.Options{Behaviors: fake.Behaviors{ElasticCloud: fake.ElasticCloudBehaviors{Reinvite: mode}}})
		first := at(b.create(fake.ElasticCloud, "ada@example.com").json, "invitations", 0, "token")
		again := b.want(201, "POST", b.elasticOrg()+"/invitations", `{"emails":["ada@example.com"],"expires_in":"9w"}`)
		if have := at(again.json, "invitations", 0, "token"); (have == first) != sameToken {
			t.Errorf("%s: token %v after %v", mode, have, first)
		}
		if all := b.Invitations(fake.ElasticCloud, ""); len(all) != 1 || time.Until(all[0].ExpiresAt) < 60*24*time.Hour {
			t.Errorf("%s: %v", mode, all)
		}
	}
	b := newBench(t, fake.Options{})
	first := at(b.create(fake.ElasticCloud, "ada@example.com").json, "invitations", 0, "token")
	must(t, b.Expire(fake.ElasticCloud, "", "ada@example.com"))
	again := b.create(fake.ElasticCloud, "ada@example.com")
	if again.status != 201 || at(again.json, "invitations", 0, "token") == first {
		t.Errorf("re-inviting after the end: %d %s", again.status, again.text)
	}
}

func TestElasticCloudLimitsAndBatches(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{ElasticCloud: fake.ElasticCloudBehaviors{PendingLimit: 2, PartialBatches: true}}})
	invitations := b.elasticOrg() + "/invitations"
	got := b.want(400, "POST", invitations, `{"emails":["a@example.com","broken"]}`)
	if got.header.Get("X-Cloud-Error-Codes") != "organization.invitation_invalid_email" || len(b.Mails()) != 1 {
		t.Errorf("partial batch: %s, %d mails", got.text, len(b.Mails()))
	}
	got = b.want(400, "POST", invitations, `{"emails":["b@example.com","c@example.com"]}`)
	if got.header.Get("X-Cloud-Error-Codes") != "organization.invitations_pending_limit_exceeded" {
		t.Errorf("pending limit: %s", got.text)
	}
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.InvitationsPerMinute = 1 })
	b.want(201, "POST", invitations, `{"emails":["b@example.com"]}`)
	got = b.want(429, "POST", invitations, `{"emails":["c@example.com"]}`)
	if got.header.Get("X-Cloud-Error-Codes") != "organization.invitations_rate_limit_exceeded" {
		t.Errorf("invitation rate: %s", got.text)
	}
}
