// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// list sends a GET that answers a list, and returns its entries. Numbers keep all their digits.
func (b *bench) list(path string) []map[string]any {
	b.t.Helper()
	decoder := json.NewDecoder(strings.NewReader(b.want(200, "GET", path, "").text))
	decoder.UseNumber()
	var entries []map[string]any
	if err := decoder.Decode(&entries); err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	return entries
}

func (b *bench) github(change func(*fake.GitHubBehaviors)) {
	b.Set(func(s *fake.Behaviors) { change(&s.GitHub) })
}

func (b *bench) seedGitHub(emails ...string) {
	b.t.Helper()
	for _, email := range emails {
		_, err := b.SeedInvite(fake.GitHub, "", fake.Invitation{Email: email})
		must(b.t, err)
	}
}

func TestGitHubCredentials(t *testing.T) {
	b := newBench(t, fake.Options{})
	token := b.Credentials().GitHubToken
	for name, test := range map[string]struct {
		header map[string]string
		status int
	}{
		"token":           {map[string]string{"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}, 200},
		"none":            {map[string]string{"Authorization": ""}, 401},
		"another one":     {map[string]string{"Authorization": "Bearer " + token + "0"}, 401},
		"another scheme":  {map[string]string{"Authorization": "token " + token}, 401},
		"no scheme":       {map[string]string{"Authorization": token}, 401},
		"another version": {map[string]string{"X-GitHub-Api-Version": "2021-01-01"}, 400},
		"no program":      {map[string]string{"User-Agent": " "}, 403},
	} {
		got, err := b.do(request{method: "GET", path: b.githubOrg(), header: test.header})
		must(t, err)
		if got.status != test.status || test.status != 200 && got.json["status"] != strconv.Itoa(test.status) {
			t.Errorf("%s: %d %s, want %d", name, got.status, got.text, test.status)
		}
		if got.header.Get("X-GitHub-Request-Id") == "" || got.header.Get("X-RateLimit-Remaining") == "0" {
			t.Errorf("%s: %v", name, got.header)
		}
	}
}

func TestGitHubRefuses(t *testing.T) {
	b := newBench(t, fake.Options{})
	invitations, membership := b.githubOrg()+"/invitations", b.githubOrg()+"/memberships/ada"
	_, err := b.SeedMember(fake.GitHub, "", fake.Member{Email: "ada@example.com"})
	must(t, err)
	for name, test := range map[string]struct {
		method, path, body string
		status             int
		field              string
	}{
		"organization":      {"GET", "/github/orgs/elsewhere/invitations", "", 404, ""},
		"number as a name":  {"GET", "/github/orgs/123/invitations", "", 404, ""},
		"another number":    {"GET", "/github/organizations/123/invitations", "", 404, ""},
		"path":              {"GET", b.githubOrg() + "/people", "", 404, ""},
		"method":            {"PATCH", invitations, "{}", 404, ""},
		"query":             {"GET", invitations + "?limit=100", "", 422, ""},
		"large page":        {"GET", invitations + "?per_page=101", "", 422, ""},
		"no page":           {"GET", invitations + "?page=0", "", 422, ""},
		"filter":            {"GET", invitations + "?role=owner", "", 422, ""},
		"source":            {"GET", invitations + "?invitation_source=csv", "", 422, ""},
		"filter of failed":  {"GET", b.githubOrg() + "/failed_invitations?role=admin", "", 422, ""},
		"no JSON":           {"POST", invitations, "{", 400, ""},
		"no object":         {"POST", invitations, "[]", 400, ""},
		"unknown field":     {"POST", invitations, `{"email":"a@example.com","name":"A"}`, 422, ""},
		"unknown role":      {"POST", invitations, `{"email":"a@example.com","role":"owner"}`, 422, ""},
		"member as a role":  {"POST", invitations, `{"email":"a@example.com","role":"member"}`, 422, ""},
		"teams as text":     {"POST", invitations, `{"email":"a@example.com","team_ids":["1"]}`, 422, ""},
		"unknown team":      {"POST", invitations, `{"email":"a@example.com","team_ids":[1]}`, 422, "team_ids"},
		"nobody":            {"POST", invitations, "", 422, "email"},
		"by id":             {"POST", invitations, `{"invitee_id":1}`, 422, "email"},
		"no address":        {"POST", invitations, `{"email":"nobody"}`, 422, "email"},
		"never a member":    {"POST", invitations, `{"email":"a@example.com","role":"reinstate"}`, 422, "data"},
		"member":            {"POST", invitations, `{"email":"ADA@example.com"}`, 422, "data"},
		"revoke unknown":    {"DELETE", invitations + "/1", "", 404, ""},
		"teams of unknown":  {"GET", invitations + "/1/teams", "", 404, ""},
		"membership":        {"GET", b.githubOrg() + "/memberships/nobody", "", 404, ""},
		"unknown account":   {"PUT", b.githubOrg() + "/memberships/nobody", `{"role":"member"}`, 404, ""},
		"role of a member":  {"PUT", membership, `{"role":"direct_member"}`, 422, ""},
		"field of a member": {"PUT", membership, `{"team_ids":[]}`, 422, ""},
		"remove nobody":     {"DELETE", b.githubOrg() + "/memberships/nobody", "", 404, ""},
		"remove no member":  {"DELETE", b.githubOrg() + "/members/nobody", "", 404, ""},
		"account":           {"GET", "/github/users/nobody", "", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := b.send(test.method, test.path, test.body)
			field, _ := at(got.json, "errors", 0, "field").(string)
			if got.status != test.status || got.json["message"] == nil || got.json["documentation_url"] == nil || field != test.field {
				t.Errorf("%d %s, want %d about %q", got.status, got.text, test.status, test.field)
			}
		})
	}
	if len(b.Outbox()) != 0 {
		t.Errorf("mails were sent: %v", b.Outbox())
	}
}

func TestGitHubInvitation(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	teams := b.GitHubTeams("")
	body := fmt.Sprintf(`{"email":"Ada@Example.com","role":"admin","team_ids":[%d,%d]}`, teams[1].ID, teams[0].ID)
	sent := b.want(201, "POST", b.githubOrg()+"/invitations", body)
	for field, want := range map[string]any{
		"email": "Ada@Example.com", "login": nil, "role": "admin", "created_at": "2026-11-01T10:00:00.000+01:00",
		"failed_at": nil, "failed_reason": nil, "team_count": 2.0, "invitation_source": "member",
	} {
		if have := sent.json[field]; have != want {
			t.Errorf("%s = %v, want %v", field, have, want)
		}
	}
	listed := b.list("/github/orgs/" + strings.ToUpper(b.Organization(fake.GitHub)) + "/invitations")
	if len(listed) != 1 || fmt.Sprint(listed[0]["id"]) != b.Invitations(fake.GitHub, "")[0].ID {
		t.Fatalf("listed: %v", listed)
	}
	id := fmt.Sprint(listed[0]["id"])
	if number, err := strconv.ParseInt(id, 10, 64); err != nil || number < 1<<53 {
		t.Errorf("the id %s does not need 64 bits: %v", id, err)
	}
	of := b.list(b.githubOrg() + "/invitations/" + id + "/teams")
	if len(of) != 2 || of[0]["slug"] == of[1]["slug"] {
		t.Errorf("teams: %v", of)
	}

	// One code for a person who is invited, for a member, and where no seat is free.
	again := b.want(422, "POST", b.githubOrg()+"/invitations", `{"email":"ada@example.com"}`)
	detail := at(again.json, "errors", 0)
	if at(detail, "resource") != "OrganizationInvitation" || at(detail, "code") != "unprocessable" || at(detail, "field") != "data" {
		t.Errorf("a second invitation: %s", again.text)
	}
	if got := len(b.Mails()); got != 1 {
		t.Errorf("%d invitations were mailed", got)
	}

	b.want(204, "DELETE", b.githubOrg()+"/invitations/"+id, "")
	b.want(404, "DELETE", b.githubOrg()+"/invitations/"+id, "")
	outbox := b.Outbox()
	if len(outbox) != 2 || outbox[1].Kind != fake.RevocationMail || outbox[1].To != "Ada@Example.com" || len(b.Mails()) != 1 {
		t.Errorf("after revoking: %v", outbox)
	}
	if text := b.want(200, "GET", "/_fake/", "").text; !strings.Contains(text, "cancelled your invitation") {
		t.Errorf("inbox: %s", text)
	}
	b.seedGitHub("grace@example.com")
	must(t, b.RevokeOutside(fake.GitHub, "", "grace@example.com"))
	if last := b.Outbox()[2]; last.Kind != fake.RevocationMail || !last.Outside {
		t.Errorf("cancelled by somebody else: %v", last)
	}
	if left := b.list(b.githubOrg() + "/failed_invitations"); len(left) != 0 {
		t.Errorf("a cancelled invitation has not failed: %v", left)
	}
}

func TestGitHubReinstate(t *testing.T) {
	b := newBench(t, fake.Options{})
	_, err := b.SeedMember(fake.GitHub, "", fake.Member{Email: "ada@example.com", Grant: fake.Grant{Role: "admin"}})
	must(t, err)
	must(t, b.RemoveMember(fake.GitHub, "", "ada@example.com"))
	got := b.want(201, "POST", b.githubOrg()+"/invitations", `{"email":"ada@example.com","role":"reinstate"}`)
	if got.json["role"] != "admin" {
		t.Errorf("the role of before: %s", got.text)
	}
}

func TestGitHubPages(t *testing.T) {
	b := newBench(t, fake.Options{})
	for n := range 205 {
		b.seedGitHub(fmt.Sprintf("p%03d@example.com", n))
	}
	first := b.githubOrg() + "/invitations?per_page=100"
	walk := func() (people int, paths []string) {
		for path := first; path != ""; {
			paths = append(paths, path)
			got := b.want(200, "GET", path, "")
			people += strings.Count(got.text, `"email"`)
			_, link, _ := strings.Cut(", "+got.header.Get("Link"), `>; rel="next"`)
			before := strings.TrimSuffix(", "+got.header.Get("Link"), `>; rel="next"`+link)
			if before == ", "+got.header.Get("Link") {
				return people, paths
			}
			path = strings.TrimPrefix(before[strings.LastIndex(before, "<")+1:], b.url)
		}
		return people, paths
	}
	people, paths := walk()
	if people != 205 || len(paths) != 3 || !strings.HasPrefix(paths[1], "/github/organizations/") || !strings.HasSuffix(paths[2], "page=3&per_page=100") {
		t.Errorf("%d people on %v", people, paths)
	}
	if links := b.want(200, "GET", first, "").header.Get("Link"); !strings.Contains(links, `page=3&per_page=100>; rel="last"`) {
		t.Errorf("links: %s", links)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.PageLink = fake.PageByLogin })
	if people, paths = walk(); people != 205 || !strings.HasPrefix(paths[1], b.githubOrg()+"/invitations?") {
		t.Errorf("%d people on %v", people, paths)
	}
	if beyond := b.want(200, "GET", first+"&page=9", ""); beyond.text != "[]" || strings.Contains(beyond.header.Get("Link"), "next") {
		t.Errorf("after the end: %s %v", beyond.text, beyond.header)
	}
	if n := strings.Count(b.want(200, "GET", b.invitesPath(fake.GitHub), "").text, `"email"`); n != 30 {
		t.Errorf("%d people on a page by default", n)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.PageLink = fake.PageOtherOrigin })
	if links := b.want(200, "GET", first+"&page=3", "").header.Get("Link"); !strings.Contains(links, `<https://elsewhere.invalid/`) {
		t.Errorf("links: %s", links)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.PageLink = fake.PageSelf })
	if links := b.want(200, "GET", first+"&page=3", "").header.Get("Link"); !strings.Contains(links, `&per_page=100>; rel="next"`) || !strings.Contains(links, "page=3") {
		t.Errorf("links: %s", links)
	}
}

