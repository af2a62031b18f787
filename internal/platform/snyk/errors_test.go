// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
	"github.com/orginvite/terraform-provider-orginvite/internal/platform/snyk"
)

var (
	someInvite = invite.Invite[snyk.Grant]{ID: idA}
	someMember = invite.Member[snyk.Grant]{ID: idA, Membership: idB}
)

// operations are all operations of the client, with the fake's name of the request that fails.
var operations = map[string]struct {
	operation fake.Operation
	act       func(context.Context, *world) error
}{
	"invites": {fake.ListInvites, func(ctx context.Context, b *world) error {
		_, err := b.Invites(ctx, b.org)
		return err
	}},
	"send": {fake.CreateInvite, func(ctx context.Context, b *world) error {
		_, err := b.Send(ctx, b.org, invite.Request[snyk.Grant]{Email: "ada@example.com", Grant: snyk.Grant{RoleID: b.world.SnykRoleID("Developer")}})
		return err
	}},
	"revoke": {fake.RevokeInvite, func(ctx context.Context, b *world) error { return b.Revoke(ctx, b.org, someInvite) }},
	"members": {fake.ListMembers, func(ctx context.Context, b *world) error {
		_, err := b.Members(ctx, b.org)
		return err
	}},
	"change": {fake.UpdateMember, func(ctx context.Context, b *world) error {
		return b.ChangeMember(ctx, b.org, someMember, b.grant("Developer"))
	}},
	"remove": {fake.RemoveMember, func(ctx context.Context, b *world) error { return b.RemoveMember(ctx, b.org, someMember) }},
	"org": {fake.GetOrganization, func(ctx context.Context, b *world) error {
		_, err := b.ResolveGrant(ctx, b.org, snyk.Grant{Role: "Developer"})
		return err
	}},
	"roles": {fake.ListRoles, func(ctx context.Context, b *world) error {
		_, err := b.ResolveGrant(ctx, b.org, snyk.Grant{Role: "Developer"})
		return err
	}},
}

// pointing is an error of Snyk that names a field.
func pointing(pointer string) string {
	return fmt.Sprintf(`{"jsonapi":{"version":"1.0"},"errors":[{"status":"400","detail":"wrong","code":"SNYK-0003","source":{"pointer":%q},"meta":{"isErrorCatalogError":true}}]}`, pointer)
}

