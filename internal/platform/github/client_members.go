// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform"
)

// membersQuery lists the members with the addresses that GitHub shows: the public one of the profile, and those on
// domains that the organization verified. The REST API has neither in its list.
// https://docs.github.com/en/graphql/reference/objects#organizationmemberconnection
const membersQuery = `query($org: String!, $cursor: String) {
  organization(login: $org) {
    membersWithRole(first: 100, after: $cursor) {
      pageInfo { hasNextPage endCursor }
      edges { role node { databaseId login name email organizationVerifiedDomainEmails(login: $org) } }
    }
  }
}`

// wireQuery is a request to the GraphQL API.
type wireQuery struct {
	Query     string         `json:"query"`
	Variables wireQueryInput `json:"variables"`
}

type wireQueryInput struct {
	Org    string  `json:"org"`
	Cursor *string `json:"cursor"`
}

// wireMembers is the answer to membersQuery.
type wireMembers struct {
	Data struct {
		Organization struct {
			Members struct {
				PageInfo struct {
					HasNextPage *bool   `json:"hasNextPage"`
					EndCursor   *string `json:"endCursor"`
				} `json:"pageInfo"`
				// Edges are null where GitHub does not show the member at all.
				Edges []*wireEdge `json:"edges"`
			} `json:"membersWithRole"`
		} `json:"organization"`
	} `json:"data"`
	Errors []wireProblem `json:"errors"`
}

// wireProblem is an error of the GraphQL API.
type wireProblem struct {
	Type       string `json:"type"`
	Message    string `json:"message"`
	Path       []any  `json:"path"`
	Extensions struct {
		Code string `json:"code"`
	} `json:"extensions"`
}

// wireEdge is OrganizationMemberEdge.
type wireEdge struct {
	Role string      `json:"role"`
	Node *wireMember `json:"node"`
}

// wireMember is User, as far as it is needed.
type wireMember struct {
	DatabaseID     json.Number `json:"databaseId"`
	Login          string      `json:"login"`
	Name           string      `json:"name"`
	Email          string      `json:"email"`
	VerifiedEmails []string    `json:"organizationVerifiedDomainEmails"`
}

// Problems are the errors of the answer. With any of them the page is incomplete, and who is missing is not known.
func (w *wireMembers) Problems() []api.Problem {
	var problems []api.Problem
	for _, problem := range w.Errors {
		var path []string
		for _, element := range problem.Path {
			if name, ok := element.(string); ok {
				path = append(path, name)
			}
		}
		problems = append(problems, api.Problem{
			Code:    cmp.Or(problem.Type, problem.Extensions.Code),
			Message: cmp.Or(problem.Message, "an error without a message"),
			Field:   strings.Join(path, "/"),
		})
	}
	return problems
}

// Check refuses an answer without a list, or that does not show whether there is more of it.
func (w *wireMembers) Check() error {
	members := w.Data.Organization.Members
	switch {
	case members.Edges == nil:
		return errors.New("it has no members")
	case members.PageInfo.HasNextPage == nil:
		return errors.New("it does not show whether there are more members")
	case *members.PageInfo.HasNextPage && members.PageInfo.EndCursor == nil:
		return errors.New("it does not show where the next page begins")
	}
	return nil
}

// member converts to the form that all platforms share.
func (w *wireEdge) member() invite.Member[Grant] {
	if w == nil || w.Node == nil {
		return invite.Member[Grant]{Grant: memberGrant("")}
	}
	member := invite.Member[Grant]{
		ID: w.Node.DatabaseID.String(), Membership: w.Node.Login, Name: w.Node.Name, Grant: memberGrant(w.Role),
	}
	var addresses []string
	for _, address := range append(slices.Clone(w.Node.VerifiedEmails), w.Node.Email) {
		if address != "" && !slices.ContainsFunc(addresses, func(a string) bool { return invite.SameEmail(a, address) }) {
			addresses = append(addresses, address)
		}
	}
	if len(addresses) > 0 {
		member.Email, member.OtherEmails = addresses[0], addresses[1:]
	}
	return member
}

// memberGrant is what a member has. Roles are in capital letters in one API, and in small ones in the other.
func memberGrant(role string) Grant {
	return Grant{Role: strings.ToLower(role), unread: teamsOfMember}
}

