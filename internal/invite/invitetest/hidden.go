// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invitetest

import (
	"context"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// The requests that only a platform with hidden members knows.
const (
	OnEnded   Operation = "ended"
	OnAccount Operation = "account"
)

// hiding is a platform that shows no address of the people in Hidden, lists failed invitations apart, and finds members
// by their accounts: the account of ada@example.com is ada.
type hiding struct{ managing }

// NewHiding returns a platform that hides members. Its list has pending invitations only.
func NewHiding() *Platform {
	m := New()
	m.Hides, m.ManagesMembers = true, true
	m.Unlisted = []invite.Status{invite.Accepted, invite.Revoked, invite.Expired}
	return m
}

// Hide makes the addresses of people invisible in the list of members.
func (m *Platform) Hide(emails ...string) { m.Hidden = append(m.Hidden, emails...) }

func (m hiding) Members(ctx context.Context, name string) ([]invite.Member[Role], error) {
	members, err := m.Platform.Members(ctx, name)
	for i := range members {
		if slices.Contains(m.Hidden, members[i].Email) {
			members[i].Email = ""
		}
	}
	return members, err
}

func (m hiding) EndedInvites(ctx context.Context, name string) ([]invite.Invite[Role], error) {
	return request(ctx, m.Platform, OnEnded, func() (listed []invite.Invite[Role], err error) {
		for _, invitation := range m.Organization(name).invitations {
			if shown := m.shown(*invitation); shown.Status == invite.Expired && !m.ForgetsEnded {
				shown.FailedReason = "not accepted in time"
				listed = append(listed, shown)
			}
		}
		return listed, nil
	})
}

func (m hiding) FindAccount(
	ctx context.Context, name, account string,
) (found invite.Member[Role], isMember bool, err error) {
	_, err = request(ctx, m.Platform, OnAccount, func() (any, error) {
		if account == "nobody" {
			return nil, &invite.Failure{
				Meaning: invite.ErrUnresolved, Attribute: "username", Err: refusal(nil, "no such account"),
			}
		}
		for _, member := range m.Organization(name).Members {
			if local, _, _ := strings.Cut(member.Email, "@"); local == account {
				found, isMember = *member, true
				if slices.Contains(m.Hidden, member.Email) {
					found.Email = ""
				}
			}
		}
		return nil, nil
	})
	return found, isMember, err
}
