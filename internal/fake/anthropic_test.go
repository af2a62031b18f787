// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

const (
	anthropicInvites = anthropicPath + "invites"
	anthropicUsers   = anthropicPath + "users"
)

func TestAnthropicHeaders(t *testing.T) {
	b := newBench(t, fake.Options{})
	key := b.Credentials().AnthropicAdminKey
	if !strings.HasPrefix(key, "sk-ant-admin") {
		t.Errorf("key %s", key)
	}
	model := map[string]string{"X-Api-Key": "sk-ant-api03-model"}
	check := func(name, method string, header map[string]string, status int, kind string) {
		t.Helper()
		got, err := b.do(request{method: method, path: anthropicInvites, body: b.createBody(fake.Anthropic, "a@example.com"), header: header})
		must(t, err)
		if got.status != status || kind != "" && at(got.json, "error", "type") != kind {
			t.Errorf("%s: %d %s, want %d %s", name, got.status, got.text, status, kind)
		}
		if id := got.header.Get("request-id"); id == "" || kind != "" && got.json["request_id"] != id {
			t.Errorf("%s: request id %q, body %s", name, id, got.text)
		}
	}
	check("admin key", "GET", nil, 200, "")
	check("no key", "GET", map[string]string{"X-Api-Key": ""}, 401, "authentication_error")
	check("another key", "GET", map[string]string{"X-Api-Key": key + "0"}, 401, "authentication_error")
	check("bearer", "GET", map[string]string{"X-Api-Key": "", "Authorization": "Bearer " + key}, 401, "authentication_error")
	check("no version", "GET", map[string]string{"Anthropic-Version": ""}, 400, "invalid_request_error")
	check("another version", "GET", map[string]string{"Anthropic-Version": "2024-01-01"}, 400, "invalid_request_error")
	check("content type", "POST", map[string]string{"Content-Type": "text/plain"}, 400, "invalid_request_error")
	check("model key", "GET", model, 403, "permission_error")
	b.Set(func(s *fake.Behaviors) { s.Anthropic.ModelKey = fake.ModelKeyUnknown })
	check("model key", "GET", model, 401, "authentication_error")
	if len(b.Mails()) != 0 {
		t.Errorf("mails: %v", b.Mails())
	}
}

func TestAnthropicRefusals(t *testing.T) {
	b := newBench(t, fake.Options{})
	admin, err := b.SeedMember(fake.Anthropic, "", fake.Member{Email: "root@example.com", Grant: fake.Grant{Role: "admin"}})
	must(t, err)
	person, err := b.SeedMember(fake.Anthropic, "", fake.Member{Email: "jane@example.com"})
	must(t, err)
	_, err = b.SeedInvite(fake.Anthropic, "", fake.Invitation{Email: "Invited@example.com"})
	must(t, err)
	for name, test := range map[string]struct {
		method, path, body string
		status             int
	}{
		"unknown path":          {"GET", anthropicPath + "elsewhere", "", 404},
		"without the prefix":    {"GET", "/v1/organizations/me", "", 404}, // that is IcePanel's
		"unknown method":        {"PUT", anthropicInvites, "{}", 405},
		"unknown query":         {"GET", anthropicInvites + "?page=2", "", 400},
		"statuses of users":     {"GET", anthropicUsers + "?statuses[]=pending", "", 400},
		"limit 0":               {"GET", anthropicInvites + "?limit=0", "", 400},
		"limit 1001":            {"GET", anthropicInvites + "?limit=1001", "", 400},
		"unknown cursor":        {"GET", anthropicInvites + "?after_id=invite_0", "", 400},
		"two cursors":           {"GET", anthropicUsers + "?after_id=" + person.ID + "&before_id=" + person.ID, "", 400},
		"no object":             {"POST", anthropicInvites, `[]`, 400},
		"no email":              {"POST", anthropicInvites, `{"role":"user"}`, 400},
		"no address":            {"POST", anthropicInvites, `{"email":"nobody","role":"user"}`, 400},
		"no role":               {"POST", anthropicInvites, `{"email":"a@example.com"}`, 400},
		"case of a field":       {"POST", anthropicInvites, `{"Email":"a@example.com","role":"user"}`, 400},
		"surplus":               {"POST", anthropicInvites, `{"email":"a@example.com","role":"user","expires_in":"7d"}`, 400},
		"administrative role":   {"POST", anthropicInvites, `{"email":"a@example.com","role":"admin"}`, 400},
		"role of Enterprise":    {"POST", anthropicInvites, `{"email":"a@example.com","role":"managed"}`, 400},
		"groups":                {"POST", anthropicInvites, `{"email":"a@example.com","role":"user","rbac_group_ids":["g"]}`, 400},
		"pending":               {"POST", anthropicInvites, `{"email":"invited@Example.com","role":"user"}`, 400},
		"member":                {"POST", anthropicInvites, `{"email":"JANE@example.com","role":"user"}`, 400},
		"variant of a member":   {"POST", anthropicInvites, `{"email":"jane+hiring@example.com","role":"user"}`, 400},
		"read unknown":          {"GET", anthropicInvites + "/invite_0", "", 404},
		"revoke unknown":        {"DELETE", anthropicInvites + "/invite_0", "", 404},
		"change unknown":        {"POST", anthropicUsers + "/user_0", `{"role":"user"}`, 404},
		"remove unknown":        {"DELETE", anthropicUsers + "/user_0", "", 404},
		"change admin":          {"POST", anthropicUsers + "/" + admin.ID, `{"role":"user"}`, 400},
		"remove admin":          {"DELETE", anthropicUsers + "/" + admin.ID, "", 400},
		"make admin":            {"POST", anthropicUsers + "/" + person.ID, `{"role":"admin"}`, 400},
		"change without role":   {"POST", anthropicUsers + "/" + person.ID, `{}`, 400},
		"change with a surplus": {"POST", anthropicUsers + "/" + person.ID, `{"role":"user","name":"x"}`, 400},
	} {
		t.Run(name, func(t *testing.T) {
			if got := b.send(test.method, test.path, test.body); got.status != test.status {
				t.Errorf("%d %s, want %d", got.status, got.text, test.status)
			}
		})
	}
	if len(b.Mails()) != 0 || len(b.Members(fake.Anthropic, "")) != 2 {
		t.Errorf("mails %v, members %v", b.Mails(), b.Members(fake.Anthropic, ""))
	}
	b.Set(func(s *fake.Behaviors) { s.Anthropic.CreateExactly = true })
	b.want(200, "POST", anthropicInvites, `{"email":"jane+hiring@example.com","role":"user"}`)
}

