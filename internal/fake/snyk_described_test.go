// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// The service account and the organization have links, and the organization tells its tenant to whoever asks.
func TestSnykSelfAndOrganization(t *testing.T) {
	b := newBench(t, fake.Options{})
	if self := b.want(200, "GET", "/rest/self"+version, ""); at(self.json, "links", "self") != "/self"+version {
		t.Errorf("links of the account: %v", self.json["links"])
	}
	if org := b.want(200, "GET", b.snykOrg()+version, ""); at(org.json, "data", "relationships") != nil {
		t.Errorf("relationships nobody asked for: %s", org.text)
	}
	org := b.want(200, "GET", b.snykOrg()+version+"&expand=tenant", "")
	if id, _ := at(org.json, "data", "relationships", "tenant", "data", "id").(string); len(id) != 36 {
		t.Errorf("tenant: %s", org.text)
	}
	b.want(400, "GET", b.snykOrg()+version+"&expand=group", "")
}

// Memberships come in the order that is asked for, on every page.
func TestSnykMembershipsSorted(t *testing.T) {
	b := newBench(t, fake.Options{})
	for i := range 15 {
		role := []string{"Org Admin", "Auditor"}[i%2]
		_, err := b.SeedMember(fake.Snyk, "", fake.Member{
			Email: fmt.Sprintf("p%02d@example.com", (i*7)%15), Name: fmt.Sprintf("Person %02d", 20-i), Grant: fake.Grant{Role: role},
		})
		must(t, err)
	}
	path := b.snykOrg() + "/memberships" + version
	emails := func(parameters string) (found []string) {
		for next := path + parameters; next != ""; {
			page := b.want(200, "GET", next, "").json
			for i := range length(page["data"]) {
				email, _ := at(page, "data", i, "relationships", "user", "data", "attributes", "email").(string)
				found = append(found, strings.TrimSuffix(email, "@example.com"))
			}
			next, _ = at(page, "links", "next").(string)
			if next != "" {
				next = "/rest" + next
			}
		}
		return found
	}
	for parameters, want := range map[string]string{
		"":                                    "p00 p07 p14",
		"&sort_order=DESC":                    "p00 p07 p14",
		"&sort_by=email":                      "p00 p01 p02",
		"&sort_by=username&sort_order=ASC":    "p00 p01 p02",
		"&sort_by=email&sort_order=DESC":      "p14 p13 p12",
		"&sort_by=user_display_name":          "p08 p01 p09",
		"&sort_by=role":                       "p07 p06 p05",
		"&sort_by=login_method":               "p00 p07 p14",
		"&sort_by=role&role_name=Org%20Admin": "p00 p14 p13",
	} {
		got := emails(parameters)
		if !strings.HasPrefix(strings.Join(got, " "), want) || !strings.Contains(parameters, "role_name") && len(got) != 15 {
			t.Errorf("%s: %v, want %s first", parameters, got, want)
		}
	}
	b.want(400, "GET", path+"&sort_by=id", "")
	b.want(400, "GET", path+"&sort_by=email&sort_order=desc", "")
}

