// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"sync"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/listcache"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

const (
	// version is the date by which Snyk chooses the contract of every REST operation. Later ones have the same
	// contracts for the operations used here.
	version = "2024-10-15"
	// pageSize is the most that Snyk puts on a page.
	pageSize = "100"
	// contentType is the only one that Snyk accepts for the body of a request.
	contentType = "application/vnd.api+json"
	// root is the path under the base URL that links to further pages may leave out.
	root = "rest"
)

// backend is a client of Snyk's REST API, and for the names of roles of its older API. The wire types are the
// documents of the REST API as far as they are needed. The "type" of a resource is not checked: Snyk's own
// specification spells some of them in two ways.
//
// https://docs.snyk.io/snyk-api/reference
// https://docs.snyk.io/snyk-api/about-snyk-rest-api
type backend struct {
	api *api.Client

	mu    sync.Mutex
	roles map[string]*listcache.Cache[wireRole] // by organization
}

var (
	_ invite.MemberManager[Grant] = (*backend)(nil)
	_ invite.GrantResolver[Grant] = (*backend)(nil)
	_ invite.OrganizationReader   = (*backend)(nil)
)

func newBackend(client *api.Client) *backend {
	return &backend{api: client, roles: map[string]*listcache.Cache[wireRole]{}}
}

// orgRequest is a request about an organization. Snyk requires the version exactly once, and links to further pages
// have one of their own, so this is the only place that adds it.
func orgRequest(organization string, rest ...string) api.Request {
	return api.Request{
		Path:  append([]string{root, "orgs", organization}, rest...),
		Query: url.Values{"version": {version}},
	}
}

// wirePage is one page of a list. The last page has no next one.
type wirePage[T wireItem] struct {
	Data  []T `json:"data"`
	Links struct {
		Next api.Link `json:"next"`
	} `json:"links"`
}

// wireItem is wireInvite or wireMembership.
type wireItem interface {
	comparable
	api.Checker
}

// Check refuses an answer without a list, and a list in which every item is empty.
func (w wirePage[T]) Check() error {
	isFilled := func(item T) bool { return item != *new(T) }
	if len(w.Data) > 0 && !slices.ContainsFunc(w.Data, isFilled) {
		return errors.New("its items are empty")
	}
	return api.CheckList("data", w.Data)
}

// list reads a list of an organization, a hundred items to a page.
func list[T wireItem](
	ctx context.Context, b *backend, rules []platform.Rule, organization, name string,
) (items []T, err error) {
	first := orgRequest(organization, name)
	first.Query.Set("limit", pageSize)
	for page, err := range api.Pages(ctx, b.api, root, first, func(p *wirePage[T]) api.Link { return p.Links.Next }) {
		if err != nil {
			return nil, platform.Explain(err, rules...)
		}
		items = append(items, page.Data...)
	}
	return items, nil
}

// wireInvite is an org_invitation. Fields are pointers where an absent value is not the same as an empty one.
type wireInvite struct {
	ID         string `json:"id"`
	Attributes struct {
		Email    string `json:"email"`
		IsActive *bool  `json:"is_active"`
		// Role is the role's id in the answer to a creation, and its name in lists. It may be empty.
		Role string `json:"role"`
	} `json:"attributes"`
}

// Check refuses what cannot be an invitation.
func (w wireInvite) Check() error {
	switch {
	case w.ID == "":
		return errors.New("an invitation lacks its id")
	case w.Attributes.Email == "":
		return errors.New("an invitation lacks its email")
	case w.Attributes.IsActive == nil:
		return errors.New("an invitation lacks is_active")
	}
	return nil
}

func (w wireInvite) invite() invite.Invite[Grant] {
	return invite.Invite[Grant]{
		ID:     w.ID,
		Email:  w.Attributes.Email,
		Status: invite.Pending,
		Grant:  grantFromRole(w.Attributes.Role),
	}
}

// Invites lists all pending invitations.
// https://docs.snyk.io/snyk-api/reference/invites#get-orgs-org_id-invites
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	listed, err := list[wireInvite](ctx, b, inviteRules, organization, "invites")
	if err != nil {
		return nil, err
	}
	invitations := make([]invite.Invite[Grant], 0, len(listed))
	for _, item := range listed {
		// An inactive invitation was accepted or revoked. Only the list of members shows which.
		if *item.Attributes.IsActive {
			invitations = append(invitations, item.invite())
		}
	}
	return invitations, nil
}

