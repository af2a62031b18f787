// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"strings"
)

// People are addresses, or whole domains such as "@example.com". Letter case does not matter.
type People []string

func (p People) include(email string) bool {
	return slices.ContainsFunc(p, func(who string) bool {
		if strings.HasPrefix(who, "@") {
			at := strings.LastIndex(email, "@")
			return at >= 0 && strings.EqualFold(email[at:], who)
		}
		return strings.EqualFold(email, who)
	})
}

// deliver is the mail reaching the person. What a person does at once happens before the next request, so that the
// answer to this one is as it would be in real life. The caller holds the lock.
func (f *Fake) deliver(s *service, o *organization, i *invitation) {
	if f.behaviors.Accepts.include(i.email) {
		f.automatic = append(f.automatic, func() { f.accept(s, o, i, Member{}) })
	}
	if f.behaviors.Expires.include(i.email) && s.lifetime > 0 {
		f.automatic = append(f.automatic, func() { i.expires = f.now() })
	}
}

// runAutomaticLocked has everybody do what they do by themselves. The caller holds the lock.
func (f *Fake) runAutomaticLocked() {
	due := f.automatic
	f.automatic = nil
	for _, act := range due {
		act()
	}
}

// runAutomatic is runAutomaticLocked for whoever does not hold the lock.
func (f *Fake) runAutomatic() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runAutomaticLocked()
}
