// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/idna"
)

// Behaviors are the behaviours that no documentation settles, plus limits and latency. Every zero value is the default.
type Behaviors struct {
	// Latency is added to every request.
	Latency Duration `json:"latency"`
	// Accepts are the people who accept an invitation as soon as its mail arrives.
	Accepts People `json:"accepts"`
	// Expires are the people whose invitations run out as soon as the mail arrives; on Snyk they never do.
	Expires People `json:"expires"`

	IcePanel     IcePanelBehaviors     `json:"icepanel"`
	Snyk         SnykBehaviors         `json:"snyk"`
	ElasticCloud ElasticCloudBehaviors `json:"elastic_cloud"`
}

// CommonBehaviors are those that every platform has.
type CommonBehaviors struct {
	// Emails is how the platform spells addresses in invitations, memberships and mails; default AsSent.
	Emails EmailSpelling `json:"emails"`
	// ExistingMember: what inviting a member does; default Allowed on IcePanel, Refused elsewhere.
	ExistingMember Leniency `json:"existing_member"`
	// ListLag is how long a new invitation is missing from the list, counted from its creation. It exists all the same:
	// it can be accepted and revoked, and it is in the way of another one. An invitation that is seeded with a CreatedAt
	// long enough ago is listed.
	ListLag Duration `json:"list_lag"`
	// MembersForbidden answers every listing of members with 403.
	MembersForbidden bool `json:"members_forbidden"`
	// WritesPerMinute limits requests other than GET within RateWindow; 0 is no limit.
	WritesPerMinute int `json:"writes_per_minute"`
	// RateWindow is the length of that minute; default one minute.
	RateWindow Duration `json:"rate_window"`
	// RetryAfter: how 429 names the wait; default AfterSeconds, on Elastic Cloud AfterNothing.
	RetryAfter RetryAfter `json:"retry_after"`
}

// IcePanelBehaviors are IcePanel's open questions.
type IcePanelBehaviors struct {
	CommonBehaviors
	// Seats limits members and pending invitations with write or admin; 0 is no limit.
	Seats int `json:"seats"`
	// LandscapePermissions: how they are answered; default LandscapesAsSent.
	LandscapePermissions Landscapes `json:"landscape_permissions"`
	// OmitUserLandscapes leaves the optional landscapePermissions out of the list of users.
	OmitUserLandscapes bool `json:"omit_user_landscapes"`
	// OmitUsedBy leaves usedByUserId out of used invitations.
	OmitUsedBy bool `json:"omit_used_by"`
	// RevokeFinished is the status of revoking a used or expired invitation; 0 means 200, anything else refuses.
	RevokeFinished int `json:"revoke_finished"`
	// AcceptPastExpiry lets an expiresAt in the past through; otherwise it is 422.
	AcceptPastExpiry bool `json:"accept_past_expiry"`
}

// SnykBehaviors are Snyk's open questions.
type SnykBehaviors struct {
	CommonBehaviors
	// NextLink is the form of links.next, or the way in which it misbehaves; default NextRelative.
	NextLink NextLink `json:"next_link"`
	// NullNextAtEnd answers "next": null on the last page instead of leaving it out.
	NullNextAtEnd bool `json:"null_next_at_end"`
	// Duplicate: inviting an address that is pending; default DuplicateRefused.
	Duplicate Duplicate `json:"duplicate"`
	// EmailFilterSubstring makes the membership filter match parts of an address too.
	EmailFilterSubstring bool `json:"email_filter_substring"`
	// CreatedRole is what the answer to creating an invitation says of its role; default RoleID. Lists have the name.
	CreatedRole CreatedRole `json:"created_role"`
	// OmitRoles leaves the optional role out of memberships, and lists invitations with an empty one.
	OmitRoles bool `json:"omit_roles"`
	// OmitMembershipIDs leaves the optional id out of memberships.
	OmitMembershipIDs bool `json:"omit_membership_ids"`
}