// wireDocument is the body of a request, and a relationship in it.
type wireDocument struct {
	Data wireResource `json:"data"`
}

// wireResource is what a request creates, changes or refers to. Snyk allows no further fields.
type wireResource struct {
	Type          string                  `json:"type"`
	ID            string                  `json:"id,omitempty"`
	Attributes    map[string]string       `json:"attributes,omitzero"`
	Relationships map[string]wireDocument `json:"relationships,omitempty"`
}

// wireCreated is the answer to a creation.
type wireCreated struct {
	Data wireInvite `json:"data"`
}

// Check refuses an answer without an invitation.
func (w wireCreated) Check() error { return w.Data.Check() }

// Send creates an invitation.
// https://docs.snyk.io/snyk-api/reference/invites#post-orgs-org_id-invites
func (b *backend) Send(
	ctx context.Context, organization string, wanted invite.Request[Grant],
) (invite.Invite[Grant], error) {
	none := invite.Invite[Grant]{}
	grant, err := b.ResolveGrant(ctx, organization, wanted.Grant)
	if err != nil {
		return none, err
	}
	request := orgRequest(organization, "invites")
	request.Method, request.ContentType = http.MethodPost, contentType
	request.Body = wireDocument{wireResource{
		Type:       "org_invitation",
		Attributes: map[string]string{"email": wanted.Email, "role": grant.RoleID},
	}}
	var answer wireCreated
	if err := b.api.Do(ctx, request, &answer); err != nil {
		return none, platform.Explain(err, sendRules(grant)...)
	}
	sent := answer.Data.invite()
	if grant.Role != "" {
		// Lists show the name, so that this invitation looks the same before and after the next refresh.
		sent.Grant = Grant{Role: grant.Role}
	}
	return sent, nil
}

// Revoke revokes a pending invitation. It has no effect on a member.
// https://docs.snyk.io/snyk-api/reference/invites#delete-orgs-org_id-invites-invite_id
func (b *backend) Revoke(ctx context.Context, organization string, invitation invite.Invite[Grant]) error {
	request := orgRequest(organization, "invites", invitation.ID)
	request.Method, request.Repeatable = http.MethodDelete, true
	return platform.Explain(b.api.Do(ctx, request, nil), revokeRules...)
}

// wireMembership is an org_membership. All of its parts are optional.
type wireMembership struct {
	ID            string `json:"id"`
	Relationships struct {
		User struct {
			Data *wireUser `json:"data"`
		} `json:"user"`
		Role struct {
			Data wireMemberRole `json:"data"`
		} `json:"role"`
	} `json:"relationships"`
}

// wireUser is the user of a membership.
type wireUser struct {
	ID         string `json:"id"`
	Attributes struct {
		Name  string  `json:"name"`
		Email *string `json:"email"`
	} `json:"attributes"`
}

// wireMemberRole is the role that a member has.
type wireMemberRole struct {
	ID         string `json:"id"`
	Attributes struct {
		Name string `json:"name"`
	} `json:"attributes"`
}

// Check refuses a user who is not described as documented. The address of a user may be empty, but a user without one
// could be the person in question. A membership without a user belongs to nobody in particular.
func (w wireMembership) Check() error {
	if user := w.Relationships.User.Data; user != nil && (user.ID == "" || user.Attributes.Email == nil) {
		return errors.New("a membership lacks its user's id or email")
	}
	return nil
}

// member converts to the form that all platforms share. What the membership does not have stays empty.
func (w wireMembership) member() invite.Member[Grant] {
	role := w.Relationships.Role.Data
	member := invite.Member[Grant]{Membership: w.ID, Grant: Grant{RoleID: role.ID, Role: role.Attributes.Name}}
	if user := w.Relationships.User.Data; user != nil {
		member.ID, member.Email, member.Name = user.ID, *user.Attributes.Email, user.Attributes.Name
	}
	return member
}

// Members lists all members. A person with several ways to log in is several users.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id-memberships
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	listed, err := list[wireMembership](ctx, b, memberRules, organization, "memberships")
	if err != nil {
		return nil, err
	}
	members := make([]invite.Member[Grant], 0, len(listed))
	for _, item := range listed {
		members = append(members, item.member())
	}
	return members, nil
}

