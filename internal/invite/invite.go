// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import "time"

// Status is the status of an invitation. The words are the same on every platform.
type Status string

// The statuses of an invitation. A resource is never revoked, because its state is removed then. Data sources list
// revoked invitations if the platform keeps them.
const (
	Pending  Status = "pending"
	Accepted Status = "accepted"
	Expired  Status = "expired"
	Revoked  Status = "revoked"
	// Unknown: it was accepted or cancelled, and the platform does not show which, see [HiddenMembers].
	Unknown Status = "unknown"
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
	// FailedReason is why the platform says that the invitation failed.
	FailedReason string
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

func (i Invite[G]) addresses() []string { return []string{i.address()} }

// Member is a person who belongs to the organization.
type Member[G Grant[G]] struct {
	// ID is the platform's id of the user.
	ID string
	// Membership is the platform's id of the membership, if that is another one.
	Membership string
	// Email is empty if the platform does not show it. OtherEmails are further addresses of the person.
	Email       string
	OtherEmails []string
	Name        string
	Grant       G
}

// key distinguishes the memberships of an organization. A member whom the platform does not show at all has an empty
// one.
func (m Member[G]) key() string {
	if m.ID == "" && m.Membership == "" {
		return ""
	}
	return m.ID + "/" + m.Membership
}

// addresses are how a member is found.
func (m Member[G]) addresses() []string {
	addresses := []string{NormalizeEmail(m.Email)}
	for _, other := range m.OtherEmails {
		addresses = append(addresses, NormalizeEmail(other))
	}
	return addresses
}

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
	// Account is the account that is expected to accept, see [HiddenMembers]; empty if it is not declared.
	Account string
}

// State is what Terraform's state has of one declared invitation.
type State[G Grant[G]] struct {
	Organization string
	Invite[G]
	// Account is the account that is expected to accept, see [HiddenMembers]; empty if it is not declared.
	Account string
	Object  Object
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
