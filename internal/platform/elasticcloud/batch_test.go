// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	ec "github.com/orginvite/terraform-provider-orginvite/internal/platform/elasticcloud"
)

// sent is the result of one of several sends.
type sent struct {
	invite.Invite[ec.Grant]
	err error
}

// inBubble runs a subtest in which waiting takes no time.
func inBubble(t *testing.T, name string, test func(*testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, test) })
}

// sendAll sends all requests at once.
func (w *world) sendAll(requests ...invite.Request[ec.Grant]) map[string]sent {
	var mu sync.Mutex
	var all sync.WaitGroup
	results := map[string]sent{}
	for _, request := range requests {
		all.Go(func() {
			invitation, err := w.Send(w.Context(), w.org, request)
			mu.Lock()
			defer mu.Unlock()
			results[request.Email] = sent{invitation, err}
		})
	}
	all.Wait()
	return results
}

// people are requests for a number of people.
func people(count int, grant ec.Grant) (requests []invite.Request[ec.Grant]) {
	for i := range count {
		requests = append(requests, request(fmt.Sprintf("Person%d@example.com", i), grant))
	}
	return requests
}

// wantOwn checks that each person got an invitation of their own.
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

func TestSendsShareARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.Emails = fake.LowerCased })
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
	})
}

func TestOnlyEqualSendsShareARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		a, b := request("a@example.com", everything), request("b@example.com", everything)
		c, d := request("c@example.com", nil), request("d@example.com", everything)
		d.Lifetime = time.Hour
		w.wantOwn(w.sendAll(a, b, c, d))
		w.wantCount(3, fake.CreateInvite)
		w.wantMails(4)
	})
}

func TestRefusedBatch(t *testing.T) {
	for _, partial := range []bool{false, true} {
		for _, reading := range []fake.Reinvite{fake.ReinviteRefused, fake.ReinviteRefreshes} {
			inBubble(t, fmt.Sprintf("partial %t, %s", partial, reading), func(t *testing.T) {
				w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.PartialBatches, s.Reinvite = partial, reading })
				if _, err := w.fake.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "member@example.com"}); err != nil {
					t.Fatal(err)
				}
				requests := append(people(8, everything), request("member@example.com", everything), request("not an address", everything))
				results := w.sendAll(requests...)
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

// A list that lags does not show at once whom a refused batch invited. If it lags for longer than lookDelay, the
// platform refuses to invite the same people again.
func TestRefusedBatchAndALaggingList(t *testing.T) {
	for _, test := range []struct {
		lag     time.Duration
		reading fake.Reinvite
		known   bool // the invitations are listed in time
	}{
		{800 * time.Millisecond, fake.ReinviteRefused, true},
		{800 * time.Millisecond, fake.ReinviteRefreshes, true},
		{time.Hour, fake.ReinviteRefused, false},
	} {
		inBubble(t, fmt.Sprintf("%s, %s", test.lag, test.reading), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudBehaviors) {
				s.PartialBatches, s.Reinvite, s.ListLag = true, test.reading, fake.Duration(test.lag)
			})
			results := w.sendAll(append(people(5, nil), request("not an address", nil))...)
			check(t, results["not an address"].err, invite.ErrRefused, "email", "spelling")
			delete(results, "not an address")
			if test.known {
				w.wantOwn(results)
			}
			for email, result := range results {
				if !test.known && !errors.Is(result.err, invite.ErrExists) {
					t.Errorf("%s: %v", email, result.err)
				}
			}
			w.wantMails(5)
		})
	}
}

