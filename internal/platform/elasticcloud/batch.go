// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// The largest batches. Tokens are part of the URL, whose length servers limit.
const (
	maxEmails = 50
	maxTokens = 20
)

// lookDelay is how long after a failed batch the list is read: a list may lag behind what was sent.
const lookDelay = time.Second

// errRetrySingly is the result of an item whose batch was refused, perhaps because of another item. The item must be
// sent in a request of its own, to succeed or to get an answer of its own.
var errRetrySingly = errors.New("refused together with others")

// sendItem is one invitation to send.
type sendItem struct {
	organization string
	request      invite.Request[Grant]
}

// Send invites a person. People who are invited to the same roles at about the same time share one request.
func (b *backend) Send(
	ctx context.Context, organization string, request invite.Request[Grant],
) (invitation, error) {
	item := sendItem{organization: organization, request: request}
	key, err := json.Marshal(item.body())
	if err != nil {
		return invitation{}, err
	}
	sent, err := b.sends.do(ctx, organization+" "+string(key), item)
	if errors.Is(err, errRetrySingly) {
		retried := b.sendTogether(ctx, []sendItem{item})[0]
		return retried.value, retried.err
	}
	return sent, err
}

// sendTogether sends invitations that differ only in their addresses.
func (b *backend) sendTogether(ctx context.Context, items []sendItem) []result[invitation] {
	before := b.pendingTokens(items[0].organization)
	sent, err := b.post(ctx, items)
	if len(items) > 1 && (isPerAddress(err) || errors.Is(err, invite.ErrUncertain)) {
		return b.findSent(ctx, items, before, err)
	}
	results := make([]result[invitation], len(items))
	if err != nil {
		for i := range results {
			results[i].err = err
		}
		return results
	}
	answers := answersOf(sent, items)
	for i, item := range items {
		if answers[i] == nil {
			results[i].err = &invite.Failure{
				Meaning: invite.ErrUncertain,
				Err:     fmt.Errorf("the invitation of %s is missing in the answer", item.request.Email),
			}
			continue
		}
		results[i].value = *answers[i]
	}
	return results
}

// answersOf returns the invitation that answers each request, or nil. The platform may spell an address in its own
// way, so the last answer is that of the last request.
func answersOf(sent []invitation, items []sendItem) []*invitation {
	answers := make([]*invitation, len(items))
	missing := 0
	for i, item := range items {
		if answers[i] = invitationOf(sent, item.request.Email); answers[i] == nil {
			missing++
		}
	}
	left := slices.DeleteFunc(slices.Clone(sent), func(i invitation) bool {
		return slices.ContainsFunc(items, func(item sendItem) bool { return invite.SameEmail(item.request.Email, i.Email) })
	})
	if missing == 1 && len(left) == 1 {
		answers[slices.Index(answers, nil)] = &left[0]
	}
	return answers
}

// invitationOf returns a person's invitation, or nil.
func invitationOf(invitations []invitation, email string) *invitation {
	i := slices.IndexFunc(invitations, func(i invitation) bool { return invite.SameEmail(i.Email, email) })
	if i < 0 {
		return nil
	}
	return &invitations[i]
}

// findSent finds out whom a failed batch invited, so that nobody gets a second mail.
//
// It is not documented whether a refused batch invites the people whom the refusal is not about, or how soon a new
// invitation is listed. So findSent waits for lookDelay and reads the list. A pending invitation that was not listed
// before the batch was sent by it. After a refusal, the others are sent in requests of their own; if the list lagged
// even longer, the platform refuses them with organization.invitation_already_exists. After a lost answer, the others
// are not sent again: they stay uncertain.
func (b *backend) findSent(
	ctx context.Context, items []sendItem, before []string, failed error,
) []result[invitation] {
	results := make([]result[invitation], len(items))
	listed, err := b.listLater(ctx, items[0].organization)
	if err != nil {
		err = &invite.Failure{
			Meaning: invite.ErrUncertain,
			Err:     fmt.Errorf("%w. The list of invitations could not be read afterwards: %w", failed, err),
		}
		for i := range results {
			results[i].err = err
		}
		return results
	}
	appeared := slices.DeleteFunc(listed, func(i invitation) bool {
		return i.Status != invite.Pending || slices.Contains(before, i.Token)
	})
	for i, item := range items {
		found := invitationOf(appeared, item.request.Email)
		switch {
		case found != nil && item.request.Grant.MatchedBy(found.Grant):
			results[i].value = *found
		case found != nil:
			// The lifecycle compares again, and reports the invitation that exists. It must not send another one.
			results[i].err = &invite.Failure{Meaning: invite.ErrUncertain, Err: failed}
		case errors.Is(failed, invite.ErrUncertain):
			results[i].err = failed
		default:
			results[i].err = errRetrySingly
		}
	}
	return results
}

// listLater reads the list after lookDelay.
func (b *backend) listLater(ctx context.Context, organization string) ([]invitation, error) {
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-time.After(lookDelay):
		return b.Invites(ctx, organization)
	}
}

// revokeItem is one invitation to revoke.
type revokeItem struct{ organization, token string }

// Revoke revokes an invitation. Invitations that are revoked at about the same time share one request.
func (b *backend) Revoke(ctx context.Context, organization string, listed invitation) error {
	item := revokeItem{organization: organization, token: listed.Token}
	if item.token == "" {
		return &invite.Failure{Meaning: invite.ErrGone, Err: errors.New("the invitation is no longer listed")}
	}
	_, err := b.revokes.do(ctx, organization, item)
	if errors.Is(err, errRetrySingly) {
		return b.remove(ctx, organization, []string{item.token})
	}
	return err
}

// revokeTogether revokes invitations of one organization. A refusal does not show which of several it is about, so
// that each is then revoked in a request of its own. For those that the refused batch revoked, the platform answers
// that they are gone.
func (b *backend) revokeTogether(ctx context.Context, items []revokeItem) []result[struct{}] {
	tokens := make([]string, 0, len(items))
	for _, item := range items {
		tokens = append(tokens, item.token)
	}
	err := b.remove(ctx, items[0].organization, tokens)
	if len(items) > 1 && isPerAddress(err) {
		err = errRetrySingly
	}
	results := make([]result[struct{}], len(items))
	for i := range results {
		results[i].err = err
	}
	return results
}
