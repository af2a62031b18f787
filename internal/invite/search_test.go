package invite

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// directory is a list of members that comes in pages, and counts what is asked of it.
type directory struct {
	Backend[role]
	pages  [][]Member[role]
	broken map[string]error // by address; "list" for the pages

	mu      sync.Mutex
	read    int
	asked   int
	stopped int
}

// people fills pages with so many members each, person0@example.com and on.
func people(pages, each int) *directory {
	d := &directory{broken: map[string]error{}}
	for page := range pages {
		var members []Member[role]
		for i := range each {
			number := page*each + i
			members = append(members, Member[role]{ID: fmt.Sprint(number), Email: fmt.Sprintf("Person%d@example.com", number)})
		}
		d.pages = append(d.pages, members)
	}
	return d
}

// request is what every request does: it takes a second, and can be broken or stopped.
func (d *directory) request(ctx context.Context, counted *int, key string) error {
	d.mu.Lock()
	*counted++
	err := d.broken[key]
	d.mu.Unlock()
	select {
	case <-time.After(time.Second):
		return err
	case <-ctx.Done():
		d.mu.Lock()
		d.stopped++
		d.mu.Unlock()
		return ctx.Err()
	}
}

func (d *directory) MembersAt(ctx context.Context, _, email string) (found []Member[role], err error) {
	if err := d.request(ctx, &d.asked, email); err != nil {
		return nil, err
	}
	for _, page := range d.pages {
		for _, member := range page {
			if SameEmail(member.Email, email) {
				found = append(found, member)
			}
		}
	}
	return found, nil
}

func (d *directory) MemberPages(string) func(context.Context) iter.Seq2[MemberPage[role], error] {
	next := 0
	return func(ctx context.Context) iter.Seq2[MemberPage[role], error] {
		return func(yield func(MemberPage[role], error) bool) {
			for ; next < len(d.pages); next++ {
				if err := d.request(ctx, &d.read, "list"); err != nil {
					yield(MemberPage[role]{}, err)
					return
				}
				if !yield(MemberPage[role]{Members: d.pages[next], Last: next == len(d.pages)-1}, nil) {
					next++
					return
				}
			}
		}
	}
}

func (d *directory) Invites(context.Context, string) ([]Invite[role], error) { return nil, nil }

func (d *directory) Members(ctx context.Context, organization string) (all []Member[role], err error) {
	for page, err := range d.MemberPages(organization)(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, page.Members...)
	}
	return all, nil
}

// look asks for all addresses at once and returns how many were members.
func look(t *testing.T, r *roster[role], emails ...string) (members int) {
	t.Helper()
	var group sync.WaitGroup
	var mu sync.Mutex
	for _, email := range emails {
		group.Go(func() {
			found, err := r.findMembers(t.Context(), email)
			if err != nil {
				t.Error(err)
			}
			for _, member := range found {
				if !SameEmail(member.Email, email) {
					t.Errorf("asked for %s, got %s", email, member.Email)
				}
			}
			mu.Lock()
			defer mu.Unlock()
			members += len(found)
		})
	}
	group.Wait()
	return members
}

// gone are so many addresses of nobody.
func gone(count int) (emails []string) {
	for i := range count {
		emails = append(emails, fmt.Sprintf("gone%d@example.com", i))
	}
	return emails
}

func TestSearchCosts(t *testing.T) {
	for _, test := range []struct {
		name           string
		pages          int
		at             [][]string
		read, asked    int
		memberRequests int // what the fewer of the two would have been
	}{
		{"nobody", 3, nil, 0, 0, 0},
		{"one person, one page", 1, [][]string{gone(1)}, 0, 1, 1},
		{"one person, many pages", 12, [][]string{gone(1)}, 0, 1, 1},
		{"several persons, one page", 1, [][]string{gone(7)}, 1, 0, 1},
		{"a member among them, one page", 1, [][]string{{"PERSON1@example.com", "gone0@example.com"}}, 1, 0, 1},
		{"two persons, many pages", 12, [][]string{gone(2)}, 1, 2, 2},
		{"one of two on the first page", 12, [][]string{{"person1@example.com", "gone0@example.com"}}, 1, 1, 2},
		{"more persons than pages", 4, [][]string{gone(10)}, 4, 0, 4},
		{"one after the other, one page", 1, [][]string{gone(1), gone(2), gone(3)}, 1, 1, 1},
		{"one after the other, two pages", 2, [][]string{gone(1), {"person5@example.com"}, gone(9)}, 2, 2, 2},
		{"ten after ten, ten pages", 10, [][]string{gone(10), {"person1@example.com", "gone10@example.com"}, gone(20)}, 10, 10, 10},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := people(test.pages, 3)
				r := newRoster[role](d, "acme")
				for _, emails := range test.at {
					look(t, r, emails...)
				}
				if d.read != test.read || d.asked != test.asked {
					t.Errorf("read %d pages and asked for %d persons, want %d and %d", d.read, d.asked, test.read, test.asked)
				}
				if total := d.read + d.asked; total > 2*max(test.memberRequests, 1)+1 {
					t.Errorf("%d requests, where %d would do", total, test.memberRequests)
				}
			})
		})
	}
}

