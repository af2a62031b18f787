// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
)

// Backend is one platform as the lifecycle sees it: four verbs. What must hold on every platform is in [Service], once.
//
// An error is a [Failure] if it has a meaning for the lifecycle. Many goroutines use a Backend at once.
type Backend[G Grant[G]] interface {
	// Invites reads all invitations that the platform lists, every page of them.
	Invites(ctx context.Context, organization string) ([]Invite[G], error)
	// Members reads all members, every page of them.
	Members(ctx context.Context, organization string) ([]Member[G], error)
	// Send creates an invitation, which mails the person. The lifecycle never repeats it. An implementation repeats the
	// request only if the platform surely did not act on it.
	Send(ctx context.Context, organization string, request Request[G]) (Invite[G], error)
	// Revoke revokes an invitation. It can be repeated.
	Revoke(ctx context.Context, organization string, invitation Invite[G]) error
}

// MemberManager is the optional capability behind manage_membership.
type MemberManager[G Grant[G]] interface {
	// ChangeMember replaces what the member has with grant.
	ChangeMember(ctx context.Context, organization string, member Member[G], grant G) error
	// RemoveMember removes the person from the organization.
	RemoveMember(ctx context.Context, organization string, member Member[G]) error
}

// EndedLister is the optional capability of platforms that list what is no longer pending apart from what is.
type EndedLister[G Grant[G]] interface {
	// EndedInvites reads the list of those that failed or expired, every page of it. It is read only if it matters, and
	// always after [Backend.Invites].
	EndedInvites(ctx context.Context, organization string) ([]Invite[G], error)
}

// HiddenMembers is the optional capability of platforms that show some members without an address. [Backend.Members]
// returns them without one, and without any id those of whom it shows nothing. An invitation that is gone may then be one
// of theirs.
type HiddenMembers[G Grant[G]] interface {
	// FindAccount looks up the member with an account, such as a login. It fails with [ErrUnresolved] if there is no such
	// account.
	FindAccount(ctx context.Context, organization, account string) (member Member[G], found bool, err error)
}

// OwnOrganization is the optional capability of platforms whose credentials belong to one organization each. [Service]
// refuses every other organization before it requests anything from a [Backend]. Such a platform needs no
// [OrganizationReader].
type OwnOrganization interface {
	// OwnOrganization reads the organization that the credential belongs to, with its id, in one request.
	OwnOrganization(ctx context.Context) (Organization, error)
}

// GrantResolver is the optional capability of completing a grant, for platforms that name the same role in several ways.
// It fails with [ErrUnresolved] if there is no such role, or roles may not be listed. It is called often, so it should
// cache what it looked up.
type GrantResolver[G Grant[G]] interface {
	ResolveGrant(ctx context.Context, organization string, grant G) (G, error)
}

// OrganizationReader is the optional capability of showing what the platform knows about an organization itself.
type OrganizationReader interface {
	// ReadOrganization reads an organization in one request.
	ReadOrganization(ctx context.Context, organization string) (Organization, error)
}
