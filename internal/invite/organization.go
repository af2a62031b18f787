// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
)

// organization is what this process knows of one organization: its invitations and members, each list read once, and
// what the process itself did there.
//
// A provider process lives for one walk of Terraform, so a list is never older than the walk.
type organization[G Grant[G]] struct {
	invites *listcache.Cache[Invite[G]]
	// ended is the second list of invitations, see [EndedLister]; empty where the platform has none.
	ended   *listcache.Cache[Invite[G]]
	members *listcache.Cache[Member[G]]
	details *listcache.Cache[Organization]
	objects objects
	begun   time.Time
	// declared is what this walk planned.
	declared declarations
	seats    seatCount

	// outdatedMembers is the newest list of members that was requested before the invitations arrived. It cannot prove
	// that somebody is not a member: who accepted between the two lists is in neither.
	outdatedMembers atomic.Uint64

	mu sync.Mutex
	// sent holds the invitations that this process sent, by the address that was requested and by the one that the
	// platform answered with.
	sent map[string]Invite[G]
	// lost holds the addresses to which this process may have sent an invitation that nobody could find.
	lost map[string]error
	// turns make resources with one address wait for each other.
	turns map[string]turn

	// looking is held while somebody looks again. lookedAgain: it was done.
	looking     turn
	lookedAgain bool
}

// newOrganization returns an organization of which nothing is known yet. Its lists are not read with the credential of
// another one, and nothing is sent and no member changed before they are read.
func (s *Service[G]) newOrganization(name string) *organization[G] {
	o := &organization[G]{
		begun:    time.Now(),
		objects:  objects{byAddress: map[string]map[string]*object{}, spellings: map[string]bool{}},
		declared: declarations{people: map[string]bool{}, exclusive: map[string]Allowed{}},
		seats:    newSeatCount(),
		sent:     map[string]Invite[G]{},
		lost:     map[string]error{},
		turns:    map[string]turn{},
		looking:  make(turn, 1),
	}
	o.details = listcache.New(func(ctx context.Context) ([]Organization, error) {
		return s.readDetails(ctx, name)
	}, organizationKey, organizationKeys)
	o.members = listcache.New(func(ctx context.Context) ([]Member[G], error) {
		if err := s.checkCredential(ctx, name); err != nil {
			return nil, err
		}
		return s.backend.Members(ctx, name)
	}, Member[G].key, Member[G].addresses)
	o.invites = listcache.New(func(ctx context.Context) ([]Invite[G], error) {
		if err := s.checkCredential(ctx, name); err != nil {
			return nil, err
		}
		invitations, err := s.backend.Invites(ctx, name)
		o.outdatedMembers.Store(uint64(o.members.Generation()))
		o.ended.Invalidate() // who is in neither list may have moved from one to the other
		return invitations, err
	}, Invite[G].Key, Invite[G].addresses)
	o.ended = listcache.New(func(ctx context.Context) ([]Invite[G], error) {
		if lister, ok := s.backend.(EndedLister[G]); ok {
			return lister.EndedInvites(ctx, name)
		}
		return nil, nil
	}, Invite[G].Key, Invite[G].addresses)
	return o
}

// invitesTo returns the invitations to an address, which may have several spellings, in the platform's order.
func (o *organization[G]) invitesTo(ctx context.Context, spellings ...string) ([]Invite[G], error) {
	return at(ctx, o.invites, spellings)
}

// endedTo returns the invitations to an address in the second list, see [EndedLister].
func (o *organization[G]) endedTo(ctx context.Context, spellings ...string) ([]Invite[G], error) {
	return at(ctx, o.ended, spellings)
}

// invitation returns the one with an id, from either list.
func (o *organization[G]) invitation(ctx context.Context, id string) (Invite[G], bool, error) {
	if one, listed, err := o.invites.Get(ctx, id); listed || err != nil {
		return one, listed, err
	}
	return o.ended.Get(ctx, id)
}

// everyInviteTo returns the invitations to an address in both lists. The second one is read if nothing is pending.
func (o *organization[G]) everyInviteTo(ctx context.Context, email string) ([]Invite[G], error) {
	invitations, err := o.invitesTo(ctx, email)
	if _, pending := newestWith(invitations, Pending); pending || err != nil {
		return invitations, err
	}
	ended, err := o.endedTo(ctx, email)
	return append(invitations, ended...), err
}

// membersWith returns the members with an address: none, one, or several where one person may own several users.
func (o *organization[G]) membersWith(ctx context.Context, spellings ...string) ([]Member[G], error) {
	return at(ctx, o.members, spellings)
}

