// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// reads is one row: how the fake behaves, who is there, and the reading that the live check must find.
type reads struct {
	question string
	set      func(*fake.Behaviors)
	seed     func(t *testing.T, w *world, p fake.Platform)
	email    string // of the caller; empty: nothing is sent
	want     string
}

func nothing(*testing.T, *world, fake.Platform) {}

// all joins what is seeded.
func all(seeds ...func(*testing.T, *world, fake.Platform)) func(*testing.T, *world, fake.Platform) {
	return func(t *testing.T, w *world, p fake.Platform) {
		t.Helper()
		for _, seed := range seeds {
			seed(t, w, p)
		}
	}
}

func members(seeds ...fake.Member) func(*testing.T, *world, fake.Platform) {
	return func(t *testing.T, w *world, p fake.Platform) {
		t.Helper()
		for _, seed := range seeds {
			w.member(t, p, seed)
		}
	}
}

func invitations(seeds ...fake.Invitation) func(*testing.T, *world, fake.Platform) {
	return func(t *testing.T, w *world, p fake.Platform) {
		t.Helper()
		for _, seed := range seeds {
			w.invited(t, p, seed)
		}
	}
}

// crowd are as many people of a kind as do not fit on one page of ten.
func crowd(p func(n int)) {
	for n := range 11 {
		p(n)
	}
}

func people(t *testing.T, w *world, p fake.Platform) {
	t.Helper()
	w.populate(t, p)
}

// accepted is somebody who accepted an invitation.
func accepted(t *testing.T, w *world, p fake.Platform) {
	t.Helper()
	w.invited(t, p, fake.Invitation{Email: "hamilton@example.com"})
	if _, err := w.Accept(p, "", "hamilton@example.com"); err != nil {
		t.Fatal(err)
	}
}

// ago is an invitation that was sent some days ago. On GitHub, those older than a week have failed.
func ago(id string, days int) fake.Invitation {
	return fake.Invitation{
		ID: id, Email: fmt.Sprintf("person%s@example.com", id),
		CreatedAt: time.Now().Add(-time.Duration(days) * 24 * time.Hour),
	}
}

var commonRows = []reads{
	{question: "members_forbidden", want: "false"},
	{
		question: "members_forbidden", want: "true",
		set: forEach(func(c *fake.CommonBehaviors) { c.MembersForbidden = true }),
	},
	{question: "list_lag", want: "not asked: it needs LIVE_EMAIL"},
	{question: "list_lag", email: caller, want: "none"},
	{
		question: "list_lag", email: caller, want: "some",
		set: forEach(func(c *fake.CommonBehaviors) { c.ListLag = fake.Duration(time.Hour) }),
	},
	{question: "emails", want: "not decided: no listed address shows it"},
	{question: "emails", seed: people, want: "not decided: no listed address shows it"},
	{question: "emails", email: "some.caller@exämple.com", want: "as_sent or lower_cased"},
	{question: "emails", email: "Some.Caller@exämple.com", want: "as_sent"},
	{
		question: "emails", want: "as_sent",
		seed: invitations(fake.Invitation{Email: "Some.Caller+tag@exämple.com"}),
	},
	{
		question: "emails", email: "Some.Caller@example.com", want: "lower_cased",
		set: forEach(func(c *fake.CommonBehaviors) { c.Emails = fake.LowerCased }),
	},
	{
		question: "emails", email: "Some.Caller@example.com", want: "without_tag",
		set: forEach(func(c *fake.CommonBehaviors) { c.Emails = fake.WithoutTag }),
	},
	{
		question: "emails", email: "Some.Caller@example.com", want: "without_dots",
		set: forEach(func(c *fake.CommonBehaviors) { c.Emails = fake.WithoutDots }),
	},
	{
		question: "emails", email: "Some.Caller@exämple.com", want: "punycode",
		set: forEach(func(c *fake.CommonBehaviors) { c.Emails = fake.Punycode }),
	},
	{question: "existing_member", email: caller, want: "not asked: it could mail a member"},
}

