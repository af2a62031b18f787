package invite

import (
	"fmt"
	"time"
)

// organizationName names an organization in messages.
func (t Traits) OrganizationName(id string) string {
	return fmt.Sprintf("the %s organization %s", t.Title, id)
}

// describe is a short text about an invitation, for people.
func Describe[G Grant[G]](invitation Invite[G]) string {
	text := fmt.Sprintf("a %s invitation with id %s, granting %s", invitation.Status, invitation.ID, invitation.Grant)
	if !invitation.CreatedAt.IsZero() {
		text += ", sent " + invitation.CreatedAt.UTC().Format(time.RFC3339)
	}
	if !invitation.ExpiresAt.IsZero() {
		text += ", until " + invitation.ExpiresAt.UTC().Format(time.RFC3339)
	}
	return text
}

// notListedYet is the warning that an invitation is kept although the platform does not list it.
func (s *Service[G]) notListedYet(state State[G]) Warning {
	return Warning{
		Summary: fmt.Sprintf("The invitation of %s to %s is not listed yet", state.Email, s.OrganizationName(state.Organization)),
		Detail: "It was sent less than a minute ago, and the platform's list may lag behind. " +
			"The resource is kept as it was. If the invitation was revoked in the meantime, a later plan shows that.",
	}
}

// stillMember is the warning that ending an object does not end a membership.
func (t Traits) StillMember(email, organization string) Warning {
	return Warning{
		Summary: fmt.Sprintf("%s stays a member of %s", email, t.OrganizationName(organization)),
		Detail: fmt.Sprintf("The invitation was accepted, so there is nothing to revoke: destroying this resource makes no request and does not take access away. "+
			"To remove the person, use %s. To have Terraform remove members on destroy, set manage_membership = true and apply that before the destroy.", t.RemoveAccess),
	}
}

// stillManaged is the warning that a destroy left something to another object.
func (s *Service[G]) stillManaged(state State[G]) Warning {
	what := "The invitation of " + state.Email + " to " + s.OrganizationName(state.Organization)
	if state.Status == Accepted {
		what = "The membership of " + state.Email + " in " + s.OrganizationName(state.Organization)
	}
	return Warning{
		Summary: what + " stays: another resource manages it",
		Detail:  "Only this resource was destroyed. Destroying the other one ends what they share.",
	}
}

// notFoundYet is the warning that an invitation could not be revoked because it is not listed.
func (s *Service[G]) notFoundYet(state State[G]) Warning {
	return Warning{
		Summary: fmt.Sprintf("The invitation of %s to %s was not found", state.Email, s.OrganizationName(state.Organization)),
		Detail: "It was sent less than a minute ago, and the platform's list may lag behind. If it was not revoked in the meantime, it may still be accepted. " +
			"Look at the organization's invitations in a minute, and revoke it there.",
	}
}

// acceptedMeanwhile is the warning that a managed person accepted while the invitation was to be replaced.
func (t Traits) acceptedMeanwhile(email, organization string) Warning {
	return Warning{
		Summary: fmt.Sprintf("%s accepted before the invitation to %s could be replaced", email, t.OrganizationName(organization)),
		Detail:  "The plan was to replace a pending invitation, so the person was not removed and stays a member. Import the person, or set adopt_existing = true, and the next apply changes what the member has.",
	}
}