func TestGitHubFilters(t *testing.T) {
	b := newBench(t, fake.Options{})
	for email, seed := range map[string]fake.Invitation{
		"ada@example.com":   {},
		"boss@example.com":  {Grant: fake.Grant{Role: "admin"}},
		"money@example.com": {Grant: fake.Grant{Role: "billing_manager"}},
		"idp@example.com":   {Source: "scim"},
	} {
		seed.Email = email
		_, err := b.SeedInvite(fake.GitHub, "", seed)
		must(t, err)
	}
	for query, want := range map[string]int{
		"": 4, "?role=all": 4, "?role=admin": 1, "?role=direct_member": 2, "?role=hiring_manager": 0,
		"?invitation_source=scim": 1, "?invitation_source=member": 3, "?role=admin&invitation_source=scim": 0,
	} {
		if got := b.list(b.githubOrg() + "/invitations" + query); len(got) != want {
			t.Errorf("%q: %d, want %d", query, len(got), want)
		}
	}
	for _, seed := range []fake.Invitation{
		{Email: "a@example.com", Source: "csv"}, {Email: "a@example.com", ID: "x"}, {Email: "a@example.com", Grant: fake.Grant{Role: "owner"}},
	} {
		if _, err := b.SeedInvite(fake.GitHub, "", seed); err == nil {
			t.Errorf("seeded: %+v", seed)
		}
	}
}

