// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"os"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}

func refused(request *http.Request) (*http.Response, error) {
	reportConnecting(request)
	return nil, errRefused
}

// reportConnecting does what net/http does before it connects.
func reportConnecting(request *http.Request) {
	httptrace.ContextClientTrace(request.Context()).GetConn(request.Host)
}

func unknownHost(request *http.Request) (*http.Response, error) {
	reportConnecting(request)
	return nil, &net.DNSError{Err: "no such host", Name: "api.example.test", IsNotFound: true}
}

// Which requests are repeated, how often, and with which error in the end.
func TestRetries(t *testing.T) {
	again := 1 + 4 // MaxRetries
	for _, test := range []struct {
		name      string
		answer    answer
		get       int // how often each kind of request is sent
		revoke    int
		post      int
		uncertain bool
	}{
		{"400", status(400, `{}`), 1, 1, 1, false},
		{"404", status(404, `{}`), 1, 1, 1, false},
		{"408", status(408, `{}`), again, again, 1, true},
		{"409", status(409, `{}`), 1, 1, 1, false},
		{"500", status(500, `{}`), again, again, 1, true},
		{"501", status(501, `{}`), again, again, 1, true},
		{"502", status(502, `{}`), again, again, 1, true},
		{"503", status(503, `{}`), again, again, 1, true},
		{"504", status(504, `{}`), again, again, 1, true},
		{"529", status(529, `{}`), again, again, 1, true},
		{"connection lost", lost, again, again, 1, true},
		{"timed out", never, again, again, 1, true},
		{"body cut short", cutShort, again, again, 1, true},
		{"half a JSON value", status(200, `{"name":"hal`), again, again, 1, true},
		{"no JSON", status(200, `<html>`, "Content-Type", "text/html"), 1, 1, 1, true},
		{"empty body", status(204, ``), 1, 1, 1, true},
		{"connection refused", refused, again, again, again, false},
		{"unknown host", unknownHost, again, again, again, false},
	} {
		for _, kind := range []struct {
			name    string
			request api.Request
			want    int
		}{{"get", get, test.get}, {"revoke", revoke, test.revoke}, {"post", post, test.post}} {
			t.Run(test.name+"/"+kind.name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					network := inTurn(test.answer)
					client := newClient(t, network, func(c *api.Config) { c.Timeout = 30 * time.Second })
					out := thing{Name: "before"}
					err := failure(t, client.Do(t.Context(), kind.request, &out))
					if network.count() != kind.want {
						t.Errorf("sent %d times, want %d", network.count(), kind.want)
					}
					if err.Attempts != kind.want {
						t.Errorf("Attempts = %d, want %d", err.Attempts, kind.want)
					}
					if err.Uncertain() != test.uncertain {
						t.Errorf("Uncertain = %t, want %t: %v", err.Uncertain(), test.uncertain, err)
					}
					if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
						t.Errorf("nobody ended it, but: %v", err)
					}
					if out.Name != "before" {
						t.Errorf("a failure left %+v", out)
					}
				})
			})
		}
	}
}

func TestRetrySucceeds(t *testing.T) {
	for name, first := range map[string]answer{
		"503": status(503, ``), "lost": lost, "cut short": cutShort, "refused": refused, "timed out": never,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network := inTurn(append(slices.Repeat([]answer{first}, 2), status(200, `{"name":"whole"}`))...)
				client := newClient(t, network, func(c *api.Config) { c.Timeout = time.Second })
				var out thing
				if err := client.Do(t.Context(), get, &out); err != nil {
					t.Fatal(err)
				}
				if out.Name != "whole" || network.count() != 3 {
					t.Errorf("got %+v after %d requests", out, network.count())
				}
			})
		})
	}
}

func TestRetryWaitsGrow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := inTurn(status(503, ``))
		_ = newClient(t, network).Do(t.Context(), get, nil)
		middle := 250 * time.Millisecond
		for i, gap := range network.gaps() {
			if gap < middle/2 || gap > middle*3/2+time.Nanosecond {
				t.Errorf("wait %d is %s, want about %s", i+1, gap, middle)
			}
			middle *= 2
		}
	})
}

func TestRetryAfterOf503(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network := inTurn(status(503, ``, "Retry-After", "20"), status(503, ``, "Retry-After", "86400"), status(204, ``))
		if err := newClient(t, network).Do(t.Context(), get, nil); err != nil {
			t.Fatal(err)
		}
		if gaps := network.gaps(); gaps[0] != 20*time.Second || gaps[1] != 5*time.Minute {
			t.Errorf("waited %s", gaps)
		}
	})
}

// A revoke that may have been done stays uncertain, although its repetition did not reach the platform.
func TestEarlierAttemptStaysUncertain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		err := failure(t, newClient(t, inTurn(lost, refused)).Do(t.Context(), revoke, nil))
		if !err.Uncertain() {
			t.Error("the first attempt may have been acted on")
		}
	})
}

// When its context ends, a request stops every kind of wait at once.
func TestCancel(t *testing.T) {
	for _, test := range []struct {
		name      string
		answer    answer
		uncertain bool
	}{
		{"under way", never, true},
		{"between retries", status(503, ``, "Retry-After", "60"), true},
		{"at the gate", status(429, ``, "Retry-After", "60"), false},
		{"reading the body", func(request *http.Request) (*http.Response, error) {
			return response(request, 200, stalledReader{request.Context()}, "Content-Type", "application/json"), nil
		}, true},
	} {
		for name, end := range map[string]struct {
			with func(context.Context) (context.Context, context.CancelFunc)
			want error
		}{
			"cancel": {func(ctx context.Context) (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(ctx)
				time.AfterFunc(5*time.Second, cancel)
				return ctx, cancel
			}, context.Canceled},
			"deadline": {func(ctx context.Context) (context.Context, context.CancelFunc) {
				return context.WithTimeout(ctx, 5*time.Second)
			}, context.DeadlineExceeded},
		} {
			t.Run(test.name+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := end.with(t.Context())
					defer cancel()
					start := time.Now()
					client := newClient(t, inTurn(test.answer), func(c *api.Config) { c.Timeout = time.Minute })
					err := client.Do(ctx, get, new(thing))
					if !errors.Is(err, end.want) {
						t.Errorf("got %v, want %v", err, end.want)
					}
					if took := time.Since(start); took != 5*time.Second {
						t.Errorf("ended after %s", took)
					}
					if got := failure(t, err).Uncertain(); got != test.uncertain {
						t.Errorf("Uncertain = %t: %v", got, err)
					}
				})
			})
		}
	}
}

func TestCancelledBeforeItBegins(t *testing.T) {
	network := inTurn(status(200, `{}`))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := newClient(t, network).Do(ctx, post, nil)
	if !errors.Is(err, context.Canceled) || failure(t, err).Uncertain() || network.count() != 0 {
		t.Errorf("got %v after %d requests", err, network.count())
	}
}

type stalledReader struct{ ctx context.Context }

func (s stalledReader) Read([]byte) (int, error) {
	<-s.ctx.Done()
	return 0, fmt.Errorf("read: %w", net.ErrClosed)
}
