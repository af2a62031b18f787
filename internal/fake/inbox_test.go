// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"bufio"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// inbox is the page as a browser gets it.
func (b *bench) inbox(query string) string {
	b.t.Helper()
	got, err := b.do(request{method: "GET", path: "/_fake/" + query, header: map[string]string{"Accept": "text/html,*/*;q=0.8"}})
	must(b.t, err)
	if got.status != 200 || got.header.Get("Content-Type") != "text/html; charset=utf-8" {
		b.t.Fatalf("%d %s: %s", got.status, got.header.Get("Content-Type"), got.text)
	}
	return got.text
}

// press sends the form of a mail as a browser does from the page of an origin.
func (b *bench) press(form url.Values, origin, site string) reply {
	b.t.Helper()
	got, err := b.do(request{method: "POST", path: "/_fake/inbox", body: form.Encode(), header: map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": site,
	}})
	must(b.t, err)
	return got
}

func form(mail int, action string) url.Values {
	return url.Values{"mail": {fmt.Sprint(mail)}, "action": {action}}
}

func TestInboxShowsMailsAndPeople(t *testing.T) {
	b := newBench(t, fake.Options{})
	empty := b.inbox("")
	if !strings.Contains(empty, "No mail yet") || !strings.Contains(empty, "No request yet") {
		t.Error("the empty page does not say so")
	}
	for _, p := range fake.Platforms {
		b.create(p, "ada@example.com")
	}
	first := fake.Platforms[0]
	b.create(first, "grace@example.com")
	must(t, b.Expire(first, "", "grace@example.com"))
	_, err := b.SeedMember(first, "", fake.Member{Email: "member@example.com"})
	must(t, err)
	_, err = b.SeedInvite(first, b.SecondOrganization(first), fake.Invitation{Email: "seeded@example.com"})
	must(t, err)
	page := b.inbox("")
	for at, mail := range b.Mails() {
		for _, want := range []string{
			fmt.Sprintf(`id="mail-%d"`, at+1), ">" + mail.Platform.Title() + " invites you to organization " + mail.Organization, mail.Offer,
		} {
			if !strings.Contains(page, want) {
				t.Errorf("mail %d: no %q", at+1, want)
			}
		}
		if has := strings.Contains(page, fmt.Sprintf(`id="expire-%d"`, at+1)); has == (mail.Until.IsZero() || mail.To == "grace@example.com") {
			t.Errorf("mail %d, which ends %v: Let expire is there: %v", at+1, mail.Until, has)
		}
	}
	for _, p := range fake.Platforms {
		if !strings.Contains(page, b.Organization(p)) {
			t.Errorf("%s has no organization", p)
		}
	}
	for want, times := range map[string]int{
		"<h4>Pending: 1</h4>": len(fake.Platforms) + 1, "<h4>Expired: 1</h4>": 1, "<h4>Members: 1</h4>": 1,
		"seeded@example.com</a>": 1, "member@example.com</a>": 1,
	} {
		if n := strings.Count(page, want); n != times {
			t.Errorf("%q is there %d times, want %d", want, n, times)
		}
	}
	if newest := len(b.Mails()); strings.Index(page, fmt.Sprintf(`id="mail-%d"`, newest)) > strings.Index(page, `id="mail-1"`) {
		t.Error("the newest mail is not the first")
	}
	if one := b.inbox("?person=GRACE"); strings.Count(one, "<article") != 1 || strings.Contains(one, "ada@example.com</a>") {
		t.Error("the page of one person shows others")
	}
}

