package invite

import (
	"context"
	"iter"
	"sync"
	"time"
)

// search finds out which addresses belong to members, for refreshes, where
// reading the whole list of members takes many requests and asking for one address takes one.
//
// The fewest requests are as many as there are persons, or as there are pages,
// whichever is fewer. But persons turn up one by one, and how many pages there
// are is known only when they have been read. So questions are gathered for a
// moment, which joins those of resources that Terraform refreshes at the same
// time, and answered in rounds:
//
//   - a single person is asked for: one request;
//   - for several, the list is read, page by page, until it ends or as many
//     pages were read as there are persons but one; who is not on them is asked for,
//     and the next round goes on with the page after that.
//
// That is one request where the list is one page, all pages where there are
// more persons than pages, and never twice the fewer of the two in one round. A
// list that was read to its end serves everybody from then on, a part of it those who are
// on it. Answers about single persons are not kept: nobody asks twice, unless
// what was true may have changed.
type search[G Grant[G]] struct {
	organization string
	finder       MemberFinder[G]
	list         *snapshot[Member[G]]

	// turn is held by the round that is asking.
	turn chan struct{}
	mu   sync.Mutex
	next *round[G] // still gathering
	// met counts the persons in all rounds: when many turn up one after the
	// other, reading the list to its end becomes worth its while.
	met int
	// part is what was read of the list so far, while that still holds; asOf says of which list.
	part *book[Member[G]]
	asOf int
	// rest is how the reading goes on that was broken off, if one was.
	rest *listing[G]
}

// listing is a list of which not all pages were read yet.
type listing[G Grant[G]] struct {
	on    ticket
	pages func(context.Context) iter.Seq2[MemberPage[G], error]
	all   []Member[G]
	count int
}

// gathering is how long a question waits for others. It is short beside the
// request that follows, and long beside what Terraform needs to ask ten at once.
const gathering = 30 * time.Millisecond

// round is a set of addresses that are looked up together.
type round[G Grant[G]] struct {
	ctx    context.Context //nolint:containedctx // that of whoever began the round, but for its cancellation
	cancel context.CancelFunc
	// waiting counts who still wants to know. The last one to give up ends the round.
	waiting int
	answers map[string]*answer[G]
	done    chan struct{}
}

// answer is what became of the question for one address.
type answer[G Grant[G]] struct {
	members []Member[G]
	err     error
	open    bool
}

func newSearch[G Grant[G]](organization string, finder MemberFinder[G], list *snapshot[Member[G]]) *search[G] {
	return &search[G]{organization: organization, finder: finder, list: list, turn: make(chan struct{}, 1)}
}

// at returns the members with an address.
func (s *search[G]) at(ctx context.Context, email string) ([]Member[G], error) {
	address := NormalizeEmail(email)
	if members, known := s.known(address); known {
		return members, nil
	}
	r := s.join(ctx, address)
	select {
	case <-r.done:
		return r.answers[address].members, r.answers[address].err
	case <-ctx.Done():
		s.leave(r)
		return nil, context.Cause(ctx)
	}
}

// known answers from the whole list, if somebody has read it.
func (s *search[G]) known(address string) (members []Member[G], known bool) {
	known = s.list.peek(func(b *book[Member[G]]) { members = b.addressed(address) })
	return members, known
}

// join adds a question to the round that is gathering, or begins one.
func (s *search[G]) join(ctx context.Context, address string) *round[G] {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next == nil {
		r := &round[G]{answers: map[string]*answer[G]{}, done: make(chan struct{})}
		r.ctx, r.cancel = context.WithCancel(context.WithoutCancel(ctx)) //nolint:gosec // run calls it
		s.next = r
		go s.run(r)
	}
	s.next.waiting++
	s.next.answers[address] = &answer[G]{open: true}
	return s.next
}

// leave gives up waiting.
func (s *search[G]) leave(r *round[G]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.waiting--; r.waiting > 0 {
		return
	}
	r.cancel()
	if s.next == r {
		s.next = nil
	}
}

// run gathers, waits for the round before to end, and answers.
func (s *search[G]) run(r *round[G]) {
	defer close(r.done)
	defer r.cancel()
	select {
	case <-time.After(gathering):
	case <-r.ctx.Done():
		return
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-r.ctx.Done():
		return
	}
	s.mu.Lock()
	if s.next == r {
		s.next = nil
	}
	s.mu.Unlock()
	if err := s.browse(r); err != nil {
		for _, answer := range r.answers {
			answer.err = err
		}
		return
	}
	s.ask(r)
}

// browse reads the list for as long as that promises to be the cheaper way.
// Those it finds count too, since more persons are likely to follow them.
func (s *search[G]) browse(r *round[G]) error {
	if s.settle(r, nil) {
		return nil
	}
	if s.part != nil && s.asOf == s.list.changes() {
		r.find(s.part)
	}
	persons := r.open()
	s.met += persons
	if persons == 0 || s.met <= 1 {
		return nil
	}
	if s.rest == nil || s.asOf != s.list.changes() {
		s.rest = &listing[G]{on: s.list.begin(), pages: s.finder.MemberPages(s.organization)}
		s.part, s.asOf = nil, s.list.changes()
	}
	if s.met <= s.rest.count+1 {
		return nil
	}
	for page, err := range s.rest.pages(r.ctx) {
		if err != nil {
			s.rest = nil
			s.met -= persons // they will be back, if at all
			return err
		}
		s.rest.count++
		s.rest.all = append(s.rest.all, page.Members...)
		if page.Last {
			s.list.offer(s.rest.on, s.rest.all)
			s.settle(r, newBook(s.rest.all))
			s.rest = nil
			return nil
		}
		s.part = newBook(s.rest.all)
		r.find(s.part)
		if s.met <= s.rest.count+1 {
			return nil
		}
	}
	return nil
}

// settle answers every question from a whole list: the one given, else the one that everybody shares.
func (s *search[G]) settle(r *round[G], whole *book[Member[G]]) bool {
	for address, answer := range r.answers {
		if whole != nil {
			answer.members, answer.open = whole.addressed(address), false
		} else if members, known := s.known(address); known {
			answer.members, answer.open = members, false
		} else {
			return false
		}
	}
	return true
}

// find answers the questions for those who are on the pages read so far.
func (r *round[G]) find(part *book[Member[G]]) {
	for address, answer := range r.answers {
		if found := part.addressed(address); len(found) > 0 {
			answer.members, answer.open = found, false
		}
	}
}

// open counts the questions without an answer.
func (r *round[G]) open() int {
	count := 0
	for _, answer := range r.answers {
		if answer.open {
			count++
		}
	}
	return count
}

// ask answers what is open by one request for each address.
func (s *search[G]) ask(r *round[G]) {
	var group sync.WaitGroup
	for address, answer := range r.answers {
		if !answer.open {
			continue
		}
		group.Go(func() {
			answer.members, answer.err = s.finder.MembersAt(r.ctx, s.organization, address)
		})
	}
	group.Wait()
}
