// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// The roles that can be declared. GitHub lists members as "direct_member" among the invitations.
const (
	roleMember = "member"
	roleAdmin  = "admin"
	// directMember is how an invitation has the role member.
	directMember = "direct_member"
)

// Grant is what an invitation to GitHub grants.
type Grant struct {
	// Role is member or admin. Invitations that somebody else sent can have other ones.
	Role string
	// Teams are the ids of the teams that the person joins on acceptance, in ascending order.
	Teams []int64
	// unread says why Teams are not known; readTeams if they are.
	unread unreadTeams
	// invitation is the id of the invitation whose teams have to be requested, and count is how many it has; -1 if
	// GitHub does not show that.
	invitation string
	count      int
}

// unreadTeams says what is known of the teams of a [Grant].
type unreadTeams int

const (
	// readTeams: they are known.
	readTeams unreadTeams = iota
	// teamsOfInvitation have to be requested, because the list shows only their number.
	teamsOfInvitation
	// teamsOfMember are not shown: GitHub does not tell the teams of an invitation from those that a member joined later.
	teamsOfMember
)

// newTeams returns ids of teams in the form that a [Grant] has them.
func newTeams(ids []int64) []int64 {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}

// IsKnown reports whether GitHub's answer has the role.
func (g Grant) IsKnown() bool { return g.Role != "" }

// IsUnderstood reports whether the role can be declared. There are roles for billing managers and for people who come
// back, too.
func (g Grant) IsUnderstood() bool { return g.Role == roleMember || g.Role == roleAdmin }

// Equal reports whether both grant the same. Teams that are not known differ from all others.
func (g Grant) Equal(other Grant) bool {
	return g.unread == readTeams && other.unread == readTeams && g.Role == other.Role && slices.Equal(g.Teams, other.Teams)
}

// MatchedBy reports whether answer describes this grant. The teams of a member cannot be compared. Those of a listed
// invitation can, but have to be requested first: until then they count as different.
func (g Grant) MatchedBy(answer Grant) bool {
	switch {
	case g.Role != answer.Role:
		return false
	case g.unread == teamsOfMember || answer.unread == teamsOfMember:
		return true
	default:
		return g.Equal(answer)
	}
}

// IsAbridged reports whether the teams have to be requested: the list shows only their number.
func (g Grant) IsAbridged() bool { return g.unread == teamsOfInvitation }

// CompletedBy fills in teams that are not known from another answer about the same grant.
func (g Grant) CompletedBy(same Grant) Grant {
	if g.unread == readTeams {
		return g
	}
	same.Role = g.Role
	return same
}

// String describes the grant for people.
func (g Grant) String() string {
	text := "role " + cmp.Or(g.Role, "unknown")
	switch {
	case g.unread == teamsOfInvitation && g.count > 0:
		return fmt.Sprintf("%s, %d teams", text, g.count)
	case len(g.Teams) == 0:
		return text
	}
	teams := make([]string, 0, len(g.Teams))
	for _, id := range g.Teams {
		teams = append(teams, strconv.FormatInt(id, 10))
	}
	return text + ", teams " + strings.Join(teams, ", ")
}

// TakesSeat is true: each member takes a seat, whatever the role.
// https://docs.github.com/en/billing/concepts/product-billing/github-plans
func (g Grant) TakesSeat() bool { return true }

// CheckChange refuses other teams for a person who accepted: a membership does not show the teams of its invitation, so
// nobody could say later what is different.
func (g Grant) CheckChange(wanted Grant) error {
	if g.unread != readTeams || wanted.unread != readTeams || slices.Equal(g.Teams, wanted.Teams) {
		return nil
	}
	return &invite.Failure{
		Meaning:   invite.ErrRefused,
		Attribute: "team_ids",
		Advice:    teamsOfMembers,
		Err:       errors.New("after acceptance, team_ids cannot be changed"),
	}
}

// CheckRemoval is nil: GitHub lets an owner remove every member, and refuses by itself to remove the last owner.
func (g Grant) CheckRemoval() error { return nil }