// Every documented status has a meaning, an argument to blame and advice.
func TestFailures(t *testing.T) {
	for _, test := range []struct {
		operation string
		status    int
		body      string
		meaning   error
		attribute string
		advice    string
	}{
		{"invites", 400, "", invite.ErrRefused, "organization_id", "UUID"},
		{"invites", 401, "", nil, "", "api.eu.snyk.io"},
		{"invites", 403, "", invite.ErrForbidden, "", "View Users (org.user.read)"},
		{"invites", 404, "", nil, "organization_id", "no such organization"},
		{"invites", 500, "", invite.ErrUncertain, "", "failure of the platform"},
		{"send", 400, pointing("/data/attributes/email"), invite.ErrRefused, "email", "address"},
		{"send", 400, pointing("/body/data/attributes/role"), invite.ErrRefused, "role_id", "orginvite_snyk_roles"},
		{"send", 400, "", invite.ErrPerhapsExists, "", "Group Admin"},
		{"send", 401, "", nil, "", "SNYK_API"},
		{"send", 403, "", invite.ErrForbidden, "", "Invite Users (org.user.invite)"},
		{"send", 404, "", nil, "organization_id", "UUID"},
		{"send", 409, "", invite.ErrExists, "", "Group Admin"},
		{"send", 500, "", invite.ErrUncertain, "", "failure of the platform"},
		{"send", 503, "", invite.ErrUncertain, "", "not available"},
		{"revoke", 401, "", nil, "", "token"},
		{"revoke", 403, "", invite.ErrForbidden, "", "Invite Users (org.user.invite)"},
		{"revoke", 404, "", invite.ErrGone, "", ""},
		{"revoke", 500, "", invite.ErrUncertain, "", "failure of the platform"},
		{"members", 400, "", invite.ErrRefused, "organization_id", "UUID"},
		{"members", 403, "", invite.ErrForbidden, "", "View Users (org.membership.read)"},
		{"members", 404, "", nil, "organization_id", "UUID"},
		{"change", 400, pointing("/data/relationships/role/data/id"), invite.ErrRefused, "role", "orginvite_snyk_roles"},
		{"change", 403, "", invite.ErrForbidden, "", "Manage Users (org.membership.edit)"},
		{"change", 404, "", nil, "", "no longer a member"},
		{"change", 409, "", invite.ErrRefused, "role", "orginvite_snyk_roles"},
		{"remove", 403, "", invite.ErrForbidden, "", "User Remove (org.membership.delete)"},
		{"remove", 404, "", invite.ErrGone, "", ""},
		{"org", 403, "", invite.ErrForbidden, "", "org.read"},
		{"org", 404, "", nil, "organization_id", "UUID"},
		{"roles", 401, "", nil, "", "token"},
		{"roles", 403, "", invite.ErrUnresolved, "role", "Use role_id in place of role"},
		{"roles", 404, "", invite.ErrUnresolved, "role", "only Group Admins have Read Roles"},
		{"roles", 500, "", invite.ErrUncertain, "", "failure of the platform"},
	} {
		t.Run(fmt.Sprintf("%s %d %s", test.operation, test.status, test.attribute), func(t *testing.T) {
			b := newWorld(t)
			b.world.Fail(fake.Fault{Operation: operations[test.operation].operation, Status: test.status, Body: test.body})
			err := operations[test.operation].act(t.Context(), b)
			failure := new(invite.Failure)
			if !errors.As(err, &failure) {
				t.Fatalf("got %v", err)
			}
			if !errors.Is(failure.Meaning, test.meaning) || failure.Attribute != test.attribute || !strings.Contains(failure.Advice, test.advice) {
				t.Errorf("got meaning %v, attribute %q, advice %q", failure.Meaning, failure.Attribute, failure.Advice)
			}
			if text := err.Error(); !strings.Contains(text, fmt.Sprint(test.status)) && !errors.Is(err, invite.ErrUnresolved) {
				t.Errorf("the error does not have the status: %s", text)
			}
		})
	}
}

// An undocumented answer is a failure, never an empty or partial list.
func TestOddAnswers(t *testing.T) {
	for _, kind := range []fake.Kind{fake.Truncated, fake.HTML, fake.WrongType, fake.Empty, fake.Null, fake.NullFields, fake.MissingFields, fake.Dropped, fake.Redirect} {
		for name, one := range operations {
			if name == "revoke" || name == "remove" || name == "change" {
				continue // they answer without a body
			}
			t.Run(string(kind)+" "+name, func(t *testing.T) {
				b := newWorld(t)
				b.seedInvites(2)
				b.seedMember("ada@example.com", "Developer")
				b.seedMember("bob@example.com", "Developer")
				if name == "send" {
					b.must(b.RemoveMemberOf("ada@example.com"))
				}
				b.world.Fail(fake.Fault{Platform: fake.Snyk, Operation: one.operation, Kind: kind})
				err := one.act(t.Context(), b)
				if err == nil {
					t.Fatal("no error")
				}
				if errors.Is(err, invite.ErrUncertain) == (name == "send") || name != "send" {
					return
				}
				t.Errorf("%v is certain", err)
			})
		}
	}
}

// RemoveMemberOf removes a member, so that the address can be invited.
func (b *world) RemoveMemberOf(email string) error {
	return b.world.RemoveMember(fake.Snyk, "", email)
}

