// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"slices"
	"time"
)

// Request is one entry of the journal. Credentials are not recorded. Status is what went out, 0 while the request is
// under way and for ever if it was never answered.
type Request struct {
	Seq       int       `json:"seq"`
	Time      time.Time `json:"time"`
	Platform  Platform  `json:"platform"`
	Operation Operation `json:"operation"`
	Method    string    `json:"method"`
	Path      string    `json:"path"` // with the query
	Status    int       `json:"status"`
	RequestID string    `json:"request_id"`
	UserAgent string    `json:"user_agent"`
	Body      string    `json:"body,omitempty"` // as received
}

func (c *call) operation() Operation {
	if c.route == nil {
		return Other
	}
	return c.route.operation
}

// record enters the request and finds the fault it runs into. Both happen on arrival, so that the journal's order and
// the faults' order agree.
func (f *Fake) record(c *call) (*Request, *Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.sequence++
	entry := &Request{
		Seq: f.sequence, Time: f.now(), Platform: c.service.platform, Operation: c.operation(),
		Method: c.Method, Path: c.URL.RequestURI(), RequestID: c.id, UserAgent: c.UserAgent(), Body: string(c.body),
	}
	f.journal = append(f.journal, entry)
	return entry, f.takeFault(c)
}

// decided completes the entry before the answer leaves, so that whoever has the answer finds its status.
func (f *Fake) decided(entry *Request, status int) {
	f.mu.Lock()
	entry.Status = status
	done := *entry
	f.mu.Unlock()
	if f.options.Log != nil {
		f.options.Log(done)
	}
}

// Journal returns every request since the start or the last reset, in the order of arrival.
func (f *Fake) Journal() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	entries := make([]Request, 0, len(f.journal))
	for _, entry := range f.journal {
		entries = append(entries, *entry)
	}
	return entries
}

// ResetJournal forgets the requests so far; the sequence goes on.
func (f *Fake) ResetJournal() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.journal = nil
}

// Count returns how many requests of the given operations the journal holds, on all platforms together; without any, all
// requests.
func (f *Fake) Count(operations ...Operation) int {
	n := 0
	for _, entry := range f.Journal() {
		if len(operations) == 0 || slices.Contains(operations, entry.Operation) {
			n++
		}
	}
	return n
}