// The same with the lifecycle, which looks for the invitation after a refusal: one mail for each person.
func TestNobodyIsMailedTwice(t *testing.T) {
	for _, partial := range []bool{false, true} {
		for _, lag := range []time.Duration{0, 800 * time.Millisecond, 2 * time.Second, time.Hour} {
			for _, adopt := range []bool{false, true} {
				inBubble(t, fmt.Sprintf("partial %t, lag %s, adopt %t", partial, lag, adopt), func(t *testing.T) {
					w := newWorld(t, func(s *fake.ElasticCloudBehaviors) {
						s.PartialBatches, s.ListLag = partial, fake.Duration(lag)
					})
					// An expired invitation must not prevent a new one.
					_, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{
						Email:     "person0@example.com",
						CreatedAt: time.Now().Add(-48 * time.Hour),
						ExpiresAt: time.Now().Add(-24 * time.Hour),
					})
					if err != nil {
						t.Fatal(err)
					}
					service := invite.NewService(invite.Traits{Title: "Elastic Cloud", SecretIDs: true}, w.Backend)
					var all sync.WaitGroup
					for _, o := range append(people(5, everything), request("not an address", everything)) {
						all.Go(func() {
							_, err := service.Create(t.Context(), w.org, o, invite.Policies{AdoptExisting: adopt})
							invited := o.Email != "not an address"
							// If the list lags for too long, the apply fails, and the next apply finds the invitation.
							hidden := partial && lag > time.Second
							if invited && !hidden && err != nil || !invited && !errors.Is(err, invite.ErrRefused) {
								t.Errorf("%s: %v", o.Email, err)
							}
						})
					}
					all.Wait()
					w.wantMails(5)
				})
			}
		}
	}
}

// While a batch is sent, somebody else sends one of its invitations with the same roles. That invitation is kept,
// because it cannot be distinguished from one of the batch.
func TestRaceInABatch(t *testing.T) {
	for _, partial := range []bool{false, true} {
		inBubble(t, fmt.Sprintf("partial %t", partial), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.PartialBatches = partial })
			w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Times: 1, Do: func() {
				_, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "Raced@example.com"})
				if err != nil {
					t.Error(err)
				}
			}})
			w.wantOwn(w.sendAll(append(people(5, nil), request("Raced@example.com", nil))...))
			w.wantMails(5)
		})
	}
}

// While a batch is refused, an invitation with other roles appears for one of its people. It is not adopted, and no
// other invitation is sent to the person.
func TestRaceInABatchWithAnotherGrant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Times: 1, Do: func() {
			if _, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{
				Email: "raced@example.com",
				Grant: fake.Grant{RoleAssignments: &fake.RoleAssignments{Organization: []fake.RoleAssignment{{RoleID: "organization-admin"}}}},
			}); err != nil {
				t.Error(err)
			}
		}})
		results := w.sendAll(append(people(5, everything), request("raced@example.com", everything))...)
		w.wantOwn(results, "raced@example.com")
		if err := results["raced@example.com"].err; !errors.Is(err, invite.ErrUncertain) {
			t.Errorf("got %v", err)
		}
		w.wantMails(5)
	})
}

// An invitation that was listed before the batch was not sent by it.
func TestRefusedBatchKeepsOnlyWhatAppeared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		if _, err := w.fake.SeedInvite(fake.ElasticCloud, "", fake.Invitation{Email: "earlier@example.com"}); err != nil {
			t.Fatal(err)
		}
		w.invites()
		results := w.sendAll(append(people(5, nil), request("earlier@example.com", nil))...)
		w.wantOwn(results, "earlier@example.com")
		check(t, results["earlier@example.com"].err, invite.ErrExists, "email", "adopt_existing")
		w.wantMails(5)
	})
}