// forEach changes what every platform has.
func forEach(change func(*fake.CommonBehaviors)) func(*fake.Behaviors) {
	return func(b *fake.Behaviors) {
		for _, p := range fake.Platforms {
			change(b.Common(p))
		}
	}
}

func icepanelRows() []reads {
	set := func(how fake.Landscapes) func(*fake.Behaviors) {
		return func(b *fake.Behaviors) { b.IcePanel.LandscapePermissions = how }
	}
	landscapes := func(permission string) fake.Invitation {
		return fake.Invitation{Email: "liskov@example.com", Grant: fake.Grant{
			Permission: permission, LandscapePermissions: map[string]bool{"abc": true},
		}}
	}
	unset := fake.Invitation{Email: "dijkstra@example.com"}
	withLandscapes := all(people, members(fake.Member{
		Email: "hamilton@example.com", Grant: fake.Grant{LandscapePermissions: map[string]bool{"abc": true}},
	}))
	const dropping = "dropped_for_admin_and_billing"
	return []reads{
		{question: "landscape_permissions", want: "not decided: no invitation is listed"},
		{question: "landscape_permissions", seed: invitations(unset, landscapes("admin")), want: "as_sent"},
		{
			question: "landscape_permissions", seed: invitations(unset, landscapes("admin")), email: caller,
			set: set(fake.LandscapesAbsent), want: "absent",
		},
		{
			question: "landscape_permissions", seed: invitations(unset, landscapes("admin")), email: caller,
			set: set(fake.LandscapesEmptyIfUnset), want: "as_sent or empty_if_unset",
		},
		{
			question: "landscape_permissions", seed: invitations(unset, landscapes("admin")), email: caller,
			set: set(fake.LandscapesNotForAdmins), want: "as_sent or " + dropping,
		},
		{question: "omit_user_landscapes", seed: withLandscapes, want: "false"},
		{
			question: "omit_user_landscapes", seed: withLandscapes, want: "true",
			set: func(b *fake.Behaviors) { b.IcePanel.OmitUserLandscapes = true },
		},
		{
			question: "omit_user_landscapes", seed: people,
			want: "not decided: no user with landscape permissions is shown",
		},
		{question: "omit_used_by", seed: people, want: "not decided: nobody in the list of invitations to look at"},
		{question: "omit_used_by", seed: accepted, want: "false"},
		{
			question: "omit_used_by", seed: accepted, want: "true",
			set: func(b *fake.Behaviors) { b.IcePanel.OmitUsedBy = true },
		},
	}
}

func snykRows() []reads {
	next := func(form fake.NextLink) func(*fake.Behaviors) {
		return func(b *fake.Behaviors) { b.Snyk.NextLink = form }
	}
	manyInvitations := func(t *testing.T, w *world, p fake.Platform) {
		t.Helper()
		crowd(func(n int) { w.invited(t, p, fake.Invitation{Email: fmt.Sprintf("i%d@example.com", n)}) })
	}
	manyMembers := func(t *testing.T, w *world, p fake.Platform) {
		t.Helper()
		crowd(func(n int) { w.member(t, p, fake.Member{Email: fmt.Sprintf("m%d@example.com", n)}) })
	}
	return []reads{
		{question: "next_link", seed: people, want: "not decided: no more than ten invitations and ten members"},
		{question: "next_link", seed: manyInvitations, want: "relative"},
		{question: "next_link", seed: manyMembers, set: next(fake.NextWithRest), want: "relative_with_rest"},
		{question: "next_link", seed: manyMembers, set: next(fake.NextAbsolute), want: "absolute"},
		{question: "next_link", seed: manyInvitations, set: next(fake.NextObject), want: "object"},
		{question: "null_next_at_end", want: "false"},
		{question: "null_next_at_end", set: func(b *fake.Behaviors) { b.Snyk.NullNextAtEnd = true }, want: "true"},
		{question: "email_filter_substring", want: "not decided: no member to look for"},
		{question: "email_filter_substring", seed: people, want: "false"},
		{
			question: "email_filter_substring", seed: people, want: "true",
			set: func(b *fake.Behaviors) { b.Snyk.EmailFilterSubstring = true },
		},
		{question: "created_role", want: "not asked: it needs LIVE_EMAIL"},
		{question: "created_role", email: caller, want: "id"},
		{
			question: "created_role", email: caller, want: "name",
			set: func(b *fake.Behaviors) { b.Snyk.CreatedRole = fake.RoleName },
		},
		{question: "omit_roles", want: "not decided: neither an invitation nor a member to look at"},
		{question: "omit_roles", seed: people, want: "false"},
		{question: "omit_roles", seed: people, set: func(b *fake.Behaviors) { b.Snyk.OmitRoles = true }, want: "true"},
		{question: "omit_membership_ids", seed: people, want: "false"},
		{
			question: "omit_membership_ids", seed: people, want: "true",
			set: func(b *fake.Behaviors) { b.Snyk.OmitMembershipIDs = true },
		},
	}
}

