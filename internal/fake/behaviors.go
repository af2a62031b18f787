// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
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
	GitHub       GitHubBehaviors       `json:"github"`
	Anthropic    AnthropicBehaviors    `json:"anthropic"`
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
	// RetryAfter: how 429 names the wait; default AfterSeconds, on Elastic Cloud and Anthropic AfterNothing.
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

// GitHubBehaviors are GitHub's open questions.
type GitHubBehaviors struct {
	CommonBehaviors
	// LimitStatus is the status of a request beyond a limit, 403 or 429; default 403.
	LimitStatus int `json:"limit_status"`
	// PageLink is the form of the links to other pages, or the way in which they misbehave; default PageByNumber.
	PageLink PageLink `json:"page_link"`
	// FailedID is the id of an invitation in the list of failed ones; default FailedNewID.
	FailedID FailedID `json:"failed_id"`
	// FailedKept is how long the list of failed invitations keeps one; default 24 hours. A negative one: not at all.
	FailedKept Duration `json:"failed_kept"`
	// FailedFields: failed_at and failed_reason of an invitation that has not failed; default FailedNull.
	FailedFields FailedFields `json:"failed_fields"`
	// OmitFailedReason leaves the optional failed_reason out of failed invitations.
	OmitFailedReason bool `json:"omit_failed_reason"`
	// RevokeFailed is the status of revoking a failed invitation: 404, 422, or 204, which takes it out of the list; default 404.
	RevokeFailed int `json:"revoke_failed"`
	// VerifiedDomains are the domains that the organizations have verified; default example.com. Not nil and empty: none,
	// as on a plan that verifies no domains.
	VerifiedDomains []string `json:"verified_domains"`
	// HiddenMembers: whose address is not shown to anybody; default Nobody. A single member is hidden by [Member.Hidden].
	HiddenMembers HiddenMembers `json:"hidden_members"`
	// QueryErrors: what is wrong with the answers of the GraphQL API; default QuerySound.
	QueryErrors QueryErrors `json:"query_errors"`
	// AcceptedNodes: whether the GraphQL API still has an invitation that was accepted.
	AcceptedNodes bool `json:"accepted_nodes"`
	// Seats limits members and pending invitations, and is what the organization says of its plan; 0 is no limit.
	Seats int `json:"seats"`
	// HidePlan leaves the plan out of the organization, as for everybody but owners.
	HidePlan bool `json:"hide_plan"`
	// InvitationQuota is how many invitations an organization may send in 24 hours; 0 is no limit.
	InvitationQuota int `json:"invitation_quota"`
	// QuotaStatus is the status of an invitation beyond the quota, 422 or 403; default 422.
	QuotaStatus int `json:"quota_status"`
}

