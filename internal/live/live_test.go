// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// caller is the address of whoever runs the live check.
const caller = "Some.Caller@example.com"

// world is a fake with people, and what the live check printed and wrote about it.
type world struct {
	*fake.Fake
	environment map[string]string
	printed     bytes.Buffer
	report      string
}

func newWorld(t *testing.T, options fake.Options) *world {
	t.Helper()
	w := &world{Fake: fake.New(options), environment: map[string]string{}}
	server := httptest.NewServer(w.Fake)
	t.Cleanup(server.Close)
	t.Cleanup(w.Close)
	for _, setting := range w.Environment(server.URL) {
		name, value, _ := strings.Cut(setting, "=")
		w.environment[name] = value
	}
	return w
}

// only leaves one platform in the environment.
func (w *world) only(p fake.Platform) {
	for name := range w.environment {
		if !slices.Contains(p.Variables(), name) {
			delete(w.environment, name)
		}
	}
}

// check runs the live check and returns the rows of its report.
func (w *world) check(ctx context.Context, t *testing.T) ([]row, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "live.json")
	err := check(ctx, config{
		getenv: func(name string) string { return w.environment[name] }, platforms: provider.Platforms(),
		version: "test", report: file, out: &w.printed, pause: time.Millisecond,
	})
	text, readErr := os.ReadFile(file)
	if readErr != nil {
		return nil, err
	}
	w.report = string(text)
	var written report
	if err := json.Unmarshal(text, &written); err != nil {
		t.Fatal(err)
	}
	return written.Answers, err
}

// reading finds what was found out about a question.
func reading(rows []row, name string) string {
	at := slices.IndexFunc(rows, func(r row) bool { return r.Question == name })
	if at < 0 {
		return "there is no such question"
	}
	return rows[at].Reading
}

// invitationsTo are the invitations to the caller.
func (w *world) invitationsTo(p fake.Platform, address string) (found []fake.Invitation) {
	for _, invitation := range w.Invitations(p, "") {
		if strings.EqualFold(invitation.Email, address) {
			found = append(found, invitation)
		}
	}
	return found
}

// populate puts people there, whose addresses show little.
func (w *world) populate(t *testing.T, p fake.Platform) {
	t.Helper()
	w.member(t, p, fake.Member{Email: "lovelace@example.com", Name: "Countess Lovelace"})
	w.member(t, p, fake.Member{Email: "hopper@example.com", Name: "Admiral Hopper"})
	w.invited(t, p, fake.Invitation{Email: "liskov@example.com"})
	w.invited(t, p, fake.Invitation{Email: "dijkstra@example.com"})
}

func (w *world) member(t *testing.T, p fake.Platform, seed fake.Member) {
	t.Helper()
	if _, err := w.SeedMember(p, "", seed); err != nil {
		t.Fatal(err)
	}
}

func (w *world) invited(t *testing.T, p fake.Platform, seed fake.Invitation) {
	t.Helper()
	if _, err := w.SeedInvite(p, "", seed); err != nil {
		t.Fatal(err)
	}
}

// writes are the requests that changed something, or tried to.
func (w *world) writes() (writes []string) {
	for _, request := range w.Journal() {
		reads := request.Method == http.MethodGet || strings.HasSuffix(request.Path, "/graphql")
		if !reads {
			writes = append(writes, request.Method+" "+request.Path)
		}
	}
	return writes
}

func TestEveryPlatformHasQuestions(t *testing.T) {
	t.Parallel()
	for _, p := range provider.Platforms() {
		names := map[string]bool{}
		for _, q := range append((&asking{}).common(), p.Questions.Questions...) {
			if names[q.Name] || q.Name == "" || q.Asks == "" || (q.Unasked == "") == (q.Decide == nil) {
				t.Errorf("%s: %+v", p.Name, q)
			}
			names[q.Name] = true
		}
		if p.Questions.Invitation.Send == nil || p.Questions.Invitation.Revoke == nil {
			t.Errorf("%s: it is not known how to invite", p.Name)
		}
		for _, behavior := range behaviorNames(t, p.Name) {
			if !names[behavior] {
				t.Errorf("%s: the behavior %s of the fake is no question", p.Name, behavior)
			}
		}
	}
}

// behaviorNames are those of a platform in the fake, without what only sets the fake up.
func behaviorNames(t *testing.T, name string) (names []string) {
	t.Helper()
	text, err := json.Marshal(fake.Behaviors{})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]json.RawMessage{}
	one := map[string]any{}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all[name], &one); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for behavior := range one {
		if behavior != "rate_window" {
			names = append(names, behavior)
		}
	}
	return names
}

