// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"crypto/rand"
	"slices"
	"time"
)

// Object is what the provider remembers of one object in Terraform's state beside its attributes. An object is a
// resource instance, or a deposed one that Terraform has yet to destroy: Terraform does not say which of the two.
type Object struct {
	// ID tells the objects with one address apart. It is empty until the first refresh of a state that an earlier
	// version wrote.
	ID string `json:"id,omitempty"`
	// SentAt is when this provider sent its invitation, by the clock of this machine; zero where it was found.
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

// Identity tells an invitation from any other one to the same address.
type Identity struct {
	ID string
	// CreatedAt takes the place of the id where the platform's ids are secrets.
	CreatedAt time.Time
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

// newObject completes what is remembered of an object.
func (s *Service[G]) newObject(state State[G]) Object {
	object := state.Object
	if object.ID == "" {
		object.ID = rand.Text()
	}
	if object.Granted == "" {
		object.Granted = state.Grant.String()
	}
	return object
}

// Track notes that an object in state manages an invitation, so that no other object of this walk ends it.
func (s *Service[G]) Track(state State[G]) { s.note(state, false) }

// remember completes what is remembered of an object, and tracks it. An object is created by a create, not by a read.
func (s *Service[G]) remember(state State[G], created bool) Object {
	state.Object = s.newObject(state)
	s.note(state, created)
	return state.Object
}

func (s *Service[G]) note(state State[G], created bool) {
	objects := &s.organization(state.Organization).objects
	objects.note(state.Email, state.Object.ID, func(o *object) {
		o.add(s.identity(state.Invite))
		o.created = o.created || created
		o.superseded = o.superseded || state.Object.Superseded
	})
	objects.addSpelling(state.Object.ListedAs)
}

// PlanDelete returns what to remember of an object whose destruction is planned. Terraform also deletes to make room for
// a replacement, and does not plan that as a destroy.
func (s *Service[G]) PlanDelete(ctx context.Context, state State[G]) (Object, error) {
	s.Track(state)
	if err := s.organization(state.Organization).settle(ctx); err != nil {
		return state.Object, err
	}
	object := s.Ending(state)
	object.Destroyed = true
	return object, nil
}

// Ending returns what to remember of an object that is about to be destroyed: who else manages its invitation or its
// member, as far as was planned and this process knows.
func (s *Service[G]) Ending(state State[G]) Object {
	s.Track(state)
	object := state.Object
	objects := &s.organization(state.Organization).objects
	object.Superseded = object.Superseded || objects.created(state.Email)
	others := slices.DeleteFunc(slices.Clone(object.SharedWith), func(id string) bool {
		return objects.hasEnded(state.Email, id)
	})
	others = append(others, s.sharedWith(state)...)
	slices.Sort(others)
	object.SharedWith = slices.Compact(others)
	return object
}

// sharedWith returns the other objects that manage an invitation too, or a member, as far as this process knows.
func (s *Service[G]) sharedWith(state State[G]) []string {
	objects, identity := &s.organization(state.Organization).objects, s.identity(state.Invite)
	return objects.others(state.Email, state.Object.ID, func(known *object) bool {
		if state.Status == Accepted {
			return !known.superseded
		}
		return known.manages(identity)
	})
}
