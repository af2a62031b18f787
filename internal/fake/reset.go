// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

// Reset takes the fake back to its beginning: no people, no invitations, no journal, no mails, no faults, the behaviors
// as they were. Credentials, organizations and roles stay.
func (f *Fake) Reset() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.services {
		s.writes, s.invitations = limiter{}, limiter{}
		for _, o := range s.organizations {
			o.invitations, o.members, o.former = nil, nil, nil
		}
	}
	clear(f.accounts)
	f.journal, f.mails, f.automatic, f.faults = nil, nil, nil, nil
	f.behaviors = f.options.Behaviors
	if err := f.behaviors.normalize(); err != nil {
		panic(err) // New has accepted the same behaviors
	}
}