// After a lost answer, nothing is sent again: people with a listed invitation are invited, the others stay uncertain.
func TestAmbiguousBatch(t *testing.T) {
	for name, fault := range map[string]fake.Fault{
		"500": {Status: 500}, "500 after acting": {Status: 500, After: true},
		"lost connection": {Kind: fake.Dropped}, "lost connection after acting": {Kind: fake.Dropped, After: true},
		"page": {Kind: fake.HTML}, "truncated answer": {Kind: fake.Truncated},
		"empty answer after acting": {Kind: fake.Empty, After: true},
	} {
		for _, lag := range []time.Duration{0, time.Hour} {
			inBubble(t, fmt.Sprintf("%s, lag %s", name, lag), func(t *testing.T) {
				w := newWorld(t, func(s *fake.ElasticCloudBehaviors) {
					s.Reinvite, s.ListLag = fake.ReinviteRefreshes, fake.Duration(lag)
				})
				fault.Operation, fault.Times = fake.CreateInvite, 1
				w.fake.Fail(fault)
				acted := fault.After || fault.Kind == fake.Truncated
				results := w.sendAll(people(5, nil)...)
				if acted && lag == 0 {
					w.wantOwn(results)
				}
				for email, result := range results {
					if !(acted && lag == 0) && !errors.Is(result.err, invite.ErrUncertain) {
						t.Errorf("%s: %v", email, result.err)
					}
				}
				mails := 0
				if acted {
					mails = 5
				}
				w.wantMails(mails)
				w.wantCount(1, fake.CreateInvite)
				w.wantCount(1, fake.ListInvites)
			})
		}
	}
}

func TestPendingLimitInABatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.PendingLimit = 3 })
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
	})
}

func TestRefusalOfEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
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
	})
}

func TestRefusedBatchThatCannotBeLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.PartialBatches = true })
		w.fake.Fail(fake.Fault{Operation: fake.ListInvites, Status: 403})
		for email, result := range w.sendAll(append(people(3, nil), request("bad", nil))...) {
			if !errors.Is(result.err, invite.ErrUncertain) {
				t.Errorf("%s: %v", email, result.err)
			}
		}
		w.wantCount(1, fake.CreateInvite)
		w.wantMails(3)
	})
}

func TestAnswerWithoutEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		only := w.send("person0@example.com", nil)
		body := fmt.Sprintf(`{"invitations":[{"token":%q,"email":%q,"created_at":"2026-01-01T00:00:00Z","expires_at":"2999-01-01T00:00:00Z","expired":false}]}`, only.Token, only.Email)
		w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Status: 201, Body: body, Times: 1})
		for email, result := range w.sendAll(people(3, nil)...) {
			if first := email == "Person0@example.com"; first != (result.err == nil) || !first && !errors.Is(result.err, invite.ErrUncertain) {
				t.Errorf("%s: %v", email, result.err)
			}
		}
	})
}

// A platform that spells an address in its own way answers all the same, alone and in a batch.
func TestAnswerWithAnotherSpelling(t *testing.T) {
	for name, others := range map[string]int{"alone": 0, "in a batch": 3} {
		inBubble(t, name, func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.Emails = fake.WithoutTag })
			results := w.sendAll(append(people(others, everything), request("ada+terraform@example.com", everything))...)
			for email, result := range results {
				if result.err != nil {
					t.Errorf("%s: %v", email, result.err)
				}
			}
			if got := results["ada+terraform@example.com"].Email; got != "ada@example.com" {
				t.Errorf("the answer is for %q", got)
			}
			w.wantCount(1, fake.CreateInvite)
			w.wantMails(others + 1)
		})
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

func TestRevokesShareARequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
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
	})
}

func TestRefusedRevokes(t *testing.T) {
	for _, partial := range []bool{false, true} {
		inBubble(t, fmt.Sprintf("partial %t", partial), func(t *testing.T) {
			w := newWorld(t, func(s *fake.ElasticCloudBehaviors) { s.PartialBatches = partial })
			w.wantOwn(w.sendAll(people(5, nil)...))
			listed := w.invites()
			if _, err := w.fake.Accept(fake.ElasticCloud, "", "person2@example.com"); err != nil {
				t.Fatal(err)
			}
			for id, err := range w.revokeAll(listed) {
				// A partial batch has already revoked the others, so that they are gone as well.
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