// TestReadsOnly: without LIVE_EMAIL, no request changes anything, everything can be read, and every answer fits.
func TestReadsOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, fake.Options{})
	for _, p := range fake.Platforms {
		w.populate(t, p)
	}
	rows, err := w.check(t.Context(), t)
	if err != nil {
		t.Error(err)
	}
	if writes := w.writes(); len(writes) > 0 {
		t.Errorf("%q", writes)
	}
	for _, p := range fake.Platforms {
		if !slices.ContainsFunc(rows, func(r row) bool { return r.Platform == string(p) }) {
			t.Errorf("%s was not asked", p)
		}
	}
	for _, one := range rows {
		must := strings.HasPrefix(one.Question, "may.read") || strings.HasPrefix(one.Question, "fits")
		if must && one.Reading != "yes" {
			t.Errorf("%s: %s: %s", one.Platform, one.Question, one.Reading)
		}
		if one.Question == "may.send" && one.Reading != "not asked: it needs LIVE_EMAIL" {
			t.Errorf("%+v", one)
		}
	}
}

// TestInvitation: with LIVE_EMAIL, every platform sends one mail to the caller's address with its tag, and the
// invitation is revoked. Nobody else is touched.
func TestInvitation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, fake.Options{})
	w.environment[emailVariable] = caller
	for _, p := range fake.Platforms {
		w.populate(t, p)
	}
	rows, err := w.check(t.Context(), t)
	if err != nil {
		t.Error(err)
	}
	if len(w.Mails()) != len(fake.Platforms) {
		t.Errorf("mails: %v", w.Mails())
	}
	for _, p := range fake.Platforms {
		sent := w.invitationsTo(p, tagged(caller, string(p)))
		if len(sent) != 1 || sent[0].Status != fake.Revoked {
			t.Errorf("%s: %+v", p, sent)
		}
		if len(w.Invitations(p, "")) != 3 || len(w.Members(p, "")) != 2 {
			t.Errorf("%s: others were touched", p)
		}
		for _, other := range w.Invitations(p, "")[:2] {
			if other.Status != fake.Pending {
				t.Errorf("%s: %+v", p, other)
			}
		}
	}
	for _, one := range rows {
		if (one.Question == "may.send" || one.Question == "may.revoke") && one.Reading != "yes" {
			t.Errorf("%+v", one)
		}
	}
}

// TestTellsNothing: neither the tables nor the report have an address, a name, an id or a credential in them.
func TestTellsNothing(t *testing.T) {
	t.Parallel()
	for _, status := range []int{0, http.StatusInternalServerError, http.StatusForbidden} {
		w := newWorld(t, fake.Options{})
		w.environment[emailVariable] = caller
		for _, p := range fake.Platforms {
			w.populate(t, p)
		}
		if status != 0 {
			const body = `{"message": "lovelace@example.com"}`
			w.Fail(fake.Fault{Status: status, Operation: fake.ListMembers, Body: body})
		}
		_, err := w.check(t.Context(), t)
		if err != nil {
			t.Error(err)
		}
		told := w.printed.String() + w.report
		for _, secret := range w.private() {
			if strings.Contains(strings.ToLower(told), strings.ToLower(secret)) {
				t.Errorf("%q is in what is printed or written", secret)
			}
		}
		if w.report == "" {
			t.Error("there is no report")
		}
	}
}

// private is everything that must not be told.
func (w *world) private() []string {
	all := append(w.Secrets(), caller, "example.com", "Acme", "127.0.0.1")
	for name, value := range w.environment {
		if name != emailVariable {
			all = append(all, value)
		}
	}
	for _, p := range fake.Platforms {
		for _, m := range w.Members(p, "") {
			all = append(all, m.ID, m.Email, m.Name, m.Login, m.MembershipID)
		}
		for _, i := range w.Invitations(p, "") {
			all = append(all, i.ID, i.Email)
		}
		for _, role := range w.SnykRoles() {
			all = append(all, role.ID)
		}
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}

func TestSkipped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, fake.Options{})
	w.only(fake.Snyk)
	delete(w.environment, "SNYK_ORG_ID")
	rows, err := w.check(t.Context(), t)
	if len(rows) > 0 || err != nil || len(w.Journal()) > 0 {
		t.Errorf("%v, %v, %v", rows, err, w.Journal())
	}
	for _, p := range provider.Platforms() {
		want := p.Title + ": skipped, because there is no credential in the environment.\n"
		if p.Name == string(fake.Snyk) {
			want = "Snyk: skipped, because SNYK_ORG_ID is not set.\n"
		}
		if !strings.Contains(w.printed.String(), want) {
			t.Errorf("%q is not in\n%s", want, w.printed.String())
		}
	}
}

