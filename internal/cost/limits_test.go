package cost_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Many more than a platform lets through in a minute: all arrive, whatever the platform says of how long to wait.
func TestMoreThanTheRateLimit(t *testing.T) {
	for _, form := range []fake.RetryAfter{fake.AfterSeconds, fake.AfterDate, fake.AfterNothing, fake.AfterReset} {
		t.Run(string(form), func(t *testing.T) {
			onEach(t, func(t *testing.T, s subject) {
				const count, perMinute = 300, 60
				w := newWorld(t, func(switches *fake.Switches) {
					common := switches.Common(s.platform)
					// Where ten travel with each other, the limit is as many times lower, so that it is reached.
					common.WritesPerMinute, common.RetryAfter = max(1, s.requests(count)*perMinute/count), form
				})
				people := s.invited(t, w, count)
				w.expectMails(t, count)
				for _, person := range people {
					if person.text("status") != "pending" {
						t.Fatalf("%s: status %q", person.email, person.text("status"))
					}
				}
				refused := 0
				for _, request := range w.Journal() {
					if request.Status == http.StatusTooManyRequests {
						refused++
					}
				}
				// All wait together: a refusal concerns at most those who were on their way, not everybody in turn.
				if refused == 0 || refused > count {
					t.Errorf("%d requests were refused for %d invitations", refused, count)
				}
			})
		})
	}
}

// A platform that never stops refusing: after ten minutes that is an error, and nothing else is.
func TestRefusedForGood(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		w.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.RateLimited})
		grant, _ := s.grants(w)
		people := declare(parallelism, grant)
		begun := time.Now()
		err := walk(t.Context(), people, s.start(t, w).apply)
		if err == nil || !strings.Contains(err.Error(), "429") {
			t.Errorf("got %v, want the refusal", err)
		}
		if took := time.Since(begun); took < 10*time.Minute || took > 13*time.Minute {
			t.Errorf("it gave up after %s", took)
		}
		w.expectMails(t, 0)
	})
}

// Cancelling Terraform ends waiting at once, for a platform that asked to wait and for one that does not answer.
func TestCancelling(t *testing.T) {
	const atOnce = 100 * time.Millisecond
	for _, c := range []struct {
		name  string
		fault fake.Fault
		ends  time.Duration
	}{
		{"while the platform refuses", fake.Fault{Operation: fake.CreateInvite, Kind: fake.RateLimited, RetryAfter: "240"}, atOnce},
		{"while a list hangs", fake.Fault{Operation: fake.ListInvites, Kind: fake.Hanging}, atOnce},
		{"between two attempts to list", fake.Fault{Operation: fake.ListInvites, Status: http.StatusBadGateway}, atOnce},
		// An invitation may be out: there is one short look at whether it is.
		{"while a create hangs", fake.Fault{Operation: fake.CreateInvite, Kind: fake.Hanging}, 4 * time.Second},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, s subject) {
				w := newWorld(t)
				w.Fail(c.fault)
				grant, _ := s.grants(w)
				people := declare(2*parallelism, grant)
				p := s.start(t, w)
				const patience = 200 * time.Millisecond
				begun := time.Now()
				time.AfterFunc(patience, func() {
					_, _ = p.server.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{})
				})
				stopped := func(ctx context.Context, i *instance) error {
					if time.Since(begun) >= patience {
						return nil // Terraform begins nothing new
					}
					return p.apply(ctx, i)
				}
				if err := walk(t.Context(), people, stopped); err == nil {
					t.Error("nothing failed")
				}
				if took := time.Since(begun); took > patience+c.ends {
					t.Errorf("it ended %s after it was cancelled", took-patience)
				}
			})
		})
	}
}

