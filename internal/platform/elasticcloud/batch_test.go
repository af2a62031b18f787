package elasticcloud_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

// sent is what came of one of several sends.
type sent struct {
	invite.Invite[ec.Grant]
	err error
}

// sendAll sends all orders at once.
func (w *world) sendAll(orders ...invite.Order[ec.Grant]) map[string]sent {
	var mu sync.Mutex
	var all sync.WaitGroup
	results := map[string]sent{}
	for _, order := range orders {
		all.Go(func() {
			invitation, err := w.Send(w.Context(), w.org, order)
			mu.Lock()
			defer mu.Unlock()
			results[order.Email] = sent{invitation, err}
		})
	}
	all.Wait()
	return results
}

// people are orders of the same for so many.
func people(count int, grant ec.Grant) (orders []invite.Order[ec.Grant]) {
	for i := range count {
		orders = append(orders, order(fmt.Sprintf("Person%d@example.com", i), grant))
	}
	return orders
}

// wantOwn checks that each got their own invitation.
func (w *world) wantOwn(results map[string]sent, except ...string) {
	w.Helper()
	tokens := map[string]bool{}
	for email, result := range results {
		if strings.Contains(strings.Join(except, " "), email) {
			continue
		}
		if result.err != nil || result.Email != email || tokens[result.Token] || result.Status != invite.Pending {
			w.Errorf("%s: %+v", email, result)
		}
		tokens[result.Token] = true
	}
}

func TestSendsTravelTogether(t *testing.T) {
	w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.Emails = fake.LowerCased })
	results := w.sendAll(people(30, everything)...)
	for email, result := range results {
		if result.err != nil || !invite.SameEmail(result.Email, email) || !everything.Equal(result.Grant) {
			t.Errorf("%s: %+v", email, result)
		}
	}
	w.wantCount(1, fake.CreateInvite)
	w.wantMails(30)
	if listed := w.invites(); len(listed) != 30 {
		t.Errorf("%d are invited", len(listed))
	}
}

func TestOnlyEqualSendsTravelTogether(t *testing.T) {
	w := newWorld(t)
	a, b, c, d := order("a@example.com", everything), order("b@example.com", everything), order("c@example.com", nil), order("d@example.com", everything)
	d.Lifetime = time.Hour
	w.wantOwn(w.sendAll(a, b, c, d))
	w.wantCount(3, fake.CreateInvite)
	w.wantMails(4)
}

func TestRefusedBatch(t *testing.T) {
	for _, partial := range []bool{false, true} {
		for _, reading := range []fake.Reinvite{fake.ReinviteRefused, fake.ReinviteRefreshes} {
			t.Run(fmt.Sprintf("partial %t, %s", partial, reading), func(t *testing.T) {
				w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.PartialBatches, s.Reinvite = partial, reading })
				if _, err := w.fake.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "member@example.com"}); err != nil {
					t.Fatal(err)
				}
				orders := append(people(8, everything), order("member@example.com", everything), order("not an address", everything))
				results := w.sendAll(orders...)
				w.wantOwn(results, "member@example.com", "not an address")
				check(t, results["member@example.com"].err, invite.ErrExists, "email", "member")
				check(t, results["not an address"].err, invite.ErrRefused, "email", "spelling")
				w.wantMails(8)
				w.wantCount(1, fake.ListInvites)
				if partial {
					w.wantCount(3, fake.CreateInvite)
				} else {
					w.wantCount(11, fake.CreateInvite)
				}
			})
		}
	}
}

// Somebody else invites one of the batch at the last moment, to the very same.
func TestRaceInABatch(t *testing.T) {
	for _, partial := range []bool{false, true} {
		t.Run(fmt.Sprintf("partial %t", partial), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.PartialBatches = partial })
			w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Times: 1, Do: func() {
				_, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "raced@example.com", ExpiresAt: time.Now().Add(24 * time.Hour)})
				if err != nil {
					t.Error(err)
				}
			}})
			results := w.sendAll(append(people(5, nil), order("raced@example.com", nil))...)
			w.wantOwn(results, "raced@example.com")
			check(t, results["raced@example.com"].err, invite.ErrExists, "email", "adopt_existing")
			w.wantMails(5)
		})
	}
}