// ElasticCloudBehaviors are Elastic Cloud's open questions.
type ElasticCloudBehaviors struct {
	CommonBehaviors
	// Reinvite: inviting an address that is pending; default ReinviteRefused.
	Reinvite Reinvite `json:"reinvite"`
	// PartialBatches does the good part of a batch of e-mails or tokens before refusing the rest.
	PartialBatches bool `json:"partial_batches"`
	// KeepAccepted leaves accepted invitations in the list.
	KeepAccepted bool `json:"keep_accepted"`
	// DropExpired takes expired invitations out of the list.
	DropExpired bool `json:"drop_expired"`
	// PendingLimit is the most pending invitations an organization may have; 0 is no limit.
	PendingLimit int `json:"pending_limit"`
	// InvitationsPerMinute limits requests that invite, within RateWindow; 0 is no limit.
	InvitationsPerMinute int `json:"invitations_per_minute"`
	// HideMemberEmails leaves the optional e-mail out of members.
	HideMemberEmails bool `json:"hide_member_emails"`
	// UnsetLists: how lists nobody set are answered; default ListsAbsent.
	UnsetLists UnsetLists `json:"unset_lists"`
	// OmitRoleAssignments leaves the optional role_assignments out of invitations.
	OmitRoleAssignments bool `json:"omit_role_assignments"`
	// ProjectRoles: how the ids of project roles are answered; default ProjectRolesAsSent.
	ProjectRoles ProjectRoles `json:"project_roles"`
}

// EmailSpelling is how a platform stores an address.
type EmailSpelling string

// Leniency is whether a platform lets something pass.
type Leniency string

// RetryAfter is how a 429 names the wait.
type RetryAfter string

// Landscapes is how IcePanel answers landscape permissions.
type Landscapes string

// NextLink is a form of Snyk's link to the next page.
type NextLink string

// Duplicate is how Snyk takes a second invitation to a pending address.
type Duplicate string

// CreatedRole is how Snyk answers the role of an invitation that was created.
type CreatedRole string

// Reinvite is how Elastic Cloud takes a second invitation to a pending address.
type Reinvite string

// UnsetLists is how Elastic Cloud answers a list nobody set.
type UnsetLists string

// ProjectRoles is how Elastic Cloud spells the ids of project roles.
type ProjectRoles string

// The values of the behaviors; the first of each group is the default except where [CommonBehaviors] says otherwise.
const (
	AsSent      EmailSpelling = "as_sent"
	LowerCased  EmailSpelling = "lower_cased"
	WithoutTag  EmailSpelling = "without_tag"  // ada@example.com for ada+work@example.com
	WithoutDots EmailSpelling = "without_dots" // adalovelace@example.com for ada.lovelace@example.com
	Punycode    EmailSpelling = "punycode"     // ada@xn--mnchen-3ya.example for ada@münchen.example

	Allowed Leniency = "allowed"
	Refused Leniency = "refused"

	AfterSeconds RetryAfter = "seconds"
	AfterDate    RetryAfter = "date"
	AfterNothing RetryAfter = "none"
	AfterReset   RetryAfter = "reset" // X-RateLimit-Reset, the moment in Unix seconds

	LandscapesAsSent       Landscapes = "as_sent"
	LandscapesAbsent       Landscapes = "absent"
	LandscapesEmptyIfUnset Landscapes = "empty_if_unset"
	LandscapesNotForAdmins Landscapes = "dropped_for_admin_and_billing"

	NextRelative    NextLink = "relative"           // to /rest, as the specification has it
	NextWithRest    NextLink = "relative_with_rest" // as some endpoints answer
	NextAbsolute    NextLink = "absolute"
	NextObject      NextLink = "object"       // {"href": ...}
	NextOtherOrigin NextLink = "other_origin" // misbehaves, on every page
	NextSelf        NextLink = "self"         // misbehaves, on every page
	NextEmptyPage   NextLink = "empty_page"   // an empty page after every page

	DuplicateRefused Duplicate = "refused"
	DuplicateSameID  Duplicate = "same_id"
	DuplicateNewID   Duplicate = "new_id"

	RoleID   CreatedRole = "id"
	RoleName CreatedRole = "name"

	ReinviteRefused      Reinvite = "refused"
	ReinviteRefreshes    Reinvite = "refreshes"            // a new token and a new end
	ReinviteRefreshesEnd Reinvite = "refreshes_keep_token" // only a new end

	ListsAbsent UnsetLists = "absent"
	ListsNull   UnsetLists = "null"
	ListsEmpty  UnsetLists = "empty"

	ProjectRolesAsSent     ProjectRoles = "as_sent"
	ProjectRolesUnprefixed ProjectRoles = "unprefixed" // security-t1-analyst as t1_analyst
)