// Invitations end after seven days, and appear in another list for a while, where they can have another id.
func TestGitHubFailedInvitations(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	b.create(fake.GitHub, "ada@example.com")
	_, err := b.SeedInvite(fake.GitHub, "", fake.Invitation{Email: "idp@example.com", Source: "scim"})
	must(t, err)
	first := b.Invitations(fake.GitHub, "")[0]
	if !first.ExpiresAt.Equal(now.AddDate(0, 0, 7)) {
		t.Errorf("it ends %s", first.ExpiresAt)
	}
	pending, failed := b.githubOrg()+"/invitations", b.githubOrg()+"/failed_invitations"
	counts := func() string { return fmt.Sprint(len(b.list(pending)), " and ", len(b.list(failed))) }
	now = now.Add(7*24*time.Hour - time.Second)
	if got := counts(); got != "2 and 0" {
		t.Errorf("before the end: %s", got)
	}
	now = now.Add(time.Second)
	if got := counts(); got != "1 and 1" {
		t.Errorf("at the end: %s", got)
	}
	entry := b.list(failed)[0]
	for field, want := range map[string]any{
		"email": "ada@example.com", "role": "direct_member", "created_at": "2026-11-01T10:00:00.000+01:00",
		"failed_at": "2026-11-08T10:00:00.000+01:00", "failed_reason": "Invitation expired. User did not accept this invite for 7 days",
	} {
		if entry[field] != want {
			t.Errorf("%s = %v, want %v", field, entry[field], want)
		}
	}
	id := fmt.Sprint(entry["id"])
	if id == first.ID || id != fmt.Sprint(b.list(failed)[0]["id"]) || id != b.Invitations(fake.GitHub, "")[0].ID {
		t.Errorf("the id was %s and is %s", first.ID, id)
	}
	b.want(404, "DELETE", pending+"/"+first.ID, "")
	b.want(404, "DELETE", pending+"/"+id, "")
	b.want(200, "GET", pending+"/"+id+"/teams", "")
	b.github(func(s *fake.GitHubBehaviors) { s.RevokeFailed = 422 })
	b.want(422, "DELETE", pending+"/"+id, "")
	b.github(func(s *fake.GitHubBehaviors) { s.FailedID, s.OmitFailedReason = fake.FailedSameID, true })
	if entry = b.list(failed)[0]; fmt.Sprint(entry["id"]) != first.ID || entry["failed_reason"] != nil {
		t.Errorf("with the same id, and no reason: %v", entry)
	}

	// Whoever failed to accept can be invited again, and stays in the list.
	if got := b.create(fake.GitHub, "ada@example.com"); got.status != 201 || counts() != "2 and 1" {
		t.Errorf("invited again: %d, %s", got.status, counts())
	}
	now = now.Add(24 * time.Hour)
	if got := counts(); got != "2 and 1" {
		t.Errorf("a day later: %s", got)
	}
	now = now.Add(time.Second)
	if got := counts(); got != "2 and 0" {
		t.Errorf("more than a day later: %s", got)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.FailedKept = fake.Duration(48 * time.Hour) })
	if got := counts(); got != "2 and 1" {
		t.Errorf("kept for two days: %s", got)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.RevokeFailed = 204 })
	b.want(204, "DELETE", pending+"/"+first.ID, "")
	if got := counts(); got != "2 and 0" || len(b.Outbox()) != 2 {
		t.Errorf("a failed one was revoked: %s, mails %v", got, b.Outbox())
	}
	must(t, b.Expire(fake.GitHub, "", "ada@example.com"))
	if entry = b.list(failed)[0]; entry["created_at"] != "2026-11-08T10:00:00.000+01:00" || entry["failed_at"] != "2026-11-09T09:59:01.000+01:00" {
		t.Errorf("expired early: %v", entry)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.FailedKept = -1 })
	if got := counts(); got != "1 and 0" {
		t.Errorf("not kept: %s", got)
	}
}

