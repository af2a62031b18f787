// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const (
	seatsAsked = "Paid seats that this plan asks for so far: %d. Free seats: %d " +
		"(the organization has %d, members take %d, and pending invitations that this plan does not replace take %d). " +
		"No seat is left for %s."
	seatsCounting = "%s does not document whether pending and expired invitations take a seat. " +
		"Here pending ones are counted, and expired ones are not. " +
		"Invitations that the same plan revokes are counted until they are gone."
	seatsAdvice = "The apply may fail for these people. " +
		"Add seats, revoke invitations, or invite with a permission that takes no seat."
)

// warnSeats warns of an invitation for which no paid seat is left. It is never an error: the platform decides.
func (r *inviteResource[G]) warnSeats(
	ctx context.Context, service *invite.Service[G], organization string, request invite.Request[G],
	diags *diag.Diagnostics,
) {
	shortage, short := service.AskForSeat(ctx, organization, request)
	if !short {
		return
	}
	diags.AddAttributeWarning(emailPath, "No paid seat is left for "+request.Email+" in "+r.OrganizationName(organization),
		paragraphs(fmt.Sprintf(seatsAsked, shortage.Asked, shortage.Free(), shortage.Total, shortage.Used, shortage.Pending,
			enumerate(shortage.People)), fmt.Sprintf(seatsCounting, r.Title), seatsAdvice))
}