// Somebody who is in the group already is added to an organization without a mail.
func TestSnykAddMember(t *testing.T) {
	b := newBench(t, fake.Options{})
	there, err := b.SeedMember(fake.Snyk, b.SecondOrganization(fake.Snyk), fake.Member{Email: "ada@example.com", Name: "Ada"})
	must(t, err)
	path, role := b.snykOrg()+"/memberships"+version, b.SnykRoleID("Auditor")
	body := func(org, user, role string) string {
		relation := func(name, kind, id string) string {
			return fmt.Sprintf(`%q:{"data":{"type":%q,"id":%q}}`, name, kind, id)
		}
		return `{"data":{"type":"org_membership","relationships":{` + strings.Join([]string{
			relation("org", "org", org), relation("user", "user", user), relation("role", "org_role", role),
		}, ",") + `}}}`
	}
	here := b.Organization(fake.Snyk)
	const nobody = "00000000-0000-4000-8000-000000000000"
	for name, test := range map[string]struct {
		body   string
		status int
	}{
		"no relationships":     {`{"data":{"type":"org_membership"}}`, 400},
		"another organization": {body(b.SecondOrganization(fake.Snyk), there.ID, role), 400},
		"unknown role":         {body(here, there.ID, nobody), 400},
		"no role":              {strings.Replace(body(here, there.ID, role), "role", "roles", 1), 400},
		"wrong type":           {strings.Replace(body(here, there.ID, role), "org_role", "role", 1), 400},
		"beside type and data": {strings.Replace(body(here, there.ID, role), `"type":"org_membership"`, `"type":"org_membership","id":"`+nobody+`"`, 1), 400},
		"beside data":          {strings.Replace(body(here, there.ID, role), `"role":{`, `"role":{"links":{},`, 1), 400},
		"unknown user":         {body(here, nobody, role), 404},
	} {
		if got := b.send("POST", path, test.body); got.status != test.status {
			t.Errorf("%s: %d %s", name, got.status, got.text)
		}
	}
	made := b.want(201, "POST", path, body(here, there.ID, role))
	added := b.Members(fake.Snyk, "")
	if len(added) != 1 || added[0].ID != there.ID || added[0].MembershipID == there.MembershipID || added[0].Grant.Role != "Auditor" ||
		at(made.json, "data", "id") != added[0].MembershipID {
		t.Fatalf("added %+v with %s", added, made.text)
	}
	b.want(409, "POST", path, body(here, there.ID, role))
	// Who leaves the organization stays in the group.
	must(t, b.RemoveMember(fake.Snyk, "", "ada@example.com"))
	must(t, b.RemoveMember(fake.Snyk, b.SecondOrganization(fake.Snyk), "ada@example.com"))
	b.want(201, "POST", path, body(here, there.ID, role))
	if len(b.Mails()) != 0 || b.Count(fake.AddMember) != 11 {
		t.Errorf("mails %v, %d requests", b.Mails(), b.Count(fake.AddMember))
	}
}

// A fault that Snyk itself words carries its headers; a page of a proxy does not.
func TestSnykFaultsHaveVersionHeaders(t *testing.T) {
	b := newBench(t, fake.Options{})
	for kind, want := range map[fake.Kind]string{fake.Answer: "2022-11-14", fake.RateLimited: "2022-11-14", fake.HTML: ""} {
		b.Fail(fake.Fault{Kind: kind, Status: 503, Times: 1})
		got := b.send("GET", b.invitesPath(fake.Snyk), "")
		if got.status < 400 || got.header.Get("Snyk-Version-Served") != want || (got.header.Get("Snyk-Version-Lifecycle-Stage") == "ga") != (want != "") {
			t.Errorf("%s: %d %v", kind, got.status, got.header)
		}
		if got.header.Get("Snyk-Request-Id") == "" {
			t.Errorf("%s: no request id", kind)
		}
	}
}

// What Snyk describes as optional can be left out, and the answer to creating an invitation can have the role's name.
func TestSnykOptionalParts(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{Snyk: fake.SnykBehaviors{CreatedRole: fake.RoleName, OmitRoles: true, OmitMembershipIDs: true}}})
	if made := b.create(fake.Snyk, "ada@example.com"); at(made.json, "data", "attributes", "role") != "Developer" {
		t.Errorf("created: %s", made.text)
	}
	if listed := b.want(200, "GET", b.invitesPath(fake.Snyk), ""); at(listed.json, "data", 0, "attributes", "role") != "" {
		t.Errorf("listed: %s", listed.text)
	}
	_, err := b.SeedMember(fake.Snyk, "", fake.Member{Email: "grace@example.com"})
	must(t, err)
	listed := b.want(200, "GET", b.snykOrg()+"/memberships"+version, "")
	if at(listed.json, "data", 0, "id") != nil || at(listed.json, "data", 0, "relationships", "role", "data") != nil ||
		at(listed.json, "data", 0, "relationships", "user", "data", "id") == nil {
		t.Errorf("members: %s", listed.text)
	}
}
