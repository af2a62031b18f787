// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package anthropic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// operations are all operations of the client, by the fake's name of the request.
var operations = map[fake.Operation]func(context.Context, *backend, string) error{
	fake.GetOrganization: func(ctx context.Context, b *backend, _ string) error {
		_, err := b.OwnOrganization(ctx)
		return err
	},
	fake.ListInvites: func(ctx context.Context, b *backend, organization string) error {
		_, err := b.Invites(ctx, organization)
		return err
	},
	fake.CreateInvite: func(ctx context.Context, b *backend, organization string) error {
		_, err := b.Send(ctx, organization, invite.Request[Grant]{Email: "ada@example.com", Grant: Grant{Role: "user"}})
		return err
	},
	fake.RevokeInvite: func(ctx context.Context, b *backend, organization string) error {
		return b.Revoke(ctx, organization, invite.Invite[Grant]{ID: "i"})
	},
	fake.ListMembers: func(ctx context.Context, b *backend, organization string) error {
		_, err := b.Members(ctx, organization)
		return err
	},
	fake.UpdateMember: func(ctx context.Context, b *backend, organization string) error {
		return b.ChangeMember(ctx, organization, invite.Member[Grant]{ID: "u"}, Grant{Role: "developer"})
	},
	fake.RemoveMember: func(ctx context.Context, b *backend, organization string) error {
		return b.RemoveMember(ctx, organization, invite.Member[Grant]{ID: "u"})
	},
}

// TestFailures has every documented status of an operation, with its meaning, the argument to blame and a part of the
// advice.
func TestFailures(t *testing.T) {
	const (
		reads  = "get_organization list_invites list_members "
		writes = "create_invite revoke_invite update_member remove_member"
	)
	for _, c := range []struct {
		operations string
		status     int
		meaning    error
		attribute  string
		advice     string
	}{
		{"create_invite", 400, invite.ErrPerhapsExists, "", "did not accept the invitation"},
		{"revoke_invite", 400, invite.ErrRefused, "", ""},
		{"update_member", 400, invite.ErrRefused, "role", "administrative role"},
		{"remove_member", 400, invite.ErrRefused, "", "administrative role"},
		{reads + writes, 401, nil, "", "must be an Admin API key"},
		{reads, 403, invite.ErrForbidden, "", "may not read"},
		{writes, 403, invite.ErrForbidden, "", "may not manage"},
		{"revoke_invite remove_member", 404, invite.ErrGone, "", ""},
		{"update_member", 404, nil, "", "no longer a member"},
		{writes, 500, invite.ErrUncertain, "", "failure of the platform"},
		{writes, 504, invite.ErrUncertain, "", "did not answer in time"},
		{writes, 529, invite.ErrUncertain, "", "overloaded"},
	} {
		for operation := range strings.FieldsSeq(c.operations) {
			t.Run(fmt.Sprintf("%s %d", operation, c.status), func(t *testing.T) {
				t.Parallel()
				world, b := connected(t)
				world.Fail(fake.Fault{Operation: fake.Operation(operation), Kind: fake.Answer, Status: c.status})
				err := operations[fake.Operation(operation)](t.Context(), b, world.Organization(fake.Anthropic))
				failure, ok := errors.AsType[*invite.Failure](err)
				if !ok {
					t.Fatalf("got %v, want a failure", err)
				}
				if !errors.Is(failure.Meaning, c.meaning) || failure.Attribute != c.attribute {
					t.Errorf("it means %v at %q, want %v at %q", failure.Meaning, failure.Attribute, c.meaning, c.attribute)
				}
				if !strings.Contains(failure.Advice, c.advice) || c.advice == "" && failure.Advice != "" {
					t.Errorf("advice %q, want it to be about %q", failure.Advice, c.advice)
				}
				for _, part := range []string{"Anthropic answered", "_", "request id "} { // an error type has underscores
					if !strings.Contains(err.Error(), part) {
						t.Errorf("%q lacks %q", err, part)
					}
				}
			})
		}
	}
}

// connected is a fake platform and a client of it.
func connected(t *testing.T) (*fake.Fake, *backend) {
	t.Helper()
	world := fake.New(fake.Options{})
	server := httptest.NewServer(world)
	t.Cleanup(func() { world.Close(); server.Close() })
	base, err := url.Parse(fake.Anthropic.BaseURL(server.URL))
	if err != nil {
		t.Fatal(err)
	}
	return world, &backend{api: api.New(api.Config{Platform: "Anthropic", BaseURL: base, Authorize: func(header http.Header) {
		Platform().Credentials[0].Authorize(header, world.Credentials().AnthropicAdminKey)
	}})}
}

// The key decides the organization, and names it.
func TestOwnOrganization(t *testing.T) {
	world, b := connected(t)
	own, err := b.OwnOrganization(t.Context())
	if err != nil || own.ID != world.Organization(fake.Anthropic) || own.Name != "Acme Labs" {
		t.Errorf("got %+v, %v", own, err)
	}
	world.Fail(fake.Fault{Operation: fake.GetOrganization, Kind: fake.Answer, Status: 200, Body: `{"name":"Acme Labs"}`})
	if own, err := b.OwnOrganization(t.Context()); err == nil || !strings.Contains(err.Error(), "lacks its id") {
		t.Errorf("got %+v, %v", own, err)
	}
}

