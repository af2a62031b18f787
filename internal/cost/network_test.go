package cost_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"testing"
)

// TestMain takes the place of the network: what the provider's HTTP clients connect to are the worlds of this package.
func TestMain(m *testing.M) {
	http.DefaultTransport = &http.Transport{DialContext: pipes.dial}
	os.Exit(m.Run())
}

// network connects addresses through pipes in memory.
type network struct {
	mu        sync.Mutex
	last      int
	listeners map[string]*listener
}

var pipes = network{listeners: map[string]*listener{}}

// listen opens an address of its own.
func (n *network) listen() *listener {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.last++
	l := &listener{address: address(fmt.Sprintf("127.0.0.1:%d", n.last)), incoming: make(chan net.Conn), closed: make(chan struct{})}
	n.listeners[l.address.String()] = l
	return l
}

func (n *network) dial(ctx context.Context, _, to string) (net.Conn, error) {
	n.mu.Lock()
	l := n.listeners[to]
	n.mu.Unlock()
	if l == nil {
		return nil, fmt.Errorf("nobody listens at %s", to)
	}
	near, far := net.Pipe()
	select {
	case l.incoming <- far:
		return near, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// listener is a net.Listener.
type listener struct {
	address  address
	incoming chan net.Conn
	closed   chan struct{}
	once     sync.Once
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.incoming:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return l.address }

// address is a net.Addr.
type address string

func (address) Network() string  { return "pipe" }
func (a address) String() string { return string(a) }
