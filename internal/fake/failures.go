// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"net/http"
	"strconv"
)

const jsonType = "application/json"

// failure is one kind of fault: whether it needs the real answer, and what it makes of it.
type failure struct {
	acts    bool
	corrupt func(f *Fake, c *call, fault *Fault, real answer) answer
}

var failures = map[Kind]failure{
	Answer:        {corrupt: answerStatus},
	RateLimited:   {corrupt: answerRateLimit},
	Dropped:       {corrupt: dropConnection},
	Hanging:       {corrupt: hang},
	Truncated:     {acts: true, corrupt: truncate},
	HTML:          {corrupt: answerPage},
	WrongType:     {acts: true, corrupt: mislabel},
	Empty:         {corrupt: answerBody("")},
	Null:          {corrupt: answerBody("null")},
	NullFields:    {acts: true, corrupt: rewrite(nullFields)},
	MissingFields: {acts: true, corrupt: rewrite(missingFields)},
	UnknownValues: {acts: true, corrupt: rewrite(unknownValues)},
	ZeroDates:     {acts: true, corrupt: rewrite(zeroDates)},
	Redirect:      {corrupt: redirect},
	Huge:          {corrupt: flood},
}

func answerStatus(_ *Fake, c *call, fault *Fault, _ answer) answer {
	a := c.service.refusal(c, problem{status: cmp.Or(fault.Status, http.StatusInternalServerError)})
	if fault.Body != "" {
		a.body = []byte(fault.Body)
	}
	return a
}

func answerRateLimit(_ *Fake, c *call, fault *Fault, _ answer) answer {
	a := c.service.refusal(c, problem{status: http.StatusTooManyRequests})
	if fault.RetryAfter != "" {
		a.header.Set("Retry-After", fault.RetryAfter)
	}
	return a
}

// dropConnection leaves the client with a broken connection. Go's own client repeats a GET by itself when that happens
// on a connection it had used before.
func dropConnection(*Fake, *call, *Fault, answer) answer {
	return answer{deliver: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}
}

func hang(f *Fake, _ *call, _ *Fault, _ answer) answer {
	return answer{deliver: func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-f.closed:
		}
		panic(http.ErrAbortHandler)
	}}
}

func truncate(_ *Fake, _ *call, _ *Fault, real answer) answer {
	real.deliver = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", strconv.Itoa(len(real.body)))
		w.WriteHeader(real.status)
		_, _ = w.Write(real.body[:len(real.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	return real
}

func answerPage(_ *Fake, _ *call, fault *Fault, _ answer) answer {
	page := "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to continue</h1></body></html>"
	return answer{
		status: cmp.Or(fault.Status, http.StatusOK),
		header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		body:   []byte(cmp.Or(fault.Body, page)),
	}
}

func mislabel(_ *Fake, _ *call, _ *Fault, real answer) answer {
	real.header.Set("Content-Type", "text/plain; charset=utf-8")
	return real
}

func answerBody(body string) func(*Fake, *call, *Fault, answer) answer {
	return func(_ *Fake, _ *call, fault *Fault, _ answer) answer {
		return answer{
			status: cmp.Or(fault.Status, http.StatusOK),
			header: http.Header{"Content-Type": {jsonType}},
			body:   []byte(body),
		}
	}
}

func redirect(_ *Fake, c *call, fault *Fault, _ answer) answer {
	a := answerNothing(cmp.Or(fault.Status, http.StatusFound))
	a.header.Set("Location", cmp.Or(fault.Location, "https://elsewhere.invalid"+c.URL.RequestURI()))
	return a
}

func flood(_ *Fake, _ *call, fault *Fault, _ answer) answer {
	status := cmp.Or(fault.Status, http.StatusOK)
	return answer{
		status: status,
		header: http.Header{"Content-Type": {jsonType}},
		deliver: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			left := cmp.Or(fault.Size, 1<<30)
			for chunk := []byte(`{"padding":"`); left > 0; chunk = padding {
				n, err := w.Write(chunk[:min(int64(len(chunk)), left)])
				if err != nil {
					return // the client has seen enough
				}
				left -= int64(n)
			}
		},
	}
}

var padding = func() []byte {
	chunk := make([]byte, 64<<10)
	for i := range chunk {
		chunk[i] = 'a'
	}
	return chunk
}()
