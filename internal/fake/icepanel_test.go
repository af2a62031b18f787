// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestIcePanelCredentials(t *testing.T) {
	b := newBench(t, fake.Options{})
	key, bearer := b.Credentials().IcePanelAPIKey, "Bearer "+b.Credentials().IcePanelBearerToken
	for name, test := range map[string]struct {
		header map[string]string
		status int
	}{
		"key":            {map[string]string{"X-API-Key": key}, 200},
		"bearer":         {map[string]string{"X-API-Key": "", "Authorization": bearer}, 200},
		"both":           {map[string]string{"X-API-Key": key, "Authorization": bearer}, 401},
		"none":           {map[string]string{"X-API-Key": ""}, 401},
		"another key":    {map[string]string{"X-API-Key": key + "0"}, 401},
		"ApiKey scheme":  {map[string]string{"X-API-Key": "", "Authorization": "ApiKey " + key}, 401},
		"key as bearer":  {map[string]string{"X-API-Key": "", "Authorization": "Bearer " + key}, 401},
		"bearer as key":  {map[string]string{"X-API-Key": b.Credentials().IcePanelBearerToken}, 401},
		"empty override": {map[string]string{"X-API-Key": "", "Authorization": "Bearer "}, 401},
	} {
		got, err := b.do(request{method: "GET", path: b.icepanelUsers() + "/invites", header: test.header})
		must(t, err)
		if got.status != test.status {
			t.Errorf("%s: %d, want %d", name, got.status, test.status)
		}
		if test.status == 401 && got.json["message"] == "" {
			t.Errorf("%s: no message in %s", name, got.text)
		}
	}
}

func TestIcePanelRefusals(t *testing.T) {
	b := newBench(t, fake.Options{})
	invites := b.icepanelUsers() + "/invites"
	for name, test := range map[string]struct {
		method, path, body string
		status             int
	}{
		"unknown organization": {"GET", "/v1/organizations/elsewhere/users", "", 404},
		"unknown path":         {"GET", "/v1/nowhere", "", 404},
		"unknown method":       {"PUT", invites, "{}", 405},
		"no DELETE of invites": {"DELETE", invites + "/x", "", 405},
		"unknown query":        {"GET", invites + "?limit=10", "", 400},
		"no object":            {"POST", invites, `[]`, 400},
		"no JSON":              {"POST", invites, `{`, 400},
		"no email":             {"POST", invites, `{"permission":"read","expiresAt":"2999-01-01T00:00:00Z"}`, 400},
		"no permission":        {"POST", invites, `{"email":"a@example.com","expiresAt":"2999-01-01T00:00:00Z"}`, 400},
		"no expiresAt":         {"POST", invites, `{"email":"a@example.com","permission":"read"}`, 400},
		"case of a field":      {"POST", invites, `{"Email":"a@example.com","permission":"read","expiresAt":"2999-01-01T00:00:00Z"}`, 400},
		"unknown permission":   {"POST", invites, `{"email":"a@example.com","permission":"owner","expiresAt":"2999-01-01T00:00:00Z"}`, 400},
		"no date":              {"POST", invites, `{"email":"a@example.com","permission":"read","expiresAt":"tomorrow"}`, 400},
		"null landscapes type": {"POST", invites, `{"email":"a@example.com","permission":"read","expiresAt":"2999-01-01T00:00:00Z","landscapePermissions":{"l":"yes"}}`, 400},
		"no address":           {"POST", invites, `{"email":"nobody","permission":"read","expiresAt":"2999-01-01T00:00:00Z"}`, 422},
		"past expiry":          {"POST", invites, `{"email":"a@example.com","permission":"read","expiresAt":"2001-01-01T00:00:00Z"}`, 422},
		"revoke unknown":       {"POST", invites + "/unknown", "", 404},
		"patch unknown":        {"PATCH", b.icepanelUsers() + "/unknown", `{"permission":"read"}`, 404},
		"delete unknown":       {"DELETE", b.icepanelUsers() + "/unknown", "", 404},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.send(test.method, test.path, test.body)
			if got.status != test.status || got.json["message"] == nil {
				t.Errorf("%d %s, want %d with a message", got.status, got.text, test.status)
			}
		})
	}
	if len(b.Mails()) != 0 {
		t.Errorf("mails were sent: %v", b.Mails())
	}
}

