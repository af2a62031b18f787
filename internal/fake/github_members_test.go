// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// members asks for a page of the members of the default organization, and what they show.
func (b *bench) members(after, first string) reply {
	b.t.Helper()
	variables := map[string]any{"org": b.Organization(fake.GitHub), "cursor": nil}
	if after != "" {
		variables["cursor"] = after
	}
	return b.query(`query Members($org: String!, $cursor: String) {
		organization(login: $org) { membersWithRole(first: `+first+`, after: $cursor) {
			totalCount
			pageInfo { hasNextPage endCursor }
			edges { role node { databaseId login name email organizationVerifiedDomainEmails(login: $org) } }
		} }
	}`, variables)
}

func (b *bench) query(query string, variables map[string]any) reply {
	b.t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	must(b.t, err)
	return b.want(200, "POST", "/github/graphql", string(body))
}

func (b *bench) seedMembers(members ...fake.Member) {
	b.t.Helper()
	for _, member := range members {
		_, err := b.SeedMember(fake.GitHub, "", member)
		must(b.t, err)
	}
}

func (r reply) connection() any { return at(r.json, "data", "organization", "membersWithRole") }

func (r reply) node(n int) any { return at(r.connection(), "edges", n, "node") }

func TestGitHubMembers(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.seedMembers(
		fake.Member{Email: "ada@example.com", Name: "Ada", Login: "ada", Grant: fake.Grant{Role: "admin"}},
		fake.Member{Email: "grace@private.example", OtherEmails: []string{"Grace@Example.com", "hopper@example.com"}, PublicEmail: "g@public.example"},
		fake.Member{Email: "x@private.example"},
		fake.Member{Email: "hidden@example.com", Hidden: fake.HiddenEmail},
		fake.Member{Login: "ghost", Hidden: fake.HiddenAccount},
		fake.Member{Email: "money@example.com", Grant: fake.Grant{Role: "billing_manager"}},
	)
	got := b.members("", "100")
	if got.json["errors"] != nil || at(got.connection(), "totalCount") != 5.0 || at(got.connection(), "pageInfo", "hasNextPage") != false {
		t.Fatalf("members: %s", got.text)
	}
	for n, want := range []string{
		"ADMIN ada Ada  [ada@example.com]", "MEMBER grace <nil> g@public.example [Grace@Example.com hopper@example.com]",
		"MEMBER x <nil> x@private.example []", "MEMBER hidden <nil>  []",
	} {
		node := got.node(n)
		have := fmt.Sprint(at(got.connection(), "edges", n, "role"), " ", at(node, "login"), " ", at(node, "name"), " ",
			at(node, "email"), " ", at(node, "organizationVerifiedDomainEmails"))
		if have != want {
			t.Errorf("member %d: %s, want %s", n, have, want)
		}
	}
	if at(got.connection(), "edges", 4, "role") != "MEMBER" || got.node(4) != nil {
		t.Errorf("an account that is hidden: %s", got.text)
	}
	if b.Members(fake.GitHub, "")[0].MembershipID != "ada" {
		t.Errorf("the login is not the membership: %+v", b.Members(fake.GitHub, "")[0])
	}

	// Who hides its address becomes visible, and the other way round.
	must(t, b.HideMember("", "HIDDEN@example.com", fake.HiddenNothing))
	b.want(200, "POST", "/_fake/hide", `{"email":"ada@example.com","hidden":"email"}`)
	got = b.members("", "100")
	if length(at(got.node(3), "organizationVerifiedDomainEmails")) != 1 || length(at(got.node(0), "organizationVerifiedDomainEmails")) != 0 {
		t.Errorf("after the change: %s", got.text)
	}

	visible := func() (count int) {
		got := b.members("", "100")
		for n := range 4 {
			if at(got.node(n), "email") != "" || length(at(got.node(n), "organizationVerifiedDomainEmails")) > 0 {
				count++
			}
		}
		return count
	}
	for behavior, want := range map[fake.HiddenMembers]int{fake.Nobody: 3, fake.Unverified: 2, fake.Everybody: 0} {
		b.github(func(s *fake.GitHubBehaviors) { s.HiddenMembers = behavior })
		if n := visible(); n != want {
			t.Errorf("%s hides: %d are visible, want %d", behavior, n, want)
		}
	}
	b.github(func(s *fake.GitHubBehaviors) { s.HiddenMembers, s.VerifiedDomains = fake.Unverified, []string{} })
	if n := visible(); n != 1 { // the one with an address in its profile
		t.Errorf("without a verified domain, %d are visible", n)
	}
}

