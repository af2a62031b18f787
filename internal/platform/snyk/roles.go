package snyk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// role is one that can be granted in an organization.
type role struct {
	ID, Name, Description string
	// Custom is nil where Snyk does not say whether somebody made the role.
	Custom *bool
}

// ResolveGrant looks up the id of a role by its name. A role whose id is known
// needs no name, so that those who write ids need no access to the group.
func (b *backend) ResolveGrant(ctx context.Context, organization string, grant Grant) (Grant, error) {
	if grant.RoleID != "" {
		return grant, nil
	}
	if !grant.IsKnown() {
		return grant, &invite.Failure{
			Meaning: invite.ErrUnresolved,
			Advice: "Look at the invitation on the organization's Members page. " +
				"To grant a known role, revoke the invitation and send another one.",
			Err: errors.New("the role of the invitation is empty in Snyk's answer"),
		}
	}
	roles, err := b.rolesOf(ctx, organization)
	if err != nil {
		if failure := (*invite.Failure)(nil); errors.As(err, &failure) && errors.Is(err, invite.ErrUnresolved) {
			blamed := *failure
			blamed.Attribute = "role"
			return grant, &blamed
		}
		return grant, err
	}
	at := slices.IndexFunc(roles, func(r role) bool { return r.Name == grant.Role })
	if at < 0 {
		return grant, &invite.Failure{
			Meaning:   invite.ErrUnresolved,
			Attribute: "role",
			Advice:    "There are: " + names(roles) + ". Write the name just so, letter case included.",
			Err:       fmt.Errorf("the organization has no role %q", grant.Role),
		}
	}
	grant.RoleID = roles[at].ID
	return grant, nil
}

// names lists the roles for people.
func names(roles []role) string {
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

// rolesOf returns the roles of an organization. They are read once, for
// everybody who asks at the same time or later; a failure is not remembered.
func (b *backend) rolesOf(ctx context.Context, organization string) ([]role, error) {
	for {
		if roles, known := b.knownRoles(organization); known {
			return roles, nil
		}
		reply := b.flight.DoChan(organization, func() (any, error) {
			// Somebody's reading may have ended between the look above and here.
			if _, known := b.knownRoles(organization); known {
				return false, nil
			}
			roles, err := b.readRoles(ctx, organization)
			if err == nil {
				b.mu.Lock()
				defer b.mu.Unlock()
				b.roles[organization] = roles
			}
			return ctx.Err() != nil, err
		})
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case result := <-reply:
			// The one whose context carried the requests may have given up while we have not: then we ask ourselves.
			if gaveUp, _ := result.Val.(bool); result.Err != nil && (ctx.Err() != nil || !gaveUp) {
				return nil, result.Err
			}
		}
	}
}

func (b *backend) knownRoles(organization string) ([]role, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	roles, known := b.roles[organization]
	return roles, known
}