// A quota is not a rate: what it refuses is not sent again, and the run says who was invited and who was not.
func TestQuotas(t *testing.T) {
	const quota, count = 7, 25
	for platform, c := range map[fake.Platform]struct {
		limit func(*fake.Switches)
		grant arguments
		says  string
	}{
		fake.IcePanel:     {func(s *fake.Switches) { s.IcePanel.Seats = quota }, arguments{"permission": "write"}, "No paid seat is left"},
		fake.ElasticCloud: {func(s *fake.Switches) { s.ElasticCloud.PendingLimit = quota }, nil, "limit"},
	} {
		on(t, platform, func(t *testing.T, s subject) {
			w := newWorld(t, c.limit)
			grant, _ := s.grants(w)
			if c.grant != nil {
				grant = c.grant
			}
			people := declare(count, grant)
			err := walk(t.Context(), people, s.start(t, w).apply)
			if err == nil {
				t.Fatal("nothing failed")
			}
			w.expectMails(t, quota)
			mailed := map[string]bool{}
			for _, mail := range w.Mails() {
				mailed[mail.To] = true
			}
			for _, person := range people {
				if person.exists() != mailed[person.email] {
					t.Errorf("%s: in state %t, mailed %t", person.email, person.exists(), mailed[person.email])
				}
				if said := complaintOf(err, person.email); mailed[person.email] == strings.Contains(said, c.says) {
					t.Errorf("%s: mailed %t, and the run says %q", person.email, mailed[person.email], said)
				}
			}
			// Each goes at most twice: with others, and, when those were refused together, alone.
			if sends := w.Count(fake.CreateInvite); sends > count+s.requests(count) {
				t.Errorf("%d requests to send %d invitations", sends, count)
			}
		})
	}
}

// complaintOf is what an error of a walk says of one person.
func complaintOf(err error, email string) string {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return ""
	}
	for _, one := range joined.Unwrap() {
		if said := complaintOf(one, email); said != "" {
			return said
		}
		if strings.HasPrefix(one.Error(), email+": ") {
			return one.Error()
		}
	}
	return ""
}

// The answer of one list is for all who wait for it, a failure too; but whoever asks later asks again.
func TestFailedListIsNotRemembered(t *testing.T) {
	for _, operation := range []fake.Operation{fake.ListInvites, fake.ListMembers} {
		t.Run(string(operation), func(t *testing.T) {
			onEach(t, func(t *testing.T, s subject) {
				// The latency has all ten wait for one answer.
				w := newWorld(t, func(switches *fake.Switches) { switches.Latency = fake.Duration(50 * time.Millisecond) })
				w.Fail(fake.Fault{Operation: operation, Times: 1, Status: http.StatusUnauthorized})
				grant, _ := s.grants(w)
				people := declare(parallelism, grant)
				p := s.start(t, w)
				apply := func() (err error) { return walk(t.Context(), people, p.apply) }
				failed := w.during(func() {
					if err := apply(); err == nil || !strings.Contains(fmt.Sprint(err), "401") {
						t.Errorf("got %v, want the refusal", err)
					}
				})
				if failed[operation] != 1 || failed[fake.CreateInvite] != 0 {
					t.Errorf("requests: %s", failed)
				}
				again := w.during(func() {
					if err := apply(); err != nil {
						t.Error(err)
					}
				})
				if again[operation] != 1 {
					t.Errorf("requests of the second attempt: %s", again)
				}
				w.expectMails(t, parallelism)
			})
		})
	}
}

// Two organizations have two lists, and two credentials too: nobody sees what another may see.
func TestNothingIsShared(t *testing.T) {
	onEach(t, func(t *testing.T, s subject) {
		w := newWorld(t)
		grant, _ := s.grants(w)
		here, there := declare(many, grant), declare(many, grant)
		for _, person := range there {
			person.config["organization_id"] = w.SecondOrganization(s.platform)
		}
		both := append(append([]*instance{}, here...), there...)
		p := s.start(t, w)
		got := w.during(func() {
			if err := walk(t.Context(), both, p.apply); err != nil {
				t.Fatal(err)
			}
		})
		want := counts{fake.ListInvites: 2, fake.ListMembers: 2, fake.CreateInvite: 2 * many}
		expect(t, got, want)
		paths := map[string]int{}
		for _, request := range w.Journal() {
			if request.Operation == fake.ListInvites {
				paths[request.Path]++
			}
		}
		if len(paths) != 2 {
			t.Errorf("the lists that were read: %v", paths)
		}

		// The same organization, in one process of the machine, for somebody else.
		first, second := s.start(t, w), s.start(t, w)
		got = w.during(func() {
			for _, p := range []*process{first, second} {
				if err := walk(t.Context(), here, p.refresh); err != nil {
					t.Fatal(err)
				}
			}
		})
		expect(t, got, counts{fake.ListInvites: 2 * s.pages(many)})

		// Whose credential does not get the list is not shown somebody else's.
		credential, _ := w.Credential(s.platform)
		stranger := s.start(t, w, arguments{credential: "somebody-elses"})
		if err := stranger.refresh(t.Context(), here[0]); err == nil || !strings.Contains(err.Error(), "401") {
			t.Errorf("with another credential: %v", err)
		}
	})
}
