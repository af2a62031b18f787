// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package invitetest is a platform in memory, and what tests of the lifecycle need besides it.
package invitetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// Role is what invitations grant in these tests: one word.
type Role string

// Equal reports whether both are the same word.
func (r Role) Equal(other Role) bool { return r == other }

// MatchedBy reports whether both are the same word, ignoring case.
func (r Role) MatchedBy(answer Role) bool { return strings.EqualFold(string(r), string(answer)) }

func (r Role) String() string { return "role " + string(r) }

// Guarded is the role of members who can be neither changed nor removed.
const Guarded Role = "guarded"

// CheckChange refuses to change a guarded member, see [invite.MemberLimits].
func (r Role) CheckChange(Role) error {
	if r != Guarded {
		return nil
	}
	return &invite.Failure{
		Meaning: invite.ErrRefused, Attribute: "role", Advice: "Ask the owner.",
		Err: errors.New("a guarded member cannot be changed"),
	}
}

// CheckRemoval refuses to remove a guarded member.
func (r Role) CheckRemoval() error { return r.CheckChange("") }

// Operation is one kind of request.
type Operation string

// The operations.
const (
	OnInvites Operation = "invites"
	OnMembers Operation = "members"
	OnSend    Operation = "send"
	OnRevoke  Operation = "revoke"
	OnChange  Operation = "change"
	OnRemove  Operation = "remove"
	OnResolve Operation = "resolve"
)

var operations = []Operation{OnInvites, OnMembers, OnSend, OnRevoke, OnChange, OnRemove, OnResolve, OnOrganization, OnEnded, OnAccount}

// Platform is a platform in memory. It is strict about what the lifecycle may request. Its exported fields, except Calls
// and Mails, say how it behaves, and are set before it is used.
type Platform struct {
	SecretIDs         bool
	Unlisted          []invite.Status // what its list leaves out
	RefusesExisting   bool            // an address that is invited or a member cannot be invited again
	RefusesExpired    bool            // nor one whose invitation expired
	AnswersInCapitals bool            // answers spell grants in capitals
	ManagesMembers    bool            // members can be changed and removed
	ResolvesGrants    bool            // grants can be completed
	NoExpiry          bool            // invitations do not expire
	Lags              int             // how many more lists lack what was sent by the provider
	Seats             int64           // paid seats; 0: organizations cannot be read
	Owner             string          // the organization that the credential belongs to; empty: it is good for all
	RewritesAddresses bool            // answers and lists spell addresses without a "+" part
	Hides             bool            // some members have no visible address, see [NewHiding]
	Hidden            []string        // those of these people
	ForgetsEnded      bool            // failed invitations are soon no longer listed anywhere

	mu            sync.Mutex
	organizations map[string]*Account
	serial        int
	fresh         map[*invite.Invite[Role]]bool // what the provider sent
	Calls         map[Operation]int             // the requests so far
	Mails         []string                      // "organization address" of each mail
	faults        map[Operation][]fault
	hooks         map[Operation]func()
	delays        map[Operation]func()
}

// Account is an organization on the platform.
type Account struct {
	invitations []*invite.Invite[Role]
	Members     []*invite.Member[Role]
}

// fault is one request that fails, before or after the platform acts on it.
type fault struct {
	meaning error
	acts    bool
	always  bool
}

// New returns a platform without invitations and members.
func New() *Platform {
	return &Platform{
		organizations: map[string]*Account{}, Calls: map[Operation]int{},
		fresh:  map[*invite.Invite[Role]]bool{},
		faults: map[Operation][]fault{}, hooks: map[Operation]func(){}, delays: map[Operation]func(){},
	}
}

// Fail makes the next request of a kind fail without any effect.
func (m *Platform) Fail(v Operation, meaning error) {
	m.faults[v] = append(m.faults[v], fault{meaning: meaning})
}

// FailAlways makes every request of a kind fail without any effect.
func (m *Platform) FailAlways(v Operation, meaning error) {
	m.faults[v] = append(m.faults[v], fault{meaning: meaning, always: true})
}

// LoseAnswer makes the platform act on the next request of a kind, and loses its answer.
func (m *Platform) LoseAnswer(v Operation) {
	m.faults[v] = append(m.faults[v], fault{meaning: invite.ErrUncertain, acts: true})
}

// Recover ends all failures.
func (m *Platform) Recover() { m.faults = map[Operation][]fault{} }

// During runs a function in the middle of the next request of a kind.
func (m *Platform) During(v Operation, act func()) { m.hooks[v] = act }

// Delay runs a function before the answer to the next request of a kind arrives.
func (m *Platform) Delay(v Operation, act func()) { m.delays[v] = act }

// Requests returns the requests since its last call, such as "invites=1 send=2".
func (m *Platform) Requests() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var parts []string
	for _, v := range operations {
		if count := m.Calls[v]; count > 0 {
			parts = append(parts, fmt.Sprintf("%s=%d", v, count))
		}
	}
	m.Calls = map[Operation]int{}
	return strings.Join(parts, " ")
}

