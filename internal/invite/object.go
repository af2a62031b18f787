package invite

import (
	"crypto/rand"
	"maps"
	"slices"
	"sync"
	"time"
)

// Object is what the provider remembers of one object in Terraform's state beside its attributes. An object is a
// resource instance, or a deposed one that Terraform has yet to destroy: Terraform does not say which of the two.
type Object struct {
	// ID tells the objects with one address apart. It is empty until the first refresh of a state that an earlier
	// version wrote.
	ID string `json:"id,omitempty"`
	// Own is the invitation that the object was created or imported with.
	Own Identity `json:"own,omitzero"`
	// SentAt is when this provider sent that invitation, by the clock of this machine; zero where it was found.
	SentAt time.Time `json:"sent_at,omitzero"`
	// ListedAs is the address as the platform spells it, where that is not only another letter case.
	ListedAs string `json:"listed_as,omitempty"`
	// Granted is the text of the grant that was last declared and applied, see [Grant].
	Granted string `json:"granted,omitempty"`
	// Superseded: when the object was to be destroyed, its successor had been created, so all that is left to do is to
	// end its own invitation.
	Superseded bool `json:"superseded,omitempty"`
	// SharedWith are the objects that manage the same invitation or member, as far as a plan saw them.
	SharedWith []string `json:"shared_with,omitempty"`
	// Destroyed: a plan destroys the object for good, and not to make room for a replacement.
	Destroyed bool `json:"destroyed,omitempty"`
}

// Drifted reports whether a managed member was given something else outside while the declared grant stayed the same.
func (o Object) Drifted(managed bool, declared string) bool { return managed && o.Granted == declared }

// Identity tells an invitation from any other one to the same address.
type Identity struct {
	ID string `json:"id,omitempty"`
	// CreatedAt takes the place of the id where the platform's ids are secrets.
	CreatedAt time.Time `json:"created_at,omitzero"`
}

// same reports whether both are one invitation. States written before fractions of seconds were kept have whole ones.
func (a Identity) same(b Identity) bool {
	if a.ID != b.ID {
		return false
	}
	whole := func(t time.Time) bool { return t.Nanosecond() == 0 }
	if whole(a.CreatedAt) || whole(b.CreatedAt) {
		return a.CreatedAt.Unix() == b.CreatedAt.Unix()
	}
	return a.CreatedAt.Sub(b.CreatedAt).Abs() < time.Millisecond
}

// identity returns what tells an invitation from any other one to the same address.
func (s *Service[G]) identity(invitation Invite[G]) Identity {
	if s.SecretIDs {
		return Identity{CreatedAt: invitation.CreatedAt}
	}
	return Identity{ID: invitation.ID}
}

// newObject completes what is remembered of an object: its id, and which invitation is its own.
func (s *Service[G]) newObject(state State[G]) Object {
	object := state.Object
	if object.ID == "" {
		object.ID = rand.Text()
	}
	if object.Own == (Identity{}) {
		object.Own = s.identity(state.Invite)
	}
	if object.Granted == "" {
		object.Granted = state.Grant.String()
	}
	return object
}

// Track notes that an object in state manages an invitation, so that no other object of this walk ends it.
func (s *Service[G]) Track(state State[G]) {
	s.organization(state.Organization).objects.add(state.Email, state.Object.ID, s.identity(state.Invite), false)
}

// Ending returns what to remember of an object that is about to be destroyed: who else manages its invitation or its
// member, as far as was planned and this process knows.
func (s *Service[G]) Ending(state State[G]) Object {
	s.Track(state)
	object := state.Object
	objects := &s.organization(state.Organization).objects
	object.Superseded = object.Superseded || len(objects.created(state.Email)) > 0
	others := slices.DeleteFunc(slices.Clone(object.SharedWith), func(id string) bool {
		return objects.hasEnded(state.Email, id)
	})
	others = append(others, s.sharedWith(state, object.ID)...)
	slices.Sort(others)
	object.SharedWith = slices.Compact(others)
	return object
}

// sharedWith returns the other objects that manage an invitation too, or a member, as far as this process knows.
func (s *Service[G]) sharedWith(state State[G], id string) []string {
	objects := &s.organization(state.Organization).objects
	if state.Status == Accepted {
		return objects.others(state.Email, id, nil)
	}
	identity := s.identity(state.Invite)
	return objects.others(state.Email, id, &identity)
}

// objects is what this process knows of the objects in state, by address and by the objects' ids. It knows those that
// Terraform refreshed or planned so far, and those that were created.
type objects struct {
	mu        sync.Mutex
	byAddress map[string]map[string]*object
}

// object is one of them.
type object struct {
	// invitations are those that the object manages: the one in its state, and the one that it follows now.
	invitations []Identity
	// created: this process created the object.
	created bool
	// ended: this process destroyed the object.
	ended bool
}

// add notes that an object manages an invitation.
func (o *objects) add(email, id string, invitation Identity, created bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	address := NormalizeEmail(email)
	if o.byAddress[address] == nil {
		o.byAddress[address] = map[string]*object{}
	}
	known := o.byAddress[address][id]
	if known == nil {
		known = &object{created: created}
		o.byAddress[address][id] = known
	}
	if !slices.ContainsFunc(known.invitations, invitation.same) {
		known.invitations = append(known.invitations, invitation)
	}
}

// end notes that an object was destroyed.
func (o *objects) end(email, id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if known := o.byAddress[NormalizeEmail(email)][id]; known != nil {
		known.ended = true
	}
}

// others returns the ids of the objects with an address, apart from one, which are still there and manage an
// invitation, or any invitation where none is given.
func (o *objects) others(email, id string, invitation *Identity) []string {
	return o.matching(email, func(other string, known *object) bool {
		// Without an id of its own, an object cannot be told from those that were refreshed or planned.
		return other != id && (id != "" || known.created) && (invitation == nil || slices.ContainsFunc(known.invitations, invitation.same))
	})
}

// managed reports whether an object manages an invitation to an address.
func (o *objects) managed(email string, invitation Identity) bool {
	return len(o.matching(email, func(_ string, known *object) bool {
		return slices.ContainsFunc(known.invitations, invitation.same)
	})) > 0
}

// created returns the ids of the objects with an address that this process created.
func (o *objects) created(email string) []string {
	return o.matching(email, func(_ string, known *object) bool { return known.created })
}

// matching returns the ids of the objects with an address which match and are still there, in order.
func (o *objects) matching(email string, match func(id string, known *object) bool) (ids []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	address := o.byAddress[NormalizeEmail(email)]
	for _, id := range slices.Sorted(maps.Keys(address)) {
		if known := address[id]; !known.ended && match(id, known) {
			ids = append(ids, id)
		}
	}
	return ids
}

// hasEnded reports whether this process destroyed an object.
func (o *objects) hasEnded(email, id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	known := o.byAddress[NormalizeEmail(email)][id]
	return known != nil && known.ended
}