// What has not failed can have the fields of what has in three ways.
func TestGitHubFailedFields(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.seedGitHub("ada@example.com")
	for form, want := range map[fake.FailedFields]string{fake.FailedNull: `"failed_at":null`, fake.FailedEmpty: `"failed_at":""`, fake.FailedAbsent: ""} {
		b.github(func(s *fake.GitHubBehaviors) { s.FailedFields = form })
		if text := b.want(200, "GET", b.invitesPath(fake.GitHub), "").text; strings.Contains(text, "failed_at") != (want != "") || !strings.Contains(text, want) {
			t.Errorf("%s: %s", form, text)
		}
	}
}

func TestGitHubSeedsHaveOneLifetime(t *testing.T) {
	b := newBench(t, fake.Options{})
	day := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, seed := range []fake.Invitation{
		{Email: "a@example.com", CreatedAt: day}, {Email: "b@example.com", ExpiresAt: day.AddDate(0, 0, 7)},
	} {
		got, err := b.SeedInvite(fake.GitHub, "", seed)
		must(t, err)
		if !got.CreatedAt.Equal(day) || !got.ExpiresAt.Equal(day.AddDate(0, 0, 7)) {
			t.Errorf("from %s to %s", got.CreatedAt, got.ExpiresAt)
		}
	}
}