func TestPendingLimitInABatch(t *testing.T) {
	w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.PendingLimit = 3 })
	good := 0
	for _, result := range w.sendAll(people(5, nil)...) {
		if result.err == nil {
			good++
			continue
		}
		check(t, result.err, invite.ErrRefused, "", "Revoke some")
	}
	if good != 3 {
		t.Errorf("%d are invited", good)
	}
	w.wantMails(3)
}

func TestRefusalOfEverybody(t *testing.T) {
	for status, code := range map[int]string{
		401: "root.unauthorized", 403: "root.invalid_authentication", 404: "organization.not_found",
	} {
		w := newWorld(t)
		w.refuse(fake.CreateInvite, status, code)
		for email, result := range w.sendAll(people(5, nil)...) {
			if result.err == nil || !strings.Contains(result.err.Error(), code) {
				t.Errorf("%s: %v", email, result.err)
			}
		}
		w.wantCount(1, fake.CreateInvite)
		w.wantCount(0, fake.ListInvites)
		w.wantMails(0)
	}
}

func TestLostBatch(t *testing.T) {
	for _, kind := range []fake.Kind{fake.Dropped, fake.Truncated, fake.Answer} {
		w := newWorld(t)
		w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: kind, Status: 500, After: true, Times: 1})
		for email, result := range w.sendAll(people(5, nil)...) {
			if !errors.Is(result.err, invite.ErrUncertain) {
				t.Errorf("%s: %v", email, result.err)
			}
		}
		w.wantCount(1, fake.CreateInvite)
		w.wantMails(5)
	}
}

func TestRefusedBatchThatCannotBeLookedAt(t *testing.T) {
	w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.PartialBatches = true })
	w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Status: 403})
	for email, result := range w.sendAll(append(people(3, nil), order("bad", nil))...) {
		if !errors.Is(result.err, invite.ErrUncertain) {
			t.Errorf("%s: %v", email, result.err)
		}
	}
	w.wantCount(1, fake.CreateInvite)
	w.wantMails(3)
}

func TestAnswerWithoutEverybody(t *testing.T) {
	w := newWorld(t)
	only := w.send("person0@example.com", nil)
	body := fmt.Sprintf(`{"invitations":[{"token":%q,"email":%q,"created_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z","expired":false}]}`, only.Token, only.Email)
	w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Status: 201, Body: body, Times: 1})
	for email, result := range w.sendAll(people(3, nil)...) {
		if first := email == "Person0@example.com"; first != (result.err == nil) || !first && !errors.Is(result.err, invite.ErrUncertain) {
			t.Errorf("%s: %v", email, result.err)
		}
	}
}

// revokeAll revokes all invitations at once.
func (w *world) revokeAll(invitations []invite.Invite[ec.Grant]) map[string]error {
	var mu sync.Mutex
	var all sync.WaitGroup
	results := map[string]error{}
	for _, invitation := range invitations {
		all.Go(func() {
			err := w.Revoke(w.Context(), w.org, invitation)
			mu.Lock()
			defer mu.Unlock()
			results[invitation.ID] = err
		})
	}
	all.Wait()
	return results
}

func TestRevokesTravelTogether(t *testing.T) {
	w := newWorld(t)
	w.wantOwn(w.sendAll(people(ec.MaxTokens+3, nil)...))
	for id, err := range w.revokeAll(w.invites()) {
		if err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	w.wantCount(2, fake.RevokeInvite)
	if left := w.invites(); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	for _, request := range w.fake.Journal() {
		if len(request.Path) > 2000 {
			t.Errorf("a path of %d characters", len(request.Path))
		}
	}
}

func TestRefusedRevokes(t *testing.T) {
	for _, partial := range []bool{false, true} {
		t.Run(fmt.Sprintf("partial %t", partial), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudSwitches) { s.PartialBatches = partial })
			w.wantOwn(w.sendAll(people(5, nil)...))
			listed := w.invites()
			if _, err := w.fake.Accept(fake.ElasticCloud, "", "person2@example.com"); err != nil {
				t.Fatal(err)
			}
			for id, err := range w.revokeAll(listed) {
				// The partial reading revokes the others at once, and then they are gone too.
				gone := partial || id == "person2@example.com"
				if errors.Is(err, invite.ErrGone) != gone || !gone && err != nil {
					t.Errorf("%s: %v", id, err)
				}
			}
			w.wantCount(6, fake.RevokeInvite)
			if left := w.invites(); len(left) != 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}
