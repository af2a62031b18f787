// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"fmt"
	"time"
)

const (
	notListedYetDetail = "It was sent less than a minute ago, and the platform's list may lag behind. " +
		"The resource is kept as it was. " +
		"If the invitation was revoked in the meantime, a later plan shows that."

	stillMemberDetail = "The invitation was accepted, so there is nothing to revoke: " +
		"destroying this resource makes no request and does not take access away. " +
		"To remove the person, use %s. " +
		"To have Terraform remove members on destroy, " +
		"set manage_membership = true and apply that before the destroy."

	stillManagedDetail = "Only this resource was destroyed. " +
		"Destroying the other one ends what they share."

	perhapsMemberDetail = "It was accepted or cancelled, and %s does not show which: " +
		"some members of the organization have no visible address. " +
		"The resource is kept, and nothing is planned. " +
		"To find out, %s. " +
		"To invite the person again, run terraform apply -replace with the address of this resource. " +
		"To forget the invitation, use a removed block."

	unknownDestroyedDetail = "Destroying this resource makes no request: " +
		"there is no invitation to revoke, and if the person accepted, they stay a member. " +
		"To remove a member, use %s."

	notFoundYetDetail = "It was sent less than a minute ago, and the platform's list may lag behind. " +
		"If it was not revoked in the meantime, it may still be accepted. " +
		"Look at the organization's invitations in a minute, and revoke it there."

	acceptedMeanwhileDetail = "The plan was to replace a pending invitation, " +
		"so the person was not removed and stays a member. " +
		"Import the person, or set adopt_existing = true, and the next apply changes what the member has."
)

// OrganizationName names an organization in messages.
func (t Traits) OrganizationName(id string) string {
	return fmt.Sprintf("the %s organization %s", t.Title, id)
}

// Describe describes an invitation in messages.
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

// notListedYet is the warning that state keeps an invitation although the platform does not list it.
func (s *Service[G]) notListedYet(state State[G]) Warning {
	return Warning{s.invitationOf(state) + " is not listed yet", notListedYetDetail}
}

// StillMember is the warning that a destroy does not end a membership.
func (t Traits) StillMember(email, organization string) Warning {
	summary := email + " stays a member of " + t.OrganizationName(organization)
	return Warning{summary, fmt.Sprintf(stillMemberDetail, t.RemoveAccess)}
}

// perhapsMember is the warning that nobody can say what became of an invitation.
func (s *Service[G]) perhapsMember(state State[G]) Warning {
	detail := fmt.Sprintf(perhapsMemberDetail, s.Title, s.HiddenMembersAdvice)
	return Warning{s.invitationOf(state) + " is no longer pending", detail}
}

// UnknownDestroyed is the warning that a destroy does nothing where it is not known whether a person accepted.
func (t Traits) UnknownDestroyed(email, organization string) Warning {
	summary := email + " may be a member of " + t.OrganizationName(organization)
	return Warning{summary, fmt.Sprintf(unknownDestroyedDetail, t.RemoveAccess)}
}

// stillManaged is the warning that a destroy ended nothing, because another object manages it too.
func (s *Service[G]) stillManaged(state State[G]) Warning {
	what := s.invitationOf(state)
	if state.Status == Accepted {
		what = "The membership of " + state.Email + " in " + s.OrganizationName(state.Organization)
	}
	return Warning{what + " stays: another resource manages it", stillManagedDetail}
}

// notFoundYet is the warning that an invitation could not be revoked because it is not listed.
func (s *Service[G]) notFoundYet(state State[G]) Warning {
	return Warning{s.invitationOf(state) + " was not found", notFoundYetDetail}
}

// acceptedMeanwhile is the warning that a managed person accepted while the invitation was to be replaced.
func (t Traits) acceptedMeanwhile(email, organization string) Warning {
	summary := email + " accepted before the invitation to " + t.OrganizationName(organization) + " could be replaced"
	return Warning{summary, acceptedMeanwhileDetail}
}

// invitationOf names an invitation in messages.
func (s *Service[G]) invitationOf(state State[G]) string {
	return "The invitation of " + state.Email + " to " + s.OrganizationName(state.Organization)
}
