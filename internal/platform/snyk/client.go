package snyk

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"sync"

	"golang.org/x/sync/singleflight"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

const (
	// version is the date by which Snyk chooses the contract of every REST
	// operation. Any later one serves the same contracts of what is used here.
	version = "2024-10-15"
	// pageSize is the most that Snyk puts on a page.
	pageSize = "100"
	// contentType is the only one that Snyk takes for a request's body.
	contentType = "application/vnd.api+json"
	// root is the path under the base URL that links to further pages may leave out.
	root = "rest"
)

// backend speaks Snyk's REST API, and for the names of roles its older one.
// The reference is at https://docs.snyk.io/snyk-api/reference.
type backend struct {
	api *api.Client

	mu     sync.Mutex
	roles  map[string][]role // by organization, as far as somebody asked
	flight singleflight.Group
}

var (
	_ invite.Backend[Grant]       = (*backend)(nil)
	_ invite.MemberManager[Grant] = (*backend)(nil)
	_ invite.GrantResolver[Grant] = (*backend)(nil)
)

func newBackend(client *api.Client) *backend {
	return &backend{api: client, roles: map[string][]role{}}
}

// orgRequest is a request about an organization. Snyk wants the version exactly
// once, so it is here and nowhere else; links to further pages bring their own.
func orgRequest(organization string, rest ...string) api.Request {
	return api.Request{
		Path:  append([]string{root, "orgs", organization}, rest...),
		Query: url.Values{"version": {version}},
	}
}

// Invites lists all pending invitations, a hundred to a page.
// https://docs.snyk.io/snyk-api/reference/invites#get-orgs-org_id-invites
func (b *backend) Invites(ctx context.Context, organization string) ([]invite.Invite[Grant], error) {
	first := orgRequest(organization, "invites")
	first.Query.Set("limit", pageSize)
	invitations := []invite.Invite[Grant]{}
	for page, err := range api.Pages(ctx, b.api, root, first, func(p *wireInvites) api.Link { return p.Links.Next }) {
		if err != nil {
			return nil, platform.Explain(err, inviteRules...)
		}
		for _, item := range page.Data {
			// An inactive one was accepted or revoked; which of them, only the members tell.
			if *item.Attributes.IsActive {
				invitations = append(invitations, item.invite())
			}
		}
	}
	return invitations, nil
}

// Send creates an invitation.
// https://docs.snyk.io/snyk-api/reference/invites#post-orgs-org_id-invites
func (b *backend) Send(ctx context.Context, organization string, order invite.Request[Grant]) (invite.Invite[Grant], error) {
	none := invite.Invite[Grant]{}
	grant, err := b.ResolveGrant(ctx, organization, order.Grant)
	if err != nil {
		return none, err
	}
	request := orgRequest(organization, "invites")
	request.Method, request.ContentType = http.MethodPost, contentType
	request.Body = wireOrder{wireOrderData{Type: "org_invitation", Attributes: wireOrderAttributes{Email: order.Email, Role: grant.RoleID}}}
	var answer wireCreated
	if err := b.api.Do(ctx, request, &answer); err != nil {
		return none, platform.Explain(err, sendRules(grant)...)
	}
	sent := answer.Data.invite()
	if grant.Role != "" {
		// As lists will tell it, so that they look the same before and after the next refresh.
		sent.Grant = Grant{Role: grant.Role}
	}
	return sent, nil
}

// Revoke withdraws a pending invitation. It does nothing to a member.
// https://docs.snyk.io/snyk-api/reference/invites#delete-orgs-org_id-invites-invite_id
func (b *backend) Revoke(ctx context.Context, organization string, invitation invite.Invite[Grant]) error {
	request := orgRequest(organization, "invites", invitation.ID)
	request.Method, request.Repeatable = http.MethodDelete, true
	return platform.Explain(b.api.Do(ctx, request, nil), revokeRules...)
}

// Members lists all members, a hundred to a page. A person who logs in in several ways is several users.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id-memberships
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	first := orgRequest(organization, "memberships")
	first.Query.Set("limit", pageSize)
	members := []invite.Member[Grant]{}
	for page, err := range api.Pages(ctx, b.api, root, first, func(p *wireMemberships) api.Link { return p.Links.Next }) {
		if err != nil {
			return nil, platform.Explain(err, memberRules...)
		}
		for _, item := range page.Data {
			members = append(members, item.member())
		}
	}
	return members, nil
}

// ChangeMember gives a member another role.
// https://docs.snyk.io/snyk-api/reference/orgs#patch-orgs-org_id-memberships-membership_id
func (b *backend) ChangeMember(ctx context.Context, organization string, member invite.Member[Grant], grant Grant) error {
	if member.Membership == "" {
		return noMembershipID(member)
	}
	grant, err := b.ResolveGrant(ctx, organization, grant)
	if err != nil {
		return err
	}
	request := orgRequest(organization, "memberships", member.Membership)
	request.Method, request.ContentType, request.Repeatable = http.MethodPatch, contentType, true
	request.Body = wireChange{wireChangeData{Type: "org_membership", ID: member.Membership, Relationships: wireChangeRelationships{
		Role: wireRelation{wireIdentifier{Type: "org_role", ID: grant.RoleID}},
	}}}
	return platform.Explain(b.api.Do(ctx, request, nil), changeRules(grant)...)
}

// RemoveMember removes a user from the organization; they stay in its group.
// https://docs.snyk.io/snyk-api/reference/orgs#delete-orgs-org_id-memberships-membership_id
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	if member.Membership == "" {
		return noMembershipID(member)
	}
	request := orgRequest(organization, "memberships", member.Membership)
	request.Method, request.Repeatable = http.MethodDelete, true
	return platform.Explain(b.api.Do(ctx, request, nil), removeRules...)
}

// readRoles asks which group the organization belongs to and which roles that
// has. The REST API has no list of roles beyond beta, so it is the older one's.
// https://docs.snyk.io/snyk-api/reference/orgs#get-orgs-org_id
// https://docs.snyk.io/snyk-api/reference/groups-v1#get-group-groupid-roles
func (b *backend) readRoles(ctx context.Context, organization string) ([]role, error) {
	var org wireOrg
	if err := b.api.Do(ctx, orgRequest(organization), &org); err != nil {
		return nil, platform.Explain(err, orgRules...)
	}
	group := org.Data.Attributes.GroupID
	if group == "" {
		return nil, &invite.Failure{
			Meaning: invite.ErrUnresolved,
			Advice:  "Roles belong to a group, and a personal organization has none. Use role_id in place of role.",
			Err:     errors.New("the organization belongs to no group"),
		}
	}
	var answer wireRoles
	if err := b.api.Do(ctx, api.Request{Path: []string{"v1", "group", group, "roles"}}, &answer); err != nil {
		return nil, platform.Explain(err, roleRules...)
	}
	roles := make([]role, 0, len(answer))
	for _, item := range answer {
		roles = append(roles, role{ID: item.PublicID, Name: item.Name, Description: item.Description, Custom: item.CustomRole})
	}
	return roles, nil
}