func TestInboxButtons(t *testing.T) {
	for _, p := range fake.Platforms {
		b := newBench(t, fake.Options{})
		statuses := map[string]fake.Status{"accept": fake.Accepted, "expire": fake.Expired, "revoke": fake.Revoked}
		for at, action := range []string{"accept", "expire", "revoke"} {
			email := action + "@example.com"
			b.create(p, email)
			mail := b.Mails()[at]
			button := fmt.Sprintf(`id="%s-%d"`, action, at+1)
			if mail.Until.IsZero() && action == "expire" {
				if strings.Contains(b.inbox(""), button) {
					t.Errorf("%s: there is a button to expire", p)
				}
				statuses[action] = fake.Pending
			} else if !strings.Contains(b.inbox(""), button) {
				t.Errorf("%s: no button to %s", p, action)
			}
			values := form(at+1, action)
			values.Set("person", email)
			got := b.press(values, b.url, "same-origin")
			location := got.header.Get("Location")
			if got.status != http.StatusSeeOther || !strings.HasPrefix(location, "/_fake/?") || !strings.Contains(location, url.QueryEscape(email)) ||
				!strings.HasSuffix(location, fmt.Sprintf("#mail-%d", at+1)) {
				t.Fatalf("%s: %s: %d %q %s", p, action, got.status, location, got.text)
			}
			if status := b.Invitations(p, "")[at].Status; status != statuses[action] {
				t.Errorf("%s: %s: %s", p, action, status)
			}
			query, _, _ := strings.Cut(strings.TrimPrefix(location, "/_fake/"), "#")
			if page := b.inbox(query); !strings.Contains(page, `class="notice" role="status">`) || !strings.Contains(page, email+"</a>") {
				t.Errorf("%s: %s: the page does not say what was done", p, action)
			}
		}
		again := b.press(form(1, "accept"), b.url, "same-origin").header.Get("Location")
		query, _, _ := strings.Cut(strings.TrimPrefix(again, "/_fake/"), "#")
		if len(b.Members(p, "")) != 1 || !strings.Contains(b.inbox(query), "Nothing was done") {
			t.Errorf("%s: accepted twice", p)
		}
	}
}

// A button is about the invitation of its mail, and not about another one to the same address.
func TestInboxActsOnTheRightInvitation(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.IcePanel, "ada@example.com")
	b.create(fake.IcePanel, "ada@example.com") // IcePanel lets this pass
	b.press(form(1, "revoke"), b.url, "same-origin")
	if all := b.Invitations(fake.IcePanel, ""); all[0].Status != fake.Revoked || all[1].Status != fake.Pending {
		t.Errorf("%+v", all)
	}
	b.Set(func(s *fake.Behaviors) { s.ElasticCloud.Reinvite = fake.ReinviteRefreshes })
	b.create(fake.ElasticCloud, "ada@example.com")
	b.create(fake.ElasticCloud, "ada@example.com")
	if page := b.inbox(""); strings.Count(page, "replaced by a newer mail") != 1 || strings.Contains(page, `id="accept-3"`) {
		t.Error("a mail whose token no longer works can be accepted")
	}
}

// A mail that offers nothing has no status and no buttons.
func TestInboxShowsOtherMails(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.GitHub, "ada@example.com")
	b.want(204, "DELETE", b.githubOrg()+"/invitations/"+b.Invitations(fake.GitHub, "")[0].ID, "")
	page := b.inbox("")
	for want, times := range map[string]int{
		"GitHub cancelled your invitation": 1, "<article": 2, `<span class="status revoked">`: 1, `class="status"`: 0, "<button id=": 0, "<dt>Sent": 2, "<dt>Ends": 1,
	} {
		if n := strings.Count(page, want); n != times {
			t.Errorf("%q is there %d times, want %d", want, n, times)
		}
	}
	b.create(fake.GitHub, "grace@example.com")
	b.press(form(3, "revoke"), b.url, "same-origin")
	if all := b.Outbox(); len(all) != 4 || all[3].Kind != fake.RevocationMail || all[3].To != "grace@example.com" || !all[3].Outside {
		t.Errorf("after the button: %v", all)
	}
}

func TestInboxRefusesOtherOrigins(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.Snyk, "ada@example.com")
	for _, from := range [][2]string{
		{"https://elsewhere.example", "cross-site"},
		{"https://elsewhere.example", ""},
		{"null", "cross-site"},
		{"null", ""},
		{"", "cross-site"},
		{"http://127.0.0.1:1", "same-site"},
		{strings.Replace(b.url, "127.0.0.1", "localhost", 1), ""},
	} {
		if got := b.press(form(1, "accept"), from[0], from[1]); got.status != http.StatusForbidden {
			t.Errorf("%q: %d", from, got.status)
		}
		got, err := b.do(request{method: "POST", path: "/_fake/accept", body: `{"platform":"snyk","email":"ada@example.com"}`, header: map[string]string{
			"Content-Type": "text/plain", "Origin": from[0], "Sec-Fetch-Site": from[1],
		}})
		if must(t, err); got.status != http.StatusForbidden {
			t.Errorf("%q, JSON: %d", from, got.status)
		}
	}
	if len(b.Members(fake.Snyk, "")) != 0 {
		t.Error("another origin has accepted")
	}
	for at, from := range [][2]string{{b.url, "same-origin"}, {b.url, ""}, {"", ""}} {
		if at > 0 {
			b.create(fake.Snyk, fmt.Sprintf("person%d@example.com", at))
		}
		if got := b.press(form(at+1, "accept"), from[0], from[1]); got.status != http.StatusSeeOther {
			t.Errorf("%q: %d", from, got.status)
		}
	}
}