func TestGitHubMemberPages(t *testing.T) {
	b := newBench(t, fake.Options{})
	for n := range 205 {
		b.seedMembers(fake.Member{Email: fmt.Sprintf("p%03d@example.com", n)})
	}
	seen, cursor, pages := map[any]bool{}, "", 0
	for more := true; more; pages++ {
		got := b.members(cursor, "100")
		for n := range length(at(got.connection(), "edges")) {
			seen[at(got.node(n), "login")] = true
		}
		cursor, _ = at(got.connection(), "pageInfo", "endCursor").(string)
		more, _ = at(got.connection(), "pageInfo", "hasNextPage").(bool)
	}
	if len(seen) != 205 || pages != 3 {
		t.Errorf("%d members on %d pages", len(seen), pages)
	}
	if last := b.members(cursor, "100"); length(at(last.connection(), "edges")) != 0 || at(last.connection(), "pageInfo", "endCursor") != nil {
		t.Errorf("after the end: %s", last.text)
	}
}

func TestGitHubQueriesThatAreRefused(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.seedMembers(fake.Member{Email: "ada@example.com"})
	org := b.Organization(fake.GitHub)
	for name, test := range map[string]struct{ query, says string }{
		"syntax":          {`{organization`, "Parse error"},
		"mutation":        {`mutation { organization(login: "x") { id } }`, "Parse error"},
		"after the end":   {`{organization(login: "` + org + `") {id}} }`, "Parse error"},
		"fragment":        {`{...Members}`, "Parse error"},
		"unknown field":   {`{organization(login: "` + org + `") {emails}}`, "'emails' doesn't exist on type 'Organization'"},
		"argument":        {`{organization(name: "` + org + `") {id}}`, "doesn't accept argument 'name'"},
		"no argument":     {`{organization {id}}`, "missing required arguments: login"},
		"no selections":   {`{organization(login: "` + org + `")}`, "do not fit its type"},
		"of a scalar":     {`{organization(login: "` + org + `") {id {x}}}`, "do not fit its type"},
		"empty":           {`{}`, "must have selections"},
		"variable":        {`query($a: String!) {organization(login: $a) {id}}`, "$a was provided invalid value"},
		"not declared":    {`{organization(login: $a) {id}}`, "$a is used but not declared"},
		"no organization": {`{organization(login: "elsewhere") {id}}`, "NOT_FOUND"},
		"no size":         {`{organization(login: "` + org + `") {membersWithRole {totalCount}}}`, "MISSING_PAGINATION_BOUNDARIES"},
		"large":           {`{organization(login: "` + org + `") {membersWithRole(first: 101) {totalCount}}}`, "EXCESSIVE_PAGINATION"},
		"cursor":          {`{organization(login: "` + org + `") {membersWithRole(first: 1, after: "x") {totalCount}}}`, "INVALID_CURSOR"},
		"node":            {`{node(id: "x") {id}}`, "NOT_FOUND"},
	} {
		if got := b.query(test.query, nil); !strings.Contains(got.text, test.says) || length(got.json["errors"]) != 1 {
			t.Errorf("%s: %s", name, got.text)
		}
	}
	for _, body := range []string{`{}`, `{"query":1}`, `{"query":"{organization}","variables":[]}`} {
		if got := b.want(200, "POST", "/github/graphql", body); !strings.Contains(got.text, "A query attribute") {
			t.Errorf("%s: %s", body, got.text)
		}
	}
	b.want(400, "POST", "/github/graphql", `{`)
	b.want(422, "POST", "/github/graphql", `{"query":"{}","extensions":{}}`)
	got := b.query(`{here: organization(login: "`+strings.ToUpper(org)+`") {name membersWithRole(first: 1) {nodes {n: login} pageInfo {startCursor hasPreviousPage}}}}`, nil)
	if at(got.json, "data", "here", "membersWithRole", "nodes", 0, "n") != "ada" || at(got.json, "data", "here", "name") != "Acme Engineering" {
		t.Errorf("with aliases: %s", got.text)
	}
}

