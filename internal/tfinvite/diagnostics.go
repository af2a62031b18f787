package tfinvite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// warn adds warnings as warnings.
func warn(diags *diag.Diagnostics, warnings []invite.Warning) {
	for _, warning := range warnings {
		diags.AddWarning(warning.Summary, warning.Detail)
	}
}

// report is the one place that turns a failure into a diagnostic: what could
// not be done, the platform's own words, and what to do, at the attribute to blame.
func (k *Descriptor[G]) report(diags *diag.Diagnostics, summary string, err error) {
	var exists *invite.Exists[G]
	var lost *invite.Lost
	var failure *invite.Failure
	at, detail := path.Empty(), ""
	switch {
	case errors.As(err, &exists):
		at, summary, detail = emailPath, summary+": "+exists.Error(), k.existsDetail(exists)
	case errors.As(err, &lost):
		detail = lostDetail(lost)
	case errors.Is(err, context.Canceled):
		detail = "Terraform was interrupted before the platform answered."
	case errors.As(err, &failure) && failure.Attribute != "":
		at, detail = path.Root(failure.Attribute), Explanation(err)
	default:
		detail = Explanation(err)
	}
	if withdrawn, ok := errors.AsType[*invite.Withdrawn](err); ok {
		detail = paragraphs(detail, "The earlier invitation was revoked before that, to make room for this one: "+withdrawn.Invitation+". It can no longer be accepted. Apply again to send the new one.")
	}
	if at.Equal(path.Empty()) {
		diags.AddError(summary, detail)
		return
	}
	diags.AddAttributeError(at, summary, detail)
}

// Explanation is the platform's own words and, where there is one, the advice that goes with them.
func Explanation(err error) string {
	if failure, ok := errors.AsType[*invite.Failure](err); ok {
		return paragraphs(sentence(err), failure.Advice)
	}
	return sentence(err)
}

func (k *Descriptor[G]) existsDetail(exists *invite.Exists[G]) string {
	switch {
	case exists.SentNow:
		return fmt.Sprintf("Another resource with the same address sent that invitation in this very run (id %s, %s). "+
			"No person gets two for one apply, so this one was not sent. Declare each person once per organization; letter case does not make an address another one.",
			exists.Invite.ID, exists.Invite.Grant)
	case exists.Invite != nil:
		return paragraphs("Nothing was sent. Found: "+invite.Describe(*exists.Invite)+".",
			k.importHelp(exists.Organization, exists.Invite.ID),
			"If the invitation belongs to this very resource, and the resource has create_before_destroy, take that out: the old invitation has to be revoked before a new one is sent.")
	case exists.Member != nil:
		return paragraphs(fmt.Sprintf("Nothing was sent. Found: a member with id %s, who has %s.", exists.Member.ID, exists.Member.Grant),
			k.importHelp(exists.Organization, exists.Member.Email))
	default:
		return paragraphs(Explanation(exists.Err), "Neither a pending invitation nor a member with that address could be found. It may have been accepted under another address; look at the organization's members.")
	}
}

// importHelp gives the block that takes over what exists.
func (k *Descriptor[G]) importHelp(organization, reference string) string {
	return fmt.Sprintf("To manage it from here, put the address of this resource into this block and apply:\n\n"+
		"  import {\n    to = %s.NAME\n    id = %q\n  }\n\nOr set adopt_existing = true, which takes over whatever already exists.", k.Resource, organization+"/"+reference)
}

func lostDetail(lost *invite.Lost) string {
	if lost.Look != nil {
		return paragraphs(sentence(lost.Err),
			"Whether the invitation was sent is not known, because the organization could not be looked at afterwards: "+sentence(lost.Look),
			"The request was not repeated, since that could mail the person twice. Apply again: if the invitation is there by then, the error will say how to take it over.")
	}
	if lost.Unmatched != "" {
		return paragraphs(sentence(lost.Err),
			"Meanwhile there is "+lost.Unmatched+". It does not grant what is declared, so whether it is the one that was to be sent, or somebody else's, is not known, and it was not taken over.",
			"The request was not repeated, since that could mail the person twice. Import that invitation if it is yours, or revoke it and apply again.")
	}
	return paragraphs(sentence(lost.Err),
		"The organization was looked at afterwards, and the invitation is not there: nothing was sent. Apply again to send it.")
}

// warnExisting says in the plan what a create finds, and what comes of it.
func (k *Descriptor[G]) warnExisting(diags *diag.Diagnostics, preview invite.Preview[G], email string) {
	found, detail, reference := "is already invited to", "", ""
	if preview.Invite != nil {
		detail, reference = "Found: "+invite.Describe(*preview.Invite)+".", preview.Invite.ID
	} else {
		found = "is already a member of"
		detail = fmt.Sprintf("Found: a member with id %s, who has %s.", preview.Member.ID, preview.Member.Grant)
		reference = preview.Member.Email
	}
	next := map[invite.Decision]string{
		invite.Refuse:       "The apply will fail, and nothing will be sent. " + k.importHelp(preview.Organization, reference),
		invite.Adopt:        "adopt_existing is set: it will be taken over as it is, without a mail.",
		invite.Replace:      "adopt_existing is set, and it differs from what is declared, or cannot be compared with that: it will be revoked, and a new one sent, which mails the person.",
		invite.RecordMember: "adopt_existing is set: the person will be recorded as accepted, without a mail.",
		invite.Undecided:    "adopt_existing is set: it will be taken over without a mail if it grants what is declared, which is not known yet; otherwise it will be revoked and a new one sent.",
	}[preview.Decision]
	diags.AddAttributeWarning(emailPath, email+" "+found+" "+k.OrganizationName(preview.Organization), paragraphs(detail, next))
}

// sentence makes an error text one: a capital letter and a full stop.
func sentence(err error) string {
	text := err.Error()
	if text == "" {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	if unicode.IsLower(first) {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if strings.HasSuffix(text, ".") {
		return text
	}
	return text + "."
}

// paragraphs joins what is not empty.
func paragraphs(parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n\n")
}
