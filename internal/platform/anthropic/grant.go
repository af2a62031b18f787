// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"errors"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const (
	administrativeAdvice = "The Admin API neither changes nor removes members with an administrative role. " +
		"Change or remove the person at " + removeAccess + "."
	groupsAdvice = "The Admin API changes only the role of a member. " +
		"Set rbac_group_ids back to what the invitation granted, " +
		"and change the person's groups in the organization's settings at claude.ai."
)

// Grant is what an invitation to Anthropic grants.
type Grant struct {
	// Role is passed through, because each kind of organization has its own roles.
	Role string
	// Groups are the ids of groups of Claude Enterprise. Nil is none if it is declared, and not shown in an answer.
	Groups []string
}

// Equal reports whether both grant the same. The order of the groups does not matter.
func (g Grant) Equal(other Grant) bool {
	return g.Role == other.Role && slices.Equal(sorted(g.Groups), sorted(other.Groups))
}

// MatchedBy reports whether answer describes this grant. An answer without groups leaves them out.
func (g Grant) MatchedBy(answer Grant) bool { return g.Equal(answer.CompletedBy(g)) }

// CompletedBy fills in groups that an answer leaves out.
func (g Grant) CompletedBy(same Grant) Grant {
	if g.Groups == nil {
		g.Groups = same.Groups
	}
	return g
}

// CheckChange refuses what the Admin API cannot change about a member.
func (g Grant) CheckChange(wanted Grant) error {
	if err := g.CheckRemoval(); err != nil {
		return err
	}
	if !slices.Equal(sorted(g.Groups), sorted(wanted.Groups)) {
		return &invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "rbac_group_ids", Advice: groupsAdvice,
			Err: errors.New("the groups of a member cannot be changed"),
		}
	}
	return nil
}

// CheckRemoval refuses members with an administrative role.
func (g Grant) CheckRemoval() error {
	if slices.Contains([]string{"admin", "owner", "primary_owner", "membership_admin"}, g.Role) {
		return &invite.Failure{
			Meaning: invite.ErrRefused, Attribute: "role", Advice: administrativeAdvice,
			Err: errors.New("the member has the role " + g.Role),
		}
	}
	return nil
}

// String describes the grant for people.
func (g Grant) String() string {
	if len(g.Groups) == 0 {
		return "role " + g.Role
	}
	return "role " + g.Role + ", groups " + strings.Join(sorted(g.Groups), ", ")
}

func sorted(groups []string) []string { return slices.Sorted(slices.Values(groups)) }