// AnthropicBehaviors are Anthropic's open questions. Whether somebody can accept under another address is up to whoever
// calls AcceptAs; whether an overloaded platform acted, up to [Fault.After].
type AnthropicBehaviors struct {
	CommonBehaviors
	// Enterprise is an organization of Claude Enterprise rather than of the Claude Console: other roles, and groups.
	Enterprise bool `json:"enterprise"`
	// Seats limits members and pending invitations of an Enterprise organization; 0 is no limit.
	Seats int `json:"seats"`
	// DropEnded takes accepted and expired invitations out of the list.
	DropEnded bool `json:"drop_ended"`
	// HideDeleted answers the reading of a withdrawn invitation with 404 instead of the status deleted.
	HideDeleted bool `json:"hide_deleted"`
	// CreateExactly takes an address for a member's only if it is the same. By default, variants of it are refused too.
	CreateExactly bool `json:"create_exactly"`
	// ModelKey: how a model key is refused; default ModelKeyForbidden.
	ModelKey ModelKey `json:"model_key"`
	// OmitNewFields leaves accepted_at and rbac_group_ids, which are newer than the rest, out of invitations.
	OmitNewFields bool `json:"omit_new_fields"`
	// RequestsPerMinute limits all requests within RateWindow; 0 is no limit.
	RequestsPerMinute int `json:"requests_per_minute"`
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

// PageLink is a form of GitHub's links between pages.
type PageLink string

// FailedID is how GitHub identifies an invitation that failed.
type FailedID string

// FailedFields is how GitHub answers what only a failed invitation has.
type FailedFields string

// HiddenMembers is which members of an organization on GitHub show no address.
type HiddenMembers string

// QueryErrors is what is wrong with an answer of GitHub's GraphQL API.
type QueryErrors string

// Hidden is what a member of an organization on GitHub does not show.
type Hidden string

// ModelKey is how Anthropic refuses a model key instead of an admin key.
type ModelKey string

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

	ModelKeyForbidden ModelKey = "403"
	ModelKeyUnknown   ModelKey = "401"

	ProjectRolesAsSent     ProjectRoles = "as_sent"
	ProjectRolesUnprefixed ProjectRoles = "unprefixed" // security-t1-analyst as t1_analyst

	PageByNumber    PageLink = "number"       // of the organization
	PageByLogin     PageLink = "login"        // of the organization, as in the request
	PageOtherOrigin PageLink = "other_origin" // misbehaves, on every page
	PageSelf        PageLink = "self"         // misbehaves, on every page

	FailedNewID  FailedID = "new_id"
	FailedSameID FailedID = "same_id"

	FailedNull   FailedFields = "null"
	FailedAbsent FailedFields = "absent"
	FailedEmpty  FailedFields = "empty"

	Nobody     HiddenMembers = "nobody"
	Unverified HiddenMembers = "unverified" // everybody without an address on a verified domain
	Everybody  HiddenMembers = "everybody"

	QuerySound     QueryErrors = "none"
	QueryPartial   QueryErrors = "partial"             // every second member is missing, with an error
	QueryForbidden QueryErrors = "forbidden"           // no data
	QueryScopes    QueryErrors = "insufficient_scopes" // no data: the token may not read addresses
	QueryTimeout   QueryErrors = "timeout"             // no data, and an error without a type

	HiddenNothing Hidden = ""
	HiddenEmail   Hidden = "email"
	HiddenAccount Hidden = "account" // the member is counted, and there is nothing to see of it
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
	case GitHub:
		return &s.GitHub.CommonBehaviors
	case Anthropic:
		return &s.Anthropic.CommonBehaviors
	}
	panic("there is no platform " + string(p))
}

// normalize fills in defaults and reports values that do not exist.
func (s *Behaviors) normalize() error {
	// Elastic documents the headers of its quota only.
	s.ElasticCloud.RetryAfter = cmp.Or(s.ElasticCloud.RetryAfter, AfterNothing)
	s.Anthropic.RetryAfter = cmp.Or(s.Anthropic.RetryAfter, AfterNothing)
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
		s.GitHub.normalize(),
		s.Anthropic.normalize("anthropic", Refused),
		oneOf("anthropic.model_key", &s.Anthropic.ModelKey, ModelKeyForbidden, ModelKeyUnknown),
	)
}

func (s *GitHubBehaviors) normalize() error {
	s.LimitStatus = cmp.Or(s.LimitStatus, http.StatusForbidden)
	s.RevokeFailed = cmp.Or(s.RevokeFailed, http.StatusNotFound)
	s.QuotaStatus = cmp.Or(s.QuotaStatus, http.StatusUnprocessableEntity)
	s.FailedKept = cmp.Or(s.FailedKept, Duration(24*time.Hour))
	if s.VerifiedDomains == nil {
		s.VerifiedDomains = []string{"example.com"}
	}
	return errors.Join(
		s.CommonBehaviors.normalize("github", Refused),
		statusOf("github.limit_status", s.LimitStatus, http.StatusForbidden, http.StatusTooManyRequests),
		statusOf("github.revoke_failed", s.RevokeFailed, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusNoContent),
		statusOf("github.quota_status", s.QuotaStatus, http.StatusUnprocessableEntity, http.StatusForbidden),
		oneOf("github.page_link", &s.PageLink, PageByNumber, PageByLogin, PageOtherOrigin, PageSelf),
		oneOf("github.failed_id", &s.FailedID, FailedNewID, FailedSameID),
		oneOf("github.failed_fields", &s.FailedFields, FailedNull, FailedAbsent, FailedEmpty),
		oneOf("github.hidden_members", &s.HiddenMembers, Nobody, Unverified, Everybody),
		oneOf("github.query_errors", &s.QueryErrors, QuerySound, QueryPartial, QueryForbidden, QueryScopes, QueryTimeout),
	)
}

func statusOf(name string, status int, allowed ...int) error {
	if !slices.Contains(allowed, status) {
		return fmt.Errorf("switch %s: %d is none of %d", name, status, allowed)
	}
	return nil
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
