// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Every failure becomes one error, at the attribute to blame, in the platform's
// words and with what to do.
func TestReport(t *testing.T) {
	t.Parallel()
	found := invite.Invite[invitetest.Role]{
		ID: "inv-a", Token: "secret-token", Email: "Ada@Example.com", Status: invite.Pending, Grant: "viewer",
		CreatedAt: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), ExpiresAt: time.Date(2030, 1, 8, 0, 0, 0, 0, time.UTC),
	}
	member := invite.Member[invitetest.Role]{ID: "u1", Email: invitetest.Ada, Grant: "editor"}
	lost := &invite.Failure{Meaning: invite.ErrUncertain, Err: errors.New("the connection broke")}
	for name, c := range map[string]struct {
		err  error
		at   string
		says []string
	}{
		"anything":         {errors.New("something"), "", []string{"Something."}},
		"not ASCII":        {errors.New("élan is not a role"), "", []string{"Élan is not a role."}},
		"no letter":        {errors.New("„x“ is not a role"), "", []string{"\n„x“ is not a role."}},
		"advice":           {&invite.Failure{Advice: "Do this.", Err: errors.New("no")}, "", []string{"No.\n\nDo this."}},
		"an attribute":     {fmt.Errorf("looking: %w", &invite.Failure{Attribute: "role", Err: errors.New("no")}), "role", []string{"Looking: no."}},
		"interrupted":      {fmt.Errorf("sending: %w", context.Canceled), "", []string{"Terraform was interrupted"}},
		"invited":          {&invite.Exists[invitetest.Role]{Existing: invite.Existing[invitetest.Role]{Organization: invitetest.Acme, Invite: &found}}, "email", []string{"Ada@Example.com is already invited", "Nothing was sent", "inv-a", "role viewer", "2030-01-01T00:00:00Z", "2030-01-08T00:00:00Z", "to = orginvite_memory_invite.NAME", `id = "acme/inv-a"`, "adopt_existing = true"}},
		"invited just now": {&invite.Exists[invitetest.Role]{Existing: invite.Existing[invitetest.Role]{Invite: &found}, SentNow: true}, "email", []string{"Another resource with the same address", "inv-a"}},
		"a member":         {&invite.Exists[invitetest.Role]{Existing: invite.Existing[invitetest.Role]{Organization: invitetest.Acme, Member: &member}}, "email", []string{"is already a member", "id u1", "role editor", `id = "acme/ada@example.com"`}},
		"nothing visible":  {&invite.Exists[invitetest.Role]{Err: &invite.Failure{Advice: "Ask them.", Err: errors.New("taken")}}, "email", []string{"Could not do it: the platform says that there is", "\nTaken.\n\nAsk them.", "Neither a pending invitation nor a member"}},
		"lost":             {&invite.Lost{Err: lost}, "", []string{"The connection broke.", "is not there", "Apply again"}},
		"lost, not looked": {&invite.Lost{Err: lost, Look: errors.New("forbidden")}, "", []string{"The connection broke.", "is not known", "Forbidden.", "not repeated"}},
		"lost, unmatched":  {&invite.Lost{Err: lost, Unmatched: invite.Describe(found)}, "", []string{"inv-a", "was not taken over"}},
		"lost, cancelled":  {&invite.Lost{Err: context.Canceled, Look: context.Canceled}, "", []string{"is not known"}},
		"after a revoke":   {&invite.Withdrawn{Invitation: invite.Describe(found), Err: &invite.Failure{Attribute: "role", Advice: "Do this.", Err: errors.New("no")}}, "role", []string{"No.", "Do this.", "was revoked before that", "inv-a", "Apply again"}},
		"lost after one":   {&invite.Withdrawn{Invitation: invite.Describe(found), Err: &invite.Lost{Err: lost}}, "", []string{"is not there", "was revoked before that"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			descriptor(invitetest.New()).report(&diags, "Could not do it", c.err)
			invitetest.Same(t, "how many", len(diags), 1)
			invitetest.Same(t, "errors", diags.ErrorsCount(), 1)
			text := diags[0].Summary() + "\n" + diags[0].Detail()
			invitetest.Contains(t, "diagnostic", []string{text}, append(c.says, "Could not do it")...)
			if strings.Contains(text, "secret") {
				t.Errorf("a secret: %s", text)
			}
			at := ""
			if located, ok := diags[0].(diag.DiagnosticWithPath); ok {
				at = located.Path().String()
			}
			invitetest.Same(t, "at", at, c.at)
		})
	}
}
