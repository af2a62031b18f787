// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invitetest

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// RequestFor is a request with the default lifetime.
func RequestFor(email string, grant Role) invite.Request[Role] {
	return invite.Request[Role]{Email: email, Grant: grant, Lifetime: Week}
}

// SentTo invites a person as a viewer, an hour ago and in another process, and starts counting from zero.
func (m *Platform) SentTo(t *testing.T, email string) invite.State[Role] {
	t.Helper()
	state := m.JustSentTo(t, email)
	const ago = -time.Hour
	m.Last(m.spelled(email)).CreatedAt = m.Last(m.spelled(email)).CreatedAt.Add(ago)
	state.CreatedAt, state.Object.SentAt = state.CreatedAt.Add(ago), state.Object.SentAt.Add(ago)
	return state
}

// JustSentTo is [Platform.SentTo] without the hour.
func (m *Platform) JustSentTo(t *testing.T, email string) invite.State[Role] {
	t.Helper()
	state, err := m.NewService().Create(t.Context(), Acme, RequestFor(email, "viewer"), invite.Policies{})
	if err != nil {
		t.Fatal(err)
	}
	m.Requests()
	m.Mails = nil
	return state
}

// ExpectRequests fails the test unless exactly these requests were made, see [Platform.Requests].
func (m *Platform) ExpectRequests(t *testing.T, want string) {
	t.Helper()
	if got := m.Requests(); got != want {
		t.Errorf("requests: %q, want %q", got, want)
	}
}

// ExpectMails fails the test unless that many mails were sent.
func (m *Platform) ExpectMails(t *testing.T, want int) {
	t.Helper()
	if len(m.Mails) != want {
		t.Errorf("mails: %q, want %d", m.Mails, want)
	}
}

// ErrorAs returns the error as the type that is wanted, or fails the test.
func ErrorAs[E error](t *testing.T, err error) (want E) {
	t.Helper()
	if !errors.As(err, &want) {
		t.Fatalf("error: %v, want a %T", err, want)
	}
	return want
}

// Same fails the test unless both are equal.
func Same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// Contains fails the test unless every part is in one of the texts. Without parts, there must be no texts.
func Contains(t *testing.T, what string, texts []string, parts ...string) {
	t.Helper()
	if len(parts) == 0 && len(texts) > 0 {
		t.Errorf("%s: %q, want none", what, texts)
	}
	for _, part := range parts {
		if !strings.Contains(strings.Join(texts, "\n"), part) {
			t.Errorf("%s: %q, want %q among them", what, texts, part)
		}
	}
}

// Read is a refresh, without its warnings.
func Read(
	t *testing.T, s *invite.Service[Role], prior invite.State[Role], policies invite.Policies,
) (now invite.State[Role], present bool, err error) {
	t.Helper()
	reading, err := s.Read(t.Context(), prior, policies)
	return reading.State, !reading.Gone, err
}

// What [Platform.Acceptable] lists in most tests.
const (
	ViewerForAda = "viewer for " + Ada
	EditorForAda = "editor for " + Ada
)

// Platforms are the kinds of platforms, by what their lists show. The lifecycle is the same on all of them.
var Platforms = map[string]func(*Platform){
	"keeps everything": func(*Platform) {},
	"keeps expired":    func(m *Platform) { m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked} },
	"keeps nothing": func(m *Platform) {
		m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked, invite.Expired}
	},
	"secret ids": func(m *Platform) {
		m.SecretIDs, m.Unlisted = true, []invite.Status{invite.Accepted, invite.Revoked}
	},
}

// Writes are those of the requests that change something.
func Writes(requests string) string {
	return strings.Join(slices.DeleteFunc(strings.Fields(requests), func(r string) bool {
		return strings.HasPrefix(r, "invites=") || strings.HasPrefix(r, "members=")
	}), " ")
}

// AcceptedBy is the state of a person who accepted as a viewer.
func (m *Platform) AcceptedBy(t *testing.T, email string) invite.State[Role] {
	t.Helper()
	state := m.SentTo(t, email)
	m.Accept(email)
	state.Status, state.MemberID = invite.Accepted, "user-"+invite.NormalizeEmail(email)
	return state
}

// OnRevoke runs a function in the middle of the n-th revoke from now.
func (m *Platform) OnRevoke(n int, act func()) {
	if n > 1 {
		m.During(OnRevoke, func() { m.OnRevoke(n-1, act) })
		return
	}
	m.During(OnRevoke, act)
}

// OnInvites runs a function in the middle of the n-th list of invitations from now.
func (m *Platform) OnInvites(n int, act func()) {
	if n > 1 {
		m.During(OnInvites, func() { m.OnInvites(n-1, act) })
		return
	}
	m.During(OnInvites, act)
}
