package cost_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// many is the N of the table: two pages on Snyk, and no multiple of what travels together.
const many = 103

// expect fails the test unless the requests are exactly these, but for what is sent and revoked, of which there may be fewer.
func expect(t testing.TB, got, want counts) {
	t.Helper()
	for _, operation := range []fake.Operation{fake.CreateInvite, fake.RevokeInvite} {
		if 0 < got[operation] && got[operation] < want[operation] {
			want[operation] = got[operation]
		}
	}
	if got.String() != want.String() {
		t.Errorf("requests: got %s, want %s", got, want)
	}
}

func TestPlanOfCreates(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		grant, _ := s.grants(w)
		people := declare(many, grant)
		got := w.during(func() {
			if changes := s.planWalk(t, w, people); changes != many {
				t.Errorf("%d creates are planned, want %d", changes, many)
			}
		})
		expect(t, got, counts{fake.ListInvites: 1, fake.ListMembers: 1})
	})
}

func TestApplyOfCreates(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		grant, _ := s.grants(w)
		people := declare(many, grant)
		got := w.during(func() { s.applyWalk(t, w, people) })
		expect(t, got, counts{fake.ListInvites: 1, fake.ListMembers: 1, fake.CreateInvite: s.requests(many)})
		w.expectMails(t, many)
	})
}

// Where others are invited already, their pages come on top.
func TestApplyOfCreatesAmongOthers(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		s.invited(t, w, many)
		grant, _ := s.grants(w)
		more := declare(2*many, grant)[many:]
		got := w.during(func() { s.applyWalk(t, w, more) })
		expect(t, got, counts{fake.ListInvites: s.pages(many), fake.ListMembers: 1, fake.CreateInvite: s.requests(many)})
		w.expectMails(t, 2*many)
	})
}

func TestRefreshOfPending(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		got := w.during(func() {
			if changes := s.planWalk(t, w, people); changes != 0 {
				t.Errorf("%d changes are planned, want none", changes)
			}
		})
		expect(t, got, counts{fake.ListInvites: s.pages(many)})
	})
}

func TestRefreshOfAccepted(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		s.accept(t, w, people)
		s.refreshWalk(t, w, people)
		got := w.during(func() {
			if changes := s.planWalk(t, w, people); changes != 0 {
				t.Errorf("%d changes are planned, want none", changes)
			}
		})
		expect(t, got, counts{})
		for _, person := range people {
			if person.text("status") != "accepted" || person.text("member_id") == "" {
				t.Fatalf("%s: status %q, member_id %q", person.email, person.text("status"), person.text("member_id"))
			}
		}
	})
}

func TestRefreshThatSeesAcceptances(t *testing.T) {
	for _, c := range []struct {
		name   string
		gone   int
		others int // members beside those who accept
	}{
		{"one person", 1, 250},
		{"a few people, whom a list has on one page", 20, 0},
		{"everybody", many, 250},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, s subject) {
				w := newWorld(t)
				people := s.invited(t, w, many)
				s.seedMembers(t, w, c.others)
				s.accept(t, w, people[:c.gone])
				got := w.during(func() { s.refreshWalk(t, w, people) })
				expect(t, got, counts{fake.ListInvites: s.pages(many - c.gone), fake.ListMembers: s.sees(c.gone, c.others+c.gone)})
				for _, person := range people[:c.gone] {
					if person.text("status") != "accepted" {
						t.Fatalf("%s: status %q", person.email, person.text("status"))
					}
				}
			})
		})
	}
}

func TestRefreshThatSeesRevocations(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		const gone = 30
		for _, person := range people[:gone] {
			if err := w.RevokeOutside(s.platform, "", person.email); err != nil {
				t.Fatal(err)
			}
		}
		got := w.during(func() { s.refreshWalk(t, w, people) })
		expect(t, got, counts{fake.ListInvites: s.pages(many - gone), fake.ListMembers: 1})
		for n, person := range people {
			if person.exists() != (n >= gone) {
				t.Fatalf("%s: in state %t", person.email, person.exists())
			}
		}
	})
}

func TestApplyOfDestroys(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		undeclare(people)
		got := w.during(func() { s.applyWalk(t, w, people) })
		want := counts{fake.RevokeInvite: s.requests(many)}
		if s.looksUp {
			want[fake.ListInvites] = s.pages(many)
		}
		expect(t, got, want)
		if slices.ContainsFunc(w.Invitations(s.platform, ""), func(i fake.Invitation) bool { return i.Status == fake.Pending }) {
			t.Error("somebody is still invited")
		}
	})
}

func TestDestroyOfAccepted(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		s.accept(t, w, people)
		s.refreshWalk(t, w, people)
		undeclare(people)
		expect(t, w.during(func() { s.applyWalk(t, w, people) }), counts{})
	})
}

// A changed grant replaces: what is revoked and sent is all that is requested, beside the two lists.
func TestChangeOfGrant(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		people := s.invited(t, w, many)
		_, other := s.grants(w)
		regrant(people, other)
		planned := w.during(func() {
			if changes := s.planWalk(t, w, people); changes != many {
				t.Errorf("%d changes are planned, want %d", changes, many)
			}
		})
		expect(t, planned, counts{fake.ListInvites: s.pages(many)})

		applied := w.during(func() { s.applyWalk(t, w, people) })
		expect(t, applied, counts{
			fake.ListInvites: s.pages(many), fake.ListMembers: 1,
			fake.RevokeInvite: s.requests(many), fake.CreateInvite: s.requests(many),
		})
	})
}

// seedMembers puts members there who have nothing to do with anybody.
func (s subject) seedMembers(t testing.TB, w *world, count int) {
	t.Helper()
	for n := range count {
		if _, err := w.SeedMember(s.platform, "", fake.Member{Email: fmt.Sprintf("other%d@example.com", n)}); err != nil {
			t.Fatal(err)
		}
	}
}
