// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"errors"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

func TestGrants(t *testing.T) {
	plain, admin := Grant{Role: roleMember}, Grant{Role: roleAdmin}
	teams, other := Grant{Role: roleMember, Teams: newTeams([]int64{2, 1, 2})}, Grant{Role: roleMember, Teams: []int64{1, 3}}
	unread := Grant{Role: roleMember, unread: teamsOfInvitation, invitation: "9", count: 2}
	member, owner := memberGrant("MEMBER"), memberGrant("ADMIN")
	for _, c := range []struct {
		grant, answer  Grant
		equal, matched bool
	}{
		{plain, plain, true, true},
		{plain, admin, false, false},
		{teams, Grant{Role: roleMember, Teams: []int64{1, 2}}, true, true},
		{teams, other, false, false},
		{plain, teams, false, false},
		// The number of teams is no evidence for which they are.
		{teams, unread, false, false},
		{plain, unread, false, false},
		{unread, unread, false, false},
		// The teams of a member cannot be compared, but the role can.
		{teams, member, false, true},
		{plain, member, false, true},
		{member, member, false, true},
		{teams, owner, false, false},
		{admin, owner, false, true},
	} {
		if got := c.grant.Equal(c.answer); got != c.equal {
			t.Errorf("%v equals %v: %t", c.grant, c.answer, got)
		}
		if got := c.grant.MatchedBy(c.answer); got != c.matched {
			t.Errorf("%v is matched by %v: %t", c.grant, c.answer, got)
		}
	}
	if got := owner.CompletedBy(teams); !got.Equal(Grant{Role: roleAdmin, Teams: teams.Teams}) {
		t.Errorf("completed to %v", got)
	}
	if got := teams.CompletedBy(other); !got.Equal(teams) {
		t.Errorf("what is known became %v", got)
	}
	for grant, want := range map[*Grant]string{
		&plain: "role member", &teams: "role member, teams 1, 2", &unread: "role member, 2 teams", &owner: "role admin",
		{unread: teamsOfInvitation, count: -1}: "role unknown",
	} {
		if grant.String() != want {
			t.Errorf("got %q, want %q", grant, want)
		}
	}
}

// Roles that cannot be declared count as different from every declared one, and a missing role as not known.
func TestRolesThatCannotBeDeclared(t *testing.T) {
	for role, want := range map[string][2]bool{
		roleMember: {true, true}, roleAdmin: {true, true}, "billing_manager": {true, false}, "reinstate": {true, false}, "": {false, false},
	} {
		grant := wireInvite{ID: 1, Role: role}.grant()
		if got := [2]bool{grant.IsKnown(), grant.IsUnderstood()}; got != want {
			t.Errorf("%q: known and understood: %t", role, got)
		}
	}
}

// After acceptance, the teams cannot be changed. The role can.
func TestCheckChange(t *testing.T) {
	has := Grant{Role: roleMember, Teams: []int64{1}}
	for _, wanted := range []Grant{{Role: roleMember}, {Role: roleAdmin, Teams: []int64{1, 2}}, {Role: roleMember, Teams: []int64{2}}} {
		failure, ok := errors.AsType[*invite.Failure](has.CheckChange(wanted))
		if !ok || failure.Attribute != "team_ids" || !errors.Is(failure, invite.ErrRefused) {
			t.Errorf("%v: got %v", wanted, failure)
		}
	}
	if err := has.CheckChange(Grant{Role: roleAdmin, Teams: []int64{1}}); err != nil {
		t.Error(err)
	}
	if err := memberGrant("MEMBER").CheckChange(has); err != nil {
		t.Errorf("teams that are not known cannot differ: %v", err)
	}
	if err := has.CheckRemoval(); err != nil || !has.TakesSeat() {
		t.Errorf("got %v, takes a seat: %t", err, has.TakesSeat())
	}
}
