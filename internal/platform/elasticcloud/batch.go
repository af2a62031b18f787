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

// sendItem is one invitation to send.
type sendItem struct {
	organization string
	request      invite.Request[Grant]
}

type sendCall = call[sendItem, invitation]

// Send invites a person. People who are invited to the same roles at about the same time share one request.
func (b *backend) Send(
	ctx context.Context, organization string, request invite.Request[Grant],
) (invitation, error) {
	item := sendItem{organization: organization, request: request}
	key, err := json.Marshal(item.body())
	if err != nil {
		return invitation{}, err
	}
	return b.sends.do(ctx, organization+" "+string(key), item)
}

// sendTogether sends invitations that differ only in their addresses.
func (b *backend) sendTogether(ctx context.Context, calls []*sendCall) {
	pending, _ := b.pending.Load(calls[0].item.organization)
	before, _ := pending.([]string)
	sent, err := b.post(ctx, calls)
	switch {
	case err == nil:
		setAnswers(calls, sent)
	case len(calls) > 1 && (isPerAddress(err) || errors.Is(err, invite.ErrUncertain)):
		b.findSent(ctx, calls, before, err)
	default:
		setError(calls, err)
	}
}

// setAnswers gives each call its invitation. The platform may spell an address in its own way, so the last answer is
// that of the last request.
func setAnswers(calls []*sendCall, sent []invitation) {
	var missing []*sendCall
	left := slices.Clone(sent)
	for _, c := range calls {
		isAnswer := func(i invitation) bool { return invite.SameEmail(i.Email, c.item.request.Email) }
		if at := slices.IndexFunc(sent, isAnswer); at >= 0 {
			c.value = sent[at]
		} else {
			missing = append(missing, c)
		}
		left = slices.DeleteFunc(left, isAnswer)
	}
	if len(missing) == 1 && len(left) == 1 {
		missing[0].value = left[0]
		return
	}
	for _, c := range missing {
		c.err = &invite.Failure{
			Meaning: invite.ErrUncertain,
			Err:     fmt.Errorf("the invitation of %s is missing in the answer", c.item.request.Email),
		}
	}
}

// findSent finds out whom a failed batch invited, so that nobody gets a second mail.
//
// It is not documented whether a refused batch invites the people whom the refusal is not about, or how soon a new
// invitation is listed. So findSent waits for lookDelay and reads the list. A pending invitation that was not listed
// before the batch was sent by it. After a refusal, the others are sent in requests of their own; if the list lagged
// even longer, the platform refuses them with organization.invitation_already_exists. After a lost answer, the others
// are not sent again: they stay uncertain.
func (b *backend) findSent(ctx context.Context, calls []*sendCall, before []string, failed error) {
	listed, err := b.listLater(ctx, calls[0].item.organization)
	if err != nil {
		setError(calls, &invite.Failure{
			Meaning: invite.ErrUncertain,
			Err:     fmt.Errorf("%w. The list of invitations could not be read afterwards: %w", failed, err),
		})
		return
	}
	for _, c := range calls {
		at := slices.IndexFunc(listed, func(i invitation) bool {
			return i.Status == invite.Pending && invite.SameEmail(i.Email, c.item.request.Email) &&
				!slices.Contains(before, i.Token)
		})
		switch {
		case at >= 0 && c.item.request.Grant.MatchedBy(listed[at].Grant):
			c.value = listed[at]
		case at >= 0:
			// The lifecycle compares again, and reports the invitation that exists. It must not send another one.
			c.err = &invite.Failure{Meaning: invite.ErrUncertain, Err: failed}
		case errors.Is(failed, invite.ErrUncertain):
			c.err = failed
		default:
			c.err = errRetrySingly
		}
	}
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
	return err
}

// revokeTogether revokes invitations of one organization. A refusal does not show which of several it is about, so
// that each is then revoked in a request of its own. For those that the refused batch revoked, the platform answers
// that they are gone.
func (b *backend) revokeTogether(ctx context.Context, calls []*call[revokeItem, struct{}]) {
	tokens := make([]string, 0, len(calls))
	for _, c := range calls {
		tokens = append(tokens, c.item.token)
	}
	err := b.remove(ctx, calls[0].item.organization, tokens)
	if len(calls) > 1 && isPerAddress(err) {
		err = errRetrySingly
	}
	setError(calls, err)
}
