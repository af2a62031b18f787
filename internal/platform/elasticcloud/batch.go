package elasticcloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// How much travels together. Tokens are part of the address, whose length servers limit.
const (
	maxEmails = 50
	maxTokens = 20
)

// errAlone says that a batch was refused without regard to this one, who
// shall go alone: to succeed, or to get an answer of their own.
var errAlone = errors.New("refused together with others")

// Send invites a person, together with others who are invited to the same at the same time.
func (b *backend) Send(ctx context.Context, organization string, order invite.Order[Grant]) (invitation, error) {
	own := letter{organization: organization, order: order}
	alike, err := json.Marshal(own.wire())
	if err != nil {
		return invitation{}, err
	}
	sent, err := b.sends.do(ctx, organization+" "+string(alike), own)
	if errors.Is(err, errAlone) {
		only := b.sendTogether(ctx, []letter{own})[0]
		return only.value, only.err
	}
	return sent, err
}

// sendTogether sends letters that differ in their addresses only.
func (b *backend) sendTogether(ctx context.Context, letters []letter) []outcome[invitation] {
	sent, err := b.post(ctx, letters)
	if len(letters) > 1 && personal(err) {
		return b.sortOut(ctx, letters, err)
	}
	outcomes := make([]outcome[invitation], len(letters))
	for i, letter := range letters {
		outcomes[i] = outcome[invitation]{err: err}
		if err == nil {
			outcomes[i] = addressed(sent, letter.order.Email)
		}
	}
	return outcomes
}

// addressed finds a person's invitation in the answer.
func addressed(sent []invitation, email string) outcome[invitation] {
	for _, i := range sent {
		if invite.SameEmail(i.Email, email) {
			return outcome[invitation]{value: i}
		}
	}
	return outcome[invitation]{err: &invite.Failure{
		Meaning: invite.ErrUncertain,
		Err:     fmt.Errorf("the answer is that invitations were sent, but it lacks the one of %s", email),
	}}
}

// sortOut deals with a batch that was refused. Whether nobody was invited then,
// or all but those to whom the refusal applies, is not documented. So it looks
// who was: they must not get a second mail. Everybody else goes alone.
func (b *backend) sortOut(ctx context.Context, letters []letter, refusal error) []outcome[invitation] {
	outcomes := make([]outcome[invitation], len(letters))
	listed, err := b.Invites(ctx, letters[0].organization)
	if err != nil {
		unknown := &invite.Failure{Meaning: invite.ErrUncertain, Err: fmt.Errorf("%w; and who was invited all the same could not be read: %w", refusal, err)}
		for i := range outcomes {
			outcomes[i].err = unknown
		}
		return outcomes
	}
	sent := sentBy(listed, letters, refusal)
	for i, letter := range letters {
		if outcomes[i] = addressed(sent, letter.order.Email); outcomes[i].err != nil {
			outcomes[i].err = errAlone
		}
	}
	return outcomes
}

// sentBy tells which of the listed invitations a refused batch brought about.
// Nobody in it was invited when the lifecycle looked, so all that are pending
// are new; but where the platform complains of existing invitations, as many
// were there before ours, sent by somebody else.
func sentBy(listed []invitation, letters []letter, refusal error) []invitation {
	var pending []invitation
	for _, i := range listed {
		if i.Status == invite.Pending && slices.ContainsFunc(letters, func(l letter) bool { return invite.SameEmail(l.order.Email, i.Email) }) {
			pending = append(pending, i)
		}
	}
	slices.SortStableFunc(pending, func(a, b invitation) int { return a.CreatedAt.Compare(b.CreatedAt) })
	pending = pending[min(foreign(refusal), len(pending)):]
	return slices.DeleteFunc(pending, func(i invitation) bool { return !letters[0].isFor(i) })
}

// foreign counts the existing invitations that a refusal complains of.
func foreign(refusal error) (count int) {
	var answer *api.Error
	if !errors.As(refusal, &answer) {
		return 0
	}
	for _, problem := range answer.Problems {
		if problem.Code == codeInvited {
			count++
		}
	}
	return count
}

// isFor reports whether an invitation gives what the letter asks for, for as long.
func (l letter) isFor(i invitation) bool {
	const slack = 2 * time.Minute
	return l.order.Grant.Equal(i.Grant) && (i.ExpiresAt.Sub(i.CreatedAt)-l.lifetime()).Abs() < slack
}

// Revoke withdraws an invitation, together with others that end at the same time.
func (b *backend) Revoke(ctx context.Context, organization string, listed invitation) error {
	own := stamp{organization: organization, token: listed.Token}
	if own.token == "" {
		return &invite.Failure{Meaning: invite.ErrGone, Err: errors.New("the invitation is not listed any more")}
	}
	_, err := b.revokes.do(ctx, organization, own)
	if errors.Is(err, errAlone) {
		return b.remove(ctx, organization, []string{own.token})
	}
	return err
}

// stamp names one invitation that is to be revoked.
type stamp struct{ organization, token string }

// revokeTogether revokes invitations of one organization. When one of several is
// refused, nobody says which, so each goes alone. Those that were revoked all
// the same are gone then, as the platform will say.
func (b *backend) revokeTogether(ctx context.Context, stamps []stamp) []outcome[struct{}] {
	tokens := make([]string, 0, len(stamps))
	for _, stamp := range stamps {
		tokens = append(tokens, stamp.token)
	}
	err := b.remove(ctx, stamps[0].organization, tokens)
	if len(stamps) > 1 && personal(err) {
		err = errAlone
	}
	outcomes := make([]outcome[struct{}], len(stamps))
	for i := range outcomes {
		outcomes[i].err = err
	}
	return outcomes
}
