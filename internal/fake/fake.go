// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxBody is far beyond any legal request.
const maxBody = 8 << 20

// Fake is all platforms. It is an [http.Handler], safe for concurrent use.
type Fake struct {
	options     Options
	credentials Credentials
	control     http.Handler
	closed      chan struct{}
	close       sync.Once
	changes     changes
	services    []*service // the slice is fixed; what the services hold is guarded by mu

	mu        sync.Mutex
	behaviors Behaviors
	journal   []*Request
	sequence  int
	mails     []Mail
	automatic []func() // what people who got one do by themselves
	faults    []*armedFault
	tokens    []string // every Elastic Cloud token ever handed out
	roles     []snykRole
	accounts  map[string]account // GitHub, by login in lower case
	groupID   string             // Snyk
}

// New returns a Fake with two empty organizations on each platform. It panics on a switch that has no such value.
func New(options Options) *Fake {
	if options.Now == nil {
		options.Now = time.Now
	}
	f := &Fake{
		options:     options,
		credentials: newCredentials(),
		closed:      make(chan struct{}),
		behaviors:   options.Behaviors,
		groupID:     randomUUID(),
		accounts:    map[string]account{},
		roles:       newSnykRoles(options.Now()),
	}
	if err := f.behaviors.normalize(); err != nil {
		panic(err)
	}
	f.services = []*service{newIcePanel(f), newSnyk(f), newElasticCloud(f), newGitHub(f), newAnthropic(f)}
	for _, s := range f.services {
		s.common = func() *CommonBehaviors { return f.behaviors.Common(s.platform) }
	}
	f.control = newControl(f)
	return f
}

// Close ends every request that a fault left hanging. Call it before closing the server.
func (f *Fake) Close() { f.close.Do(func() { close(f.closed) }) }

// Organization returns the id of the platform's default organization.
func (f *Fake) Organization(p Platform) string { return f.organizationID(p, 0) }

// SecondOrganization returns the id of another organization that the same credentials reach, or "" on a platform whose
// credential belongs to one organization.
func (f *Fake) SecondOrganization(p Platform) string { return f.organizationID(p, 1) }

func (f *Fake) organizationID(p Platform, at int) string {
	s := f.service(p)
	if s == nil || at >= len(s.organizations) {
		return ""
	}
	return s.organizations[at].id
}

// Set changes behaviors while the fake runs. It panics on a switch that has no such value.
func (f *Fake) Set(change func(*Behaviors)) {
	err := f.set(func(s *Behaviors) error {
		change(s)
		return nil
	})
	if err != nil {
		panic(err)
	}
}

func (f *Fake) set(change func(*Behaviors) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	changed := f.behaviors
	if err := change(&changed); err != nil {
		return err
	}
	if err := changed.normalize(); err != nil {
		return err
	}
	f.behaviors = changed
	return nil
}

// ServeHTTP answers for the platform to which the path belongs, or for the control endpoints.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet || !isControl(r.URL.Path) {
		defer f.changes.happened()
	}
	if isControl(r.URL.Path) {
		f.control.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	c := f.receive(r, body)
	entry, fault := f.record(c)
	if !f.pause(r.Context()) {
		return
	}
	a := f.answer(c, fault)
	f.decided(entry, a.status)
	a.send(w, r)
}

func isControl(path string) bool {
	return path == controlPath || strings.HasPrefix(path, controlPath+"/")
}

// receive finds out what is asked of whom.
func (f *Fake) receive(r *http.Request, body []byte) *call {
	s := f.service(owner(r.URL.Path))
	c := &call{Request: r, service: s, body: body, id: randomUUID()}
	if sent := r.Header.Get(s.requestID); sent != "" && s.platform == Snyk {
		c.id = sent // Snyk relays the client's own id
	}
	c.route, c.path, c.wrongMethod = s.match(r)
	return c
}

// pause is the network's latency; false means that nobody waits any more.
func (f *Fake) pause(ctx context.Context) bool {
	f.mu.Lock()
	latency := time.Duration(f.behaviors.Latency)
	f.mu.Unlock()
	if latency <= 0 {
		return true
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// answer acts on the request, unless and except as a fault has it.
func (f *Fake) answer(c *call, fault *Fault) answer {
	var a answer
	if fault == nil {
		a = f.act(c)
	} else {
		a = f.fail(c, fault)
	}
	if a.header == nil {
		a.header = http.Header{}
	}
	a.header.Set(c.service.requestID, c.id)
	return a
}

func (f *Fake) act(c *call) answer {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.runAutomaticLocked()
	a := c.service.act(c)
	if c.service.decorate != nil {
		c.service.decorate(c, &a)
	}
	return a
}

func (f *Fake) service(p Platform) *service {
	for _, s := range f.services {
		if s.platform == p {
			return s
		}
	}
	return nil
}

// find returns a platform's organization; an empty id is the default one.
func (f *Fake) find(p Platform, id string) (*service, *organization, error) {
	s := f.service(p)
	if s == nil {
		return nil, nil, fmt.Errorf("no platform %q", p)
	}
	if id == "" {
		return s, s.organizations[0], nil
	}
	o := s.organization(id)
	if o == nil {
		return nil, nil, fmt.Errorf("%s has no organization %q", p, id)
	}
	return s, o, nil
}

func (f *Fake) now() time.Time { return f.options.Now() }
