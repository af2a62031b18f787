package invite

import (
	"context"
	"sync"
	"sync/atomic"
)

// roster is what this process knows of one organization: its invitations and
// members, each list read at most once, and what the process itself did there.
//
// A provider process lives for one walk of Terraform, so a list is never older than the walk.
type roster[G Grant[G]] struct {
	organization string
	backend      Backend[G]
	invites      snapshot[Invite[G]]
	members      snapshot[Member[G]]
	search       *search[G] // nil: the platform tells all members at once

	// outdated marks when the invitations arrived: a list of members asked for before that may be older.
	outdated atomic.Int64

	mu sync.Mutex
	// held are the invitations that resources in state stand for.
	held map[string]bool
	// claims counts the resources that were refreshed and follow an invitation.
	claims map[string]int
	// sent are the addresses this process mailed, with what it sent.
	sent map[string]Invite[G]
	// lost are the addresses to which this process may have sent an invitation that nobody could find.
	lost map[string]error
	// adopted are the invitations that this process took over.
	adopted map[string]bool
	// turns make resources with one address wait for each other.
	turns map[string]chan struct{}
}

func newRoster[G Grant[G]](backend Backend[G], organization string) *roster[G] {
	r := &roster[G]{
		organization: organization,
		backend:      backend,
		members: snapshot[Member[G]]{load: func(ctx context.Context) ([]Member[G], error) {
			return backend.Members(ctx, organization)
		}},
		held:    map[string]bool{},
		claims:  map[string]int{},
		lost:    map[string]error{},
		sent:    map[string]Invite[G]{},
		adopted: map[string]bool{},
		turns:   map[string]chan struct{}{},
	}
	r.invites.load = func(ctx context.Context) ([]Invite[G], error) {
		invitations, err := backend.Invites(ctx, organization)
		r.outdated.Store(int64(r.members.seen()))
		return invitations, err
	}
	if finder, ok := backend.(MemberFinder[G]); ok {
		r.search = newSearch(organization, finder, &r.members)
	}
	return r
}

// invitesAt returns the invitations to an address, in the platform's order.
func (r *roster[G]) invitesAt(ctx context.Context, email string) (found []Invite[G], err error) {
	err = r.invites.view(ctx, func(b *book[Invite[G]]) { found = b.addressed(email) })
	return found, err
}

// inviteByID returns the invitation with that id. Where ids are addresses several
// may share one: a pending one wins, since that is the one still to be followed, and then the newest.
func (r *roster[G]) inviteByID(ctx context.Context, id string) (found Invite[G], ok bool, err error) {
	err = r.invites.view(ctx, func(b *book[Invite[G]]) {
		if found, ok = b.items[id]; ok && found.ID == id {
			return
		}
		found, ok = Invite[G]{}, false // a secret id names nothing
		for _, invitation := range b.addressed(id) {
			if invitation.ID == id && (!ok || livelier(invitation, found)) {
				found, ok = invitation, true
			}
		}
	})
	return found, ok, err
}

// livelier reports whether a is more worth following than b.
func livelier[G Grant[G]](a, b Invite[G]) bool {
	rank := map[Status]int{Pending: 2, Accepted: 1, Expired: 1}
	if rank[a.Status] != rank[b.Status] {
		return rank[a.Status] > rank[b.Status]
	}
	return a.CreatedAt.After(b.CreatedAt)
}

// allInvites returns every invitation that the platform lists.
func (r *roster[G]) allInvites(ctx context.Context) (all []Invite[G], err error) {
	err = r.invites.view(ctx, func(b *book[Invite[G]]) { all = b.all() })
	return all, err
}

// membersAt returns the members with an address: none, one, or several where
// one person may own several users.
func (r *roster[G]) membersAt(ctx context.Context, email string) (found []Member[G], err error) {
	err = r.members.view(ctx, func(b *book[Member[G]]) { found = b.addressed(email) })
	return found, err
}

// renewMembers has the members read again if they may be older than the invitations, and reports whether another look
// may tell more: one who accepted between the two lists is in neither of them.
func (r *roster[G]) renewMembers() bool {
	before := int(r.outdated.Load())
	if before == 0 {
		return false
	}
	r.members.forgetUnless(before)
	return true
}