// Errors come with status 200, with or without data.
func TestGitHubQueryErrors(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.seedMembers(fake.Member{Email: "a@example.com"}, fake.Member{Email: "b@example.com"}, fake.Member{Email: "c@example.com"})
	for behavior, kind := range map[fake.QueryErrors]any{
		fake.QueryForbidden: "FORBIDDEN", fake.QueryScopes: "INSUFFICIENT_SCOPES", fake.QueryTimeout: nil,
	} {
		b.github(func(s *fake.GitHubBehaviors) { s.QueryErrors = behavior })
		if got := b.members("", "100"); got.json["data"] != nil || at(got.json, "errors", 0, "type") != kind || at(got.json, "errors", 0, "message") == nil {
			t.Errorf("%s: %s", behavior, got.text)
		}
	}
	b.github(func(s *fake.GitHubBehaviors) { s.QueryErrors = fake.QueryPartial })
	got := b.members("", "100")
	if length(got.json["errors"]) != 2 || got.node(0) != nil || at(got.node(1), "login") != "b" || got.node(2) != nil {
		t.Errorf("partial: %s", got.text)
	}
	if path := fmt.Sprint(at(got.json, "errors", 1, "path")); path != "[organization membersWithRole edges 2 node]" {
		t.Errorf("path: %s", path)
	}
}

// The node of an invitation can be asked who accepted it, if it is still there then.
func TestGitHubInvitationNodes(t *testing.T) {
	b := newBench(t, fake.Options{})
	sent := b.create(fake.GitHub, "ada@example.com")
	query := fmt.Sprintf(`{node(id: %q) {id ... on OrganizationInvitation {email role invitee {login}}}}`, sent.json["node_id"])
	if node := at(b.query(query, nil).json, "data", "node"); at(node, "email") != "ada@example.com" || at(node, "role") != "DIRECT_MEMBER" || at(node, "invitee") != nil {
		t.Errorf("pending: %v", node)
	}
	_, err := b.AcceptWith("", "ada@example.com", "lovelace")
	must(t, err)
	if got := b.query(query, nil); at(got.json, "data", "node") != nil || at(got.json, "errors", 0, "type") != "NOT_FOUND" {
		t.Errorf("accepted: %s", got.text)
	}
	b.github(func(s *fake.GitHubBehaviors) { s.AcceptedNodes = true })
	if got := b.query(query, nil); at(got.json, "data", "node", "invitee", "login") != "lovelace" {
		t.Errorf("accepted, and still there: %s", got.text)
	}
}

func TestGitHubAcceptance(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, email := range []string{"Ada.Lovelace+x@example.com", "ada-lovelace-x@other.example", "grace@example.com", "as@example.com", "bob@example.com"} {
		if got := b.create(fake.GitHub, email); got.status != 201 {
			t.Fatalf("%s: %d %s", email, got.status, got.text)
		}
		b.want(404, "GET", b.githubOrg()+"/memberships/"+strings.Split(email, "@")[0], "")
	}
	accept := func(body string) { b.want(200, "POST", "/_fake/accept", `{"platform":"github",`+body+`}`) }
	accept(`"email":"ada.lovelace+x@example.com"`)
	accept(`"email":"ada-lovelace-x@other.example"`)
	accept(`"email":"grace@example.com","login":"Hopper"`)
	accept(`"email":"as@example.com","as":"me@private.example","login":"someone"`)
	accept(`"email":"bob@example.com","login":"hopper"`) // an account that is a member
	members := b.Members(fake.GitHub, "")
	if len(members) != 4 {
		t.Fatalf("members: %+v", members)
	}
	for n, want := range []string{
		"ada-lovelace-x Ada.Lovelace+x@example.com []", "ada-lovelace-x-2 ada-lovelace-x@other.example []",
		"Hopper grace@example.com [bob@example.com]", "someone me@private.example [as@example.com]",
	} {
		if got := fmt.Sprint(members[n].Login, " ", members[n].Email, " ", members[n].OtherEmails); got != want {
			t.Errorf("member %d: %s, want %s", n, got, want)
		}
	}
	for _, body := range []string{
		`{"platform":"github","email":"grace@example.com","login":"not a login"}`, `{"platform":"snyk","email":"grace@example.com","login":"grace"}`,
	} {
		b.want(400, "POST", "/_fake/accept", body)
	}

	// An address of a member is taken, also one that is shown to nobody. No mail is sent.
	mails := len(b.Outbox())
	b.github(func(s *fake.GitHubBehaviors) { s.HiddenMembers = fake.Everybody })
	for _, email := range []string{"as@example.com", "me@private.example", "BOB@example.com"} {
		if got := b.create(fake.GitHub, email); got.status != 422 || at(got.json, "errors", 0, "field") != "data" {
			t.Errorf("%s: %d %s", email, got.status, got.text)
		}
	}
	if len(b.Outbox()) != mails {
		t.Errorf("members got mail: %v", b.Outbox()[mails:])
	}
}