// An invitation lasts 21 days to the microsecond; accepted and expired ones stay in the list, withdrawn ones do not.
func TestAnthropicInvitation(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 123456789, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	got := b.want(200, "POST", anthropicInvites, `{"email":"Ada@example.com","role":"claude_code_user"}`).json
	for field, want := range map[string]any{
		"type": "invite", "email": "Ada@example.com", "role": "claude_code_user", "status": "pending", "accepted_at": nil,
		"invited_at": "2026-11-01T09:00:00.123456Z", "expires_at": "2026-11-22T09:00:00.123456Z",
	} {
		if got[field] != want {
			t.Errorf("%s = %v, want %v", field, got[field], want)
		}
	}
	path := anthropicInvites + "/" + fmt.Sprint(got["id"])
	b.Set(func(s *fake.Behaviors) { s.Anthropic.OmitNewFields = true })
	if text := b.want(200, "GET", path, "").text; strings.Contains(text, "accepted_at") || strings.Contains(text, "rbac") {
		t.Errorf("the newer fields are there: %s", text)
	}
	b.Set(func(s *fake.Behaviors) { s.Anthropic.OmitNewFields = false })

	b.want(200, "DELETE", path, "")
	b.want(404, "DELETE", path, "")
	if status := b.want(200, "GET", path, "").json["status"]; status != "deleted" {
		t.Errorf("withdrawn: %v", status)
	}
	b.Set(func(s *fake.Behaviors) { s.Anthropic.HideDeleted = true })
	b.want(404, "GET", path, "")

	b.create(fake.Anthropic, "late@example.com")
	b.create(fake.Anthropic, "ada@example.com")
	must(t, b.Expire(fake.Anthropic, "", "late@example.com"))
	user, err := b.AcceptAs(fake.Anthropic, "", "ada@example.com", "ada@private.example")
	must(t, err)
	listed := b.want(200, "GET", anthropicInvites, "").json["data"]
	if length(listed) != 2 || at(listed, 0, "status") != "accepted" || at(listed, 1, "status") != "expired" ||
		at(listed, 0, "accepted_at") == nil || at(listed, 0, "user_id") != nil {
		t.Errorf("listed: %v", listed)
	}
	for i := range 2 {
		b.want(400, "DELETE", anthropicInvites+"/"+fmt.Sprint(at(listed, i, "id")), "")
	}
	if user := at(b.want(200, "GET", anthropicUsers, "").json, "data", 0, "id"); user != b.Members(fake.Anthropic, "")[0].ID {
		t.Errorf("user: %v", user)
	}
	b.want(200, "POST", anthropicInvites, `{"email":"late@example.com","role":"billing"}`)
	b.Set(func(s *fake.Behaviors) { s.Anthropic.DropEnded = true })
	if listed = b.want(200, "GET", anthropicInvites, "").json["data"]; length(listed) != 1 {
		t.Errorf("ended ones are dropped, but there is %v", listed)
	}
	b.want(200, "POST", anthropicUsers+"/"+user, `{"role":"developer"}`)
	b.want(200, "DELETE", anthropicUsers+"/"+user, "")
	if len(b.Members(fake.Anthropic, "")) != 0 {
		t.Error("the member is still there")
	}
}

