package chaos

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestMain gives net/http's default transport, which the clients clone, connections in memory: real ones would take
// time, and their waits could not be skipped.
func TestMain(m *testing.M) {
	standard, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		panic("net/http has another default transport")
	}
	standard.DialContext = dialMemory
	standard.Proxy = nil
	debug.SetGCPercent(400) // most of the work is short-lived
	os.Exit(m.Run())
}

// networks are the listeners in memory by address.
var networks sync.Map

// lastAddress makes the addresses different.
var lastAddress atomic.Uint32

// dialMemory connects to a network by its address.
func dialMemory(ctx context.Context, _, address string) (net.Conn, error) {
	found, known := networks.Load(address)
	if !known {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}}
	}
	return found.(*network).dial(ctx)
}

// network carries requests from the clients to a handler. While it is paced, every request waits before it reaches
// the handler and every answer before it leaves, until somebody lets it pass: so one who waits for
// everything to stand still can choose what happens next.
type network struct {
	address string
	server  *http.Server
	backlog chan net.Conn
	closed  chan struct{}
	arrived chan struct{} // something was parked

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

// newNetwork starts to serve. Its end is stop.
func newNetwork(handler http.Handler) *network {
	number := lastAddress.Add(1)
	n := &network{
		address: net.IPv4(127, byte(number>>16), byte(number>>8), byte(number)).String() + ":80",
		backlog: make(chan net.Conn),
		closed:  make(chan struct{}),
		arrived: make(chan struct{}, 1),
	}
	n.server = &http.Server{Handler: n.pacing(handler), ErrorLog: nil}
	networks.Store(n.address, n)
	go func() { _ = n.server.Serve(n) }()
	return n
}

func (n *network) url() string { return "http://" + n.address }

func (n *network) stop() {
	networks.Delete(n.address)
	n.pace(false)
	_ = n.server.Close()
}

func (n *network) dial(ctx context.Context) (net.Conn, error) {
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

// refuse makes the next connections fail as if nobody listened.
func (n *network) refuse(times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.refusals = times
}

// Accept implements net.Listener.
func (n *network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.backlog:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (n *network) Close() error {
	close(n.closed)
	return nil
}

// Addr implements net.Listener.
func (n *network) Addr() net.Addr { return &net.TCPAddr{} }

// pacing counts requests and makes them wait.
func (n *network) pacing(next http.Handler) http.Handler {
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

// pace begins or ends that everything waits.
func (n *network) pace(on bool) {
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

func (n *network) park(ctx context.Context, key string) {
	n.mu.Lock()
	if !n.paced {
		n.mu.Unlock()
		return
	}
	mine := &parked{key: key, pass: make(chan struct{})}
	n.parked = append(n.parked, mine)
	n.mu.Unlock()
	select {
	case n.arrived <- struct{}{}:
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

// waiting is how many wait to pass.
func (n *network) waiting() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.parked)
}

// pass lets one go that choose picks, among so many in an order that does not depend on who came first.
func (n *network) pass(choose func(int) int) {
	n.mu.Lock()
	slices.SortStableFunc(n.parked, func(a, b *parked) int { return cmp.Compare(a.key, b.key) })
	at := choose(len(n.parked))
	one := n.parked[at]
	n.parked = slices.Delete(n.parked, at, at+1)
	n.mu.Unlock()
	close(one.pass)
}

// patience is how long, by the clock of the bubble, anything may take before it counts as stuck: longer than ten
// minutes of being refused and all retries.
const patience = 6 * time.Hour