// ChangeMember gives a member another role.
// https://docs.snyk.io/snyk-api/reference/orgs#patch-orgs-org_id-memberships-membership_id
func (b *backend) ChangeMember(
	ctx context.Context, organization string, member invite.Member[Grant], grant Grant,
) error {
	if member.Membership == "" {
		return noMembershipID(member)
	}
	grant, err := b.ResolveGrant(ctx, organization, grant)
	if err != nil {
		return err
	}
	request := orgRequest(organization, "memberships", member.Membership)
	request.Method, request.ContentType, request.Repeatable = http.MethodPatch, contentType, true
	request.Body = wireDocument{wireResource{
		Type: "org_membership", ID: member.Membership, Attributes: map[string]string{},
		Relationships: map[string]wireDocument{"role": {wireResource{Type: "org_role", ID: grant.RoleID}}},
	}}
	return platform.Explain(b.api.Do(ctx, request, nil), changeRules(grant)...)
}

// RemoveMember removes a user from the organization. The user stays in the organization's group.
// https://docs.snyk.io/snyk-api/reference/orgs#delete-orgs-org_id-memberships-membership_id
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	if member.Membership == "" {
		return noMembershipID(member)
	}
	request := orgRequest(organization, "memberships", member.Membership)
	request.Method, request.Repeatable = http.MethodDelete, true
	return platform.Explain(b.api.Do(ctx, request, nil), removeRules...)
}

// wireOrg is an org. Personal organizations have no group.
type wireOrg struct {
	Data struct {
		ID         string `json:"id"`
		Attributes struct {
			Name    string `json:"name"`
			Slug    string `json:"slug"`
			GroupID string `json:"group_id"`
		} `json:"attributes"`
	} `json:"data"`
}

// Check refuses an answer without an organization.
func (w wireOrg) Check() error {
	if w.Data.ID == "" {
		return errors.New("the organization lacks its id")
	}
	return nil
}

// ReadOrganization reads the organization.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id
func (b *backend) ReadOrganization(ctx context.Context, organization string) (invite.Organization, error) {
	var answer wireOrg
	if err := b.api.Do(ctx, orgRequest(organization), &answer); err != nil {
		return invite.Organization{}, platform.Explain(err, orgRules...)
	}
	shown := answer.Data.Attributes
	return invite.Organization{
		Name:    shown.Name,
		Details: map[string]string{"slug": shown.Slug, "group_id": shown.GroupID},
	}, nil
}

// wireRole is a role that can be granted in the organizations of a group, in the older API.
type wireRole struct {
	PublicID    string `json:"publicId"`
	Name        string `json:"name"`
	Description string `json:"description"`
	// CustomRole is not in the specification, but in the examples of the documentation. Nil: Snyk does not say.
	CustomRole *bool `json:"customRole"`
}

// Check refuses what cannot be a role.
func (w wireRole) Check() error {
	if w.PublicID == "" || w.Name == "" {
		return errors.New("a role lacks its publicId or name")
	}
	return nil
}

// wireRoles is the answer of the list of roles.
type wireRoles []wireRole

// Check refuses an answer with anything that cannot be a role.
func (w wireRoles) Check() error { return api.CheckList("roles", w) }

// readRoles reads the organization's group, and then the roles of the group. The REST API has no stable list of roles,
// so the second request goes to the older API.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id
// https://docs.snyk.io/snyk-api/reference/groups-v1#get-group-groupid-roles
func (b *backend) readRoles(ctx context.Context, organization string) ([]wireRole, error) {
	var org wireOrg
	if err := b.api.Do(ctx, orgRequest(organization), &org); err != nil {
		return nil, platform.Explain(err, orgRules...)
	}
	group := org.Data.Attributes.GroupID
	if group == "" {
		return nil, &invite.Failure{
			Meaning: invite.ErrUnresolved,
			Advice:  noGroup,
			Err:     errors.New("the organization belongs to no group"),
		}
	}
	var roles wireRoles
	err := b.api.Do(ctx, api.Request{Path: []string{"v1", "group", group, "roles"}}, &roles)
	return roles, platform.Explain(err, roleRules...)
}