func TestAnthropicPages(t *testing.T) {
	b := newBench(t, fake.Options{})
	for i := range 25 {
		_, err := b.SeedInvite(fake.Anthropic, "", fake.Invitation{Email: fmt.Sprintf("p%02d@example.com", i)})
		must(t, err)
	}
	emails := func(query string) (list []string, page map[string]any) {
		page = b.want(200, "GET", anthropicInvites+"?"+query, "").json
		for i := range length(page["data"]) {
			list = append(list, strings.TrimSuffix(fmt.Sprint(at(page["data"], i, "email")), "@example.com"))
		}
		return list, page
	}
	first, page := emails("")
	if len(first) != 20 || first[0] != "p24" || page["has_more"] != true || page["last_id"] != at(page["data"], 19, "id") {
		t.Errorf("first page: %v, %v", first, page)
	}
	rest, end := emails("after_id=" + fmt.Sprint(page["last_id"]))
	if fmt.Sprint(rest) != "[p04 p03 p02 p01 p00]" || end["has_more"] != false {
		t.Errorf("second page: %v, %v", rest, end)
	}
	back, page := emails("limit=2&before_id=" + fmt.Sprint(end["first_id"]))
	if fmt.Sprint(back) != "[p06 p05]" || page["has_more"] != true {
		t.Errorf("backwards: %v, %v", back, page)
	}
	if all, page := emails("limit=1000"); len(all) != 25 || page["has_more"] != false {
		t.Errorf("all: %v", all)
	}
	if none, page := emails("roles[]=billing"); none != nil || page["first_id"] != nil || page["data"] == nil {
		t.Errorf("an empty page: %v", page)
	}

	must(t, b.Expire(fake.Anthropic, "", "p03@example.com"))
	for query, want := range map[string]string{
		"statuses[]=expired": "[p03]",
		"statuses%5B%5D=expired&statuses%5B%5D=accepted&limit=100": "[p03]",
		"email=P01%2Btag@EXAMPLE.com":                              "[p01]",
		"email=p01@example.org":                                    "[]",
		"roles[]=user&roles[]=billing&limit=1":                     "[p24]",
	} {
		if got, _ := emails(query); fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", query, got, want)
		}
	}
}

func TestAnthropicOrganization(t *testing.T) {
	b := newBench(t, fake.Options{})
	me := b.want(200, "GET", anthropicPath+"me", "").json
	if me["id"] != b.Organization(fake.Anthropic) || me["type"] != "organization" || me["name"] != "Acme Labs" {
		t.Errorf("me: %v", me)
	}
	if second := b.SecondOrganization(fake.Anthropic); second != "" {
		t.Errorf("the key reaches a second organization, %s", second)
	}
}

func TestAnthropicEnterprise(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Behaviors) { s.Anthropic.Enterprise, s.Anthropic.Seats = true, 2 })
	owner, err := b.SeedMember(fake.Anthropic, "", fake.Member{Email: "o@example.com", Grant: fake.Grant{Role: "owner"}})
	must(t, err)
	b.want(400, "POST", anthropicInvites, `{"email":"a@example.com","role":"developer"}`)
	got := b.want(200, "POST", anthropicInvites, `{"email":"a@example.com","role":"managed","rbac_group_ids":["g1","g2"]}`)
	if groups := got.json["rbac_group_ids"]; fmt.Sprint(groups) != "[g1 g2]" {
		t.Errorf("groups: %v", groups)
	}
	if offer := b.Mails()[0].Offer; offer != "role managed, g1, g2" {
		t.Errorf("offer: %s", offer)
	}
	if full := b.create(fake.Anthropic, "b@example.com"); full.status != 400 {
		t.Errorf("without a seat: %d", full.status)
	}
	b.want(400, "DELETE", anthropicUsers+"/"+owner.ID, "")
}

func TestAnthropicLimits(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.Set(func(s *fake.Behaviors) { s.Anthropic.RequestsPerMinute = 1 })
	b.want(200, "GET", anthropicInvites, "")
	got := b.want(429, "GET", anthropicUsers, "")
	if at(got.json, "error", "type") != "rate_limit_error" || got.header.Get("Retry-After") != "" {
		t.Errorf("%s %v", got.text, got.header)
	}
	b.Set(func(s *fake.Behaviors) { s.Anthropic.RetryAfter = fake.AfterSeconds })
	if got = b.want(429, "GET", anthropicUsers, ""); got.header.Get("Retry-After") == "" {
		t.Errorf("no wait: %v", got.header)
	}
	b.Set(func(s *fake.Behaviors) { s.Anthropic.RequestsPerMinute = 0 })
	for invited, after := range []bool{false, true} {
		b.Fail(fake.Fault{Status: 529, Times: 1, After: after})
		got = b.create(fake.Anthropic, "ada@example.com")
		if got.status != 529 || at(got.json, "error", "type") != "overloaded_error" || len(b.Mails()) != invited {
			t.Errorf("overloaded: %d %s, %v", got.status, got.text, b.Mails())
		}
	}
}
