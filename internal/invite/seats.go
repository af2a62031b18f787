// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-log/tflog"
)

// SeatShortage says that a plan asks for more paid seats than an organization has.
type SeatShortage struct {
	Seats
	// Asked is for how many people the plan asks for a seat so far, the one at hand included.
	Asked int64
	// Pending is how many other people have a pending invitation that takes a seat.
	Pending int64
	// People are those for whom no seat is left so far, in the order in which they were planned.
	People []string
}

// Free is how many seats neither members nor pending invitations take.
func (s SeatShortage) Free() int64 { return max(0, s.Total-s.Used-s.Pending) }

// seatCount is what a walk knows of the paid seats of an organization.
type seatCount struct {
	// turn is held by whoever reads or changes the rest.
	turn turn
	// read: the platform was asked, whatever the answer. A failure is not asked about again.
	read bool
	// seats is nil where the platform does not show them.
	seats *Seats
	// pending and asked are addresses of people who have a pending invitation, or are to get one.
	pending, asked map[string]bool
	unfit          []string
}

func newSeatCount() seatCount {
	return seatCount{turn: make(turn, 1), pending: map[string]bool{}, asked: map[string]bool{}}
}

// takesSeat reports whether a person with a grant takes a paid seat.
func takesSeat[G Grant[G]](grant G) bool {
	paid, ok := any(grant).(PaidGrant)
	return ok && paid.TakesSeat()
}

// AskForSeat counts an invitation that is planned, and reports whether it no longer fits into the paid seats. The
// platform is asked once in a walk, and only if an invitation takes a seat. What it does not show, or fails to show, is
// no shortage.
func (s *Service[G]) AskForSeat(
	ctx context.Context, name string, request Request[G],
) (shortage SeatShortage, short bool) {
	org := s.organization(name)
	if !takesSeat(request.Grant) || org.hasSent() {
		// An apply plans again what it applies. Once it has sent something, the plan was confirmed long ago.
		return shortage, false
	}
	count := &org.seats
	done, err := count.turn.take(ctx)
	if err != nil {
		return shortage, false
	}
	defer done()
	if !count.read {
		count.read = true
		if err := s.readSeats(ctx, name, count); err != nil {
			tflog.Info(ctx, "the paid seats could not be read: not checked whether the plan fits",
				map[string]any{"platform": s.Title, "organization": name, "error": err.Error()})
		}
	}
	if count.seats == nil {
		return shortage, false
	}
	address := NormalizeEmail(request.Email)
	count.asked[address] = true
	delete(count.pending, address) // it is to be replaced
	shortage = SeatShortage{
		Seats: *count.seats, Asked: int64(len(count.asked)), Pending: int64(len(count.pending)),
	}
	if shortage.Asked <= shortage.Free() {
		return shortage, false
	}
	if !slices.Contains(count.unfit, request.Email) {
		count.unfit = append(count.unfit, request.Email)
	}
	shortage.People = slices.Clone(count.unfit)
	return shortage, true
}

// readSeats reads how many seats there are, and whose pending invitations take one. An organization without seats is
// taken for one that does not count them.
func (s *Service[G]) readSeats(ctx context.Context, name string, count *seatCount) error {
	details, err := s.Details(ctx, name)
	if err != nil || details.Seats == nil || details.Seats.Total <= 0 {
		return err
	}
	invitations, err := s.Invites(ctx, name, PendingOnly())
	if err != nil {
		return err
	}
	for _, invitation := range invitations {
		if takesSeat(invitation.Grant) {
			count.pending[invitation.address()] = true
		}
	}
	count.seats = details.Seats
	return nil
}
