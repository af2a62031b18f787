package invite

import (
	"context"
)

// Backend is one platform as the lifecycle sees it: four verbs. Everything that
// must hold on every platform is written above it, once.
//
// Errors say what they mean through [Failure]. Implementations are used by many
// goroutines at once.
type Backend[G Grant[G]] interface {
	// Invites reads all invitations that the platform lists, every page of them.
	Invites(ctx context.Context, organization string) ([]Invite[G], error)
	// Members reads all members, every page of them.
	Members(ctx context.Context, organization string) ([]Member[G], error)
	// Send creates an invitation, which mails the person. It is never repeated
	// by the lifecycle, and its implementation repeats it only where the platform surely did not act.
	Send(ctx context.Context, organization string, request Request[G]) (Invite[G], error)
	// Revoke withdraws an invitation. It can be repeated.
	Revoke(ctx context.Context, organization string, invitation Invite[G]) error
}

// MemberManager is the optional capability behind manage_membership.
type MemberManager[G Grant[G]] interface {
	// ChangeMember replaces what the member has with grant.
	ChangeMember(ctx context.Context, organization string, member Member[G], grant G) error
	// RemoveMember takes the person out of the organization.
	RemoveMember(ctx context.Context, organization string, member Member[G]) error
}

// GrantResolver is the optional capability of completing a grant, for
// platforms whose answers name the same role in different ways. It fails with
// [ErrUnresolved] where there is no such role or roles may not be seen, and is
// asked again and again: it should remember what it looked up.
type GrantResolver[G Grant[G]] interface {
	ResolveGrant(ctx context.Context, organization string, grant G) (G, error)
}
