// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	// eventsPause is the time between two events at least: an apply makes hundreds of requests.
	eventsPause = 200 * time.Millisecond
	// eventsInterval is the time between two events at most: invitations expire without a request.
	eventsInterval = 20 * time.Second
)

// changes wakes those who wait for something to happen. The zero value is ready.
type changes struct {
	mu   sync.Mutex
	next chan struct{}
}

// wait returns a channel that is closed when something happens.
func (c *changes) wait() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next == nil {
		c.next = make(chan struct{})
	}
	return c.next
}

// happened wakes everybody who waits.
func (c *changes) happened() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next != nil {
		close(c.next)
		c.next = nil
	}
}

// answerEvents is a stream of server-sent events. Each says that the page may look different now, and not how: the page
// loads itself again, which is the only description of it. It ends with the client, or with the fake.
// See https://html.spec.whatwg.org/multipage/server-sent-events.html.
func (f *Fake) answerEvents(w http.ResponseWriter, r *http.Request) {
	setInboxHeader(w.Header(), "text/event-stream")
	flusher := http.NewResponseController(w)
	changed := f.changes.wait()
	// The first event catches what happened between the page and this request.
	for {
		if _, err := fmt.Fprint(w, "data: changed\n\n"); err != nil || flusher.Flush() != nil {
			return
		}
		if !f.wait(r, nil, eventsPause) || !f.wait(r, changed, eventsInterval) {
			return
		}
		changed = f.changes.wait()
	}
}

// wait waits for something to happen, at most for a time; false means that nobody needs the answer any more.
func (f *Fake) wait(r *http.Request, changed <-chan struct{}, atMost time.Duration) bool {
	timer := time.NewTimer(atMost)
	defer timer.Stop()
	select {
	case <-changed:
		return true
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	case <-f.closed:
		return false
	}
}