// currentMembersWith is membersWith for an invitation that is gone: where nobody is found, the list must be newer than
// the list of invitations.
func (o *organization[G]) currentMembersWith(ctx context.Context, spellings ...string) ([]Member[G], error) {
	members, err := o.membersWith(ctx, spellings...)
	if err == nil && len(members) == 0 {
		o.renewMembers()
		return o.membersWith(ctx, spellings...)
	}
	return members, err
}

// renewMembers makes the next reader request the members again if their list may be older than the invitations.
func (o *organization[G]) renewMembers() {
	o.members.InvalidateIfOlder(listcache.Generation(o.outdatedMembers.Load()))
}

// settleDelay is how long after its first call a walk is taken to have refreshed the other objects with an address.
const settleDelay = 300 * time.Millisecond

// settle waits until the other objects with an address are likely to be known. Terraform refreshes them at the same
// time, in no particular order, and does not say how many there are.
func (o *organization[G]) settle(ctx context.Context) error {
	return wait(ctx, time.Until(o.begun.Add(settleDelay)))
}

// lookAgain makes the next reader request the invitations again, a moment after a list lacked one that was sent shortly
// before. Once in a walk is enough for all that are missing.
func (o *organization[G]) lookAgain(ctx context.Context) error {
	done, err := o.looking.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	if o.lookedAgain {
		return nil
	}
	if err := wait(ctx, lookAgainDelay); err != nil {
		return err
	}
	o.invites.Invalidate()
	o.lookedAgain = true
	return nil
}

// invalidate makes the next reader request both lists again.
func (o *organization[G]) invalidate() {
	o.invites.Invalidate()
	o.members.Invalidate()
}

// at returns the items of a list with an address, which may have several spellings.
func at[T any](ctx context.Context, list *listcache.Cache[T], spellings []string) (found []T, err error) {
	seen := map[string]bool{"": true}
	for _, spelling := range spellings {
		address := NormalizeEmail(spelling)
		if seen[address] {
			continue
		}
		seen[address] = true
		items, err := list.Group(ctx, address)
		if err != nil {
			return nil, err
		}
		found = append(found, items...)
	}
	return found, nil
}

// noteSent records an invitation that this process sent to an address.
func (o *organization[G]) noteSent(email string, invitation Invite[G]) {
	o.invites.Put(invitation)
	o.mu.Lock()
	defer o.mu.Unlock()
	// The platform may spell the address in its own way. Neither spelling gets a second mail.
	o.sent[NormalizeEmail(email)], o.sent[invitation.address()] = invitation, invitation
}

// hasSent reports whether this process sent any invitation.
func (o *organization[G]) hasSent() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.sent) > 0
}

// noteLost records that an invitation may be on its way although nobody found it.
func (o *organization[G]) noteLost(email string, lost error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.lost[NormalizeEmail(email)] = lost
}

// begin is turn for whoever is going to send an invitation. It fails where that must not be done.
func (o *organization[G]) begin(ctx context.Context, name, email string) (done func(), err error) {
	if done, err = o.turn(ctx, email); err != nil {
		return nil, err
	}
	if err := o.mayNotSendTo(name, email); err != nil {
		done()
		return nil, err
	}
	return done, nil
}

// mayNotSendTo returns why this process must not send an invitation to an address: it sent one, or may have.
// Nobody gets two mails for one apply, whatever the platform lists by now.
func (o *organization[G]) mayNotSendTo(name, email string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if sent, found := o.sent[NormalizeEmail(email)]; found {
		return &Exists[G]{Existing: Existing[G]{Organization: name, Invite: &sent}, SentNow: true}
	}
	return o.lost[NormalizeEmail(email)]
}

// noteRevoked records that an invitation is revoked.
func (o *organization[G]) noteRevoked(invitation Invite[G]) {
	o.invites.Update(invitation.Key(), func(listed Invite[G]) Invite[G] {
		listed.Status = Revoked
		return listed
	})
}

// turn waits until nobody else in this process creates or ends an invitation to the address, and returns what ends
// the turn.
func (o *organization[G]) turn(ctx context.Context, email string) (done func(), err error) {
	o.mu.Lock()
	address := NormalizeEmail(email)
	if o.turns[address] == nil {
		o.turns[address] = make(turn, 1)
	}
	atAddress := o.turns[address]
	o.mu.Unlock()
	return atAddress.take(ctx)
}

// turn is a lock for which nobody waits longer than the context allows. It has room for the one who holds it.
type turn chan struct{}

// take waits for the turn, and returns what ends it.
func (t turn) take(ctx context.Context) (done func(), err error) {
	select {
	case t <- struct{}{}:
		return func() { <-t }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
