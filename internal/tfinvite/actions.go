// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// inviteAction does one thing to the invitation of an address. It has no state.
type inviteAction[G invite.Grant[G]] struct {
	configured[G]
	name     string
	markdown string
	// progress says what the action does, with verbs for the address and the organization.
	progress string
	// run does it, and returns what happened.
	run func(service *invite.Service[G], ctx context.Context, organization, email string) (string, error)
}

var _ action.ActionWithConfigure = (*inviteAction[noGrant])(nil)

// actionModel is the configuration of an action.
type actionModel struct {
	Email          types.String `tfsdk:"email"`
	OrganizationID types.String `tfsdk:"organization_id"`
}

const (
	resendMarkdown = "Sends an invitation to an organization on %s again: " +
		"the old one is revoked, and a new one with the same grant takes its place. " +
		"%s " +
		"A resource that declares the invitation follows the new one at its next refresh, without a change."

	resendLifetimeMarkdown = " The new one is valid for as long as the old one was, counted from now."

	oneMailMarkdown    = "The person gets one mail."
	revocationMarkdown = "The person gets two mails: one about the revocation, and the new invitation."

	revokeMarkdown = "Revokes a pending or expired invitation to an organization on %s, whoever sent it. " +
		"If it is gone or already accepted, the action says so and changes nothing. " +
		"It never removes a member."
)

// NewResendAction returns the constructor of the action that sends a platform's invitation again.
func NewResendAction[G invite.Grant[G]](descriptor *Descriptor[G]) func() action.Action {
	mails, progress := oneMailMarkdown, "send the invitation of %s to %s again"
	if descriptor.MailsRevocation {
		mails, progress = revocationMarkdown, progress+", which mails the revocation of the old one too"
	}
	markdown := fmt.Sprintf(resendMarkdown, descriptor.Title, mails)
	if descriptor.Lifetime > 0 {
		markdown += resendLifetimeMarkdown
	}
	return func() action.Action {
		return &inviteAction[G]{
			configured: configured[G]{Descriptor: descriptor},
			name:       "resend",
			markdown:   markdown,
			progress:   progress,
			run:        (*invite.Service[G]).Resend,
		}
	}
}

// NewRevokeAction returns the constructor of the action that revokes a platform's invitation.
func NewRevokeAction[G invite.Grant[G]](descriptor *Descriptor[G]) func() action.Action {
	return func() action.Action {
		return &inviteAction[G]{
			configured: configured[G]{Descriptor: descriptor},
			name:       "revoke",
			markdown:   fmt.Sprintf(revokeMarkdown, descriptor.Title),
			progress:   "revoke the invitation of %s to %s",
			run:        (*invite.Service[G]).Revoke,
		}
	}
}

func (a *inviteAction[G]) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = a.typeName(a.name)
}

func (a *inviteAction[G]) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.configure(req.ProviderData, &resp.Diagnostics)
}

func (a *inviteAction[G]) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: a.markdown,
		Attributes: map[string]schema.Attribute{
			"email": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "Address of the person, ignoring case.",
				Validators:          []validator.String{emailValidator},
			},
			"organization_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: a.organizationMarkdown(),
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
		},
	}
}

// Invoke runs the action and reports its progress.
func (a *inviteAction[G]) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	service, organization := a.target(ctx, config.OrganizationID, &resp.Diagnostics)
	if service == nil {
		return
	}
	email := config.Email.ValueString()
	what := fmt.Sprintf(a.progress, email, a.OrganizationName(organization))
	resp.SendProgress(action.InvokeProgressEvent{Message: "going to " + what})
	done, err := a.run(service, ctx, organization, email)
	if err != nil {
		a.report(&resp.Diagnostics, "Could not "+what, err)
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: done})
}