func elasticCloudRows() []reads {
	everything := true
	grant := fake.Grant{RoleAssignments: &fake.RoleAssignments{
		Project: map[string][]fake.RoleAssignment{"security": {{RoleID: "security-viewer", All: &everything}}},
	}}
	granted := all(
		members(fake.Member{Email: "hopper@example.com", Grant: grant}),
		invitations(fake.Invitation{Email: "liskov@example.com", Grant: grant}))
	expired := invitations(fake.Invitation{Email: "liskov@example.com", ExpiresAt: time.Now().Add(-time.Hour)})
	set := func(change func(*fake.ElasticCloudBehaviors)) func(*fake.Behaviors) {
		return func(b *fake.Behaviors) { change(&b.ElasticCloud) }
	}
	lists := func(how fake.UnsetLists) func(*fake.Behaviors) {
		return set(func(b *fake.ElasticCloudBehaviors) { b.UnsetLists = how })
	}
	return []reads{
		{question: "keep_accepted", want: "not decided: nobody seems to have accepted an invitation"},
		{question: "keep_accepted", seed: all(people, accepted), want: "false"},
		{
			question: "keep_accepted", seed: accepted, want: "true",
			set: set(func(b *fake.ElasticCloudBehaviors) { b.KeepAccepted = true }),
		},
		{question: "drop_expired", seed: expired, want: "false"},
		{
			question: "drop_expired", seed: expired, want: "not decided: no expired invitation is listed",
			set: set(func(b *fake.ElasticCloudBehaviors) { b.DropExpired = true }),
		},
		{question: "hide_member_emails", seed: people, want: "false"},
		{
			question: "hide_member_emails", seed: people, want: "true",
			set: set(func(b *fake.ElasticCloudBehaviors) { b.HideMemberEmails = true }),
		},
		{question: "unset_lists", seed: people, want: "not decided: nobody with role assignments is listed"},
		{question: "unset_lists", seed: granted, want: "absent"},
		{question: "unset_lists", seed: granted, set: lists(fake.ListsNull), want: "null"},
		{question: "unset_lists", set: lists(fake.ListsEmpty), email: caller, want: "empty"},
		{
			question: "omit_role_assignments", seed: people,
			want: "not decided: no invitation that surely grants roles is listed",
		},
		{
			question: "omit_role_assignments", seed: members(fake.Member{Email: "hopper@example.com", Grant: grant}),
			email: caller, want: "not decided: no invitation that surely grants roles is listed",
		},
		{question: "omit_role_assignments", seed: granted, want: "false"},
		{
			question: "omit_role_assignments", seed: granted, want: "true",
			set: set(func(b *fake.ElasticCloudBehaviors) { b.OmitRoleAssignments = true }),
		},
		{question: "project_roles", seed: people, want: "not decided: nobody with a role for projects is listed"},
		{question: "project_roles", seed: granted, want: "as_sent"},
		{
			question: "project_roles", seed: granted, want: "unprefixed",
			set: set(func(b *fake.ElasticCloudBehaviors) { b.ProjectRoles = fake.ProjectRolesUnprefixed }),
		},
	}
}

