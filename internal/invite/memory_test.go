package invite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// role is what invitations give in these tests: one word.
type role string

func (r role) Equal(other role) bool      { return r == other }
func (r role) MatchedBy(answer role) bool { return strings.EqualFold(string(r), string(answer)) }
func (r role) String() string             { return "role " + string(r) }

// verb is one kind of request.
type verb string

const (
	onInvites verb = "invites"
	onMembers verb = "members"
	onSend    verb = "send"
	onRevoke  verb = "revoke"
	onChange  verb = "change"
	onRemove  verb = "remove"
	onResolve verb = "resolve"
)

var verbs = []verb{onInvites, onMembers, onSend, onRevoke, onChange, onRemove, onResolve}

// memory is a platform in memory, strict about what the lifecycle may ask. Its
// switches are set before it is used.
type memory struct {
	secretIDs bool
	drops     []Status // what its list leaves out
	refuses   bool     // an address that is invited or a member cannot be invited again
	jealous   bool     // nor one whose invitation expired
	shouts    bool     // answers spell grants in capitals
	manages   bool     // members can be changed and removed
	resolves  bool     // grants can be completed
	endless   bool     // invitations do not expire
	lags      int      // how many more lists lack what was sent by the provider
	rewrites  bool     // answers and lists spell addresses without a "+" part

	mu            sync.Mutex
	organizations map[string]*account
	serial        int
	fresh         map[*Invite[role]]bool // what the provider sent
	calls         map[verb]int
	mails         []string
	faults        map[verb][]fault
	hooks         map[verb]func()
	delays        map[verb]func()
}

// account is an organization on the platform.
type account struct {
	invitations []*Invite[role]
	Members     []*Member[role]
}

// fault is one request that fails, before or after the platform acts on it.
type fault struct {
	meaning error
	acts    bool
	always  bool
}

func newMemory() *memory {
	return &memory{
		organizations: map[string]*account{}, calls: map[verb]int{},
		fresh:  map[*Invite[role]]bool{},
		faults: map[verb][]fault{}, hooks: map[verb]func(){}, delays: map[verb]func(){},
	}
}

// fail makes the next request of a kind fail, without any effect.
func (m *memory) fail(v verb, meaning error) {
	m.faults[v] = append(m.faults[v], fault{meaning: meaning})
}

// forbid makes every request of a kind fail.
func (m *memory) forbid(v verb, meaning error) {
	m.faults[v] = append(m.faults[v], fault{meaning: meaning, always: true})
}

// lose makes the platform act on the next request of a kind and its answer get lost.
func (m *memory) lose(v verb) {
	m.faults[v] = append(m.faults[v], fault{meaning: ErrUncertain, acts: true})
}

// recover takes back what [memory.fail] and its like arranged.
func (m *memory) recover() { m.faults = map[verb][]fault{} }

// during runs a function in the middle of the next request of a kind.
func (m *memory) during(v verb, act func()) { m.hooks[v] = act }

// before runs a function before the answer to the next request of a kind arrives.
func (m *memory) before(v verb, act func()) { m.delays[v] = act }

// spent tells what was requested since it was asked last, such as "invites=1 send=2".
func (m *memory) spent() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var parts []string
	for _, v := range verbs {
		if count := m.calls[v]; count > 0 {
			parts = append(parts, fmt.Sprintf("%s=%d", v, count))
		}
	}
	m.calls = map[verb]int{}
	return strings.Join(parts, " ")
}

// request is what all requests have in common: they are counted, can be
// disturbed, and end with their context.
func request[R any](ctx context.Context, m *memory, v verb, act func() (R, error)) (none R, err error) {
	m.mu.Lock()
	m.calls[v]++
	hook, delay := m.hooks[v], m.delays[v]
	delete(m.hooks, v)
	delete(m.delays, v)
	var disturbed fault
	if queue := m.faults[v]; len(queue) > 0 {
		disturbed = queue[0]
		if !disturbed.always {
			m.faults[v] = queue[1:]
		}
	}
	m.mu.Unlock()
	if hook != nil {
		hook()
	}
	if ctx.Err() != nil {
		return none, &Failure{Meaning: ErrUncertain, Err: context.Cause(ctx)}
	}
	failure := &Failure{Meaning: disturbed.meaning, Err: fmt.Errorf("the platform failed at %s", v)}
	if disturbed.meaning != nil && !disturbed.acts {
		return none, failure
	}
	m.mu.Lock()
	result, err := act()
	m.mu.Unlock()
	if delay != nil {
		delay()
	}
	if err == nil && disturbed.meaning != nil {
		return none, failure
	}
	return result, err
}

