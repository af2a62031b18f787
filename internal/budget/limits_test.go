// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package budget_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// Many more than a platform lets through in a minute: all arrive, whatever the platform says of how long to wait.
func TestMoreThanTheRateLimit(t *testing.T) {
	for _, form := range []fake.RetryAfter{fake.AfterSeconds, fake.AfterDate, fake.AfterNothing, fake.AfterReset} {
		t.Run(string(form), func(t *testing.T) {
			onEach(t, func(t *testing.T, platform testplatform.Platform) {
				const count, perMinute = 150, 60
				o := newOrganization(t, platform, func(behaviors *fake.Behaviors) {
					common := behaviors.Common(platform.Name)
					// Where several travel with each other, the limit is as many times lower, so that it is reached.
					common.WritesPerMinute = max(1, writes(platform, count)*perMinute/count)
					common.RetryAfter = form
				})
				o.invite(count)
				o.ExpectOneMailEach(t, count)
				for n := range count {
					if person := o.person(n); person.Text("status") != "pending" {
						t.Fatalf("%s: %s", email(n), person)
					}
				}
				refused := 0
				for _, request := range o.Journal() {
					if request.Status == http.StatusTooManyRequests || request.Status == http.StatusForbidden {
						refused++
					}
				}
				// All wait together: a refusal concerns at most those who were on their way, not everybody in turn. Writes that
				// wait for each other may be so slow that none is refused.
				if refused == 0 && !platform.WritesInTurn || refused > count {
					t.Errorf("%d requests were refused for %d invitations", refused, count)
				}
			})
		})
	}
}

// A platform that never stops refusing: after ten minutes that is an error, and nothing else is.
func TestRefusedForGood(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.RateLimited})
		o.declare(0, parallelism, o.grants[0])
		plan, begun := o.plan(), time.Now()
		reports := o.Apply(t.Context(), plan)
		if !strings.Contains(fmt.Sprint(reports), "ten minutes") {
			t.Errorf("got %v, want the refusal", reports)
		}
		most := 13 * time.Minute
		if platform.WritesInTurn { // each one waits for the refusals of the others
			most += parallelism * time.Minute
		}
		if took := time.Since(begun); took < 10*time.Minute || took > most {
			t.Errorf("it gave up after %s", took)
		}
		o.ExpectMails(t)
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
			onEach(t, func(t *testing.T, platform testplatform.Platform) {
				o := newOrganization(t, platform)
				o.declare(0, 2*parallelism, o.grants[0])
				plan := o.plan()
				o.Fail(c.fault)
				const delay = 200 * time.Millisecond
				ctx, interrupt := context.WithCancel(t.Context())
				defer interrupt()
				o.Started = func(process *prototest.Process) {
					time.AfterFunc(delay, func() {
						interrupt() // Terraform begins nothing new
						process.Stop(t.Context())
					})
				}
				// What runs is ended by the provider alone: Terraform waits for it.
				o.Run = func(_ context.Context, work []func(context.Context)) {
					for at := range work {
						inner := work[at]
						work[at] = func(context.Context) { inner(t.Context()) }
					}
					prototest.Parallel(parallelism)(ctx, work)
				}
				begun := time.Now()
				if reports := o.Apply(t.Context(), plan); len(reports) == 0 {
					t.Error("nothing failed")
				}
				if took := time.Since(begun); took > delay+c.ends {
					t.Errorf("it ended %s after it was cancelled", took-delay)
				}
			})
		})
	}
}

// A quota is not a rate: what it refuses is not sent again, and the run says who was invited and who was not.
func TestQuotas(t *testing.T) {
	const quota, count = 7, 25
	for name, c := range map[fake.Platform]struct {
		limit func(*fake.Behaviors)
		grant int
		says  string
	}{
		fake.IcePanel:     {func(s *fake.Behaviors) { s.IcePanel.Seats = quota }, 1, "No paid seat is left"},
		fake.ElasticCloud: {func(s *fake.Behaviors) { s.ElasticCloud.PendingLimit = quota }, 0, "limit"},
	} {
		on(t, testplatform.Of(name), func(t *testing.T, platform testplatform.Platform) {
			o := newOrganization(t, platform, c.limit)
			o.declare(0, count, o.grants[c.grant])
			reports := o.Apply(t.Context(), o.plan())
			o.ExpectOneMailEach(t, quota)
			mailed := map[string]bool{}
			for _, mail := range o.Mails() {
				mailed[mail.To] = true
			}
			for n := range count {
				if there := o.person(n) != nil; there != mailed[email(n)] {
					t.Errorf("%s: in state %t, mailed %t", email(n), there, mailed[email(n)])
				}
				if said := errorOf(reports, o.address(n)); mailed[email(n)] == strings.Contains(said, c.says) {
					t.Errorf("%s: mailed %t, and the run says %q", email(n), mailed[email(n)], said)
				}
			}
			// Each goes at most twice: with others, and, when those were refused together, alone.
			if sends := o.Count(fake.CreateInvite); sends > count+writes(platform, count) {
				t.Errorf("%d requests to send %d invitations", sends, count)
			}
		})
	}
}

