// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package icepanel

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// operations are all operations of the client, by the fake's name of the request.
var operations = map[fake.Operation]func(context.Context, *backend, string) error{
	fake.ListInvites: func(ctx context.Context, b *backend, organization string) error {
		_, err := b.Invites(ctx, organization)
		return err
	},
	fake.CreateInvite: func(ctx context.Context, b *backend, organization string) error {
		_, err := b.Send(ctx, organization, invite.Request[Grant]{Email: "ada@example.com", Grant: Grant{Permission: "write"}, Lifetime: time.Hour})
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
		return b.ChangeMember(ctx, organization, invite.Member[Grant]{ID: "u"}, Grant{Permission: "admin"})
	},
	fake.RemoveMember: func(ctx context.Context, b *backend, organization string) error {
		return b.RemoveMember(ctx, organization, invite.Member[Grant]{ID: "u"})
	},
}

// TestFailures has every status in the reference of an operation, with its meaning, the argument to blame and a part
// of the advice.
func TestFailures(t *testing.T) {
	const all = "list_invites create_invite revoke_invite list_members update_member remove_member"
	for _, c := range []struct {
		operations string
		status     int
		meaning    error
		attribute  string
		advice     string
	}{
		{"list_invites list_members revoke_invite update_member remove_member", 400, invite.ErrRefused, "", ""},
		{"create_invite", 400, invite.ErrRefused, "", "did not accept the invitation's values"},
		{all, 401, nil, "", "credential was not accepted"},
		{"list_invites list_members", 403, invite.ErrForbidden, "", "may not see this organization's users"},
		{"create_invite revoke_invite update_member remove_member", 403, invite.ErrForbidden, "", "may not manage this organization's users"},
		{"list_invites create_invite list_members", 404, nil, "organization_id", "no such organization"},
		{"revoke_invite remove_member", 404, invite.ErrGone, "", ""},
		{"update_member", 404, nil, "", "no longer a member"},
		{"create_invite", 409, invite.ErrRefused, "permission", "No paid seat is left"},
		{"update_member", 409, invite.ErrRefused, "permission", "No paid seat is left"},
		{"list_invites list_members revoke_invite update_member remove_member", 422, invite.ErrRefused, "", ""},
		{"create_invite", 422, invite.ErrRefused, "", "did not accept the invitation's values"},
		{all, 500, invite.ErrUncertain, "", "failure of the platform"},
		{"create_invite revoke_invite update_member remove_member", 503, invite.ErrUncertain, "", "not available"},
	} {
		for operation := range strings.FieldsSeq(c.operations) {
			t.Run(operation+" "+http.StatusText(c.status), func(t *testing.T) {
				t.Parallel()
				err := answered(t, fake.Operation(operation), c.status)
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
				for _, part := range []string{"IcePanel answered", http.StatusText(c.status), `"in the platform's own words"`, "request id "} {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("%q lacks %q", err, part)
					}
				}
			})
		}
	}
}

// answered is the error of an operation that the platform answers with a status.
func answered(t *testing.T, operation fake.Operation, status int) error {
	t.Helper()
	world, b := connected(t)
	world.Fail(fake.Fault{Operation: operation, Kind: fake.Answer, Status: status, Body: `{"message":"in the platform's own words"}`})
	return operations[operation](t.Context(), b, world.Organization(fake.IcePanel))
}

// connected is a fake platform and a client of it.
func connected(t *testing.T) (*fake.Fake, *backend) {
	t.Helper()
	world := fake.New(fake.Options{})
	server := httptest.NewServer(world)
	t.Cleanup(func() { world.Close(); server.Close() })
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return world, &backend{api: api.New(api.Config{Platform: "IcePanel", BaseURL: base, Authorize: func(header http.Header) {
		header.Set("X-API-Key", world.Credentials().IcePanelAPIKey)
	}})}
}

// The request has the landscapes as they are configured, none if there are none, and an end counted from the time of
// sending.
func TestSentBody(t *testing.T) {
	for name, c := range map[string]struct {
		landscapes map[string]bool
		want       string
	}{
		"unset":   {nil, ""},
		"empty":   {map[string]bool{}, `"landscapePermissions":{}`},
		"written": {map[string]bool{"a": true, "b": false}, `"landscapePermissions":{"a":true,"b":false}`},
	} {
		t.Run(name, func(t *testing.T) {
			world, b := connected(t)
			began := time.Now()
			sent, err := b.Send(t.Context(), world.Organization(fake.IcePanel), invite.Request[Grant]{
				Email: "ada@example.com", Grant: Grant{Permission: "read", Landscapes: c.landscapes}, Lifetime: time.Hour,
			})
			if err != nil {
				t.Fatal(err)
			}
			if late := sent.ExpiresAt.Sub(began.Add(time.Hour)); late.Abs() > time.Minute {
				t.Errorf("it ends %s away from an hour after sending", late)
			}
			journal := world.Journal()
			body := journal[slices.IndexFunc(journal, func(r fake.Request) bool { return r.Operation == fake.CreateInvite })].Body
			if has := strings.Contains(body, "landscapePermissions"); has != (c.want != "") || !strings.Contains(body, c.want) {
				t.Errorf("sent %s, want %q in it", body, c.want)
			}
		})
	}
}
