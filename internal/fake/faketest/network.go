// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faketest

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
)

// UseMemory gives net/http's default transport, which the provider's clients clone, connections in memory, for the whole
// test program: real ones would take time, and the clock of testing/synctest would not skip their waits. A TestMain calls
// it. Beside the networks in memory, only loopback addresses can be reached then.
func UseMemory() {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		panic("net/http has another default transport")
	}
	standard.DialContext = dialMemory
	standard.Proxy = nil
}

// networks are the listeners in memory by address.
var networks sync.Map

// lastAddress makes the addresses different.
var lastAddress atomic.Uint32

// dialMemory connects to a network by its address.
func dialMemory(ctx context.Context, network, address string) (net.Conn, error) {
	found, known := networks.Load(address)
	if host, _, err := net.SplitHostPort(address); !known && err == nil && net.ParseIP(host).IsLoopback() {
		var real net.Dialer // to a world of [Serve]
		return real.DialContext(ctx, network, address)
	}
	if !known {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}}
	}
	return found.(*Network).dial(ctx)
}

// Network carries requests from HTTP clients to a handler through pipes in memory. While it is paced, every request
// waits before it reaches the handler, and every answer before it leaves, until [Network.Pass] lets it go. A test that
// waits until everything stands still can so choose what happens next.
type Network struct {
	address string
	server  *http.Server
	backlog chan net.Conn
	closed  chan struct{}
	// Arrived has an element when something began to wait.
	Arrived chan struct{}

	mu       sync.Mutex
	refusals int // how many connections will be refused
	paced    bool
	parked   []*parked
	inFlight int
	most     int // the most requests that were in flight
}

// parked is a request or an answer that waits to pass.
type parked struct {
	key  string
	pass chan struct{}
}

// NewNetwork starts to serve a handler, until [Network.Stop].
func NewNetwork(handler http.Handler) *Network {
	number := lastAddress.Add(1)
	n := &Network{
		address: net.IPv4(127, byte(number>>16), byte(number>>8), byte(number)).String() + ":80",
		backlog: make(chan net.Conn),
		closed:  make(chan struct{}),
		Arrived: make(chan struct{}, 1),
	}
	n.server = &http.Server{Handler: n.pacing(handler), ErrorLog: nil}
	networks.Store(n.address, n)
	go func() { _ = n.server.Serve(n) }()
	return n
}

// URL is where the handler is served.
func (n *Network) URL() string { return "http://" + n.address }

// Stop ends serving and closes all connections.
func (n *Network) Stop() {
	networks.Delete(n.address)
	n.Pace(false)
	_ = n.server.Close()
}

func (n *Network) dial(ctx context.Context) (net.Conn, error) {
	n.mu.Lock()
	refuse := n.refusals > 0
	if refuse {
		n.refusals--
	}
	n.mu.Unlock()
	if refuse {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	client, server := net.Pipe()
	select {
	case n.backlog <- server:
		return client, nil
	case <-n.closed:
		return nil, errors.New("the network is closed")
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Refuse makes the next connections fail as if nobody listened.
func (n *Network) Refuse(times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.refusals = times
}

// Accept implements net.Listener.
func (n *Network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.backlog:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (n *Network) Close() error {
	close(n.closed)
	return nil
}

// Addr implements net.Listener.
func (n *Network) Addr() net.Addr { return &net.TCPAddr{} }

// pacing counts requests and makes them wait.
func (n *Network) pacing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		n.inFlight++
		n.most = max(n.most, n.inFlight)
		n.mu.Unlock()
		defer func() {
			n.mu.Lock()
			n.inFlight--
			n.mu.Unlock()
		}()
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		key := r.Method + " " + r.URL.RequestURI() + " " + string(body)
		n.park(r.Context(), "in "+key)
		next.ServeHTTP(&pacedWriter{ResponseWriter: w, wait: func() { n.park(r.Context(), "out "+key) }}, r)
	})
}

// pacedWriter lets an answer wait before its first byte leaves.
type pacedWriter struct {
	http.ResponseWriter
	once sync.Once
	wait func()
}

func (w *pacedWriter) WriteHeader(status int) {
	w.once.Do(w.wait)
	w.ResponseWriter.WriteHeader(status)
}

func (w *pacedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Pace makes everything wait from now on, or lets everything go.
func (n *Network) Pace(on bool) {
	n.mu.Lock()
	waiting := n.parked
	n.paced = on
	if !on {
		n.parked = nil
	}
	n.mu.Unlock()
	if !on {
		for _, one := range waiting {
			close(one.pass)
		}
	}
}

func (n *Network) park(ctx context.Context, key string) {
	n.mu.Lock()
	if !n.paced {
		n.mu.Unlock()
		return
	}
	mine := &parked{key: key, pass: make(chan struct{})}
	n.parked = append(n.parked, mine)
	n.mu.Unlock()
	select {
	case n.Arrived <- struct{}{}:
	default:
	}
	select {
	case <-mine.pass:
	case <-ctx.Done(): // the client has gone, which does not undo what it sent
		n.mu.Lock()
		n.parked = slices.DeleteFunc(n.parked, func(other *parked) bool { return other == mine })
		n.mu.Unlock()
	}
}

// Waiting is how many requests and answers wait to pass.
func (n *Network) Waiting() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.parked)
}

// Pass lets one go, if any waits. The function picks it, among so many in an order that does not depend on which came
// first.
func (n *Network) Pass(choose func(int) int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.parked) == 0 {
		return
	}
	slices.SortStableFunc(n.parked, func(a, b *parked) int { return cmp.Compare(a.key, b.key) })
	at := choose(len(n.parked))
	close(n.parked[at].pass)
	n.parked = slices.Delete(n.parked, at, at+1)
}

// MostInFlight is how many requests were on their way at once, at most.
func (n *Network) MostInFlight() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.most
}