func TestInboxRefusesForms(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.Snyk, "ada@example.com")
	for _, values := range []url.Values{{}, form(1, "promote"), {"mail": {"one"}, "action": {"accept"}}, {"mail": {strings.Repeat("1", 1<<17)}}} {
		if got := b.press(values, b.url, "same-origin"); got.status != http.StatusBadRequest {
			t.Errorf("%.50s: %d", values.Encode(), got.status)
		}
	}
	for _, mail := range []int{-1, 0, 2} {
		got := b.press(form(mail, "accept"), b.url, "same-origin")
		query, _, _ := strings.Cut(strings.TrimPrefix(got.header.Get("Location"), "/_fake/"), "#")
		if page := b.inbox(query); got.status != http.StatusSeeOther || !strings.Contains(page, "not here any more") {
			t.Errorf("mail %d: %d", mail, got.status)
		}
	}
	if len(b.Members(fake.Snyk, "")) != 0 {
		t.Error("somebody was accepted")
	}
}

func TestInboxEscapes(t *testing.T) {
	b := newBench(t, fake.Options{})
	const hostile = `<script>alert(1)</script>"'&@example.com`
	_, err := b.SeedMember(fake.IcePanel, "", fake.Member{Email: hostile})
	must(t, err)
	body := strings.Replace(b.createBody(fake.IcePanel, "x@example.com"), "x@example.com", strings.ReplaceAll(hostile, `"`, `\"`), 1)
	b.want(200, "POST", b.invitesPath(fake.IcePanel), body)
	b.send("GET", "/v1/%3Cscript%3Ealert(1)%3C/script%3E?x=<script>", "")
	accepted := b.press(form(1, "accept"), b.url, "same-origin").header.Get("Location")
	query, _, _ := strings.Cut(strings.TrimPrefix(accepted, "/_fake/"), "#")
	for _, page := range []string{b.inbox(""), b.inbox(query), b.inbox("?person=" + url.QueryEscape(`"><script>alert(1)</script>`))} {
		if n := strings.Count(page, "<script"); n != 1 {
			t.Errorf("%d scripts in %s", n, page)
		}
		if !strings.Contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;") {
			t.Error("the text is not there")
		}
	}
}

func TestInboxHasNoSecrets(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, p := range fake.Platforms {
		b.create(p, "ada@example.com")
	}
	token := b.Invitations(fake.ElasticCloud, "")[0].ID
	b.want(200, "DELETE", b.elasticOrg()+"/invitations/"+token, "")
	page := b.inbox("") + b.want(200, "GET", "/_fake/", "").text
	for _, secret := range b.Secrets() {
		if strings.Contains(page, secret) {
			t.Errorf("a secret is on the page: %s", secret)
		}
	}
	if !strings.Contains(page, "/invitations/(secret)") {
		t.Error("the request with the token is not on the page")
	}
}

// Many mails are on many pages, and none of them is slow or large.
func TestInboxPages(t *testing.T) {
	b := newBench(t, fake.Options{})
	const people = 2000
	for n := range people {
		body := b.createBody(fake.IcePanel, fmt.Sprintf("person%04d.with.a.long.name@example.com", n))
		sent, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.invitesPath(fake.IcePanel), strings.NewReader(body))
		must(t, err)
		sent.Header.Set("X-Api-Key", b.Credentials().IcePanelAPIKey)
		sent.Header.Set("Content-Type", "application/json")
		b.ServeHTTP(discard{http.Header{}}, sent)
	}
	if n := len(b.Mails()); n != people {
		t.Fatalf("%d mails", n)
	}
	b.inbox("")
	started := time.Now()
	page := b.inbox("")
	if took := time.Since(started); took > 200*time.Millisecond {
		t.Errorf("the page takes %v", took)
	}
	if len(page) > 2<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
	for query, want := range map[string][]string{
		"":                  {`id="mail-2000"`, `id="mail-1951"`, "Page 1 of 40", `rel="next" href="/_fake/?page=2"`, "and 1980 more"},
		"?page=2":           {`id="mail-1950"`, `id="mail-1901"`, "Page 2 of 40", `rel="prev" href="/_fake/"`, `name="page" value="2"`},
		"?page=40":          {`id="mail-50"`, `id="mail-1"`, "Page 40 of 40"},
		"?page=99":          {`id="mail-1"`, "Page 40 of 40"},
		"?page=x":           {`id="mail-2000"`, "Page 1 of 40"},
		"?person=person01":  {`id="mail-200"`, `id="mail-151"`, "Page 1 of 2", `href="/_fake/?page=2&amp;person=person01"`, "100 of 2000 mails"},
		"?person=person123": {`id="mail-1240"`, `id="mail-1231"`},
		"?person=nobody":    {"No mail to such a person"},
	} {
		page := b.inbox(query)
		for _, text := range want {
			if !strings.Contains(page, text) {
				t.Errorf("%q: no %q", query, text)
			}
		}
		if n := strings.Count(page, "<article"); n > 50 {
			t.Errorf("%q: %d mails", query, n)
		}
	}
	if last := b.inbox("?page=40"); strings.Contains(last, `rel="next"`) {
		t.Error("there is a page after the last")
	}
}