func gitHubRows() []reads {
	set := func(change func(*fake.GitHubBehaviors)) func(*fake.Behaviors) {
		return func(b *fake.Behaviors) {
			b.GitHub.FailedKept = fake.Duration(90 * 24 * time.Hour)
			change(&b.GitHub)
		}
	}
	default90 := set(func(*fake.GitHubBehaviors) {})
	failed := invitations(ago("100", 10), ago("200", 5))
	outside := members(fake.Member{Email: "knuth@elsewhere.example"})
	query := func(what fake.QueryErrors) func(*fake.Behaviors) {
		return set(func(b *fake.GitHubBehaviors) { b.QueryErrors = what })
	}
	noDomains := func(b *fake.GitHubBehaviors) { b.VerifiedDomains = []string{} }
	fields := func(how fake.FailedFields) func(*fake.Behaviors) {
		return set(func(b *fake.GitHubBehaviors) { b.FailedFields = how })
	}
	return []reads{
		{question: "page_link", want: "not decided: fewer than two invitations are pending"},
		{question: "page_link", seed: people, want: "number"},
		{
			question: "page_link", seed: people, want: "login",
			set: set(func(b *fake.GitHubBehaviors) { b.PageLink = fake.PageByLogin }),
		},
		{question: "failed_id", seed: failed, set: default90, want: "new_id"},
		{
			question: "failed_id", seed: failed, want: "same_id",
			set: set(func(b *fake.GitHubBehaviors) { b.FailedID = fake.FailedSameID }),
		},
		{
			question: "failed_id", seed: people,
			want: "not decided: no invitation is pending that was sent while a failed one was",
		},
		{question: "failed_kept", want: "not decided: no failed invitation is listed"},
		{
			question: "failed_kept", seed: invitations(ago("100", 10), ago("300", 12)), set: default90,
			want: "at least 5 days",
		},
		{
			question: "failed_kept", seed: failed, want: "not decided: no failed invitation is listed",
			set: set(func(b *fake.GitHubBehaviors) { b.FailedKept = -1 }),
		},
		{question: "failed_fields", want: "not decided: no invitation is pending"},
		{question: "failed_fields", seed: people, want: "null"},
		{question: "failed_fields", email: caller, want: "null"},
		{question: "failed_fields", seed: people, set: fields(fake.FailedAbsent), want: "absent"},
		{question: "failed_fields", seed: people, set: fields(fake.FailedEmpty), want: "empty"},
		{question: "omit_failed_reason", seed: failed, set: default90, want: "false"},
		{
			question: "omit_failed_reason", seed: failed, want: "true",
			set: set(func(b *fake.GitHubBehaviors) { b.OmitFailedReason = true }),
		},
		{question: "query_errors", seed: people, want: "none"},
		{question: "query_errors", seed: people, set: query(fake.QueryPartial), want: "partial"},
		{question: "query_errors", seed: people, set: query(fake.QueryForbidden), want: "forbidden"},
		{question: "query_errors", seed: people, set: query(fake.QueryScopes), want: "insufficient_scopes"},
		{question: "query_errors", seed: people, set: query(fake.QueryTimeout), want: "timeout"},
		{question: "scopes", want: "not decided: it is no classic token"},
		{question: "verified_domains", seed: people, want: "some"},
		{question: "verified_domains", seed: people, set: set(noDomains), want: "none"},
		{question: "hidden_members", want: "not decided: no member is listed"},
		{
			question: "hidden_members", seed: people, set: query(fake.QueryPartial),
			want: "not decided: the query reports errors",
		},
		{question: "hidden_members", seed: all(people, outside), want: "nobody"},
		{
			question: "hidden_members", seed: all(people, outside), want: "unverified",
			set: set(func(b *fake.GitHubBehaviors) { b.HiddenMembers = fake.Unverified }),
		},
		{
			question: "hidden_members", seed: people, want: "everybody",
			set: set(func(b *fake.GitHubBehaviors) { b.HiddenMembers = fake.Everybody }),
		},
		{question: "hide_plan", set: set(func(b *fake.GitHubBehaviors) { b.Seats = 5 }), want: "false"},
		{question: "hide_plan", set: set(func(b *fake.GitHubBehaviors) { b.HidePlan = true }), want: "true"},
	}
}