func TestIcePanelInvite(t *testing.T) {
	b := newBench(t, fake.Options{})
	invites := b.icepanelUsers() + "/invites"
	got := b.want(200, "POST", invites,
		`{"email":"Ada@Example.com","permission":"read","expiresAt":"2999-01-01T01:00:00+01:00","landscapePermissions":{},"surplus":1}`)
	invite := got.json["organizationUserInvite"]
	for field, want := range map[string]any{
		"email": "Ada@Example.com", "permission": "read", "expiresAt": "2999-01-01T00:00:00.000Z", "createdBy": "api-key",
		"organizationId": b.Organization(fake.IcePanel), "usedAt": nil, "revokedAt": nil,
	} {
		if have := at(invite, field); have != want {
			t.Errorf("%s = %v, want %v", field, have, want)
		}
	}
	if landscapes, ok := at(invite, "landscapePermissions").(map[string]any); !ok || len(landscapes) != 0 {
		t.Errorf("empty landscapePermissions are answered as %v", at(invite, "landscapePermissions"))
	}
	if got.header.Get("X-Request-Id") == "" {
		t.Error("no request id")
	}

	id, _ := at(invite, "id").(string)
	first := b.want(200, "POST", invites+"/"+id, "")
	second := b.want(200, "POST", invites+"/"+id, "")
	if first.text != second.text || at(first.json, "organizationUserInvite", "revokedAt") == nil {
		t.Errorf("revoking again answers %s after %s", second.text, first.text)
	}
	if listed := b.want(200, "GET", invites, "").json["organizationUserInvites"]; length(listed) != 1 {
		t.Errorf("revoked invites stay in the list, but it is %v", listed)
	}
}

func TestIcePanelSeats(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{IcePanel: fake.IcePanelBehaviors{Seats: 2}}})
	_, err := b.SeedMember(fake.IcePanel, "", fake.Member{Email: "admin@example.com", Grant: fake.Grant{Permission: "admin"}})
	must(t, err)
	reader, err := b.SeedMember(fake.IcePanel, "", fake.Member{Email: "reader@example.com"})
	must(t, err)
	if got := b.create(fake.IcePanel, "second@example.com"); got.status != 200 {
		t.Fatalf("the second seat: %d", got.status)
	}
	got := b.create(fake.IcePanel, "third@example.com")
	if got.status != 409 || got.json["message"] != "All organization seats have been assigned" {
		t.Errorf("the third seat: %d %s", got.status, got.text)
	}
	b.want(409, "PATCH", b.icepanelUsers()+"/"+reader.ID, `{"permission":"write"}`)
	must(t, b.RevokeOutside(fake.IcePanel, "", "second@example.com"))
	b.want(200, "PATCH", b.icepanelUsers()+"/"+reader.ID, `{"permission":"write"}`)
}

func TestIcePanelUsers(t *testing.T) {
	b := newBench(t, fake.Options{})
	member, err := b.SeedMember(fake.IcePanel, "", fake.Member{
		Email: "ada@example.com", Name: "Ada", Grant: fake.Grant{Permission: "read", LandscapePermissions: map[string]bool{"l": true}},
	})
	must(t, err)
	user := at(b.want(200, "GET", b.icepanelUsers(), "").json, "organizationUsers", member.ID)
	if at(user, "email") != "ada@example.com" || at(user, "lastActiveAt") == nil || at(user, "landscapePermissions", "l") != true {
		t.Errorf("user: %v", user)
	}
	b.Set(func(s *fake.Behaviors) { s.IcePanel.OmitUserLandscapes = true })
	if listed := b.want(200, "GET", b.icepanelUsers(), "").text; strings.Contains(listed, "landscapePermissions") {
		t.Errorf("they are not left out: %s", listed)
	}
	b.want(400, "PATCH", b.icepanelUsers()+"/"+member.ID, `{"landscapePermissions":{}}`)
	b.want(200, "PATCH", b.icepanelUsers()+"/"+member.ID, `{"permission":"write"}`)
	if have := b.Members(fake.IcePanel, "")[0].Grant; have.Permission != "write" || !have.LandscapePermissions["l"] {
		t.Errorf("after PATCH: %+v", have)
	}
	b.want(200, "DELETE", b.icepanelUsers()+"/"+member.ID, "")
	if len(b.Members(fake.IcePanel, "")) != 0 {
		t.Error("the user is still there")
	}
}

