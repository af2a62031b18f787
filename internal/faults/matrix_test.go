// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

// The matrix works on one resource at a time, and the race detector would take its time with it. `make test` runs it
// without.

package faults

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// scene is one operation where an invitation needs it.
type scene struct {
	name string
	// operation is what fails. only is the platform that has it; empty: all of them.
	operation fake.Operation
	only      fake.Platform
	// arrange leads to where the operation is needed, without any failure.
	arrange func(*run)
	// mails is how many mails there are in the end, if the platform was reached at all.
	mails int
	// done reports whether everything is as declared.
	done func(*run) bool
}

func invite(r *run, declared declaration) {
	r.declare(0, declared)
	r.walk(pace{Workers: 1}, nil)
}

func accept(r *run) { r.outside(step{Do: "accept", Person: 0}) }

func inStateAs(status string) func(*run) bool {
	return func(r *run) bool { return r.held(r.at(0)).Text("status") == status }
}

func gone(r *run) bool { return r.held(r.at(0)) == nil && len(r.invited(ada, fake.Pending)) == 0 }

var scenes = []scene{
	{
		name: "list invites", operation: fake.ListInvites, mails: 1, done: inStateAs("pending"),
		arrange: func(r *run) { invite(r, declaration{}) },
	},
	{
		name: "create", operation: fake.CreateInvite, mails: 1, done: inStateAs("pending"),
		arrange: func(r *run) { r.declare(0, declaration{}) },
	},
	{
		name: "revoke", operation: fake.RevokeInvite, mails: 1, done: gone,
		arrange: func(r *run) { invite(r, declaration{}); r.undeclare(0) },
	},
	{
		name: "list members", operation: fake.ListMembers, mails: 1, done: inStateAs("accepted"),
		arrange: func(r *run) { invite(r, declaration{}); accept(r) },
	},
	{
		name: "update member", operation: fake.UpdateMember, mails: 1,
		arrange: func(r *run) {
			invite(r, declaration{Manage: true})
			accept(r)
			r.walk(pace{Workers: 1}, nil)
			r.declare(0, declaration{Manage: true, Grant: 1})
		},
		done: hasSecondGrant,
	},
	{
		name: "remove roles", operation: fake.RemoveRoles, only: fake.ElasticCloud, mails: 1,
		arrange: func(r *run) {
			invite(r, declaration{Manage: true, Grant: 2})
			accept(r)
			r.walk(pace{Workers: 1}, nil)
			r.declare(0, declaration{Manage: true, Grant: 1})
		},
		done: hasSecondGrant,
	},
	{
		name: "failed invitations", operation: fake.ListFailedInvites, only: fake.GitHub, mails: 1, done: inStateAs("accepted"),
		arrange: func(r *run) { invite(r, declaration{}); accept(r) },
	},
	{
		name: "membership", operation: fake.GetMember, only: fake.GitHub, mails: 1,
		arrange: func(r *run) {
			invite(r, declaration{Manage: true})
			accept(r)
			r.walk(pace{Workers: 1}, nil)
			r.declare(0, declaration{Manage: true, Grant: 1})
		},
		done: hasSecondGrant,
	},
	{
		name: "remove member", operation: fake.RemoveMember, mails: 1,
		arrange: func(r *run) {
			invite(r, declaration{Manage: true})
			accept(r)
			r.walk(pace{Workers: 1}, nil)
			r.undeclare(0)
		},
		done: func(r *run) bool { return r.held(r.at(0)) == nil && !r.isMember(ada) },
	},
	{
		name: "roles", operation: fake.ListRoles, only: fake.Snyk, mails: 1, done: inStateAs("pending"),
		arrange: func(r *run) { r.declare(0, declaration{}) },
	},
	{
		name: "organization", operation: fake.GetOrganization, only: fake.Snyk, mails: 1, done: inStateAs("pending"),
		arrange: func(r *run) { r.declare(0, declaration{}) },
	},
}

