// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
)

// ResolveGrant looks up the id of a role by its name. A grant with an id is returned as it is, so that a token without
// access to the group can grant roles by id.
func (b *backend) ResolveGrant(ctx context.Context, organization string, grant Grant) (Grant, error) {
	if grant.RoleID != "" {
		return grant, nil
	}
	if !grant.IsKnown() {
		return grant, &invite.Failure{
			Meaning: invite.ErrUnresolved,
			Advice:  emptyRole,
			Err:     errors.New("the role of the invitation is empty in Snyk's answer"),
		}
	}
	roles, err := b.rolesOf(organization).All(ctx)
	if err != nil {
		return grant, blameRole(err)
	}
	for _, role := range roles {
		if role.Name == grant.Role {
			grant.RoleID = role.PublicID
			return grant, nil
		}
	}
	return grant, &invite.Failure{
		Meaning:   invite.ErrUnresolved,
		Attribute: "role",
		Advice:    "The roles are: " + names(roles) + ". Write the name exactly as it is there, letter case included.",
		Err:       fmt.Errorf("the organization has no role %q", grant.Role),
	}
}

// blameRole names the argument role in the error of a list of roles that the token may not read, or that there is not.
func blameRole(err error) error {
	failure, ok := errors.AsType[*invite.Failure](err)
	if !ok || !errors.Is(err, invite.ErrUnresolved) {
		return err
	}
	blamed := *failure
	blamed.Attribute = "role"
	return &blamed
}

// names lists the names of roles for people.
func names(roles []wireRole) string {
	if len(roles) == 0 {
		return "none"
	}
	quoted := make([]string, 0, len(roles))
	for _, r := range roles {
		quoted = append(quoted, fmt.Sprintf("%q", r.Name))
	}
	slices.Sort(quoted)
	return strings.Join(quoted, ", ")
}

// rolesOf is the list of the roles of an organization, which is read when it is first needed.
func (b *backend) rolesOf(organization string) *listcache.Cache[wireRole] {
	b.mu.Lock()
	defer b.mu.Unlock()
	list, found := b.roles[organization]
	if !found {
		list = listcache.New(
			func(ctx context.Context) ([]wireRole, error) { return b.readRoles(ctx, organization) },
			func(role wireRole) string { return role.PublicID },
			func(wireRole) []string { return nil },
		)
		b.roles[organization] = list
	}
	return list
}