func TestWrongEmail(t *testing.T) {
	t.Parallel()
	for _, email := range []string{"you", "You <you@example.com>", "you@example.com, me@example.com", "@"} {
		w := newWorld(t, fake.Options{})
		w.environment[emailVariable] = email
		_, err := w.check(t.Context(), t)
		if err == nil || len(w.Journal()) > 0 || strings.Contains(err.Error(), "me@") {
			t.Errorf("%q: %v, %d requests", email, err, len(w.Journal()))
		}
	}
}

// TestInvitationOfSomebodyElse: an address that is invited or a member is left alone, also without the tag.
func TestInvitationOfSomebodyElse(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		for _, address := range []string{caller, tagged(strings.ToLower(caller), string(p))} {
			w := newWorld(t, fake.Options{})
			w.only(p)
			w.environment[emailVariable] = caller
			w.invited(t, p, fake.Invitation{Email: address})
			rows, err := w.check(t.Context(), t)
			if err != nil || len(w.writes()) > 0 {
				t.Errorf("%s: %v, %v", p, err, w.writes())
			}
			if got := reading(rows, "may.send"); got != "not asked: the address is already invited" {
				t.Errorf("%s: %s", p, got)
			}
		}
		w := newWorld(t, fake.Options{})
		w.only(p)
		w.environment[emailVariable] = caller
		w.member(t, p, fake.Member{Email: tagged(caller, string(p))})
		rows, err := w.check(t.Context(), t)
		got := reading(rows, "may.send")
		if err != nil || len(w.writes()) > 0 || got != "not asked: the address is already a member's" {
			t.Errorf("%s: %v, %v, %s", p, err, w.writes(), got)
		}
	}
}

// TestRevokedAfterFailures: the invitation is revoked whatever fails in between.
func TestRevokedAfterFailures(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		for name, fault := range map[string]fake.Fault{
			"the answer is lost":           {Operation: fake.CreateInvite, Kind: fake.Dropped, After: true},
			"the answer is an error":       {Operation: fake.CreateInvite, Status: 502, After: true},
			"the answer is a page":         {Operation: fake.CreateInvite, Kind: fake.HTML, After: true},
			"the answer has nothing in it": {Operation: fake.CreateInvite, Kind: fake.MissingFields, After: true},
			"the lists fail afterwards":    {Operation: fake.ListInvites, Status: 500, Skip: readsOfInvitations(p)},
			"revoking fails at first":      {Operation: fake.RevokeInvite, Status: 503, Times: 2},
			"revoking was done":            {Operation: fake.RevokeInvite, Kind: fake.Dropped, Times: 1, After: true},
		} {
			w := newWorld(t, fake.Options{})
			w.only(p)
			w.environment[emailVariable] = caller
			w.populate(t, p)
			fault.Platform = p
			w.Fail(fault)
			_, err := w.check(t.Context(), t)
			sent := w.invitationsTo(p, tagged(caller, string(p)))
			if err != nil || len(sent) != 1 || sent[0].Status != fake.Revoked {
				t.Errorf("%s: %s: %v, %+v", p, name, err, sent)
			}
		}
	}
}

// readsOfInvitations is how often the invitations are read before one is sent: by every read of the platform, by the
// check whether answers fit, and before the sending.
func readsOfInvitations(p fake.Platform) int {
	switch p {
	case fake.Snyk, fake.GitHub:
		return 4
	default:
		return 3
	}
}

// TestSecondRun: an invitation of an earlier run, which can still be listed, is not taken for the one that was sent.
func TestSecondRun(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		w := newWorld(t, fake.Options{})
		w.only(p)
		w.environment[emailVariable] = caller
		if _, err := w.check(t.Context(), t); err != nil {
			t.Error(err)
		}
		w.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.Dropped, After: true})
		_, err := w.check(t.Context(), t)
		sent := w.invitationsTo(p, tagged(caller, string(p)))
		if err != nil || len(sent) != 2 || sent[0].Status != fake.Revoked || sent[1].Status != fake.Revoked {
			t.Errorf("%s: %v, %+v", p, err, sent)
		}
	}
}