// discard is where answers go that nobody reads.
type discard struct{ header http.Header }

func (d discard) Header() http.Header            { return d.header }
func (d discard) Write(text []byte) (int, error) { return len(text), nil }
func (d discard) WriteHeader(int)                {}

func TestInboxAsText(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.IcePanel, "ada@example.com")
	b.create(fake.Snyk, "grace@example.com")
	for _, accept := range []string{"", "*/*", "application/json", "text/plain"} {
		got, err := b.do(request{method: "GET", path: "/_fake/?person=grace", header: map[string]string{"Accept": accept}})
		must(t, err)
		if got.header.Get("Content-Type") != "text/plain; charset=utf-8" || got.header.Get("Vary") != "Accept" {
			t.Errorf("Accept %q: %v", accept, got.header)
		}
		if !strings.Contains(got.text, "POST /_fake/accept") || !strings.HasSuffix(got.text, "\nMails, the newest last: 1\n"+b.Mails()[1].String()+"\n") {
			t.Errorf("Accept %q: %s", accept, got.text)
		}
	}
}

var loaded = regexp.MustCompile(`(?:src|href|action)="([^"]*)"`)

// What the page names is here, and the policy allows nothing else.
func TestInboxLoadsNothingFromElsewhere(t *testing.T) {
	b := newBench(t, fake.Options{})
	got, err := b.do(request{method: "GET", path: "/_fake/", header: map[string]string{"Accept": "text/html"}})
	must(t, err)
	policy := got.header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "default-src 'none';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("policy: %s", policy)
	}
	types := map[string]string{}
	for _, match := range loaded.FindAllStringSubmatch(got.text, -1) {
		path := match[1]
		if strings.HasPrefix(path, "#") || path == "/_fake/inbox" {
			continue
		}
		if !strings.HasPrefix(path, "/_fake/") {
			t.Errorf("%s is from elsewhere", path)
			continue
		}
		types[path] = b.want(200, "GET", path, "").header.Get("Content-Type")
	}
	for path, want := range map[string]string{
		"/_fake/inbox.css": "text/css; charset=utf-8", "/_fake/inbox.js": "text/javascript; charset=utf-8", "/_fake/inbox.svg": "image/svg+xml",
	} {
		if types[path] != want {
			t.Errorf("%s is %q", path, types[path])
		}
	}
	if len(b.Journal()) != 0 {
		t.Errorf("the page is in the journal: %v", b.Journal())
	}
}

func TestInboxEvents(t *testing.T) {
	b := newBench(t, fake.Options{})
	opened, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+"/_fake/events", http.NoBody)
	must(t, err)
	response, err := b.client.Do(opened)
	must(t, err)
	defer func() { _ = response.Body.Close() }()
	if kind := response.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("type %q", kind)
	}
	lines := make(chan string)
	go func() {
		defer close(lines)
		for scanner := bufio.NewScanner(response.Body); scanner.Scan(); {
			if scanner.Text() != "" {
				lines <- scanner.Text()
			}
		}
	}()
	event := func(what string) {
		t.Helper()
		select {
		case line := <-lines:
			if line != "data: changed" {
				t.Errorf("%s: %q", what, line)
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("%s: no event", what)
		}
	}
	event("open")
	b.create(fake.Snyk, "ada@example.com")
	event("a mail")
	b.want(200, "POST", "/_fake/accept", `{"platform":"snyk","email":"ada@example.com"}`)
	event("an acceptance")
	b.inbox("")
	select {
	case line := <-lines:
		t.Errorf("looking at the page is an event: %q", line)
	case <-time.After(500 * time.Millisecond):
	}
	b.Close()
	select {
	case line, more := <-lines:
		if more {
			t.Errorf("after the end: %q", line)
		}
	case <-time.After(5 * time.Second):
		t.Error("the stream does not end with the fake")
	}
}
