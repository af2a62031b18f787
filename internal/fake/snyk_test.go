// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestSnykCredentials(t *testing.T) {
	b := newBench(t, fake.Options{})
	token, oauth := b.Credentials().SnykToken, b.Credentials().SnykOAuthToken
	for authorization, status := range map[string]int{
		"token " + token: 200, "Token " + token: 200, "bearer " + oauth: 200, "Bearer " + oauth: 200, "Bearer " + token: 200,
		"": 401, token: 401, "ApiKey " + token: 401, "token " + token + "0": 401, "token": 401,
	} {
		got, err := b.do(request{method: "GET", path: "/rest/self" + version, header: map[string]string{"Authorization": authorization}})
		must(t, err)
		if got.status != status {
			t.Errorf("%q: %d, want %d", authorization, got.status, status)
		}
		if status == 401 && at(got.json, "errors", 0, "status") != "401" {
			t.Errorf("%q: %s", authorization, got.text)
		}
	}
}

func TestSnykRefusals(t *testing.T) {
	b := newBench(t, fake.Options{})
	invites, role := b.snykOrg()+"/invites", b.SnykRoleID("Developer")
	const unknown = "00000000-0000-4000-8000-000000000000"
	body := func(data string) string { return strings.ReplaceAll(data, "ROLE", role) }
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		about              string // part of source
	}{
		"no version":           {"GET", invites, "", 400, "version"},
		"two versions":         {"GET", invites + version + "&version=2024-10-15", "", 400, "version"},
		"malformed version":    {"GET", invites + "?version=latest", "", 400, "version"},
		"malformed stage":      {"GET", invites + "?version=2024-10-15~alpha", "", 400, "version"},
		"version too old":      {"GET", invites + "?version=2020-01-01", "", 404, "version"},
		"unknown query":        {"GET", invites + version + "&page=2", "", 400, "page"},
		"limit not of ten":     {"GET", invites + version + "&limit=15", "", 400, "limit"},
		"limit too small":      {"GET", invites + version + "&limit=0", "", 400, "limit"},
		"limit too large":      {"GET", invites + version + "&limit=110", "", 400, "limit"},
		"limit twice":          {"GET", invites + version + "&limit=10&limit=10", "", 400, "limit"},
		"cursor":               {"GET", invites + version + "&starting_after=x", "", 400, "starting_after"},
		"unknown organization": {"GET", "/rest/orgs/" + unknown + "/invites" + version, "", 404, ""},
		"organization no uuid": {"GET", "/rest/orgs/acme/invites" + version, "", 400, "organization"},
		"invite no uuid":       {"DELETE", invites + "/1" + version, "", 400, "invite"},
		"unknown invite":       {"DELETE", invites + "/" + unknown + version, "", 404, ""},
		"unknown path":         {"GET", "/rest/nowhere" + version, "", 404, ""},
		"unknown method":       {"PATCH", invites + version, "{}", 405, ""},
		"unknown membership":   {"DELETE", b.snykOrg() + "/memberships/" + unknown + version, "", 404, ""},
		"no object":            {"POST", invites + version, `[]`, 400, ""},
		"no data":              {"POST", invites + version, `{}`, 400, "/data"},
		"beside data":          {"POST", invites + version, body(`{"meta":{},"data":{"type":"org_invitation","attributes":{"email":"a@example.com","role":"ROLE"}}}`), 400, "/meta"},
		"relationships":        {"POST", invites + version, body(`{"data":{"type":"org_invitation","relationships":{},"attributes":{"email":"a@example.com","role":"ROLE"}}}`), 400, "/data/relationships"},
		"surplus attribute":    {"POST", invites + version, body(`{"data":{"type":"org_invitation","attributes":{"email":"a@example.com","role":"ROLE","name":"A"}}}`), 400, "/data/attributes/name"},
		"type":                 {"POST", invites + version, body(`{"data":{"type":"invitation","attributes":{"email":"a@example.com","role":"ROLE"}}}`), 400, "/data/type"},
		"no attributes":        {"POST", invites + version, `{"data":{"type":"org_invitation"}}`, 400, "/data/attributes"},
		"no email":             {"POST", invites + version, body(`{"data":{"type":"org_invitation","attributes":{"role":"ROLE"}}}`), 400, "/data/attributes/email"},
		"no address":           {"POST", invites + version, body(`{"data":{"type":"org_invitation","attributes":{"email":"a","role":"ROLE"}}}`), 400, "/data/attributes/email"},
		"role by name":         {"POST", invites + version, `{"data":{"type":"org_invitation","attributes":{"email":"a@example.com","role":"Developer"}}}`, 400, "/data/attributes/role"},
		"unknown role":         {"POST", invites + version, `{"data":{"type":"org_invitation","attributes":{"email":"a@example.com","role":"` + unknown + `"}}}`, 400, "/data/attributes/role"},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.send(test.method, test.path, test.body)
			if got.status != test.status || at(got.json, "errors", 0, "detail") == nil {
				t.Fatalf("%d %s, want %d", got.status, got.text, test.status)
			}
			source, _ := at(got.json, "errors", 0, "source").(map[string]any)
			if parameter, _ := source["parameter"].(string); test.about != "" && parameter != test.about {
				if pointer, _ := source["pointer"].(string); !strings.HasSuffix(pointer, test.about) {
					t.Errorf("source %v, want %s", source, test.about)
				}
			}
		})
	}
	got, err := b.do(request{
		method: "POST", path: invites + version, body: b.createBody(fake.Snyk, "a@example.com"),
		header: map[string]string{"Content-Type": "application/json"},
	})
	must(t, err)
	if got.status != 400 || !strings.Contains(got.text, "Client request did not conform to OpenAPI specification") {
		t.Errorf("application/json: %d %s", got.status, got.text)
	}
	if len(b.Mails()) != 0 {
		t.Errorf("mails were sent: %v", b.Mails())
	}
}