// Undocumented fields and values have no effect.
func TestUnknownValues(t *testing.T) {
	b := newWorld(t)
	b.seedInvites(2)
	b.seedMember("ada@example.com", "Developer")
	b.world.Fail(fake.Fault{Platform: fake.Snyk, Kind: fake.UnknownValues})
	for name, one := range operations {
		if name == "revoke" || name == "remove" || name == "change" || name == "send" {
			continue
		}
		if err := one.act(t.Context(), b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A list is refused as a whole if one item lacks a part, unless Snyk describes the part as optional.
func TestMissingFields(t *testing.T) {
	const (
		role   = `"role":{"data":{"id":"` + idA + `","type":"org_role","attributes":{"name":"Developer"}}}`
		member = `{"id":"` + idA + `","type":"org_memberships","relationships":{"user":{"data":{"id":"` + idB + `","attributes":{"email":"ada@example.com"}}},` + role + `}}`
	)
	for _, test := range []struct {
		operation string
		body      string
		want      string
	}{
		{"invites", `{"data":[{"id":"x","attributes":{"email":"a@example.com","is_active":true,"role":"Developer"}}]}`, ""},
		{"invites", `{}`, "no data"},
		{"invites", `{"data":null,"links":{}}`, "no data"},
		{"invites", `{"data":[{"attributes":{"email":"a@example.com","is_active":true,"role":"Developer"}}]}`, "id"},
		{"invites", `{"data":[{"id":"x","attributes":{"is_active":true,"role":"Developer"}}]}`, "email"},
		{"invites", `{"data":[{"id":"x","attributes":{"email":"a@example.com","role":"Developer"}}]}`, "is_active"},
		{"invites", `{"data":[{"id":"x","attributes":{"email":"a@example.com","is_active":true,"role":""}}]}`, ""},
		{"invites", `{"data":[{"id":"x","attributes":{"email":"a@example.com","is_active":"yes","role":"Developer"}}]}`, "documented"},
		{"members", `{"data":[` + member + `]}`, ""},
		{"members", `{"data":[` + strings.Replace(member, "ada@example.com", "", 1) + `]}`, ""},
		{"members", `{"data":[` + strings.Replace(member, `"ada@example.com"`, "null", 1) + `]}`, "email"},
		{"members", `{"data":[` + member + `,` + strings.Replace(member, idB, "", 1) + `]}`, "user"},
		{"members", `{"data":[{"id":"` + idA + `","relationships":{` + role + `}}]}`, ""},
		{"members", `{"data":[` + strings.Replace(member, role, `"role":null`, 1) + `]}`, ""},
		{"members", `{"data":[{},` + member + `]}`, ""},
		{"members", `{"data":[{},{}]}`, "empty"},
		{"roles", `[{"publicId":"` + idA + `","name":"Developer"}]`, ""},
		{"roles", `[{"publicId":"` + idA + `"}]`, "name"},
		{"roles", `[{"name":"Developer"}]`, "publicId"},
		{"roles", `{}`, "documented"},
	} {
		b := newWorld(t)
		b.world.Fail(fake.Fault{Operation: operations[test.operation].operation, Status: 200, Body: test.body})
		err := operations[test.operation].act(t.Context(), b)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got %v, want %q", test.body, err, test.want)
		}
	}
}

// Every part of a membership is optional. A missing part stays empty, and all other members are listed.
func TestOptionalParts(t *testing.T) {
	const (
		user = `"user":{"data":{"id":"` + idB + `","type":"user","attributes":{"name":"Ada","username":"ada","email":"ada@example.com"}}}`
		role = `"role":{"data":{"id":"` + idA + `","type":"org_role","attributes":{"name":"Developer"}}}`
		org  = `"org":{}`
	)
	whole := invite.Member[snyk.Grant]{
		ID: idB, Membership: "m", Email: "ada@example.com", Name: "Ada", Grant: snyk.Grant{RoleID: idA, Role: "Developer"},
	}
	without := func(take func(*invite.Member[snyk.Grant])) invite.Member[snyk.Grant] {
		rest := whole
		take(&rest)
		return rest
	}
	for body, want := range map[string]invite.Member[snyk.Grant]{
		`{"id":"m","relationships":{` + user + `,` + role + `,` + org + `}}`:        whole,
		`{"relationships":{` + user + `,` + role + `}}`:                             without(func(m *invite.Member[snyk.Grant]) { m.Membership = "" }),
		`{"id":"m","relationships":{` + user + `,"role":{}}}`:                       without(func(m *invite.Member[snyk.Grant]) { m.Grant = snyk.Grant{} }),
		`{"id":"m","relationships":{` + user + `,"role":{"data":null}}}`:            without(func(m *invite.Member[snyk.Grant]) { m.Grant = snyk.Grant{} }),
		`{"id":"m","relationships":{` + user + `}}`:                                 without(func(m *invite.Member[snyk.Grant]) { m.Grant = snyk.Grant{} }),
		`{"id":"m","relationships":{"user":{},` + role + `}}`:                       {Membership: "m", Grant: whole.Grant},
		`{"id":"m","attributes":{"created_at":"2026-01-02T03:04:05Z"}}`:             {Membership: "m"},
		`{"id":"m","type":"org_membership","relationships":{"org":{},"role":null}}`: {Membership: "m"},
	} {
		b := newWorld(t)
		b.world.Fail(fake.Fault{Operation: fake.ListMembers, Status: 200, Body: `{"data":[` + body + `,
			{"id":"n","relationships":{"user":{"data":{"id":"` + idA + `","attributes":{"email":"grace@example.com"}}}}}],"links":{}}`})
		members, err := b.Members(t.Context(), b.org)
		b.must(err)
		if len(members) != 2 || !reflect.DeepEqual(members[0], want) || members[1].Email != "grace@example.com" {
			t.Errorf("%s: got %+v, want %+v first", body, members, want)
		}
	}
}

// A membership without an id can be neither changed nor removed, and nothing is requested.
func TestMembershipWithoutID(t *testing.T) {
	b := newWorld(t)
	ada := invite.Member[snyk.Grant]{ID: idA, Email: "ada@example.com"}
	for _, err := range []error{
		b.ChangeMember(t.Context(), b.org, ada, b.grant("Developer")), b.RemoveMember(t.Context(), b.org, ada),
	} {
		failure := new(invite.Failure)
		if !errors.As(err, &failure) || failure.Attribute != "manage_membership" || !strings.Contains(err.Error(), "ada@example.com has no id") {
			t.Errorf("got %v", err)
		}
	}
	if b.world.Count() != 0 {
		t.Errorf("requests: %v", b.world.Journal())
	}
}

// The grant of an invitation with an empty role is not known. No request is made to find it out.
func TestEmptyRole(t *testing.T) {
	b := newWorld(t, func(s *fake.SnykBehaviors) { s.OmitRoles = true })
	b.seedInvites(1)
	listed, err := b.Invites(t.Context(), b.org)
	b.must(err)
	if len(listed) != 1 || listed[0].Grant.IsKnown() || listed[0].Grant.String() != "no known role" {
		t.Errorf("listed %+v", listed)
	}
	b.world.ResetJournal()
	_, err = b.ResolveGrant(t.Context(), b.org, listed[0].Grant)
	if !errors.Is(err, invite.ErrUnresolved) || b.world.Count() != 0 {
		t.Errorf("resolved: %v, with %v", err, b.world.Journal())
	}
}

// Two undocumented cases: an answer may have the id or the name of a role, and an inactive invitation is not pending.
func TestReadings(t *testing.T) {
	b := newWorld(t)
	b.world.Fail(fake.Fault{Operation: fake.ListInvites, Status: 200, Body: `{"data":[
		{"id":"1","attributes":{"email":"a@example.com","is_active":true,"role":"` + idA + `"}},
		{"id":"2","attributes":{"email":"b@example.com","is_active":false,"role":"Developer"}}]}`})
	listed, err := b.Invites(t.Context(), b.org)
	b.must(err)
	if len(listed) != 1 || listed[0].Grant != (snyk.Grant{RoleID: idA}) {
		t.Errorf("listed %+v", listed)
	}
	b.world.Fail(fake.Fault{Operation: fake.CreateInvite, Status: 201, Body: `{"data":{"id":"1","attributes":{"email":"a@example.com","is_active":true,"role":"Developer"}}}`})
	sent, err := b.send("a@example.com", "Developer")
	b.must(err)
	if sent.Grant != (snyk.Grant{Role: "Developer"}) {
		t.Errorf("sent %+v", sent)
	}
}

// If the id of the organization is not a UUID, the advice asks for one.
func TestNoUUID(t *testing.T) {
	b := newWorld(t)
	b.org = "acme-security"
	for _, name := range []string{"invites", "members", "org"} {
		failure := new(invite.Failure)
		if err := operations[name].act(t.Context(), b); !errors.As(err, &failure) || failure.Attribute != "organization_id" || !strings.Contains(failure.Advice, "UUID") {
			t.Errorf("%s: %v, %+v", name, err, failure)
		}
	}
}
