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

// arrive is the mail reaching the person. What a person does at once happens before the next request, so that the
// answer to this one is as it would be in real life. The caller holds the lock.
func (f *Fake) arrive(s *service, o *organization, i *invitation) {
	if f.switches.Accepts.include(i.email) {
		f.reflexes = append(f.reflexes, func() { f.accept(s, o, i, i.email) })
	}
	if f.switches.Expires.include(i.email) && s.lifetime > 0 {
		f.reflexes = append(f.reflexes, func() { i.expires = f.now() })
	}
}

// react has everybody do what they do by themselves. The caller holds the lock.
func (f *Fake) react() {
	due := f.reflexes
	f.reflexes = nil
	for _, act := range due {
		act()
	}
}

// settle is react for whoever does not hold the lock.
func (f *Fake) settle() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.react()
}
