// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Filter selects invitations. Zero fields select everything.
type Filter struct {
	Statuses       []Status
	Email          string // ignoring letter case
	Domain         string // the exact domain, ignoring letter case
	ExpiringBefore time.Time
}

// PendingOnly selects the pending invitations.
func PendingOnly() Filter { return Filter{Statuses: []Status{Pending}} }

// selects reports whether the filter selects an invitation or a member.
func (f Filter) selects(email string, status Status, expiresAt time.Time) bool {
	return (len(f.Statuses) == 0 || slices.Contains(f.Statuses, status)) &&
		(f.Email == "" || SameEmail(f.Email, email)) &&
		(f.Domain == "" || strings.EqualFold(f.Domain, Domain(email))) &&
		(f.ExpiringBefore.IsZero() || !expiresAt.IsZero() && expiresAt.Before(f.ExpiringBefore))
}

// needsEnded reports whether the filter may select invitations that are no longer pending.
func (f Filter) needsEnded() bool { return !slices.Equal(f.Statuses, PendingOnly().Statuses) }

// Select returns the invitations that the filter selects, ordered by address and then id.
func Select[G Grant[G]](invitations []Invite[G], filter Filter) []Invite[G] {
	selected := make([]Invite[G], 0, len(invitations))
	for _, invitation := range invitations {
		if filter.selects(invitation.Email, invitation.Status, invitation.ExpiresAt) {
			selected = append(selected, invitation)
		}
	}
	slices.SortStableFunc(selected, func(a, b Invite[G]) int {
		return compareEntries(a.Email, a.ID, b.Email, b.ID)
	})
	return selected
}

// SelectMembers returns the members with an address and at a domain, ordered by address and then id. An empty address or
// domain selects everybody of whom the platform shows anything.
func SelectMembers[G Grant[G]](members []Member[G], email, domain string) []Member[G] {
	filter := Filter{Email: email, Domain: domain}
	selected := slices.DeleteFunc(slices.Clone(members), func(member Member[G]) bool {
		selects := func(email string) bool { return filter.selects(email, "", time.Time{}) }
		return member.key() == "" || !selects(member.Email) && !slices.ContainsFunc(member.OtherEmails, selects)
	})
	slices.SortStableFunc(selected, func(a, b Member[G]) int { return compareEntries(a.Email, a.ID, b.Email, b.ID) })
	return selected
}

func compareEntries(emailA, idA, emailB, idB string) int {
	if byEmail := strings.Compare(NormalizeEmail(emailA), NormalizeEmail(emailB)); byEmail != 0 {
		return byEmail
	}
	return strings.Compare(idA, idB)
}

// Summary is an invitation of any platform.
type Summary struct {
	ID        string
	Email     string
	Status    Status
	Grant     string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// Summarizer lists invitations of any platform. Every [Service] is one.
type Summarizer interface {
	Summaries(ctx context.Context, organization string, filter Filter) ([]Summary, error)
}

// Summaries lists the invitations that the filter selects.
func (s *Service[G]) Summaries(ctx context.Context, organization string, filter Filter) ([]Summary, error) {
	invitations, err := s.Invites(ctx, organization, filter)
	if err != nil {
		return nil, err
	}
	summaries := make([]Summary, 0, len(invitations))
	for _, invitation := range invitations {
		summaries = append(summaries, Summary{
			ID:        invitation.ID,
			Email:     invitation.Email,
			Status:    invitation.Status,
			Grant:     invitation.Grant.String(),
			CreatedAt: invitation.CreatedAt,
			ExpiresAt: invitation.ExpiresAt,
		})
	}
	return summaries, nil
}

// MemberEmails lists the addresses of all members that show one, for those who know no platform's types.
func (s *Service[G]) MemberEmails(ctx context.Context, organization string) ([]string, error) {
	members, err := s.Members(ctx, organization)
	if err != nil {
		return nil, err
	}
	var addresses []string
	for _, member := range members {
		for _, address := range append([]string{member.Email}, member.OtherEmails...) {
			if address != "" {
				addresses = append(addresses, address)
			}
		}
	}
	return addresses, nil
}