// TestSameInvitation: a platform that answers with an invitation that was there before has sent none. That one is left
// alone.
func TestSameInvitation(t *testing.T) {
	t.Parallel()
	behaviors := fake.Behaviors{}
	behaviors.Snyk.Emails, behaviors.Snyk.Duplicate = fake.WithoutDots, fake.DuplicateSameID
	w := newWorld(t, fake.Options{Behaviors: behaviors})
	w.only(fake.Snyk)
	w.environment[emailVariable] = caller
	w.invited(t, fake.Snyk, fake.Invitation{Email: tagged(caller, "snyk")})
	rows, err := w.check(t.Context(), t)
	if all := w.Invitations(fake.Snyk, ""); err != nil || len(all) != 1 || all[0].Status != fake.Pending {
		t.Errorf("%v, %+v", err, all)
	}
	if got := reading(rows, "may.revoke"); !strings.Contains(got, "it was left alone") {
		t.Error(got)
	}
}

// TestInterrupted: an interrupt after the sending does not keep the invitation from being revoked.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		for _, fault := range []fake.Fault{
			{Operation: fake.CreateInvite},
			{Operation: fake.CreateInvite, Kind: fake.Dropped, After: true},
			{Operation: fake.ListInvites, Skip: readsOfInvitations(p)},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			w := newWorld(t, fake.Options{})
			w.only(p)
			w.environment[emailVariable] = caller
			w.populate(t, p)
			fault.Platform, fault.Do = p, cancel
			w.Fail(fault)
			_, err := w.check(ctx, t)
			sent := w.invitationsTo(p, tagged(caller, string(p)))
			if err == nil || len(sent) != 1 || sent[0].Status != fake.Revoked {
				t.Errorf("%s: %v, %+v", p, err, sent)
			}
			cancel()
		}
	}
}

// TestLeftBehind: what could not be revoked is an error that says where to look, without an address.
func TestLeftBehind(t *testing.T) {
	t.Parallel()
	for _, p := range fake.Platforms {
		for name, fault := range map[string]fake.Fault{
			"revoking fails":         {Operation: fake.RevokeInvite, Status: 500},
			"nobody knows if it was": {Operation: fake.CreateInvite, Status: 500},
		} {
			w := newWorld(t, fake.Options{})
			w.only(p)
			w.environment[emailVariable] = caller
			w.populate(t, p)
			w.Fail(fault)
			_, err := w.check(t.Context(), t)
			if err == nil || !strings.Contains(err.Error(), "tag +"+string(p)) || strings.Contains(err.Error(), "@") {
				t.Errorf("%s: %s: %v", p, name, err)
			}
			for _, other := range w.Invitations(p, "")[:2] {
				if other.Status != fake.Pending {
					t.Errorf("%s: %s: %+v", p, name, other)
				}
			}
		}
	}
}

// TestRedirect: the credential does not follow a redirect.
func TestRedirect(t *testing.T) {
	t.Parallel()
	followed := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed++ }))
	defer elsewhere.Close()
	w := newWorld(t, fake.Options{})
	w.only(fake.IcePanel)
	w.Fail(fake.Fault{Kind: fake.Redirect, Location: elsewhere.URL})
	rows, err := w.check(t.Context(), t)
	if got := reading(rows, "may.read members"); err != nil || followed > 0 || got != "no: status 302" {
		t.Errorf("%v, %d, %s", err, followed, got)
	}
}

// TestDoesNotFit: an answer that the provider cannot read is found, and its content is not told.
func TestDoesNotFit(t *testing.T) {
	t.Parallel()
	for kind, want := range map[fake.Kind]string{
		fake.MissingFields: "no: it is not the documented JSON",
		fake.Null:          "no: it is not the documented JSON",
		fake.HTML:          "no: it is not the documented JSON",
		fake.UnknownValues: "yes",
	} {
		w := newWorld(t, fake.Options{})
		w.only(fake.ElasticCloud)
		w.populate(t, fake.ElasticCloud)
		w.Fail(fake.Fault{Operation: fake.ListInvites, Kind: kind})
		rows, err := w.check(t.Context(), t)
		if got := reading(rows, "fits.invitations"); err != nil || got != want {
			t.Errorf("%s: %v, %s", kind, err, got)
		}
	}
}

// TestNoWritesWithoutEmail: the client itself refuses what changes something.
func TestNoWritesWithoutEmail(t *testing.T) {
	t.Parallel()
	for _, p := range provider.Platforms() {
		c := clientOf(t, p)
		request := p.Questions.Invitation.Revoke((&asking{}).answers, "1")
		if _, err := c.do(t.Context(), request); err != errNoWrites {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

func clientOf(t *testing.T, p platform.Platform) *client {
	t.Helper()
	getenv := func(name string) string {
		switch name {
		case p.Credentials[0].Env:
			return "secret"
		case p.BaseURLEnv:
			return "http://127.0.0.1:1"
		}
		return ""
	}
	c, err := newClient(p, config{getenv: getenv}, false)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
