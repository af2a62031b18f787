package invite

import (
	"time"
)

// Status says where an invitation stands. The four words are the same on every platform.
type Status string

// The states of an invitation. Revoked never reaches a resource's state: a
// revoked invitation is gone from it. Data sources can list revoked ones where
// the platform keeps them.
const (
	Pending  Status = "pending"
	Accepted Status = "accepted"
	Expired  Status = "expired"
	Revoked  Status = "revoked"
)

// Invite is one invitation as its platform tells it. Zero times and empty
// strings mean that the platform did not say.
type Invite[G Grant[G]] struct {
	// ID goes to Terraform state. Where the platform's own id is a secret it is the lower-cased address.
	ID string
	// Token is the platform's id where that is a secret: whoever holds it can
	// accept the invitation. It lives in memory only.
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

// handle tells two invitations of one organization apart.
func (i Invite[G]) Key() string {
	if i.Token != "" {
		return i.Token
	}
	return i.ID
}

// address is what an invitation is found by.
func (i Invite[G]) address() string { return NormalizeEmail(i.Email) }

// Member is a person who belongs to the organization.
type Member[G Grant[G]] struct {
	// ID is the platform's id of the user.
	ID string
	// Membership is the platform's id of the membership, where it has one of its own.
	Membership string
	// Email is empty where the platform does not tell it.
	Email string
	Name  string
	Grant G
}

// spellings are those of the address in state and in the platform's lists.
func (r State[G]) spellings() []string { return []string{r.Email, r.Object.ListedAs} }

// key tells a membership from any other one, address is what it is found by.
func (m Member[G]) key() string     { return m.ID + "/" + m.Membership }
func (m Member[G]) address() string { return NormalizeEmail(m.Email) }

// Order is what an invitation to be sent shall be.
type Request[G Grant[G]] struct {
	Email string
	Grant G
	// GrantUnknown: what is declared is known only after apply, so there is only a preview.
	GrantUnknown bool
	// Lifetime counts from the moment of sending. Zero where ExpiresAt is set or
	// invitations do not expire.
	Lifetime time.Duration
	// Explicit: the user wrote the lifetime, it is not the default.
	Explicit bool
	// ExpiresAt is a fixed end, where the user asked for one.
	ExpiresAt time.Time
}

// Record is what Terraform state remembers of one declared invitation.
type State[G Grant[G]] struct {
	Organization string
	Invite[G]
	Object Object
	// Sent: the invitation was just sent for this state, rather than found.
	Sent bool
}

// Policies are the choices a user makes per resource. See the attributes of the same names.
type Policies struct {
	AdoptExisting    bool
	ManageMembership bool
	// Replacing: a state ends to make room for its successor. That was planned for
	// an invitation, so it removes nobody who accepted in the meantime.
	Replacing bool
}

// Notice is something the user should know although nothing failed. It becomes a warning.
type Warning struct {
	Summary, Detail string
}