func TestGitHubMemberships(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.seedMembers(fake.Member{Email: "ada@example.com", Login: "ada"})
	must(t, b.SeedAccount("Grace", "grace@example.com"))
	b.want(200, "POST", "/_fake/account", `{"login":"bob"}`)
	b.want(400, "POST", "/_fake/account", `{"login":"BOB"}`)
	b.want(400, "POST", "/_fake/account", `{"login":"-"}`)
	ada, grace := b.githubOrg()+"/memberships/ADA", b.githubOrg()+"/memberships/grace"
	got := b.want(200, "GET", ada, "")
	if got.json["state"] != "active" || got.json["role"] != "member" || at(got.json, "user", "login") != "ada" {
		t.Errorf("membership: %s", got.text)
	}
	b.want(404, "GET", grace, "")
	if user := b.want(200, "GET", "/github/users/GRACE", ""); user.json["login"] != "Grace" || user.json["email"] != nil {
		t.Errorf("user: %s", user.text)
	}

	b.want(200, "PUT", ada, `{"role":"admin"}`)
	b.want(200, "PUT", ada, `{"role":"admin"}`)
	if have := b.Members(fake.GitHub, "")[0].Grant.Role; have != "admin" || len(b.Outbox()) != 1 || b.Outbox()[0].Kind != fake.OwnerMail {
		t.Errorf("role %s, mails %v", have, b.Outbox())
	}
	b.want(200, "PUT", ada, ``)
	if have := b.Members(fake.GitHub, "")[0].Grant.Role; have != "member" || len(b.Outbox()) != 1 {
		t.Errorf("role %s, mails %v", have, b.Outbox())
	}

	// Who is no member is invited, and an invitation of an account has no address.
	invited := b.want(200, "PUT", grace, `{"role":"member"}`)
	if invited.json["state"] != "pending" || len(b.Mails()) != 1 || b.Mails()[0].To != "grace@example.com" {
		t.Errorf("invited: %s, mails %v", invited.text, b.Mails())
	}
	if listed := b.list(b.githubOrg() + "/invitations"); len(listed) != 1 || listed[0]["login"] != "Grace" || listed[0]["email"] != nil {
		t.Errorf("listed: %v", listed)
	}
	if again := b.want(200, "GET", grace, ""); again.json["state"] != "pending" {
		t.Errorf("membership: %s", again.text)
	}
	b.want(200, "PUT", grace, `{"role":"admin"}`)
	b.want(204, "DELETE", grace, "")
	b.want(404, "DELETE", grace, "")
	outbox := b.Outbox()
	if len(b.Mails()) != 1 || outbox[len(outbox)-1].Kind != fake.RevocationMail {
		t.Errorf("mails: %v", outbox)
	}

	b.want(204, "DELETE", ada, "")
	b.want(404, "GET", ada, "")
	b.want(200, "GET", "/github/users/ada", "")
	if outbox = b.Outbox(); outbox[len(outbox)-1].Kind != fake.RemovalMail || len(b.Members(fake.GitHub, "")) != 0 {
		t.Errorf("mails: %v", outbox)
	}
	b.seedMembers(fake.Member{Email: "ada@example.com", Login: "ada"})
	b.want(204, "DELETE", b.githubOrg()+"/members/ada", "")
	b.Reset()
	b.want(404, "GET", "/github/users/ada", "")
}

func TestGitHubSeedsAreChecked(t *testing.T) {
	b := newBench(t, fake.Options{})
	for _, seed := range []fake.Member{
		{}, {Email: "a@example.com", Login: "not a login"}, {Email: "a@example.com", ID: "x"}, {Email: "a@example.com", Hidden: "all"},
	} {
		if _, err := b.SeedMember(fake.GitHub, "", seed); err == nil {
			t.Errorf("seeded: %+v", seed)
		}
	}
	if b.GitHubTeams("elsewhere") != nil || len(b.GitHubTeams(b.SecondOrganization(fake.GitHub))) == 0 {
		t.Error("teams belong to organizations")
	}
	if teams := b.controlled("/_fake/teams"); len(teams) != len(b.GitHubTeams("")) {
		t.Errorf("teams: %v", teams)
	}
}
