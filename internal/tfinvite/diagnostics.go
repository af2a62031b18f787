// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

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

const (
	interruptedDetail = "Terraform was interrupted before the platform answered."

	withdrawnDetail = "The earlier invitation was revoked before that, to make room for this one: %s. " +
		"It can no longer be accepted. " +
		"Apply again to send the new one."

	sentNowDetail = "Another resource with the same address sent that invitation in this very run (id %s, %s). " +
		"Nobody gets two invitations from one apply, so this one was not sent. " +
		"Declare each person once per organization; an address in another case is the same address."

	hiddenMemberDetail = "The address of that member is not visible, so the member cannot be imported by it. " +
		"Set adopt_existing = true to record the person as accepted."

	createBeforeDestroyDetail = "If the invitation belongs to this very resource, " +
		"and the resource has create_before_destroy, remove that: " +
		"the old invitation has to be revoked before a new one is sent."

	notFoundDetail = "Neither a pending invitation nor a member with that address could be found. " +
		"It may have been accepted under another address; look at the organization's members."

	importDetail = "To manage it with this resource, put the address of the resource into this block and apply:\n\n" +
		"  import {\n    to = %s.NAME\n    id = %q\n  }\n\n" +
		"Or set adopt_existing = true, which takes over whatever already exists."

	notRepeatedDetail = "The request was not repeated, because that could mail the person twice. "

	lostUnknownDetail = "Whether the invitation was sent is not known, " +
		"because the organization's invitations could not be listed afterwards: %s"

	lostUnknownAdvice = notRepeatedDetail +
		"Apply again: if the invitation is there by then, the error says how to import it."

	lostUnmatchedDetail = "Meanwhile there is %s. " +
		"It does not grant what is declared. Whether it is the one that was sent or somebody else's is not known, " +
		"so it was not taken over."

	lostUnmatchedAdvice = notRepeatedDetail +
		"Import that invitation if it is yours, or revoke it and apply again."

	lostDetail = "The organization's invitations were listed afterwards, and this one is not there: nothing was sent. " +
		"Apply again to send it."
)

// decisionDetails say in a plan what the apply will do about what was found.
var decisionDetails = map[invite.Decision]string{
	invite.Refuse: "The apply will fail, and nothing will be sent. ",
	invite.Adopt:  "adopt_existing is set: it will be taken over as it is, without a mail.",
	invite.Replace: "adopt_existing is set, and it differs from what is declared, or cannot be compared with it: " +
		"it will be revoked, and a new one sent, which mails the person.",
	invite.RecordMember: "adopt_existing is set: the person will be recorded as accepted, without a mail.",
	invite.Undecided: "adopt_existing is set: it will be taken over without a mail if it grants what is declared, " +
		"which is not known yet; otherwise it will be revoked, and a new one sent.",
}

// warn adds warnings of the domain.
func warn(diags *diag.Diagnostics, warnings []invite.Warning) {
	for _, warning := range warnings {
		diags.AddWarning(warning.Summary, warning.Detail)
	}
}

// report is the one place that turns an error of the domain into a diagnostic: what could not be done, the platform's
// own words, and what to do, at the attribute to blame.
func (d *Descriptor[G]) report(diags *diag.Diagnostics, summary string, err error) {
	var exists *invite.Exists[G]
	var lost *invite.Lost
	var failure *invite.Failure
	at, detail := path.Empty(), ""
	switch {
	case errors.As(err, &exists):
		at, summary, detail = emailPath, summary+": "+exists.Error(), d.existsDetail(exists)
	case errors.As(err, &lost):
		detail = explainLost(lost)
	case errors.Is(err, context.Canceled):
		detail = interruptedDetail
	case errors.As(err, &failure) && failure.Attribute != "":
		at, detail = path.Root(failure.Attribute), Explanation(err)
	default:
		detail = Explanation(err)
	}
	if withdrawn, ok := errors.AsType[*invite.Withdrawn](err); ok {
		detail = paragraphs(detail, fmt.Sprintf(withdrawnDetail, withdrawn.Invitation))
	}
	if at.Equal(path.Empty()) {
		diags.AddError(summary, detail)
		return
	}
	diags.AddAttributeError(at, summary, detail)
}

// Explanation is the platform's own words and, if there is one, the advice that goes with them.
func Explanation(err error) string {
	if failure, ok := errors.AsType[*invite.Failure](err); ok {
		return paragraphs(sentence(err), failure.Advice)
	}
	return sentence(err)
}

func (d *Descriptor[G]) existsDetail(exists *invite.Exists[G]) string {
	switch {
	case exists.SentNow:
		return fmt.Sprintf(sentNowDetail, exists.Invite.ID, exists.Invite.Grant)
	case exists.Invite == nil && exists.Member == nil:
		return paragraphs(Explanation(exists.Err), notFoundDetail)
	}
	found, help := d.describeExisting(exists.Existing)
	if exists.Invite != nil {
		help = paragraphs(help, createBeforeDestroyDetail)
	}
	return paragraphs("Nothing was sent. "+found, help)
}

// describeExisting describes what exists, and how to manage it.
func (d *Descriptor[G]) describeExisting(existing invite.Existing[G]) (found, help string) {
	var reference string
	if existing.Invite != nil {
		found, reference = fmt.Sprintf("Found: %s.", invite.Describe(*existing.Invite)), existing.Invite.ID
	} else {
		found = fmt.Sprintf("Found: a member with id %s, who has %s.", existing.Member.ID, existing.Member.Grant)
		reference = existing.Member.Email
	}
	if reference == "" {
		return found, hiddenMemberDetail
	}
	return found, fmt.Sprintf(importDetail, d.Resource, existing.Organization+"/"+reference)
}

func explainLost(lost *invite.Lost) string {
	switch {
	case lost.Look != nil:
		unknown := fmt.Sprintf(lostUnknownDetail, sentence(lost.Look))
		return paragraphs(sentence(lost.Err), unknown, lostUnknownAdvice)
	case lost.Unmatched != "":
		unmatched := fmt.Sprintf(lostUnmatchedDetail, lost.Unmatched)
		return paragraphs(sentence(lost.Err), unmatched, lostUnmatchedAdvice)
	default:
		return paragraphs(sentence(lost.Err), lostDetail)
	}
}

// warnExisting warns in a plan about what the create will find, and says what the apply will do about it.
func (d *Descriptor[G]) warnExisting(diags *diag.Diagnostics, preview invite.Preview[G], email string) {
	found, help := d.describeExisting(preview.Existing)
	next := decisionDetails[preview.Decision]
	if preview.Decision == invite.Refuse {
		next += help
	}
	summary := email + " is already invited to " + d.OrganizationName(preview.Organization)
	if preview.Invite == nil {
		summary = email + " is already a member of " + d.OrganizationName(preview.Organization)
	}
	diags.AddAttributeWarning(emailPath, summary, paragraphs(found, next))
}

// sentence makes a sentence of an error: with a capital letter and a full stop.
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

// paragraphs joins the parts that are not empty.
func paragraphs(parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, part := range parts {
		if part != "" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n\n")
}
