// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"context"
	"regexp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// inviteModel is the Terraform model of an invitation to GitHub.
type inviteModel struct {
	tfinvite.Base
	tfinvite.Expiring
	Role         types.String `tfsdk:"role"`
	TeamIDs      types.Set    `tfsdk:"team_ids"`
	Username     types.String `tfsdk:"username"`
	FailedReason types.String `tfsdk:"failed_reason"`
}

func newModel() tfinvite.Model[Grant] {
	return &inviteModel{TeamIDs: types.SetNull(types.Int64Type)}
}

// ExpectedAccount is the account that is expected to accept.
func (m *inviteModel) ExpectedAccount() types.String { return m.Username }

// Grant reads what is to be granted. The configuration may leave out the role.
func (m *inviteModel) Grant(ctx context.Context) (Grant, diag.Diagnostics) {
	grant := Grant{Role: roleMember}
	if role := m.Role.ValueString(); role != "" {
		grant.Role = role
	}
	if m.TeamIDs.IsNull() || m.TeamIDs.IsUnknown() {
		return grant, nil
	}
	var ids []types.Int64
	diags := m.TeamIDs.ElementsAs(ctx, &ids, false)
	for _, id := range ids {
		if !id.IsUnknown() {
			grant.Teams = append(grant.Teams, id.ValueInt64())
		}
	}
	grant.Teams = newTeams(grant.Teams)
	return grant, diags
}

// SetGrant writes what is granted. Teams that are not known, or the same, stay as they are.
func (m *inviteModel) SetGrant(ctx context.Context, grant Grant) diag.Diagnostics {
	known, diags := m.Grant(ctx)
	m.Role = tfinvite.Text(grant.Role)
	if grant.unread != readTeams || !m.TeamIDs.IsUnknown() && slices.Equal(known.Teams, grant.Teams) {
		return diags
	}
	m.TeamIDs = types.SetNull(types.Int64Type)
	if len(grant.Teams) > 0 {
		teams, teamDiags := types.SetValueFrom(ctx, types.Int64Type, grant.Teams)
		m.TeamIDs = teams
		diags.Append(teamDiags...)
	}
	return diags
}

// SetDetails writes why the invitation failed. GitHub does not list failed invitations for ever, so the reason stays for
// as long as the invitation counts as expired.
func (m *inviteModel) SetDetails(invitation invite.Invite[Grant]) {
	switch {
	case invitation.Status != invite.Expired:
		m.FailedReason = types.StringNull()
	case m.FailedReason.IsUnknown() || invitation.FailedReason != "":
		m.FailedReason = tfinvite.Text(invitation.FailedReason)
	}
}

const (
	inviteMarkdown = "Invites a person to an organization on GitHub, " +
		"follows the invitation until it is accepted, and revokes it on destroy. " +
		"GitHub shows the addresses of some members only: " +
		"public ones, and those on domains that the organization verified. " +
		"For other people, set `username`, so that it can be seen whether they accepted."

	roleMarkdown = "Role of the person: `member` or `admin`, which is an owner of the organization."
	roleDefault  = " Default: `member`. A change replaces an invitation that is not accepted yet."

	teamIDsMarkdown = "Ids of the teams that the person joins on acceptance. " +
		"A change replaces an invitation that is not accepted yet. " +
		"After acceptance it cannot be changed, because a membership does not show the teams of its invitation; " +
		"use the resource `github_team_membership` of the GitHub provider, or the team's page. " +
		"Leave it out for a person who is imported as a member."
	listedTeamIDsMarkdown = "Ids of the teams that the person joins on acceptance. " +
		"Null if there are none, or if GitHub does not show them: " +
		"its lists have only the number of teams of an invitation, and nothing about those of a member."

	usernameMarkdown = "User name of the account that is expected to accept, such as `octocat`. " +
		"An account can accept only if the address is verified in it. " +
		"It is not part of the invitation, which is sent to `email`: " +
		"if no visible member has the address, the membership of this account shows that it was accepted. " +
		"Changing it does not send anything."
	usernameForm = "must be the user name of an account on GitHub, such as octocat, without the @"

	failedReasonMarkdown = "Why the invitation failed, in GitHub's words. Null unless it did."

	provesAcceptance = "set username to the account that is expected to accept, " +
		"or verify the domain of the address for the organization (Settings → Verified and approved domains)"
)

// login is the form of user names. Old ones do not follow the rules for new ones, and managed ones have an underscore.
var login = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,38}$`)

// descriptor describes invitations to GitHub.
func descriptor() *tfinvite.Descriptor[Grant] {
	return &tfinvite.Descriptor[Grant]{
		Traits: invite.Traits{
			Title:               "GitHub",
			Resource:            "orginvite_github_invite",
			RemoveAccess:        "the organization's People page on GitHub",
			Lifetime:            lifetime,
			MailsRevocation:     true,
			HiddenMembersAdvice: provesAcceptance,
		},
		Platform:        "github",
		Markdown:        inviteMarkdown,
		New:             newModel,
		FixedLifetime:   true,
		GrantAttributes: []string{"role", "team_ids"},
		Attributes: map[string]schema.Attribute{
			"role": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(roleMember),
				MarkdownDescription: roleMarkdown + roleDefault,
				Validators:          []validator.String{stringvalidator.OneOf(roleMember, roleAdmin)},
			},
			"team_ids": schema.SetAttribute{
				Optional: true, ElementType: types.Int64Type, MarkdownDescription: teamIDsMarkdown,
				Validators: []validator.Set{setvalidator.ValueInt64sAre(int64validator.AtLeast(1))},
			},
			"username": schema.StringAttribute{
				Optional: true, MarkdownDescription: usernameMarkdown,
				Validators: []validator.String{stringvalidator.RegexMatches(login, usernameForm)},
			},
			"failed_reason": schema.StringAttribute{Computed: true, MarkdownDescription: failedReasonMarkdown},
		},
		Listed: tfinvite.Listed{
			Markdown: map[string]string{"role": roleMarkdown, "team_ids": listedTeamIDsMarkdown},
			Filter:   "role",
		},
	}
}