// spelled is an address as the platform spells it.
func (m *memory) spelled(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	if plain, _, tagged := strings.Cut(local, "+"); tagged && m.rewrites {
		return plain + "@" + domain
	}
	return email
}

func (m *memory) at(name string) *account {
	if m.organizations[name] == nil {
		m.organizations[name] = &account{}
	}
	return m.organizations[name]
}

func refusal(meaning error, text string) error {
	return &Failure{Meaning: meaning, Err: errors.New(text)}
}

func (m *memory) Invites(ctx context.Context, name string) ([]Invite[role], error) {
	return request(ctx, m, onInvites, func() (listed []Invite[role], err error) {
		for _, invitation := range m.at(name).invitations {
			if told := m.told(*invitation); !slices.Contains(m.drops, told.Status) && (m.lags == 0 || !m.fresh[invitation]) {
				listed = append(listed, told)
			}
		}
		m.lags = max(0, m.lags-1)
		return listed, nil
	})
}

func (m *memory) Members(ctx context.Context, name string) ([]Member[role], error) {
	return request(ctx, m, onMembers, func() (listed []Member[role], err error) {
		for _, member := range m.at(name).Members {
			listed = append(listed, *member)
		}
		return listed, nil
	})
}

func (m *memory) Send(ctx context.Context, name string, order Order[role]) (Invite[role], error) {
	return request(ctx, m, onSend, func() (Invite[role], error) {
		switch {
		case CheckEmail(order.Email) != nil || order.Grant == "":
			return Invite[role]{}, refusal(ErrRefused, "not an order")
		case !m.endless && (order.Lifetime > 0) == !order.ExpiresAt.IsZero():
			return Invite[role]{}, refusal(ErrRefused, "not one end")
		case m.refuses && m.taken(name, order.Email):
			return Invite[role]{}, refusal(ErrExists, "already known")
		}
		ends := order.ExpiresAt
		if ends.IsZero() && !m.endless {
			ends = time.Now().Add(order.Lifetime)
		}
		m.mails = append(m.mails, name+" "+order.Email)
		invitation := m.add(name, m.spelled(order.Email), order.Grant, ends)
		m.fresh[invitation] = true
		return m.told(*invitation), nil
	})
}

func (m *memory) Revoke(ctx context.Context, name string, invitation Invite[role]) error {
	_, err := request(ctx, m, onRevoke, func() (any, error) {
		for _, known := range m.at(name).invitations {
			if known.handle() != invitation.handle() {
				continue
			}
			if status := m.told(*known).Status; status != Pending && status != Expired {
				return nil, refusal(ErrGone, "it is "+string(status))
			}
			known.Status = Revoked
			return nil, nil
		}
		return nil, refusal(ErrGone, "no such invitation")
	})
	return err
}

// managing is a memory whose members can be changed and removed.
type managing struct{ *memory }

func (m managing) ChangeMember(ctx context.Context, name string, member Member[role], grant role) error {
	_, err := request(ctx, m.memory, onChange, func() (any, error) {
		for _, known := range m.at(name).Members {
			if known.ID == member.ID {
				known.Grant = grant
				return nil, nil
			}
		}
		return nil, refusal(ErrGone, "no such member")
	})
	return err
}

func (m managing) RemoveMember(ctx context.Context, name string, member Member[role]) error {
	_, err := request(ctx, m.memory, onRemove, func() (any, error) {
		before := len(m.at(name).Members)
		m.drop(name, member.ID)
		if len(m.at(name).Members) == before {
			return nil, refusal(ErrGone, "no such member")
		}
		return nil, nil
	})
	return err
}

// resolving is a managing memory that completes grants: "the X" is X.
type resolving struct{ managing }

func (m resolving) ResolveGrant(ctx context.Context, _ string, grant role) (role, error) {
	return request(ctx, m.memory, onResolve, func() (role, error) {
		return role(strings.TrimPrefix(string(grant), "the ")), nil
	})
}