// request is what all requests have in common: they are counted, can fail, and end with their context.
func request[R any](ctx context.Context, m *Platform, v Operation, act func() (R, error)) (none R, err error) {
	m.mu.Lock()
	m.Calls[v]++
	hook, delay := m.hooks[v], m.delays[v]
	delete(m.hooks, v)
	delete(m.delays, v)
	var failing fault
	if queue := m.faults[v]; len(queue) > 0 {
		failing = queue[0]
		if !failing.always {
			m.faults[v] = queue[1:]
		}
	}
	m.mu.Unlock()
	if hook != nil {
		hook()
	}
	if ctx.Err() != nil {
		return none, &invite.Failure{Meaning: invite.ErrUncertain, Err: context.Cause(ctx)}
	}
	failure := &invite.Failure{Meaning: failing.meaning, Err: fmt.Errorf("the platform failed at %s", v)}
	if failing.meaning != nil && !failing.acts {
		return none, failure
	}
	m.mu.Lock()
	result, err := act()
	m.mu.Unlock()
	if delay != nil {
		delay()
	}
	if err == nil && failing.meaning != nil {
		return none, failure
	}
	return result, err
}

// spelled is an address as the platform spells it.
func (m *Platform) spelled(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if plain, _, tagged := strings.Cut(local, "+"); tagged && m.RewritesAddresses {
		return plain + "@" + domain
	}
	return email
}

// Organization returns an organization, which exists as soon as somebody asks for it.
func (m *Platform) Organization(name string) *Account {
	if m.organizations[name] == nil {
		m.organizations[name] = &Account{}
	}
	return m.organizations[name]
}

func refusal(meaning error, text string) error {
	return &invite.Failure{Meaning: meaning, Err: errors.New(text)}
}

// Invites lists what the platform shows.
func (m *Platform) Invites(ctx context.Context, name string) ([]invite.Invite[Role], error) {
	return request(ctx, m, OnInvites, func() (listed []invite.Invite[Role], err error) {
		for _, invitation := range m.Organization(name).invitations {
			shown := m.shown(*invitation)
			if !slices.Contains(m.Unlisted, shown.Status) && (m.Lags == 0 || !m.fresh[invitation]) {
				listed = append(listed, shown)
			}
		}
		m.Lags = max(0, m.Lags-1)
		return listed, nil
	})
}

// Members lists all members.
func (m *Platform) Members(ctx context.Context, name string) ([]invite.Member[Role], error) {
	return request(ctx, m, OnMembers, func() (listed []invite.Member[Role], err error) {
		for _, member := range m.Organization(name).Members {
			listed = append(listed, *member)
		}
		return listed, nil
	})
}

// Send sends an invitation, and counts the mail.
func (m *Platform) Send(ctx context.Context, name string, sent invite.Request[Role]) (invite.Invite[Role], error) {
	return request(ctx, m, OnSend, func() (invite.Invite[Role], error) {
		switch {
		case invite.CheckEmail(sent.Email) != nil || sent.Grant == "":
			return invite.Invite[Role]{}, refusal(invite.ErrRefused, "not a request")
		case !m.NoExpiry && (sent.Lifetime > 0) == !sent.ExpiresAt.IsZero():
			return invite.Invite[Role]{}, refusal(invite.ErrRefused, "not one end")
		case m.RefusesExisting && m.taken(name, sent.Email):
			return invite.Invite[Role]{}, refusal(invite.ErrExists, "already known")
		}
		ends := sent.ExpiresAt
		if ends.IsZero() && !m.NoExpiry {
			ends = time.Now().Add(sent.Lifetime)
		}
		m.Mails = append(m.Mails, name+" "+sent.Email)
		invitation := m.add(name, m.spelled(sent.Email), sent.Grant, ends)
		m.fresh[invitation] = true
		return m.shown(*invitation), nil
	})
}

// Revoke revokes a pending or expired invitation.
func (m *Platform) Revoke(ctx context.Context, name string, invitation invite.Invite[Role]) error {
	_, err := request(ctx, m, OnRevoke, func() (any, error) {
		for _, known := range m.Organization(name).invitations {
			if known.Key() != invitation.Key() {
				continue
			}
			if status := m.shown(*known).Status; status != invite.Pending && status != invite.Expired {
				return nil, refusal(invite.ErrGone, "it is "+string(status))
			}
			known.Status = invite.Revoked
			return nil, nil
		}
		return nil, refusal(invite.ErrGone, "no such invitation")
	})
	return err
}

// managing is a platform whose members can be changed and removed.
type managing struct{ *Platform }

func (m managing) ChangeMember(ctx context.Context, name string, member invite.Member[Role], grant Role) error {
	_, err := request(ctx, m.Platform, OnChange, func() (any, error) {
		for _, known := range m.Organization(name).Members {
			if known.ID == member.ID {
				known.Grant = grant
				return nil, nil
			}
		}
		return nil, refusal(invite.ErrGone, "no such member")
	})
	return err
}

func (m managing) RemoveMember(ctx context.Context, name string, member invite.Member[Role]) error {
	_, err := request(ctx, m.Platform, OnRemove, func() (any, error) {
		before := len(m.Organization(name).Members)
		m.drop(name, member.ID)
		if len(m.Organization(name).Members) == before {
			return nil, refusal(invite.ErrGone, "no such member")
		}
		return nil, nil
	})
	return err
}

// resolving is a managing platform that completes grants: "the X" is X.
type resolving struct{ managing }

func (m resolving) ResolveGrant(ctx context.Context, _ string, grant Role) (Role, error) {
	return request(ctx, m.Platform, OnResolve, func() (Role, error) {
		return Role(strings.TrimPrefix(string(grant), "the ")), nil
	})
}