func TestSearchFinds(t *testing.T) {
	for pages := 1; pages <= 5; pages++ {
		for count := 1; count <= 15; count++ {
			synctest.Test(t, func(t *testing.T) {
				d := people(pages, 3)
				emails := gone(count)
				for i := range count {
					emails = append(emails, fmt.Sprintf("person%d@EXAMPLE.com", i))
				}
				if found := look(t, newRoster[role](d, "acme"), emails...); found != min(count, 3*pages) {
					t.Errorf("%d pages: found %d of %d", pages, found, count)
				}
			})
		}
	}
}

// A list that was read for whatever reason answers, with what this process did since.
func TestSearchUsesTheList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := people(2, 3)
		r := newRoster[role](d, "acme")
		if _, err := r.allMembers(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.noteRemoved(d.pages[0][0])
		if found := look(t, r, "person0@example.com", "person1@example.com", "gone0@example.com"); found != 1 || d.read != 2 || d.asked != 0 {
			t.Errorf("found %d, read %d, asked %d", found, d.read, d.asked)
		}
		r.members.forget()
		if look(t, r, "person0@example.com"); d.asked != 1 {
			t.Errorf("asked %d after the list was forgotten", d.asked)
		}
	})
}

// A list of which a part was read before the invitations is as old as that part.
func TestSearchGoesOnTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := people(3, 3)
		r := newRoster[role](d, "acme")
		look(t, r, gone(2)...)
		d.pages[0] = append(d.pages[0], Member[role]{ID: "new", Email: "new@example.com"})
		if _, err := r.allInvites(t.Context()); err != nil {
			t.Fatal(err)
		}
		look(t, r, gone(9)...)
		if members, err := r.findMembers(t.Context(), "new@example.com"); err != nil || len(members) != 0 || d.read != 3 {
			t.Fatalf("found %v, %v; read %d pages: the list was to be read to its end without the first page", members, err, d.read)
		}
		if members, err := r.joinedMembers(t.Context(), "new@example.com"); err != nil || len(members) != 1 {
			t.Errorf("found %v, %v", members, err)
		}
	})
}

// A failure is told to those it concerns, and not remembered.
func TestSearchFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := people(2, 3)
		r := newRoster[role](d, "acme")
		d.broken["list"] = &Failure{Meaning: ErrForbidden, Err: errors.New("no")}
		var group sync.WaitGroup
		for _, email := range gone(3) {
			group.Go(func() {
				if _, err := r.findMembers(t.Context(), email); !errors.Is(err, ErrForbidden) {
					t.Errorf("%s: got %v", email, err)
				}
			})
		}
		group.Wait()
		delete(d.broken, "list")
		d.broken["gone0@example.com"] = errors.New("no")
		if _, err := r.findMembers(t.Context(), "Gone0@example.com"); err == nil {
			t.Error("no error")
		}
		delete(d.broken, "gone0@example.com")
		look(t, r, gone(3)...)
	})
}

// One who gives up does not end the search of others; the last one does.
func TestSearchGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := people(1, 3)
		r := newRoster[role](d, "acme")
		impatient, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() {
			if _, err := r.findMembers(impatient, "gone0@example.com"); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		synctest.Wait()
		group.Go(func() {
			if found, err := r.findMembers(t.Context(), "person1@example.com"); err != nil || len(found) != 1 {
				t.Errorf("got %v, %v", found, err)
			}
		})
		time.Sleep(gathering + time.Millisecond)
		cancel()
		group.Wait()
		if d.read != 1 || d.stopped != 0 {
			t.Errorf("read %d, stopped %d", d.read, d.stopped)
		}

		r = newRoster[role](d, "acme")
		alone, cancel := context.WithTimeout(t.Context(), gathering+time.Millisecond)
		defer cancel()
		if _, err := r.findMembers(alone, "gone0@example.com"); err == nil {
			t.Error("no error")
		}
		synctest.Wait()
		if d.stopped != 1 {
			t.Error("the request goes on although nobody waits for its answer")
		}
	})
}
