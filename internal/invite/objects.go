// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"maps"
	"slices"
	"sync"
)

// objects is what this process knows of the objects in state, by address and by the objects' ids. Terraform does not
// tell a provider which objects there are, so these are the ones that it refreshed or planned so far in this walk, and
// those that were created.
type objects struct {
	mu        sync.Mutex
	byAddress map[string]map[string]*object
	// spellings are the addresses of objects as the platform spells them, where it spells them in its own way.
	spellings map[string]bool
}

// object is one of them.
type object struct {
	// invitations are those that the object manages: the one in its state, and the one that it follows now.
	invitations []Identity
	// created and ended: this process created the object, or destroyed it.
	created, ended bool
	// superseded: the object only ends its own invitation, see [Object].
	superseded bool
}

func (o *object) add(invitation Identity) {
	if !o.manages(invitation) {
		o.invitations = append(o.invitations, invitation)
	}
}

func (o *object) manages(invitation Identity) bool {
	return slices.ContainsFunc(o.invitations, invitation.same)
}

// note changes what is known of an object. One that is not known yet is added.
func (o *objects) note(email, id string, change func(*object)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	address := NormalizeEmail(email)
	if o.byAddress[address] == nil {
		o.byAddress[address] = map[string]*object{}
	}
	if o.byAddress[address][id] == nil {
		o.byAddress[address][id] = &object{}
	}
	change(o.byAddress[address][id])
}

// matching returns the ids of the objects with an address that match, in order. Objects that this process destroyed
// do not count.
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

// others returns the objects with an address that match, apart from one.
func (o *objects) others(email, id string, match func(*object) bool) []string {
	return o.matching(email, func(other string, known *object) bool {
		// Without an id of its own, an object cannot be told from those that were refreshed or planned.
		return other != id && (id != "" || known.created) && match(known)
	})
}

// managed reports whether an object manages an invitation to an address.
func (o *objects) managed(email string, invitation Identity) bool {
	return len(o.matching(email, func(_ string, known *object) bool { return known.manages(invitation) })) > 0
}

// created reports whether this process created an object with an address.
func (o *objects) created(email string) bool {
	return len(o.matching(email, func(_ string, known *object) bool { return known.created })) > 0
}

// addSpelling notes how the platform spells the address of an object.
func (o *objects) addSpelling(listed string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.spellings[NormalizeEmail(listed)] = true
}

// listedAs reports whether an address is the platform's spelling of another one, which an object has.
func (o *objects) listedAs(email string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.spellings[NormalizeEmail(email)]
}

// hasEnded reports whether this process destroyed an object.
func (o *objects) hasEnded(email, id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	known := o.byAddress[NormalizeEmail(email)][id]
	return known != nil && known.ended
}
