// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package clients

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// newAnthropic is Anthropic's own client, and the platform that it talks to.
func newAnthropic(t *testing.T, options ...option.RequestOption) (anthropic.OrganizationService, *fake.Fake) {
	t.Helper()
	platform, address := serve(t)
	_, key := platform.Credential(fake.Anthropic)
	options = append([]option.RequestOption{
		option.WithBaseURL(address(fake.Anthropic) + "/"), option.WithAPIKey(key), option.WithMaxRetries(0),
	}, options...)
	return anthropic.NewClient(options...).Organization, platform
}

func TestAnthropicInvitations(t *testing.T) {
	client, platform := newAnthropic(t)
	me, err := client.Get(t.Context())
	if err != nil || me.ID != platform.Organization(fake.Anthropic) || me.Name == "" {
		t.Fatalf("organization: %v %v", me, err)
	}
	sent, err := client.Invites.New(t.Context(), anthropic.OrganizationInviteNewParams{Email: "a+b@example.com", Role: "developer"})
	if err != nil {
		t.Fatal(err)
	}
	if sent.Email != "a+b@example.com" || sent.Role != "developer" || sent.Status != "pending" || !sent.AcceptedAt.IsZero() ||
		time.Since(sent.InvitedAt) > time.Minute || sent.ExpiresAt.Sub(sent.InvitedAt) != 21*24*time.Hour || sent.RBACGroupIDs == nil {
		t.Errorf("sent: %s", sent.RawJSON())
	}
	read, err := client.Invites.Get(t.Context(), sent.ID)
	if err != nil || read.RawJSON() != sent.RawJSON() {
		t.Errorf("read: %v %v", read, err)
	}

	var refused *anthropic.Error
	_, err = client.Invites.New(t.Context(), anthropic.OrganizationInviteNewParams{Email: "a+b@example.com", Role: "user"})
	if !errors.As(err, &refused) || refused.StatusCode != 400 || !strings.Contains(err.Error(), "a pending invite for a+b@example.com") ||
		refused.RequestID == "" {
		t.Errorf("invited twice: %v", err)
	}
	deleted, err := client.Invites.Delete(t.Context(), sent.ID)
	if err != nil || deleted.ID != sent.ID || deleted.Type != "invite_deleted" {
		t.Errorf("deleted: %v %v", deleted, err)
	}
	if _, err = client.Invites.Delete(t.Context(), sent.ID); !errors.As(err, &refused) || refused.StatusCode != 404 {
		t.Errorf("deleted twice: %v", err)
	}
}

func TestAnthropicPages(t *testing.T) {
	client, platform := newAnthropic(t)
	for n := range 45 {
		email := fmt.Sprintf("p%02d@example.com", n)
		if _, err := platform.SeedInvite(fake.Anthropic, "", fake.Invitation{Email: email}); err != nil {
			t.Fatal(err)
		}
	}
	if err := platform.Expire(fake.Anthropic, "", "p44@example.com"); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		params anthropic.OrganizationInviteListParams
		want   int
		first  string
	}{
		"all":      {anthropic.OrganizationInviteListParams{}, 45, "p44@example.com"},
		"by seven": {anthropic.OrganizationInviteListParams{Limit: anthropic.Int(7)}, 45, "p44@example.com"},
		"statuses": {anthropic.OrganizationInviteListParams{Statuses: []string{"pending", "accepted"}}, 44, "p43@example.com"},
		"email":    {anthropic.OrganizationInviteListParams{Email: anthropic.String("P07+x@example.com")}, 1, "p07@example.com"},
		"roles":    {anthropic.OrganizationInviteListParams{Roles: []string{"billing"}}, 0, ""},
	} {
		var emails []string
		pager := client.Invites.ListAutoPaging(t.Context(), c.params)
		for pager.Next() {
			emails = append(emails, pager.Current().Email)
		}
		if pager.Err() != nil || len(emails) != c.want || c.want > 0 && emails[0] != c.first {
			t.Errorf("%s: %v %v", name, emails, pager.Err())
		}
	}
}

func TestAnthropicUsers(t *testing.T) {
	client, platform := newAnthropic(t)
	person, err := platform.SeedMember(fake.Anthropic, "", fake.Member{Email: "ada@example.com", Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	page, err := client.Users.List(t.Context(), anthropic.OrganizationUserListParams{Email: anthropic.String("ada+x@example.com")})
	if err != nil || len(page.Data) != 1 || page.Data[0].ID != person.ID || page.Data[0].Name != "Ada" || page.Data[0].AddedAt.IsZero() {
		t.Errorf("users: %v %v", page, err)
	}
	changed, err := client.Users.Update(t.Context(), person.ID, anthropic.OrganizationUserUpdateParams{Role: "billing"})
	if err != nil || changed.Role != "billing" {
		t.Errorf("changed: %v %v", changed, err)
	}
	removed, err := client.Users.Remove(t.Context(), person.ID)
	if err != nil || removed.ID != person.ID || removed.Type != "user_deleted" {
		t.Errorf("removed: %v %v", removed, err)
	}
}

// A model key is not an admin key, and the client shows why.
func TestAnthropicModelKey(t *testing.T) {
	client, _ := newAnthropic(t, option.WithAPIKey("sk-ant-api03-model"))
	var refused *anthropic.Error
	if _, err := client.Get(t.Context()); !errors.As(err, &refused) || refused.StatusCode != 403 || !strings.Contains(err.Error(), "Admin API key") {
		t.Errorf("got %v", err)
	}
}