// Duration is a [time.Duration] that reads and writes itself as text, such as "250ms".
type Duration time.Duration

// MarshalText implements [encoding.TextMarshaler].
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	*d = Duration(parsed)
	return err
}

// Common returns what every platform has of one of them.
func (s *Behaviors) Common(p Platform) *CommonBehaviors {
	switch p {
	case IcePanel:
		return &s.IcePanel.CommonBehaviors
	case Snyk:
		return &s.Snyk.CommonBehaviors
	case ElasticCloud:
		return &s.ElasticCloud.CommonBehaviors
	}
	panic("there is no platform " + string(p))
}

// normalize fills in defaults and reports values that do not exist.
func (s *Behaviors) normalize() error {
	// Elastic documents the headers of its quota only.
	s.ElasticCloud.RetryAfter = cmp.Or(s.ElasticCloud.RetryAfter, AfterNothing)
	return errors.Join(
		s.IcePanel.normalize("icepanel", Allowed, Refused),
		oneOf("icepanel.landscape_permissions", &s.IcePanel.LandscapePermissions,
			LandscapesAsSent, LandscapesAbsent, LandscapesEmptyIfUnset, LandscapesNotForAdmins),
		s.Snyk.normalize("snyk", Refused, Allowed),
		oneOf("snyk.next_link", &s.Snyk.NextLink,
			NextRelative, NextWithRest, NextAbsolute, NextObject, NextOtherOrigin, NextSelf, NextEmptyPage),
		oneOf("snyk.duplicate", &s.Snyk.Duplicate, DuplicateRefused, DuplicateSameID, DuplicateNewID),
		oneOf("snyk.created_role", &s.Snyk.CreatedRole, RoleID, RoleName),
		s.ElasticCloud.normalize("elastic_cloud", Refused, Allowed),
		oneOf("elastic_cloud.reinvite", &s.ElasticCloud.Reinvite, ReinviteRefused, ReinviteRefreshes, ReinviteRefreshesEnd),
		oneOf("elastic_cloud.unset_lists", &s.ElasticCloud.UnsetLists, ListsAbsent, ListsNull, ListsEmpty),
		oneOf("elastic_cloud.project_roles", &s.ElasticCloud.ProjectRoles, ProjectRolesAsSent, ProjectRolesUnprefixed),
	)
}

func (s *CommonBehaviors) normalize(platform string, existingMember ...Leniency) error {
	if s.RateWindow <= 0 {
		s.RateWindow = Duration(time.Minute)
	}
	return errors.Join(
		oneOf(platform+".emails", &s.Emails, AsSent, LowerCased, WithoutTag, WithoutDots, Punycode),
		oneOf(platform+".existing_member", &s.ExistingMember, existingMember...),
		oneOf(platform+".retry_after", &s.RetryAfter, AfterSeconds, AfterDate, AfterNothing, AfterReset),
	)
}

// stored is the address as the platform keeps it.
func (s *CommonBehaviors) stored(email string) string {
	at := max(strings.LastIndexByte(email, '@'), 0)
	local, domain := email[:at], email[at:]
	switch s.Emails {
	case LowerCased:
		return strings.ToLower(email)
	case WithoutTag:
		local, _, _ = strings.Cut(local, "+")
	case WithoutDots:
		local = strings.ReplaceAll(local, ".", "")
	case Punycode:
		if ascii, err := idna.ToASCII(domain[min(1, len(domain)):]); err == nil && at > 0 {
			domain = "@" + ascii
		}
	case AsSent:
	}
	return local + domain
}

// oneOf sets an empty value to the first of those allowed and refuses any other.
func oneOf[T ~string](name string, value *T, allowed ...T) error {
	if *value == "" {
		*value = allowed[0]
	}
	if !slices.Contains(allowed, *value) {
		return fmt.Errorf("switch %s: %q is none of %q", name, *value, allowed)
	}
	return nil
}