func TestSnykVersions(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, good := range []string{"2024-10-15", "2026-03-25", "beta", "wip", "2024-10-15~experimental", "2024-10-15~work-in-progress"} {
		got := b.want(200, "GET", b.snykOrg()+"/invites?version="+good, "")
		if got.header.Get("snyk-version-requested") != good || got.header.Get("snyk-version-served") != "2022-11-14" {
			t.Errorf("%s: %v", good, got.header)
		}
	}
	got, err := b.do(request{method: "GET", path: b.snykOrg() + version, header: map[string]string{"snyk-request-id": "mine"}})
	must(t, err)
	if got.header.Get("snyk-request-id") != "mine" || b.Journal()[6].RequestID != "mine" {
		t.Errorf("the client's request id is not relayed: %v", got.header)
	}
}

func TestSnykInvite(t *testing.T) {
	b := newBench(t, fake.Options{})
	made := b.create(fake.Snyk, "Ada@Example.com")
	if made.status != 201 || at(made.json, "data", "attributes", "role") != b.SnykRoleID("Developer") {
		t.Fatalf("create: %d %s", made.status, made.text)
	}
	id, _ := at(made.json, "data", "id").(string)
	if location := made.header.Get("Location"); !strings.Contains(location, id) {
		t.Errorf("location %q", location)
	}
	listed := b.want(200, "GET", b.invitesPath(fake.Snyk), "")
	attributes := at(listed.json, "data", 0, "attributes")
	if at(attributes, "role") != "Developer" || at(attributes, "email") != "Ada@Example.com" || at(attributes, "is_active") != true {
		t.Errorf("listed as %v", attributes)
	}
	if links, ok := listed.json["links"].(map[string]any); !ok || len(links) != 0 {
		t.Errorf("links of the only page: %v", listed.json["links"])
	}
	if got := listed.header.Get("Content-Type"); got != "application/vnd.api+json" {
		t.Errorf("content type %q", got)
	}
	path := b.snykOrg() + "/invites/" + id + version
	if got := b.want(204, "DELETE", path, ""); got.text != "" {
		t.Errorf("204 with %q", got.text)
	}
	b.want(404, "DELETE", path, "")
}