// Members lists all members, a hundred to a page. Those of whom GitHub shows no address are in it without one.
func (b *backend) Members(ctx context.Context, organization string) ([]invite.Member[Grant], error) {
	members := []invite.Member[Grant]{}
	read := map[string]bool{}
	input := wireQueryInput{Org: organization}
	for {
		var answer wireMembers
		err := b.api.Do(ctx, api.Request{
			Method: http.MethodPost, Path: []string{"graphql"},
			Body: wireQuery{Query: membersQuery, Variables: input}, ReadOnly: true,
		}, &answer)
		if err != nil {
			return nil, platform.Explain(err, memberRules...)
		}
		page := answer.Data.Organization.Members
		for _, edge := range page.Edges {
			members = append(members, edge.member())
		}
		if !*page.PageInfo.HasNextPage {
			return members, nil
		}
		if input.Cursor = page.PageInfo.EndCursor; read[*input.Cursor] {
			return nil, errors.New("GitHub's list of members leads back to a page already read")
		}
		read[*input.Cursor] = true
	}
}

// wireMembership is org-membership.
type wireMembership struct {
	State string `json:"state"`
	Role  string `json:"role"`
	User  *struct {
		ID    int64  `json:"id"`
		Login string `json:"login"`
		Name  string `json:"name"`
	} `json:"user"`
}

// active is the state of a membership that was accepted.
const active = "active"

// Check refuses an answer that does not show whether somebody is a member, and who.
func (w wireMembership) Check() error {
	switch {
	case w.State == "" || w.Role == "":
		return errors.New("a membership lacks its state or role")
	case w.State == active && (w.User == nil || w.User.ID == 0 || w.User.Login == ""):
		return errors.New("a membership lacks its user")
	}
	return nil
}

// membership reads the membership of an account.
// https://docs.github.com/en/rest/orgs/members#get-organization-membership-for-a-user
func (b *backend) membership(ctx context.Context, organization, account string) (membership wireMembership, err error) {
	err = b.api.Do(ctx, api.Request{Path: []string{"orgs", organization, "memberships", account}}, &membership)
	return membership, platform.Explain(err, membershipRules...)
}

// FindAccount looks up the member with a login. An invitation of the account itself is no membership.
func (b *backend) FindAccount(
	ctx context.Context, organization, account string,
) (member invite.Member[Grant], found bool, err error) {
	membership, err := b.membership(ctx, organization, account)
	if errors.Is(err, invite.ErrGone) {
		return member, false, b.checkAccount(ctx, account)
	}
	if err != nil || membership.State != active {
		return member, false, err
	}
	return invite.Member[Grant]{
		ID:         strconv.FormatInt(membership.User.ID, 10),
		Membership: membership.User.Login,
		Name:       membership.User.Name,
		Grant:      memberGrant(membership.Role),
	}, true, nil
}

// checkAccount fails with [invite.ErrUnresolved] if there is no such account.
// https://docs.github.com/en/rest/users/users#get-a-user
func (b *backend) checkAccount(ctx context.Context, account string) error {
	var user wireID
	err := b.api.Do(ctx, api.Request{Path: []string{"users", account}}, &user)
	return platform.Explain(err, accountRules...)
}

// wireRole is the request body that changes a member.
type wireRole struct {
	Role string `json:"role"`
}

// ChangeMember gives a member another role. The request would invite somebody who is not a member, so it is sent only
// if the person still is one.
// https://docs.github.com/en/rest/orgs/members#set-organization-membership-for-a-user
func (b *backend) ChangeMember(
	ctx context.Context, organization string, member invite.Member[Grant], grant Grant,
) error {
	if member.Membership == "" {
		return errNoLogin
	}
	membership, err := b.membership(ctx, organization, member.Membership)
	switch {
	case err != nil && !errors.Is(err, invite.ErrGone):
		return err
	case err != nil || membership.State != active:
		return errMemberLeft
	case member.ID != "" && member.ID != strconv.FormatInt(membership.User.ID, 10):
		return errMemberLeft // the account was renamed, and its login belongs to somebody else now
	}
	err = b.api.Do(ctx, api.Request{
		Method:     http.MethodPut,
		Path:       []string{"orgs", organization, "memberships", member.Membership},
		Body:       wireRole{Role: grant.Role},
		Repeatable: true,
	}, &membership)
	switch {
	case err != nil:
		return platform.Explain(err, changeRules...)
	case membership.State != active:
		return errInvitedInstead
	}
	return nil
}

// RemoveMember removes a member from the organization.
// https://docs.github.com/en/rest/orgs/members#remove-organization-membership-for-a-user
func (b *backend) RemoveMember(ctx context.Context, organization string, member invite.Member[Grant]) error {
	if member.Membership == "" {
		return errNoLogin
	}
	path := []string{"orgs", organization, "memberships", member.Membership}
	err := b.api.Do(ctx, api.Request{Method: http.MethodDelete, Path: path, Repeatable: true}, nil)
	return platform.Explain(err, removeRules...)
}
