// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package github

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

const (
	listRequest = "GET /orgs/acme/invitations?per_page=100"
	secondPage  = "/organizations/17/invitations?page=2&per_page=100"
)

// Both pages are read, ids are whole 64-bit numbers, times have an offset, and the lifetime is seven days.
func TestInvites(t *testing.T) {
	const big = 9007199254740993 // not a float64
	s := serve(t, map[string][]reply{
		listRequest: {{next: secondPage, body: fmt.Sprintf(`[{"id":%d,"email":"ada@example.com","role":"direct_member",`+
			`"created_at":"2026-11-01T10:00:00.000+01:00","failed_at":null,"failed_reason":null,"team_count":0,"invitation_source":"member"},`+
			`{"id":2,"login":"octocat","email":null,"role":"admin"}]`, big)}},
		"GET " + secondPage: {{body: `[{"id":3,"email":"Bob@example.com","role":"admin","created_at":"2026-11-02T00:00:00Z","team_count":2,"invitation_source":"scim"},` +
			`{"id":4,"email":"cy@example.com"}]`}},
	})
	got, err := s.Invites(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	created := time.Date(2026, 11, 1, 9, 0, 0, 0, time.UTC)
	want := []invite.Invite[Grant]{
		{
			ID: "9007199254740993", Email: "ada@example.com", Status: invite.Pending, Grant: Grant{Role: roleMember},
			CreatedAt: created, ExpiresAt: created.Add(7 * 24 * time.Hour),
		},
		{
			ID: "3", Email: "Bob@example.com", Status: invite.Pending, CreatedAt: created.Add(15 * time.Hour),
			Grant: Grant{Role: roleAdmin, unread: teamsOfInvitation, invitation: "3", count: 2},
		},
		{ID: "4", Email: "cy@example.com", Status: invite.Pending, Grant: Grant{unread: teamsOfInvitation, invitation: "4", count: -1}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	s.wantAsked(t, listRequest, "GET "+secondPage)
}

func TestEndedInvites(t *testing.T) {
	s := serve(t, map[string][]reply{"GET /orgs/acme/failed_invitations?per_page=100": {{
		body: `[{"id":1,"email":"ada@example.com","role":"admin","created_at":"2026-11-01T10:00:00Z","failed_at":"2026-11-08T10:00:00Z","failed_reason":"Invitation expired","team_count":0},` +
			`{"id":2,"email":"bob@example.com","role":"admin","failed_at":"","failed_reason":null,"team_count":0}]`,
	}}})
	got, err := s.EndedInvites(t.Context(), org)
	if err != nil || len(got) != 2 {
		t.Fatalf("got %+v, %v", got, err)
	}
	if got[0].Status != invite.Expired || got[0].FailedReason != "Invitation expired" || got[1].Status != invite.Expired || got[1].FailedReason != "" {
		t.Errorf("got %+v", got)
	}
}

// A list is complete or an error.
func TestInvitesNeverShort(t *testing.T) {
	one := `[{"id":1,"email":"ada@example.com","role":"admin"}]`
	for name, second := range map[string]reply{
		"forbidden": {status: 403, body: `{}`}, "failing": {status: 502, body: `<html>`}, "null": {body: `null`}, "an object": {body: `{}`},
		"without id": {body: `[{"email":"x@example.com"}]`}, "a loop": {body: `[]`, next: secondPage}, "astray": {body: `[]`, next: "@evil.example.test/x"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, map[string][]reply{listRequest: {{next: secondPage, body: one}}, "GET " + secondPage: {second}})
			if got, err := s.Invites(t.Context(), org); err == nil {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestSend(t *testing.T) {
	const sendRequest = "POST /orgs/acme/invitations"
	for _, c := range []struct {
		grant Grant
		want  string
	}{
		{Grant{Role: roleMember}, `{"email":"ada@example.com","role":"direct_member"}`},
		{Grant{Role: roleAdmin, Teams: []int64{3, 9007199254740993}}, `{"email":"ada@example.com","role":"admin","team_ids":[3,9007199254740993]}`},
		{Grant{Role: "billing_manager"}, `{"email":"ada@example.com","role":"billing_manager"}`},
	} {
		s := serve(t, map[string][]reply{sendRequest: {{status: 201, body: `{"id":7,"email":null,"role":"direct_member","created_at":"2026-11-01T10:00:00Z","team_count":2}`}}})
		sent, err := s.Send(t.Context(), org, invite.Request[Grant]{Email: "ada@example.com", Grant: c.grant})
		if err != nil || s.bodies[0] != c.want {
			t.Errorf("sent %s, %v, want %s", s.bodies, err, c.want)
		}
		if sent.ID != "7" || sent.Email != "ada@example.com" || !sent.Grant.Equal(c.grant) || sent.ExpiresAt.Sub(sent.CreatedAt) != lifetime {
			t.Errorf("got %+v", sent)
		}
		s.wantAsked(t, sendRequest)
	}
}

// The teams of a listed invitation are requested only if it has some, and sent again with it.
func TestTeamsOfInvitation(t *testing.T) {
	s := serve(t, map[string][]reply{
		"GET /orgs/acme/invitations/9/teams?per_page=100":  {{next: "/organizations/17/invitations/9/teams?page=2", body: `[{"id":5,"name":"a"}]`}},
		"GET /organizations/17/invitations/9/teams?page=2": {{body: `[{"id":3},{"id":9007199254740993}]`}},
		"POST /orgs/acme/invitations":                      {{status: 201, body: `{"id":10,"email":"ada@example.com"}`}},
	})
	none, some := 0, 3
	for _, listed := range []wireInvite{{ID: 9, Role: directMember, TeamCount: &none}, {ID: 9, Role: directMember, TeamCount: &some}, {ID: 9, Role: directMember}} {
		got, err := s.ResolveGrant(t.Context(), org, listed.grant())
		want := Grant{Role: roleMember, Teams: []int64{3, 5, 9007199254740993}}
		if listed.TeamCount == &none {
			want.Teams = nil
			s.wantAsked(t)
		}
		if err != nil || !got.Equal(want) {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	sent, err := s.Send(t.Context(), org, invite.Request[Grant]{Email: "ada@example.com", Grant: wireInvite{ID: 9, Role: "admin", TeamCount: &some}.grant()})
	if body := s.body(t); err != nil || len(sent.Grant.Teams) != 3 || body["role"] != "admin" || len(body["team_ids"].([]any)) != 3 {
		t.Errorf("sent %v as %+v, %v", body, sent, err)
	}
}

func page(next string, edges ...string) reply {
	return reply{body: `{"data":{"organization":{"membersWithRole":{"pageInfo":` + next + `,"edges":[` + strings.Join(edges, ",") + `]}}}}`}
}

const lastPage = `{"hasNextPage":false,"endCursor":null}`

// One member a person: verified addresses first, then the public one. Those who show none are listed without one, and
// those who are not shown at all without anything.
func TestMembers(t *testing.T) {
	s := serve(t, map[string][]reply{"POST /graphql": {
		page(`{"hasNextPage":true,"endCursor":"c1"}`,
			`{"role":"ADMIN","node":{"databaseId":9007199254740993,"login":"ada","name":"Ada","email":"ada@home.test","organizationVerifiedDomainEmails":["ada@example.com","lovelace@example.com","ADA@home.test"]}}`,
			`{"role":"MEMBER","node":{"databaseId":2,"login":"bob","name":null,"email":"bob@home.test","organizationVerifiedDomainEmails":[]}}`),
		page(lastPage,
			`{"role":"MEMBER","node":{"databaseId":3,"login":"cy","name":"","email":"","organizationVerifiedDomainEmails":null}}`,
			`{"role":"MEMBER","node":null}`, `null`,
			`{"role":"MEMBER","node":{"databaseId":null,"login":"di","email":"di@home.test"}}`),
	}})
	got, err := s.Members(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	want := []invite.Member[Grant]{
		{
			ID: "9007199254740993", Membership: "ada", Name: "Ada", Email: "ada@example.com", Grant: memberGrant(roleAdmin),
			OtherEmails: []string{"lovelace@example.com", "ADA@home.test"},
		},
		{ID: "2", Membership: "bob", Email: "bob@home.test", OtherEmails: []string{}, Grant: memberGrant(roleMember)},
		{ID: "3", Membership: "cy", Grant: memberGrant(roleMember)},
		{Grant: memberGrant("")},
		{Grant: memberGrant("")},
		{Membership: "di", Email: "di@home.test", OtherEmails: []string{}, Grant: memberGrant(roleMember)},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	s.wantAsked(t, "POST /graphql", "POST /graphql")
	for i, cursor := range []any{nil, "c1"} {
		var body struct {
			Query     string
			Variables map[string]any
		}
		if err := json.Unmarshal([]byte(s.bodies[i]), &body); err != nil || body.Query != membersQuery {
			t.Errorf("sent %s, %v", s.bodies[i], err)
		}
		if want := map[string]any{"org": org, "cursor": cursor}; !reflect.DeepEqual(body.Variables, want) {
			t.Errorf("sent %v, want %v", body.Variables, want)
		}
	}
}

// No answer with an error, and no page that lacks a part, is a short list of members.
func TestMembersNeverShort(t *testing.T) {
	first := page(`{"hasNextPage":true,"endCursor":"c1"}`, `{"role":"MEMBER","node":{"databaseId":1,"login":"ada"}}`)
	failing := func(problems string) reply {
		good := page(lastPage).body
		return reply{body: strings.TrimSuffix(good, "}") + `,"errors":[` + problems + `]}`}
	}
	for name, c := range map[string]struct {
		second    reply
		meaning   error
		attribute string
		text      string
	}{
		"forbidden": {
			failing(`{"type":"FORBIDDEN","message":"Resource not accessible","path":["organization","membersWithRole",0,"email"]}`), invite.ErrForbidden, "",
			`GitHub answered 200 OK, but "Resource not accessible" [FORBIDDEN, organization/membersWithRole/email] (request id R1)`,
		},
		"scopes":       {failing(`{"type":"INSUFFICIENT_SCOPES","message":"no scope"}`), invite.ErrForbidden, "", "INSUFFICIENT_SCOPES"},
		"not found":    {reply{body: `{"data":{"organization":null},"errors":[{"type":"NOT_FOUND","message":"no"}]}`}, nil, "organization_id", "NOT_FOUND"},
		"another one":  {failing(`{"message":"Something went wrong"}`), nil, "", "Something went wrong"},
		"a code":       {failing(`{"message":"x","extensions":{"code":"undefinedField"}}`), nil, "", "undefinedField"},
		"no text":      {failing(`{}`), nil, "", "an error without a message"},
		"two":          {failing(`{"type":"SOMETHING"},{"type":"FORBIDDEN","message":"no"}`), invite.ErrForbidden, "", "SOMETHING"},
		"odd errors":   {reply{body: `{"data":null,"errors":"no"}`}, nil, "", "not the documented one"},
		"null":         {reply{body: `{"data":null}`}, nil, "", "it has no members"},
		"no edges":     {reply{body: `{"data":{"organization":{"membersWithRole":{"pageInfo":` + lastPage + `,"edges":null}}}}`}, nil, "", "it has no members"},
		"no page info": {page(`null`), nil, "", "whether there are more members"},
		"no end":       {page(`{"endCursor":null}`), nil, "", "whether there are more members"},
		"no cursor":    {page(`{"hasNextPage":true,"endCursor":null}`), nil, "", "where the next page begins"},
		"a loop":       {page(`{"hasNextPage":true,"endCursor":"c1"}`), nil, "", "already read"},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, map[string][]reply{"POST /graphql": {first, c.second}})
			got, err := s.Members(t.Context(), org)
			if err == nil || got != nil || !strings.Contains(err.Error(), c.text) {
				t.Fatalf("got %+v, %v, want an error with %q", got, err, c.text)
			}
			if forbidden := errors.Is(err, invite.ErrForbidden); forbidden != (c.meaning != nil) {
				t.Errorf("it is forbidden: %t", forbidden)
			}
			if failure, ok := errors.AsType[*invite.Failure](err); c.attribute != "" && (!ok || failure.Attribute != c.attribute) {
				t.Errorf("got %+v, want the attribute %s", failure, c.attribute)
			}
		})
	}
}

func TestFindAccount(t *testing.T) {
	const request, user = "GET /orgs/acme/memberships/Ada", "GET /users/Ada"
	for name, c := range map[string]struct {
		answers map[string][]reply
		want    invite.Member[Grant]
		meaning error
	}{
		"active": {
			map[string][]reply{request: {{body: `{"state":"active","role":"admin","user":{"id":9007199254740993,"login":"ada"}}`}}},
			invite.Member[Grant]{ID: "9007199254740993", Membership: "ada", Grant: memberGrant(roleAdmin)},
			nil,
		},
		"pending":          {map[string][]reply{request: {{body: `{"state":"pending","role":"member","user":null}`}}}, invite.Member[Grant]{}, nil},
		"not a member":     {map[string][]reply{request: {{status: 404, body: `{}`}}, user: {{body: `{"id":5,"login":"ada"}`}}}, invite.Member[Grant]{}, nil},
		"no such account":  {map[string][]reply{request: {{status: 404, body: `{}`}}, user: {{status: 404, body: `{}`}}}, invite.Member[Grant]{}, invite.ErrUnresolved},
		"forbidden":        {map[string][]reply{request: {{status: 403, body: `{}`}}}, invite.Member[Grant]{}, invite.ErrForbidden},
		"failing":          {map[string][]reply{request: {{status: 500, body: `{}`}}}, invite.Member[Grant]{}, invite.ErrUncertain},
		"failing account":  {map[string][]reply{request: {{status: 404, body: `{}`}}, user: {{status: 500, body: `{}`}}}, invite.Member[Grant]{}, invite.ErrUncertain},
		"active, but who":  {map[string][]reply{request: {{body: `{"state":"active","role":"member","user":null}`}}}, invite.Member[Grant]{}, invite.ErrUncertain},
		"an empty answer":  {map[string][]reply{request: {{body: `{}`}}}, invite.Member[Grant]{}, invite.ErrUncertain},
		"an account, or a": {map[string][]reply{request: {{status: 404, body: `{}`}}, user: {{body: `{}`}}}, invite.Member[Grant]{}, invite.ErrUncertain},
	} {
		t.Run(name, func(t *testing.T) {
			got, found, err := serve(t, c.answers).FindAccount(t.Context(), org, "Ada")
			if !errors.Is(err, c.meaning) || found != (c.want.ID != "") || !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %+v, %t, %v", got, found, err)
			}
			if failure, _ := errors.AsType[*invite.Failure](err); errors.Is(err, invite.ErrUnresolved) && failure.Attribute != "username" {
				t.Errorf("got %+v", failure)
			}
		})
	}
}

// GitHub invites whoever is not a member when a role is set, so the request is made only for a member.
func TestChangeMemberInvitesNobody(t *testing.T) {
	const read, write = "GET /orgs/acme/memberships/ada", "PUT /orgs/acme/memberships/ada"
	member := invite.Member[Grant]{ID: "5", Membership: "ada"}
	for name, before := range map[string]reply{
		"left": {status: 404, body: `{}`}, "invited": {body: `{"state":"pending","role":"member","user":{"id":5,"login":"ada"}}`},
		"somebody else": {body: `{"state":"active","role":"member","user":{"id":6,"login":"ada"}}`}, "not readable": {status: 403, body: `{}`},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, map[string][]reply{read: {before}})
			if err := s.ChangeMember(t.Context(), org, member, Grant{Role: roleAdmin}); err == nil {
				t.Error("no error")
			}
			s.wantAsked(t, read)
		})
	}
	s := serve(t, map[string][]reply{read: {{body: ada}}, write: {{body: ada}, {body: `{"state":"pending","role":"admin","user":{"id":5,"login":"ada"}}`}}})
	if err := s.ChangeMember(t.Context(), org, member, Grant{Role: roleAdmin}); err != nil || s.bodies[1] != `{"role":"admin"}` {
		t.Errorf("got %v, sent %s", err, s.bodies)
	}
	if err := s.ChangeMember(t.Context(), org, member, Grant{Role: roleAdmin}); !errors.Is(err, errInvitedInstead) {
		t.Errorf("got %v", err)
	}
	nobody := invite.Member[Grant]{ID: "5"}
	if err := s.ChangeMember(t.Context(), org, nobody, Grant{Role: roleAdmin}); !errors.Is(err, errNoLogin) {
		t.Errorf("got %v", err)
	}
	if err := s.RemoveMember(t.Context(), org, nobody); !errors.Is(err, errNoLogin) {
		t.Errorf("got %v", err)
	}
}

func TestReadOrganization(t *testing.T) {
	for body, want := range map[string]invite.Organization{
		`{"login":"acme","name":"Acme","plan":{"name":"team","seats":12,"filled_seats":9}}`: {Name: "Acme", Seats: &invite.Seats{Total: 12, Used: 9}},
		`{"login":"acme","name":null}`:            {Name: "acme"},
		`{"login":"acme","plan":{"seats":12}}`:    {Name: "acme"},
		`{"login":"acme","name":"x","plan":null}`: {Name: "x"},
	} {
		got, err := serve(t, map[string][]reply{"GET /orgs/acme": {{body: body}}}).ReadOrganization(t.Context(), org)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}

// No id and no login can change the rest of a path.
func TestPathsCannotBeChanged(t *testing.T) {
	s := serve(t, map[string][]reply{"DELETE /orgs/acme/invitations/1%2Fteams": {{status: 204}}})
	if err := s.Revoke(t.Context(), org, invite.Invite[Grant]{ID: "1/teams"}); err != nil {
		t.Error(err)
	}
	err := s.RemoveMember(t.Context(), "..", invite.Member[Grant]{Membership: "x"})
	if failure, ok := errors.AsType[*api.Error](err); !ok || !failure.Unsent {
		t.Errorf("got %v", err)
	}
}
