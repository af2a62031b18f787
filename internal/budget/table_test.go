// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package budget_test

import (
	"slices"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// many is the N of the table: two pages where there are pages, and no multiple of any size of a batch.
const many = 103

// writes is how many requests may send, or revoke, so many invitations that agree.
func writes(platform testplatform.Platform, invitations int) int {
	if platform.Batches {
		return (invitations + 4) / 5
	}
	return invitations
}

// expect fails the test unless the requests are exactly these. Where a platform takes batches, there may be fewer that
// send and revoke. What a walk requests besides is added, see [testplatform.Platform.Walk].
func expect(t testing.TB, platform testplatform.Platform, got, want faketest.Counts) {
	t.Helper()
	for _, operation := range []fake.Operation{fake.CreateInvite, fake.RevokeInvite} {
		if platform.Batches && 0 < got[operation] && got[operation] < want[operation] {
			want[operation] = got[operation]
		}
	}
	want = platform.Walk(want)
	if got.String() != want.String() {
		t.Errorf("requests: got %s, want %s", got, want)
	}
}

func TestPlanOfCreates(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.declare(0, many, o.grants[0])
		got := o.During(func() {
			if count := changes(o.plan()); count != many {
				t.Errorf("%d creates are planned, want %d", count, many)
			}
		}).Count()
		expect(t, platform, got, platform.InvitingWalk(faketest.Counts{fake.ListInvites: 1, fake.ListMembers: 1}))
	})
}

func TestApplyOfCreates(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.declare(0, many, o.grants[0])
		expect(t, platform, o.apply(), platform.InvitingWalk(faketest.Counts{
			fake.ListInvites: 1, fake.ListMembers: 1, fake.CreateInvite: writes(platform, many),
		}))
		o.ExpectOneMailEach(t, many)
	})
}

// Where others are invited already, their pages come on top.
func TestApplyOfCreatesAmongOthers(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		clear(o.Declared)
		clear(o.State)
		o.declare(many, 2*many, o.grants[0])
		expect(t, platform, o.apply(), platform.InvitingWalk(faketest.Counts{
			fake.ListInvites: platform.Pages(many), fake.ListMembers: 1, fake.CreateInvite: writes(platform, many),
		}))
		o.ExpectOneMailEach(t, 2*many)
	})
}

func TestRefreshOfPending(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		got := o.During(func() {
			if count := changes(o.plan()); count != 0 {
				t.Errorf("%d changes are planned, want none", count)
			}
		}).Count()
		expect(t, platform, got, faketest.Counts{fake.ListInvites: platform.Pages(many)})
	})
}

func TestRefreshOfAccepted(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		o.accept(0, many)
		o.refresh()
		got := o.During(func() {
			if count := changes(o.plan()); count != 0 {
				t.Errorf("%d changes are planned, want none", count)
			}
		}).Count()
		expect(t, platform, got, faketest.Counts{})
		for n := range many {
			if person := o.person(n); person.Text("status") != "accepted" || person.Text("member_id") == "" {
				t.Fatalf("%s: %s", email(n), person)
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
			onEach(t, func(t *testing.T, platform testplatform.Platform) {
				o := newOrganization(t, platform)
				o.invite(many)
				o.seedMembers(c.others)
				o.accept(0, c.gone)
				want := faketest.Counts{
					fake.ListInvites: platform.Pages(many - c.gone), fake.ListMembers: platform.Pages(c.others + c.gone),
				}
				if slices.Contains(platform.Keeps, fake.Accepted) && !platform.OmitsWho {
					want[fake.ListMembers] = 0 // the list of invitations says who accepted
				}
				if platform.EndedApart {
					want[fake.ListFailedInvites] = 1
				}
				expect(t, platform, o.refresh(), want)
				for n := range c.gone {
					if person := o.person(n); person.Text("status") != "accepted" {
						t.Fatalf("%s: %s", email(n), person)
					}
				}
			})
		})
	}
}

func TestRefreshThatSeesRevocations(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		const gone = 30
		for n := range gone {
			if err := o.RevokeOutside(platform.Name, "", email(n)); err != nil {
				t.Fatal(err)
			}
		}
		<-time.After(2 * time.Minute) // a list may lag behind for one, and is looked at again until then
		o.seedMembers(250)
		want := faketest.Counts{
			fake.ListInvites: platform.Pages(many - gone), fake.ListMembers: platform.Pages(250),
		}
		if platform.EndedApart {
			want[fake.ListFailedInvites] = 1
		}
		expect(t, platform, o.refresh(), want)
		for n := range many {
			if there := o.person(n) != nil; there != (n >= gone) {
				t.Fatalf("%s: in state %t", email(n), there)
			}
		}
	})
}

func TestApplyOfDestroys(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		clear(o.Declared)
		want := faketest.Counts{fake.RevokeInvite: writes(platform, many)}
		if platform.IDIsEmail { // the platform's own ids are looked up
			want[fake.ListInvites] = platform.Pages(many)
		}
		expect(t, platform, o.apply(), want)
		if slices.ContainsFunc(o.Invitations(platform.Name, ""), func(i fake.Invitation) bool { return i.Status == fake.Pending }) {
			t.Error("somebody is still invited")
		}
	})
}

func TestDestroyOfAccepted(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.invite(many)
		o.accept(0, many)
		o.refresh()
		clear(o.Declared)
		expect(t, platform, o.apply(), faketest.Counts{})
	})
}

// A changed grant replaces: what is revoked and sent is all that is requested, beside the two lists.
func TestChangeOfGrant(t *testing.T) {
	onEach(t, func(t *testing.T, platform testplatform.Platform) {
		const many = 150 // so many that the list has as many pages when the first ones are revoked
		o := newOrganization(t, platform)
		o.invite(many)
		o.declare(0, many, o.grants[2])
		planned := o.During(func() {
			if count := changes(o.plan()); count != many {
				t.Errorf("%d changes are planned, want %d", count, many)
			}
		}).Count()
		expect(t, platform, planned, faketest.Counts{fake.ListInvites: platform.Pages(many)})
		expect(t, platform, o.apply(), platform.InvitingWalk(faketest.Counts{
			fake.ListInvites: platform.Pages(many), fake.ListMembers: 1,
			fake.RevokeInvite: writes(platform, many), fake.CreateInvite: writes(platform, many),
		}))
	})
}

// The names of Snyk's roles are looked up once for a walk, with two requests.
func TestRoleNames(t *testing.T) {
	on(t, testplatform.Of(fake.Snyk), func(t *testing.T, platform testplatform.Platform) {
		o := newOrganization(t, platform)
		o.declare(0, many, testplatform.SnykRole(o.Fake, "Developer"))
		names := faketest.Counts{fake.ListInvites: 1, fake.ListMembers: 1, fake.GetOrganization: 1, fake.ListRoles: 1}
		o.During(func() { o.plan() }).Expect(t, names)
		names[fake.CreateInvite] = many
		expect(t, platform, o.apply(), names)
	})
}