func TestGitHubSeats(t *testing.T) {
	b := newBench(t, fake.Options{})
	plan := func() any { return at(b.want(200, "GET", b.githubOrg(), "").json, "plan") }
	if got := plan(); at(got, "seats") != 0.0 || at(got, "filled_seats") != 0.0 {
		t.Errorf("a plan without a limit: %v", got)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.Seats = 2 })
	_, err := b.SeedMember(fake.GitHub, "", fake.Member{Email: "ada@example.com"})
	must(t, err)
	_, err = b.SeedMember(fake.GitHub, "", fake.Member{Email: "money@example.com", Grant: fake.Grant{Role: "billing_manager"}})
	must(t, err)
	if got := b.create(fake.GitHub, "second@example.com"); got.status != 201 {
		t.Errorf("the second seat: %d %s", got.status, got.text)
	}
	got := b.create(fake.GitHub, "third@example.com")
	if got.status != 422 || at(got.json, "errors", 0, "code") != "unprocessable" || !strings.Contains(got.text, "seat") {
		t.Errorf("the third seat: %d %s", got.status, got.text)
	}
	if got := plan(); at(got, "seats") != 2.0 || at(got, "filled_seats") != 1.0 {
		t.Errorf("plan: %v", got)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.HidePlan = true })
	if got := plan(); got != nil {
		t.Errorf("the plan is shown: %v", got)
	}
}

func TestGitHubLimits(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	b := newBench(t, fake.Options{Now: func() time.Time { return now }})
	b.github(func(s *fake.GitHubBehaviors) { s.WritesPerMinute = 1 })
	b.create(fake.GitHub, "a@example.com")
	b.members("", "1") // a POST that reads
	limited := func(status int, retryAfter bool, remaining string) {
		t.Helper()
		got := b.create(fake.GitHub, "b@example.com")
		if got.status != status || (got.header.Get("Retry-After") != "") != retryAfter || (got.header.Get("X-RateLimit-Remaining") == "0") != (remaining == "0") {
			t.Errorf("%d %v, want %d", got.status, got.header, status)
		}
	}
	limited(403, true, "some")
	b.github(func(s *fake.GitHubBehaviors) { s.LimitStatus = 429 })
	limited(429, true, "some")
	b.github(func(s *fake.GitHubBehaviors) { s.LimitStatus, s.RetryAfter = 403, fake.AfterReset })
	limited(403, false, "0")
	reset, err := strconv.ParseInt(b.create(fake.GitHub, "b@example.com").header.Get("X-RateLimit-Reset"), 10, 64)
	if wait := time.Until(time.Unix(reset, 0)); err != nil || wait < 0 || wait > 2*time.Minute {
		t.Errorf("reset: %v in %s", err, wait)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.RetryAfter = fake.AfterNothing })
	limited(403, false, "0")
	if got := b.create(fake.GitHub, "b@example.com"); got.header.Get("X-RateLimit-Reset") != "" {
		t.Errorf("it says when: %v", got.header)
	}

	b.github(func(s *fake.GitHubBehaviors) { s.WritesPerMinute, s.InvitationQuota = 0, 2 })
	if got := b.create(fake.GitHub, "b@example.com"); got.status != 201 {
		t.Errorf("within the quota: %d %s", got.status, got.text)
	}
	if got := b.create(fake.GitHub, "c@example.com"); got.status != 422 || at(got.json, "errors", 0, "code") != "unprocessable" {
		t.Errorf("beyond the quota: %d %s", got.status, got.text)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.QuotaStatus = http.StatusForbidden })
	if got := b.create(fake.GitHub, "c@example.com"); got.status != 403 || got.header.Get("Retry-After") != "" {
		t.Errorf("beyond the quota: %d %s", got.status, got.text)
	}
	now = now.Add(24 * time.Hour)
	if got := b.create(fake.GitHub, "c@example.com"); got.status != 201 {
		t.Errorf("a day later: %d %s", got.status, got.text)
	}
}

func TestGitHubSwitchesThatDoNotExist(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, body := range []string{
		`{"limit_status":503}`, `{"revoke_failed":200}`, `{"quota_status":429}`, `{"page_link":"sideways"}`, `{"failed_id":"x"}`,
		`{"failed_fields":"x"}`, `{"hidden_members":"x"}`, `{"query_errors":"x"}`, `{"existing_member":"allowed"}`,
	} {
		b.want(400, "POST", "/_fake/switch", `{"github":`+body+`}`)
	}
}
