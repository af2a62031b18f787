// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import "time"

// Status is the status of an invitation. The four words are the same on every platform.
type Status string

// The statuses of an invitation. A resource is never revoked, because its state is removed then. Data sources list
// revoked invitations if the platform keeps them.
const (
	Pending  Status = "pending"
	Accepted Status = "accepted"
	Expired  Status = "expired"
	Revoked  Status = "revoked"
)

// Invite is one invitation as its platform shows it. Zero times and empty strings are what the platform does not show.
type Invite[G Grant[G]] struct {
	// ID is in Terraform state. If the platform's own id is a secret, it is the address in lower case.
	ID string
	// Token is the platform's id if that is a secret: whoever has it can accept the invitation. It is in memory only.
	Token      string
	Email      string
	Status     Status
	Grant      G
	CreatedAt  time.Time
	CreatedBy  string
	ExpiresAt  time.Time
	AcceptedAt time.Time
	// MemberID is the id of the user who accepted.
	MemberID string
}

// Key distinguishes the invitations of an organization.
func (i Invite[G]) Key() string {
	if i.Token != "" {
		return i.Token
	}
	return i.ID
}

// address is how an invitation is found.
func (i Invite[G]) address() string { return NormalizeEmail(i.Email) }

// Member is a person who belongs to the organization.
type Member[G Grant[G]] struct {
	// ID is the platform's id of the user.
	ID string
	// Membership is the platform's id of the membership, if that is another one.
	Membership string
	// Email is empty if the platform does not show it.
	Email string
	Name  string
	Grant G
}

// key distinguishes the memberships of an organization. address is how one is found.
func (m Member[G]) key() string     { return m.ID + "/" + m.Membership }
func (m Member[G]) address() string { return NormalizeEmail(m.Email) }

// Request is an invitation that is to be sent.
type Request[G Grant[G]] struct {
	Email string
	Grant G
	// GrantUnknown: what is declared is known only after apply, so the request is only for a preview.
	GrantUnknown bool
	// Lifetime counts from the moment of sending. It is zero if ExpiresAt is set or invitations do not expire.
	Lifetime time.Duration
	// Explicit: the lifetime is configured, and not the default.
	Explicit bool
	// ExpiresAt is the fixed end, if one is configured.
	ExpiresAt time.Time
}

// State is what Terraform's state has of one declared invitation.
type State[G Grant[G]] struct {
	Organization string
	Invite[G]
	Object Object
	// Sent: the invitation was just sent for this state, and not found.
	Sent bool
}

// spellings are those of the address in state and in the platform's lists.
func (r State[G]) spellings() []string { return []string{r.Email, r.Object.ListedAs} }

// Policies are what is configured for one resource. See the attributes of the same names.
type Policies struct {
	AdoptExisting    bool
	ManageMembership bool
	// Replacing: a state is deleted to make room for its successor. That was planned for an invitation, so it does not
	// remove a person who accepted in the meantime.
	Replacing bool
}

// Warning is what a user should know although nothing failed.
type Warning struct {
	Summary, Detail string
}