// errorOf is the error that is about one resource.
func errorOf(reports []prototest.Report, address string) string {
	for _, report := range reports {
		if report.Address == address && report.IsError() {
			return report.String()
		}
	}
	return ""
}

// create plans and creates everything that is declared, in one process. It returns the errors.
func (o *organization) create(process *prototest.Process) (errors []string) {
	failed := make(chan string, len(o.Declared))
	var work []func(context.Context)
	for _, declared := range o.Declared {
		work = append(work, func(ctx context.Context) {
			config := prototest.Value(o.Type(declared.Type), declared.Arguments)
			change, diags := process.Plan(ctx, declared.Type, nil, config, false)
			if !diags.HasErrors() {
				_, diags = process.Apply(ctx, change)
			}
			if diags.HasErrors() {
				failed <- diags.String()
			}
		})
	}
	prototest.Parallel(parallelism)(o.t.Context(), work)
	close(failed)
	for one := range failed {
		errors = append(errors, one)
	}
	return errors
}

// start starts a process of the provider.
func (o *organization) start(more prototest.Attributes) *prototest.Process {
	o.t.Helper()
	block := o.World.Block(o.platform.Name)
	maps.Copy(block, more)
	process, diags := o.Start(o.t.Context(), prototest.Attributes{string(o.platform.Name): block})
	if diags.HasErrors() {
		o.t.Fatal(diags)
	}
	return process
}

// The answer of one list is for all who wait for it, a failure too; but whoever asks later asks again.
func TestFailedListIsNotRemembered(t *testing.T) {
	for _, operation := range []fake.Operation{fake.ListInvites, fake.ListMembers} {
		t.Run(string(operation), func(t *testing.T) {
			onEach(t, func(t *testing.T, platform testplatform.Platform) {
				// The latency has all ten wait for one answer.
				o := newOrganization(t, platform, func(behaviors *fake.Behaviors) {
					behaviors.Latency = fake.Duration(50 * time.Millisecond)
				})
				o.Fail(fake.Fault{Operation: operation, Times: 1, Status: http.StatusUnauthorized})
				o.declare(0, parallelism, o.grants[0])
				process := o.start(nil)
				failed := o.During(func() {
					if errors := o.create(process); !strings.Contains(fmt.Sprint(errors), "401") {
						t.Errorf("got %v, want the refusal", errors)
					}
				}).Count()
				if failed[operation] != 1 || failed[fake.CreateInvite] != 0 {
					t.Errorf("requests: %s", failed)
				}
				again := o.During(func() {
					if errors := o.create(process); errors != nil {
						t.Error(errors)
					}
				}).Count()
				if again[operation] != 1 {
					t.Errorf("requests of the second attempt: %s", again)
				}
				o.ExpectOneMailEach(t, parallelism)
			})
		})
	}
}

// Two organizations have two lists, and two credentials too: nobody sees what another may see.
func TestNothingIsShared(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		if platform.OneOrganization {
			return // there is no second one
		}
		o := newOrganization(t, platform)
		second := prototest.Attributes{"organization_id": o.SecondOrganization(platform.Name)}
		o.declare(0, many, o.grants[0])
		o.declare(many, 2*many, platform.Grants(o.Fake, o.SecondOrganization(platform.Name))[0], second)
		got := o.apply()
		want := faketest.Counts{
			fake.ListInvites: 2, fake.ListMembers: 2, fake.CreateInvite: 2 * writes(platform, many),
		}
		if platform.EverybodyTakesSeat {
			want[fake.GetOrganization] = 2
		}
		expect(t, platform, got, want)
		paths := map[string]int{}
		for _, request := range o.Journal() {
			if request.Operation == fake.ListInvites {
				paths[request.Path]++
			}
		}
		if len(paths) != 2 {
			t.Errorf("the lists that were read: %v", paths)
		}

		// The same organization, in one process of the machine, for somebody else.
		for n := range many {
			delete(o.State, o.address(many+n))
		}
		expect(t, platform, o.refresh(), faketest.Counts{fake.ListInvites: platform.Pages(many)})
		expect(t, platform, o.refresh(), faketest.Counts{fake.ListInvites: platform.Pages(many)})

		// A credential that may not read the list is not shown what another one read.
		credential, _ := o.Credential(platform.Name)
		other := o.start(prototest.Attributes{credential: "somebody-elses"})
		_, diags := other.Refresh(t.Context(), platform.Resource(), o.person(0))
		if !strings.Contains(diags.Errors().String(), "401") {
			t.Errorf("with another credential: %v", diags)
		}
	})
}