// All pages are read. An answer that does not lead on is an error, and never a short list.
func TestPages(t *testing.T) {
	world, b := connected(t)
	for i := range 2001 {
		if _, err := world.SeedInvite(fake.Anthropic, "", fake.Invitation{Email: fmt.Sprintf("p%d@example.com", i)}); err != nil {
			t.Fatal(err)
		}
	}
	organization := world.Organization(fake.Anthropic)
	listed, err := b.Invites(t.Context(), organization)
	if err != nil || len(listed) != 2001 || listed[2000].Email != "p0@example.com" {
		t.Errorf("%d invitations, %v", len(listed), err)
	}
	if n := world.Count(fake.ListInvites); n != 3 {
		t.Errorf("%d pages, want 3", n)
	}
	const item = `{"id":"invite_1","email":"a@example.com","role":"user","status":"pending"}`
	for name, c := range map[string]struct{ body, says string }{
		"no way on": {`{"data":[` + item + `],"has_more":true,"last_id":null}`, "no last_id"},
		"repeated":  {`{"data":[` + item + `],"has_more":true,"last_id":"invite_1"}`, "already read"},
		"no data":   {`{"has_more":false}`, "no data"},
		"no email":  {`{"data":[{"id":"invite_1"}],"has_more":false}`, "lacks the id or email"},
	} {
		world.ClearFaults()
		world.Fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.Answer, Status: 200, Body: c.body})
		if listed, err := b.Invites(t.Context(), organization); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v, %v", name, listed, err)
		}
	}
}

// What is not documented is pending, unless a time shows something else; what is newer can be absent.
func TestReadInvitation(t *testing.T) {
	world, b := connected(t)
	for status, c := range map[string]struct {
		rest string
		want invite.Status
	}{
		"pending":   {`"expires_at":"2999-01-01T00:00:00Z","accepted_at":null,"rbac_group_ids":[]`, invite.Pending},
		"accepted":  {`"accepted_at":"2026-11-02T10:00:00.123456Z"`, invite.Accepted},
		"expired":   {`"expires_at":"2001-01-01T00:00:00Z"`, invite.Expired},
		"deleted":   {`"expires_at":"2999-01-01T00:00:00Z"`, invite.Revoked},
		"queued":    {`"expires_at":"2999-01-01T00:00:00Z"`, invite.Pending},
		"bounced":   {`"expires_at":"2001-01-01T00:00:00Z"`, invite.Expired},
		"welcomed":  {`"accepted_at":"2026-11-02T10:00:00Z","expires_at":"2001-01-01T00:00:00Z"`, invite.Accepted},
		"forgotten": {`"accepted_at":null`, invite.Pending},
	} {
		world.ClearFaults()
		body := fmt.Sprintf(`{"data":[{"id":"i","email":"a@example.com","role":"owner","status":%q,%s}],"has_more":false}`, status, c.rest)
		world.Fail(fake.Fault{Operation: fake.ListInvites, Kind: fake.Answer, Status: 200, Body: body})
		listed, err := b.Invites(t.Context(), world.Organization(fake.Anthropic))
		if err != nil || len(listed) != 1 || listed[0].Status != c.want || listed[0].Grant.Role != "owner" {
			t.Errorf("%s: got %+v, %v, want %s", status, listed, err, c.want)
		}
	}
}

func TestGrant(t *testing.T) {
	user, none := Grant{Role: "user"}, Grant{Role: "user", Groups: []string{}}
	one, two := Grant{Role: "user", Groups: []string{"a", "b"}}, Grant{Role: "user", Groups: []string{"b", "a"}}
	if !user.Equal(none) || !one.Equal(two) || one.Equal(user) || user.Equal(Grant{Role: "billing"}) {
		t.Error("equal")
	}
	if !one.MatchedBy(user) || one.MatchedBy(none) || user.MatchedBy(one) || !user.MatchedBy(none) {
		t.Error("an answer without groups matches any, one with groups only the same")
	}
	if text := two.String(); text != "role user, groups a, b" {
		t.Errorf("text: %s", text)
	}
	for role, fixed := range map[string]bool{
		"user": false, "developer": false, "managed": false, "claude_code_user": false, "tomorrow": false,
		"admin": true, "owner": true, "primary_owner": true, "membership_admin": true,
	} {
		has := Grant{Role: role}
		for name, err := range map[string]error{"change": has.CheckChange(user), "removal": has.CheckRemoval()} {
			failure, _ := errors.AsType[*invite.Failure](err)
			if (err != nil) != fixed || fixed && failure.Attribute != "role" {
				t.Errorf("%s of %s: %v", name, role, err)
			}
		}
	}
	failure, ok := errors.AsType[*invite.Failure](one.CheckChange(user))
	if !ok || failure.Attribute != "rbac_group_ids" {
		t.Errorf("groups: %v", failure)
	}
}
