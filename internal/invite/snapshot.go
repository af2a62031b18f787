package invite

import (
	"context"
	"strconv"
	"sync"

	"golang.org/x/sync/singleflight"
)

// entry is what a snapshot holds: something with a key of its own and an address.
type entry interface {
	key() string
	address() string
}

func (i Invite[G]) key() string     { return i.handle() }
func (i Invite[G]) address() string { return NormalizeEmail(i.Email) }

func (m Member[G]) key() string     { return m.ID + "/" + m.Membership }
func (m Member[G]) address() string { return NormalizeEmail(m.Email) }

// book holds entries in the platform's order, found by key and by address
// without going through all of them.
type book[T entry] struct {
	keys  []string
	items map[string]T
	at    map[string][]string
}

func newBook[T entry](items []T) *book[T] {
	b := &book[T]{items: make(map[string]T, len(items)), at: make(map[string][]string, len(items))}
	for _, item := range items {
		b.put(item)
	}
	return b
}

// put adds an entry or replaces the one with its key.
func (b *book[T]) put(item T) {
	key := item.key()
	if old, known := b.items[key]; !known {
		b.keys = append(b.keys, key)
		b.at[item.address()] = append(b.at[item.address()], key)
	} else if old.address() != item.address() {
		b.remove(key)
		b.put(item)
		return
	}
	b.items[key] = item
}

func (b *book[T]) remove(key string) {
	item, known := b.items[key]
	if !known {
		return
	}
	delete(b.items, key)
	b.keys = without(b.keys, key)
	b.at[item.address()] = without(b.at[item.address()], key)
}

func without(keys []string, key string) []string {
	kept := make([]string, 0, len(keys))
	for _, k := range keys {
		if k != key {
			kept = append(kept, k)
		}
	}
	return kept
}

// all returns every entry, in the platform's order.
func (b *book[T]) all() []T {
	items := make([]T, 0, len(b.keys))
	for _, key := range b.keys {
		items = append(items, b.items[key])
	}
	return items
}

// addressed returns the entries with that address, whatever its letter case.
func (b *book[T]) addressed(email string) []T {
	keys := b.at[NormalizeEmail(email)]
	items := make([]T, 0, len(keys))
	for _, key := range keys {
		items = append(items, b.items[key])
	}
	return items
}

// snapshot is one list of a platform, read once and shared by everybody who
// asks in this process. A failed read is not remembered. Own writes are applied
// to it, also to a read that was under way when the write happened.
type snapshot[T entry] struct {
	load func(context.Context) ([]T, error)

	flight singleflight.Group
	mu     sync.Mutex
	book   *book[T] // nil: not read yet
	// age counts how often the list was forgotten, so that a read begun before that is not taken for a new one.
	age int
	// begun counts the lists that were asked for, and number says which of them the book is.
	begun, number int
	// writes happened while no list was there: they are applied to the next one that arrives.
	writes []func(*book[T])
}

// view makes sure that the list is there and shows it to look, which must not
// keep it.
func (s *snapshot[T]) view(ctx context.Context, look func(*book[T])) error {
	for {
		s.mu.Lock()
		if s.book != nil {
			look(s.book)
			s.mu.Unlock()
			return nil
		}
		age := s.age
		s.mu.Unlock()

		reply := s.flight.DoChan(strconv.Itoa(age), func() (any, error) {
			err := s.read(ctx, age)
			return ctx.Err() != nil, err
		})
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case result := <-reply:
			// The one whose context carried the request may have given up while we have not: then we ask ourselves.
			if gaveUp, _ := result.Val.(bool); result.Err != nil && (ctx.Err() != nil || !gaveUp) {
				return result.Err
			}
		}
	}
}

// read asks the platform, unless somebody's read has just ended.
func (s *snapshot[T]) read(ctx context.Context, age int) error {
	s.mu.Lock()
	if s.book != nil || s.age != age {
		s.mu.Unlock()
		return nil
	}
	on := s.draw()
	s.mu.Unlock()
	items, err := s.load(ctx)
	if err != nil {
		return err
	}
	s.offer(on, items)
	return nil
}

// ticket is for a list on its way: which one it is, counted from one, and the age of the snapshot when it was asked for.
type ticket struct{ number, age int }

// begin notes that a list is asked for now.
func (s *snapshot[T]) begin() ticket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.draw()
}

// draw is begin for whoever holds the lock.
func (s *snapshot[T]) draw() ticket {
	s.begun++
	return ticket{number: s.begun, age: s.age}
}

// offer takes over a whole list that was asked for, unless there is one by now or it was forgotten meanwhile.
func (s *snapshot[T]) offer(on ticket, items []T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.age != on.age || s.book != nil {
		return
	}
	s.book, s.number = newBook(items), on.number
	for _, write := range s.writes {
		write(s.book)
	}
	s.writes = nil
}

// peek shows the list to look if it is there, and reports whether it is.
func (s *snapshot[T]) peek(look func(*book[T])) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.book == nil {
		return false
	}
	look(s.book)
	return true
}

// changes tells whether what was read of the list still holds: then it is the same as it was.
func (s *snapshot[T]) changes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.age + len(s.writes)
}

// update applies an own write. It must be harmless where the list already shows it.
func (s *snapshot[T]) update(write func(*book[T])) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.book != nil {
		write(s.book)
		return
	}
	s.writes = append(s.writes, write)
}

// forget makes the next view read the list again.
func (s *snapshot[T]) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drop()
}

// drop is forget for whoever holds the lock.
func (s *snapshot[T]) drop() {
	s.book = nil
	s.age++
}

// seen marks a moment for forgetUnless.
func (s *snapshot[T]) seen() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.begun
}

// forgetUnless forgets the list unless it was asked for after that moment: what a platform was asked before,
// it may have answered before.
func (s *snapshot[T]) forgetUnless(seen int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	newest := s.begun
	if s.book != nil {
		newest = s.number
	}
	if newest <= seen {
		s.drop()
	}
}
