// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Kind is how a request fails.
type Kind string

// The kinds of faults. Those marked (acts) do what was asked and corrupt the answer; the others fail first, unless
// [Fault.After] is set.
const (
	Pass          Kind = "pass"          // no failure: only Do runs
	Answer        Kind = "status"        // Status, with the platform's own error body or Body
	RateLimited   Kind = "ratelimit"     // 429, with RetryAfter if set
	Dropped       Kind = "drop"          // the connection ends without an answer
	Hanging       Kind = "hang"          // nothing comes until the client gives up or the fake is closed
	Truncated     Kind = "truncate"      // (acts) half of the body, with the length of the whole
	HTML          Kind = "html"          // a page, as of a proxy or a login wall; default status 200
	WrongType     Kind = "contenttype"   // (acts) the real body, declared as text/plain
	Empty         Kind = "empty"         // 200 without a body
	Null          Kind = "null"          // 200 and JSON null
	NullFields    Kind = "nullfields"    // (acts) every field of every object is null
	MissingFields Kind = "missingfields" // (acts) every object is empty
	UnknownValues Kind = "unknown"       // (acts) enumerations have values, and objects fields, that nobody documented
	ZeroDates     Kind = "zerodates"     // (acts) dates that are not set yet are there, as the year 1
	Redirect      Kind = "redirect"      // to Location, default another origin; default status 302
	Huge          Kind = "huge"          // a body of Size bytes that begins as JSON, default 1 GiB
)

// Fault makes requests fail. It applies to requests that match every condition given.
type Fault struct {
	Platform     Platform  `json:"platform,omitempty"`
	Operation    Operation `json:"operation,omitempty"`
	Method       string    `json:"method,omitempty"`
	PathContains string    `json:"path_contains,omitempty"`

	// Skip lets the first matching requests pass; Times is how many fail then, 0 meaning all.
	Skip  int `json:"skip,omitempty"`
	Times int `json:"times,omitempty"`

	// Kind defaults to Answer if Status is set and to Pass otherwise.
	Kind   Kind              `json:"kind,omitempty"`
	Status int               `json:"status,omitempty"`
	Body   string            `json:"body,omitempty"`
	Header map[string]string `json:"header,omitempty"`
	// After does what the request asks for before failing.
	After      bool   `json:"after,omitempty"`
	RetryAfter string `json:"retry_after,omitempty"`
	Location   string `json:"location,omitempty"`
	Size       int64  `json:"size,omitempty"`

	// Do runs before anything else happens to the request, outside any lock: it may use the fake.
	Do func() `json:"-"`
}

// armedFault counts what has matched.
type armedFault struct {
	Fault
	matched int
}

// Fail arms a fault. Of several that match a request, the one armed first applies. It panics on an unknown kind.
func (f *Fake) Fail(fault Fault) {
	if err := f.arm(fault); err != nil {
		panic(err)
	}
}

// ClearFaults disarms all faults.
func (f *Fake) ClearFaults() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = nil
}

func (f *Fake) arm(fault Fault) error {
	if fault.Kind == "" {
		fault.Kind = Pass
		if fault.Status != 0 {
			fault.Kind = Answer
		}
	}
	if _, known := failures[fault.Kind]; !known && fault.Kind != Pass {
		return fmt.Errorf("no fault of kind %q", fault.Kind)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, &armedFault{Fault: fault})
	return nil
}

// takeFault returns the fault the request runs into, or nil. The caller holds the lock.
func (f *Fake) takeFault(c *call) *Fault {
	for at, armed := range f.faults {
		if !armed.matches(c) {
			continue
		}
		armed.matched++
		if armed.matched <= armed.Skip {
			continue
		}
		if armed.Times > 0 && armed.matched == armed.Skip+armed.Times {
			f.faults = slices.Delete(f.faults, at, at+1)
		}
		return &armed.Fault
	}
	return nil
}

func (a *armedFault) matches(c *call) bool {
	return (a.Platform == "" || a.Platform == c.service.platform) &&
		(a.Operation == "" || a.Operation == c.operation()) &&
		(a.Method == "" || strings.EqualFold(a.Method, c.Method)) &&
		strings.Contains(c.URL.RequestURI(), a.PathContains)
}

// fail answers as the fault has it.
func (f *Fake) fail(c *call, fault *Fault) answer {
	if fault.Do != nil {
		fault.Do()
	}
	if fault.Kind == Pass {
		return f.act(c)
	}
	how := failures[fault.Kind]
	var real answer
	if how.acts || fault.After {
		real = f.act(c)
	}
	corrupted := how.corrupt(f, c, fault, real)
	if corrupted.header == nil {
		corrupted.header = http.Header{}
	}
	for name, value := range fault.Header {
		corrupted.header.Set(name, value)
	}
	return corrupted
}