// joinedMembers is findMembers for an invitation that is gone: nobody is absent by a list that is older than that.
func (r *roster[G]) joinedMembers(ctx context.Context, email string) ([]Member[G], error) {
	members, err := r.findMembers(ctx, email)
	if err == nil && len(members) == 0 && r.renewMembers() {
		return r.findMembers(ctx, email)
	}
	return members, err
}

// findMembers is membersAt for a refresh, in which few persons are looked for:
// where that is cheaper it does not read everybody. A plan of new invitations reads the list instead, since
// each of them is looked for.
func (r *roster[G]) findMembers(ctx context.Context, email string) ([]Member[G], error) {
	if r.search == nil {
		return r.membersAt(ctx, email)
	}
	return r.search.at(ctx, email)
}

// allMembers returns every member.
func (r *roster[G]) allMembers(ctx context.Context) (all []Member[G], err error) {
	err = r.members.view(ctx, func(b *book[Member[G]]) { all = b.all() })
	return all, err
}

// noteSent records an invitation that this process sent.
func (r *roster[G]) noteSent(invitation Invite[G]) {
	r.invites.update(func(b *book[Invite[G]]) { b.put(invitation) })
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent[invitation.address()] = invitation
}

// noteRevoked records that an invitation is gone.
func (r *roster[G]) noteRevoked(invitation Invite[G]) {
	r.invites.update(func(b *book[Invite[G]]) {
		if known, ok := b.items[invitation.handle()]; ok {
			known.Status = Revoked
			b.put(known)
		}
	})
}

// noteMember records a member's new grant.
func (r *roster[G]) noteMember(member Member[G]) {
	r.members.update(func(b *book[Member[G]]) { b.put(member) })
}

// noteRemoved records that a member is gone.
func (r *roster[G]) noteRemoved(member Member[G]) {
	r.members.update(func(b *book[Member[G]]) { b.remove(member.key()) })
}

// sentTo tells what this process sent to an address.
func (r *roster[G]) sentTo(email string) (Invite[G], bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	invitation, ok := r.sent[NormalizeEmail(email)]
	return invitation, ok
}

// noteLost records that an invitation may be on its way although nobody found it.
func (r *roster[G]) noteLost(email string, lost error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lost[NormalizeEmail(email)] = lost
}

// lostTo tells how sending to an address failed before in this process, if it is not known whether it did.
func (r *roster[G]) lostTo(email string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lost[NormalizeEmail(email)]
}

// noteAdopted records that a resource took over an invitation.
func (r *roster[G]) noteAdopted(invitation Invite[G]) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.adopted[invitation.handle()] = true
}

// replaced reports whether this process itself sent or took over the invitation, in
// place of the one that record remembers: where a replacement is created before what it
// replaces is destroyed, the destroy must not end what the create began.
func (r *roster[G]) replaced(record Record[G], invitation Invite[G]) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.adopted[invitation.handle()] {
		return true
	}
	sent, ok := r.sent[invitation.address()]
	return ok && sent.handle() == invitation.handle() && !(sent.ID == record.ID && sameInstant(sent.CreatedAt, record.CreatedAt))
}

// hold notes that a resource in state stands for the invitation with this id.
func (r *roster[G]) hold(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held[id] = true
}

// claim notes that a resource was refreshed and follows the invitation with this
// id, and returns how many do. More than one is a mistake: each would replace what the other one sends.
func (r *roster[G]) claim(id string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.claims[id]++
	return r.claims[id]
}

func (r *roster[G]) isHeld(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.held[id]
}

// turn waits until nobody else in this process creates or ends an invitation to
// the address, and returns what ends the turn.
func (r *roster[G]) turn(ctx context.Context, email string) (done func(), err error) {
	r.mu.Lock()
	turn, known := r.turns[NormalizeEmail(email)]
	if !known {
		turn = make(chan struct{}, 1)
		r.turns[NormalizeEmail(email)] = turn
	}
	r.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