func anthropicRows() []reads {
	set := func(change func(*fake.AnthropicBehaviors)) func(*fake.Behaviors) {
		return func(b *fake.Behaviors) { change(&b.Anthropic) }
	}
	member := func(role string) func(*testing.T, *world, fake.Platform) {
		return members(fake.Member{Email: "hopper@example.com", Grant: fake.Grant{Role: role}})
	}
	me := members(fake.Member{Email: caller})
	return []reads{
		{
			question: "enterprise", seed: people,
			want: "not decided: nobody has a role of only one kind of organization",
		},
		{question: "enterprise", seed: member("developer"), want: "false"},
		{
			question: "enterprise", seed: member("owner"), want: "true",
			set: set(func(b *fake.AnthropicBehaviors) { b.Enterprise = true }),
		},
		{question: "drop_ended", want: "not decided: nobody seems to have accepted an invitation"},
		{question: "drop_ended", seed: all(people, accepted), want: "false"},
		{
			question: "drop_ended", seed: all(people, accepted), want: "true",
			set: set(func(b *fake.AnthropicBehaviors) { b.DropEnded = true }),
		},
		{question: "hide_deleted", want: "not asked: it needs LIVE_EMAIL"},
		{question: "hide_deleted", email: caller, want: "false"},
		{
			question: "hide_deleted", email: caller, want: "true",
			set: set(func(b *fake.AnthropicBehaviors) { b.HideDeleted = true }),
		},
		{question: "create_exactly", want: "not asked: it needs LIVE_EMAIL"},
		{
			question: "create_exactly", seed: people, email: caller,
			want: "not decided: the address without its tag is not a member's",
		},
		{question: "create_exactly", seed: me, email: caller, want: "false"},
		{
			question: "create_exactly", seed: me, email: caller, want: "true",
			set: set(func(b *fake.AnthropicBehaviors) { b.CreateExactly = true }),
		},
		{question: "omit_new_fields", seed: people, want: "false"},
		{
			question: "omit_new_fields", seed: people, want: "true",
			set: set(func(b *fake.AnthropicBehaviors) { b.OmitNewFields = true }),
		},
	}
}

// TestReadings: the live check finds out how the fake behaves.
func TestReadings(t *testing.T) {
	t.Parallel()
	rows := map[fake.Platform][]reads{
		fake.IcePanel: icepanelRows(), fake.Snyk: snykRows(), fake.ElasticCloud: elasticCloudRows(),
		fake.GitHub: gitHubRows(), fake.Anthropic: anthropicRows(),
	}
	for _, p := range fake.Platforms {
		asked := map[string]bool{}
		for _, row := range append(slices.Clone(commonRows), rows[p]...) {
			asked[row.question] = true
			var behaviors fake.Behaviors
			if row.set != nil {
				row.set(&behaviors)
			}
			if row.seed == nil {
				row.seed = nothing
			}
			w := newWorld(t, fake.Options{Behaviors: behaviors})
			w.only(p)
			w.environment[emailVariable] = row.email
			row.seed(t, w, p)
			found, err := w.check(t.Context(), t)
			if got := reading(found, row.question); err != nil || got != row.want {
				t.Errorf("%s: %s: %q, want %q (%v)", p, row.question, got, row.want, err)
			}
			if row.email == "" && len(w.writes()) > 0 {
				t.Errorf("%s: %s: written without %s", p, row.question, emailVariable)
			}
		}
		requireEvery(t, p, asked)
	}
}

// requireEvery: every question of a platform that is asked has a row.
func requireEvery(t *testing.T, p fake.Platform, asked map[string]bool) {
	t.Helper()
	for _, one := range provider.Platforms() {
		for _, q := range one.Questions.Questions {
			if strings.EqualFold(one.Name, string(p)) && q.Decide != nil && !asked[q.Name] {
				t.Errorf("%s: no row asks %s", p, q.Name)
			}
		}
	}
}