func TestIcePanelSwitches(t *testing.T) {
	b := newBench(t, fake.Options{})
	seed := func(email string, grant fake.Grant) {
		_, err := b.SeedInvite(fake.IcePanel, "", fake.Invitation{Email: email, Grant: grant})
		must(t, err)
	}
	seed("admin@example.com", fake.Grant{Permission: "admin", LandscapePermissions: map[string]bool{"l": true}})
	seed("unset@example.com", fake.Grant{Permission: "read"})
	for mode, want := range map[fake.Landscapes][2]string{
		fake.LandscapesAsSent:       {`{"l":true}`, ``},
		fake.LandscapesAbsent:       {``, ``},
		fake.LandscapesEmptyIfUnset: {`{"l":true}`, `{}`},
		fake.LandscapesNotForAdmins: {``, ``},
	} {
		b.Set(func(s *fake.Behaviors) { s.IcePanel.LandscapePermissions = mode })
		text := b.want(200, "GET", b.icepanelUsers()+"/invites", "").text
		for i, part := range strings.SplitN(text, `"unset@example.com"`, 2) {
			if have := strings.Contains(part, `"landscapePermissions":`+want[i]); have != (want[i] != "") {
				t.Errorf("%s: invite %d: %s", mode, i, part)
			}
		}
	}

	b.Set(func(s *fake.Behaviors) { s.IcePanel.RevokeFinished, s.IcePanel.OmitUsedBy = 409, true })
	_, err := b.Accept(fake.IcePanel, "", "ADMIN@example.com")
	must(t, err)
	used := b.Invitations(fake.IcePanel, "")[0]
	b.want(409, "POST", b.icepanelUsers()+"/invites/"+used.ID, "")
	if text := b.want(200, "GET", b.icepanelUsers()+"/invites", "").text; strings.Contains(text, "usedByUserId") || !strings.Contains(text, "usedAt") {
		t.Errorf("usedByUserId: %s", text)
	}

	b.Set(func(s *fake.Behaviors) { s.IcePanel.AcceptPastExpiry = true })
	b.want(200, "POST", b.icepanelUsers()+"/invites", `{"email":"late@example.com","permission":"read","expiresAt":"2001-01-01T00:00:00Z"}`)
	if have := b.Invitations(fake.IcePanel, "")[2].Status; have != fake.Expired {
		t.Errorf("an invite that ended before it was sent is %s", have)
	}
	b.Set(func(s *fake.Behaviors) { s.IcePanel.ExistingMember = fake.Refused })
	b.want(422, "POST", b.icepanelUsers()+"/invites", b.createBody(fake.IcePanel, "admin@example.com"))
}

func TestIcePanelOrganizations(t *testing.T) {
	b := newBench(t, fake.Options{Now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }})
	if all := b.want(200, "GET", "/v1/organizations", "").json["organizations"]; length(all) != 2 {
		t.Errorf("organizations: %v", all)
	}
	second := b.SecondOrganization(fake.IcePanel)
	one, _ := at(b.want(200, "GET", "/v1/organizations/"+second, "").json, "organization").(map[string]any)
	if one["id"] != second {
		t.Errorf("organization %v, want %s", one["id"], second)
	}
	for _, required := range []string{
		"lineShapeDefault", "name", "shareLinkAuthDomains", "shareLinksEnabled", "autoInviteDomains",
		"billingPaymentMethod", "createdAt", "createdBy", "createdById", "id", "plan", "seats", "status", "updatedAt",
		"updatedBy", "updatedById", "userIds", "users", "oauthLandscapeWriteEnabled",
	} {
		if _, there := one[required]; !there {
			t.Errorf("an organization lacks %s", required)
		}
	}
}
