package invite

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRoster[role](newMemory(), acme)
		done, err := r.turn(t.Context(), ada)
		same(t, "first", err, nil)
		other, err := r.turn(t.Context(), "bob@example.com")
		same(t, "another address", err, nil)
		other()

		got := false
		go func() {
			done, err := r.turn(t.Context(), "ADA@Example.com ")
			same(t, "second", err, nil)
			got = true
			done()
		}()
		synctest.Wait()
		same(t, "the same address waits", got, false)

		ctx, giveUp := context.WithTimeout(t.Context(), time.Minute)
		defer giveUp()
		if _, err := r.turn(ctx, ada); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("giving up: %v", err)
		}
		done()
		synctest.Wait()
		same(t, "then it is its turn", got, true)
	})
}

// Where ids are addresses, several invitations share one.
func TestInviteByID(t *testing.T) {
	t.Parallel()
	at := func(status Status, age time.Duration) Invite[role] {
		return Invite[role]{ID: ada, Email: ada, Status: status, CreatedAt: time.Unix(0, 0).Add(-age), Token: string(status) + age.String()}
	}
	for name, c := range map[string]struct {
		listed []Invite[role]
		want   Invite[role]
	}{
		"pending before the rest":   {[]Invite[role]{at(Expired, 0), at(Pending, 9), at(Accepted, 1)}, at(Pending, 9)},
		"the newest pending":        {[]Invite[role]{at(Pending, 9), at(Pending, 1), at(Pending, 5)}, at(Pending, 1)},
		"the newest that ended":     {[]Invite[role]{at(Accepted, 9), at(Expired, 1)}, at(Expired, 1)},
		"anything before revoked":   {[]Invite[role]{at(Revoked, 0), at(Expired, 9)}, at(Expired, 9)},
		"revoked where there is no": {[]Invite[role]{at(Revoked, 0)}, at(Revoked, 0)},
		"nothing":                   {nil, Invite[role]{}},
	} {
		r := newRoster[role](newMemory(), acme)
		r.invites.load = func(context.Context) ([]Invite[role], error) { return c.listed, nil }
		got, found, err := r.inviteByID(t.Context(), ada)
		same(t, name, got, c.want)
		same(t, name+": found", found, c.listed != nil)
		same(t, name+": error", err, nil)
	}
}

// A token is a secret: it finds nothing.
func TestInviteByToken(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.secretIDs = true
	token := m.invited(ada, "viewer").Token
	_, err := m.service().Find(t.Context(), acme, token)
	same(t, "not found", errors.Is(err, ErrNotFound), true)
}

// Who is a member stays current through own writes.
func TestRosterMembers(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.join(ada, "viewer")
	r := newRoster[role](m, acme)
	found, err := r.membersAt(t.Context(), "ADA@example.com")
	if err != nil || len(found) != 1 {
		t.Fatalf("found %v, %v", found, err)
	}
	changed := found[0]
	changed.Grant = "editor"
	r.noteMember(changed)
	all, _ := r.allMembers(t.Context())
	same(t, "after a change", all[0].Grant, "editor")
	r.noteRemoved(changed)
	all, _ = r.allMembers(t.Context())
	same(t, "after a removal", len(all), 0)
	m.requested(t, "members=1")
}