func hasSecondGrant(r *run) bool {
	for _, member := range r.fake.Members(r.platform.Name, "") {
		if member.Email == ada {
			want := r.grants[1].Fake
			if want.RoleID != "" {
				return member.Grant.RoleID == want.RoleID
			}
			return sameGrant(member.Grant, want)
		}
	}
	return false
}

// cell is one scene under one failure.
type cell struct {
	platform fake.Platform
	scene    string
	failure  string
}

// TestMatrix lets every failure meet every operation. The user sees what the table says, state is kept, the person gets one
// mail, and one more apply puts everything right.
func TestMatrix(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			t.Parallel()
			cells := 0
			for _, failure := range failures {
				for _, scene := range scenes {
					if scene.only != "" && scene.only != platform.Name || !failure.applies(platform.Name, scene.operation) {
						continue
					}
					cells++
					here := cell{platform.Name, scene.name, failure.name}
					t.Run(scene.name+", "+failure.name, func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) { meet(t, platform, scene, failure, want(here, failure)) })
					})
				}
			}
			t.Logf("%d cells", cells)
		})
	}
}

// answeredNothing reports whether the platform answers the operation without a body.
func answeredNothing(r *run, operation fake.Operation) bool {
	return slices.ContainsFunc(r.fake.Journal(), func(r fake.Request) bool {
		return r.Operation == operation && r.Status == http.StatusNoContent
	})
}

// meet plays one cell.
func meet(t *testing.T, platform testplatform.Platform, scene scene, failure failure, want string) {
	var behaviors fake.Behaviors
	if platform.Terse != nil {
		platform.Terse(&behaviors)
	}
	o := newOrganization(t.Context(), platform, behaviors, true)
	defer o.close()
	r := newRun(o)
	r.outside(step{Do: "join", Person: 1})
	scene.arrange(r)
	if r.broken != "" {
		t.Fatal("while arranging: ", r.broken)
	}
	state, mails := r.State, len(r.ownMails(0))

	failure.arm(r, scene.operation)
	r.fake.ResetJournal()
	out := r.walk(pace{Workers: 1}, nil)
	if failure.connections == 0 && r.fake.Count(scene.operation) == 0 {
		t.Errorf("the operation was never requested: %v", r.fake.Journal())
	}
	if failure.fault.Kind == fake.WrongType && answeredNothing(r, scene.operation) {
		want = "" // the status is the whole answer, and there is no body that could be wrong
	}
	errors := slices.DeleteFunc(slices.Clone(out.reports), func(r prototest.Report) bool { return !r.IsError() })
	switch {
	case want == "" && len(errors) > 0:
		t.Errorf("errors: got %v, want none", errors)
	case want != "" && len(errors) == 0:
		t.Errorf("no error, want one with %q", want)
	case want != "" && !strings.Contains(errors[0].Summary+"\n"+errors[0].Detail, want):
		t.Errorf("error:\n%s\nwant one with %q", errors[0], want)
	}
	for _, one := range errors {
		if !strings.Contains(strings.ToLower(one.Summary), ada) {
			t.Errorf("the summary does not name the person: %s", one)
		}
	}
	if len(errors) > 0 {
		for address, before := range state {
			if now := r.held(address); now == nil || !now.Value.Equal(before.Current.Value) {
				t.Errorf("state was not kept after an error:\nbefore %s\nafter  %s", before.Current, now)
			}
		}
	}
	if len(r.ownMails(mails)) > 1 {
		t.Error("more than one mail")
	}

	r.calm()
	again := r.walk(pace{Workers: 1}, nil)
	var remaining strings.Builder
	for _, one := range again.reports {
		if one.IsError() {
			remaining.WriteString(one.String())
		}
	}
	if !scene.done(r) && !strings.Contains(remaining.String(), "import {") {
		t.Errorf("one more apply does not put it right:\n%s", remaining.String())
	}
	if got := len(r.ownMails(0)); got != scene.mails {
		t.Errorf("%d mails in the end, want %d", got, scene.mails)
	}
	if !r.isMember(bob) {
		t.Error("a member whom nothing was declared about is gone")
	}
	r.checkNothingLost(again)
	if r.broken != "" {
		t.Error(r.broken)
	}
}
