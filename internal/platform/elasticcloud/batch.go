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

// How many travel together. Tokens are part of the URL, whose length servers limit.
const (
	maxEmails = 50
	maxTokens = 20
)

// lookDelay is how long a look at the list waits after a batch that failed: a list may lag behind what was sent.
const lookDelay = time.Second

// errRetrySingly says that a batch was refused, perhaps because of another item in it. The item is to be sent in a
// request of its own: to succeed, or to get an answer of its own.
var errRetrySingly = errors.New("refused together with others")

// sendItem is one invitation that is to be sent.
type sendItem struct {
	organization string
	order        invite.Request[Grant]
}

// Send invites a person, together with others who are invited to the same at about the same time.
func (b *backend) Send(ctx context.Context, organization string, order invite.Request[Grant]) (invitation, error) {
	item := sendItem{organization: organization, order: order}
	key, err := json.Marshal(item.body())
	if err != nil {
		return invitation{}, err
	}
	sent, err := b.sends.do(ctx, organization+" "+string(key), item)
	if errors.Is(err, errRetrySingly) {
		alone := b.sendTogether(ctx, []sendItem{item})[0]
		return alone.value, alone.err
	}
	return sent, err
}

// sendTogether sends invitations that differ in their addresses only.
func (b *backend) sendTogether(ctx context.Context, items []sendItem) []result[invitation] {
	before := b.pendingTokens(items[0].organization)
	sent, err := b.post(ctx, items)
	if len(items) > 1 && (isPerAddress(err) || errors.Is(err, invite.ErrUncertain)) {
		return b.findSent(ctx, items, before, err)
	}
	results := make([]result[invitation], len(items))
	for i, item := range items {
		if err != nil {
			results[i].err = err
			continue
		}
		found := invitationOf(sent, item.order.Email)
		if found == nil {
			results[i].err = &invite.Failure{
				Meaning: invite.ErrUncertain,
				Err:     fmt.Errorf("the answer says that invitations were sent, but lacks the one of %s", item.order.Email),
			}
			continue
		}
		results[i].value = *found
	}
	return results
}

// invitationOf returns a person's invitation, or nil.
func invitationOf(invitations []invitation, email string) *invitation {
	i := slices.IndexFunc(invitations, func(i invitation) bool { return invite.SameEmail(i.Email, email) })
	if i < 0 {
		return nil
	}
	return &invitations[i]
}

// findSent finds out who was invited by a batch that failed, so that nobody gets a second mail.
//
// Whether a refused batch invites those whom the refusal is not about is not documented, and neither is how soon an
// invitation is listed. So it waits a moment and reads the list. Who has a pending invitation that was not known before
// the batch was invited by it. The others are sent in requests of their own after a refusal, where the platform refuses
// an address that it has after all. After an answer that was lost they are not sent again: they stay uncertain.
func (b *backend) findSent(ctx context.Context, items []sendItem, before []string, failed error) []result[invitation] {
	results := make([]result[invitation], len(items))
	listed, err := b.listLater(ctx, items[0].organization)
	if err != nil {
		err = &invite.Failure{
			Meaning: invite.ErrUncertain,
			Err:     fmt.Errorf("%w; and who was invited nevertheless could not be read: %w", failed, err),
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
		found := invitationOf(appeared, item.order.Email)
		switch {
		case found != nil && item.order.Grant.MatchedBy(found.Grant):
			results[i].value = *found
		case found != nil:
			// The lifecycle compares again, and reports what there is. Another mail is out of the question.
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

// revokeItem is one invitation that is to be revoked.
type revokeItem struct{ organization, token string }

// Revoke withdraws an invitation, together with others that are revoked at about the same time.
func (b *backend) Revoke(ctx context.Context, organization string, listed invitation) error {
	item := revokeItem{organization: organization, token: listed.Token}
	if item.token == "" {
		return &invite.Failure{Meaning: invite.ErrGone, Err: errors.New("the invitation is not listed any more")}
	}
	_, err := b.revokes.do(ctx, organization, item)
	if errors.Is(err, errRetrySingly) {
		return b.remove(ctx, organization, []string{item.token})
	}
	return err
}

// revokeTogether revokes invitations of one organization. A refusal does not say which of several it is about, so each
// is sent in a request of its own then. Those that were revoked nevertheless are gone by then, as the platform says.
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