func TestSnykDuplicates(t *testing.T) {
	for mode, want := range map[fake.Duplicate]struct{ status, invitations, mails int }{
		fake.DuplicateRefused: {400, 1, 1}, fake.DuplicateSameID: {201, 1, 2}, fake.DuplicateNewID: {201, 2, 2},
	} {
		b := newBench(t, fake.Options{Behaviors: fake.Behaviors{Snyk: fake.SnykBehaviors{Duplicate: mode}}})
		b.create(fake.Snyk, "ada@example.com")
		got := b.create(fake.Snyk, "ADA@example.com")
		if got.status != want.status || len(b.Invitations(fake.Snyk, "")) != want.invitations || len(b.Mails()) != want.mails {
			t.Errorf("%s: %d, %d invitations, %d mails", mode, got.status, len(b.Invitations(fake.Snyk, "")), len(b.Mails()))
		}
	}
	b := newBench(t, fake.Options{})
	_, err := b.SeedMember(fake.Snyk, "", fake.Member{Email: "ada@example.com"})
	must(t, err)
	b.want(400, "POST", b.invitesPath(fake.Snyk), b.createBody(fake.Snyk, "Ada@example.com"))
	b.Set(func(s *fake.Behaviors) { s.Snyk.ExistingMember = fake.Allowed })
	b.want(201, "POST", b.invitesPath(fake.Snyk), b.createBody(fake.Snyk, "Ada@example.com"))
}

func TestSnykMemberships(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, email := range []string{"ada@example.com", "ada@example.community", "grace@example.com"} {
		_, err := b.SeedMember(fake.Snyk, "", fake.Member{Email: email, Grant: fake.Grant{Role: "Org Admin"}})
		must(t, err)
	}
	memberships := b.snykOrg() + "/memberships"
	find := func(filter string) any { return b.want(200, "GET", memberships+version+filter, "").json["data"] }
	if found := find("&email=ADA@example.com"); length(found) != 1 || at(found, 0, "relationships", "user", "data", "attributes", "email") != "ada@example.com" {
		t.Errorf("by e-mail: %v", found)
	}
	if found := find("&role_name=Developer"); length(found) != 0 {
		t.Errorf("by role: %v", found)
	}
	b.Set(func(s *fake.Behaviors) { s.Snyk.EmailFilterSubstring = true })
	if found := find("&email=ada@example.com"); length(found) != 2 {
		t.Errorf("by part of the e-mail: %v", found)
	}

	ada := b.Members(fake.Snyk, "")[0]
	if ada.ID == ada.MembershipID {
		t.Error("membership and user have the same id")
	}
	path := memberships + "/" + ada.MembershipID + version
	patch := func(id, role string) string {
		return `{"data":{"type":"org_membership","id":"` + id + `","attributes":{},"relationships":{"role":{"data":{"type":"org_role","id":"` + role + `"}}}}}`
	}
	b.want(204, "PATCH", path, patch(ada.MembershipID, b.SnykRoleID("Auditor")))
	if role := b.Members(fake.Snyk, "")[0].Grant.Role; role != "Auditor" {
		t.Errorf("role after PATCH: %s", role)
	}
	b.want(400, "PATCH", path, patch(ada.ID, b.SnykRoleID("Auditor")))
	b.want(400, "PATCH", path, patch(ada.MembershipID, ada.ID))
	b.want(400, "PATCH", path, `{"data":{"type":"org_membership","id":"`+ada.MembershipID+`"}}`)
	b.want(400, "PATCH", path, strings.Replace(patch(ada.MembershipID, ada.ID), `"role":{`, `"user":{},"role":{`, 1))
	b.want(204, "DELETE", path, "")
	b.want(404, "DELETE", path, "")
}

func TestSnykRolesOfTheGroup(t *testing.T) {
	b := newBench(t, fake.Options{})
	org := b.want(200, "GET", b.snykOrg()+version, "")
	group, _ := at(org.json, "data", "attributes", "group_id").(string)
	got := b.want(200, "GET", "/v1/group/"+group+"/roles", "")
	for _, role := range b.SnykRoles() {
		if !strings.Contains(got.text, `"name":"`+role.Name+`"`) || !strings.Contains(got.text, `"publicId":"`+role.ID+`"`) {
			t.Errorf("%s is not among %s", role.Name, got.text)
		}
	}
	if !strings.HasPrefix(got.text, "[") {
		t.Error("the roles are a bare array")
	}
	if missing := b.want(404, "GET", "/v1/group/elsewhere/roles", ""); missing.json["message"] == nil || missing.json["errorRef"] == nil {
		t.Errorf("the older API's error: %s", missing.text)
	}
}
