// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// controlled reads a list from a control endpoint, without a credential.
func (b *bench) controlled(path string) []map[string]any {
	b.t.Helper()
	got, err := b.do(request{method: "GET", path: path, header: map[string]string{"X-API-Key": ""}})
	must(b.t, err)
	var list []map[string]any
	if err := json.Unmarshal([]byte(got.text), &list); err != nil || got.status != 200 {
		b.t.Fatalf("%s: %d %s", path, got.status, got.text)
	}
	return list
}

func TestControlEndpoints(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.want(200, "POST", "/_fake/seed", `{
		"icepanel": {"invites": [{"email": "ada@example.com", "grant": {"permission": "write"}, "expires_in": "2d"}]},
		"snyk": {"members": [{"email": "grace@example.com", "grant": {"role": "Org Admin"}}], "invites": [{"email": "ada@example.com"}]},
		"elastic_cloud": {"organization": "`+b.SecondOrganization(fake.ElasticCloud)+`", "invites": [{"email": "ada@example.com"}]}}`)
	if n := len(b.controlled("/_fake/invites")); n != 3 {
		t.Errorf("%d invitations everywhere", n)
	}
	b.want(200, "POST", "/_fake/resend", `{"platform":"icepanel","email":"ada@example.com"}`)
	b.want(200, "POST", "/_fake/expire", `{"platform":"icepanel","email":"ada@example.com"}`)
	invites := b.controlled("/_fake/invites?platform=icepanel&organization=" + b.Organization(fake.IcePanel))
	if len(invites) != 2 || invites[0]["status"] != "revoked" || invites[1]["status"] != "expired" {
		t.Errorf("icepanel: %v", invites)
	}
	if mails := b.controlled("/_fake/mails?platform=icepanel&to=ADA@example.com"); len(mails) != 1 || mails[0]["outside"] != true {
		t.Errorf("mails: %v", mails)
	}
	accepted := b.want(200, "POST", "/_fake/accept", `{"platform":"snyk","email":"ada@example.com","as":"lovelace@example.com"}`)
	b.want(200, "POST", "/_fake/grant", `{"platform":"snyk","email":"lovelace@example.com","grant":{"role":"Auditor"}}`)
	b.want(200, "POST", "/_fake/leave", `{"platform":"snyk","email":"grace@example.com"}`)
	members := b.controlled("/_fake/members?platform=snyk")
	if len(members) != 1 || members[0]["id"] != accepted.json["user_id"] || at(members[0], "grant", "role") != "Auditor" {
		t.Errorf("members: %v", members)
	}
	b.want(200, "POST", "/_fake/revoke", `{"platform":"elastic_cloud","organization":"`+b.SecondOrganization(fake.ElasticCloud)+`","email":"ada@example.com"}`)

	b.want(200, "POST", "/_fake/fail", `{"status":503,"platform":"snyk","operation":"list_invites","times":1}`)
	b.want(503, "GET", b.invitesPath(fake.Snyk), "")
	b.want(200, "GET", b.invitesPath(fake.Snyk), "")
	journal := b.controlled("/_fake/journal?platform=snyk&operation=list_invites")
	if len(journal) != 2 || journal[0]["status"] != 503.0 || journal[0]["request_id"] == "" {
		t.Errorf("journal: %v", journal)
	}
	b.want(200, "POST", "/_fake/reset", `{"journal":true,"faults":true}`)
	if len(b.Journal()) != 0 || len(b.Mails()) == 0 {
		t.Error("only the journal was to be reset")
	}

	b.want(200, "POST", "/_fake/switch", `{"latency":"1ms","snyk":{"next_link":"absolute"}}`)
	behaviors := b.want(200, "GET", "/_fake/switch", "").json
	if behaviors["latency"] != "1ms" || at(behaviors, "snyk", "next_link") != "absolute" || at(behaviors, "snyk", "emails") != "as_sent" {
		t.Errorf("behaviors: %v", behaviors)
	}
	b.want(200, "POST", "/_fake/reset", "")
	if len(b.controlled("/_fake/invites"))+len(b.controlled("/_fake/mails")) != 0 {
		t.Error("not everything was reset")
	}
	if len(b.controlled("/_fake/roles")) != len(b.SnykRoles()) {
		t.Error("roles differ")
	}
	if secrets := b.want(200, "GET", "/_fake/secrets", "").text; !strings.Contains(secrets, b.Credentials().SnykToken) {
		t.Errorf("secrets: %s", secrets)
	}
}

func TestControlHelpAndErrors(t *testing.T) {
	b := newBench(t, fake.Options{})
	help := b.want(200, "GET", "/_fake/", "").text
	for _, endpoint := range []string{
		"?person=", "journal", "mails", "invites", "members", "roles", "secrets", "switch",
		"accept", "expire", "revoke", "resend", "leave", "grant", "seed", "fail", "reset",
	} {
		if !strings.Contains(help, "/_fake/"+endpoint) {
			t.Errorf("%s is not explained", endpoint)
		}
	}
	b.want(404, "GET", "/_fake/nowhere", "")
	for path, body := range map[string]string{
		"accept": `{"platform":"snyk","email":"nobody@example.com"}`,
		"expire": `{"platform":"snyk","mail":"nobody@example.com"}`,
		"fail":   `{"kind":"flood"}`,
		"revoke": `{`,
		"switch": `{"snyk":{"next_link":"sideways"}}`,
		"seed":   `{"icepanel":{"invites":[{"email":"a@example.com","expires_in":"soon"}]}}`,
	} {
		if got := b.want(400, "POST", "/_fake/"+path, body); got.json["error"] == nil {
			t.Errorf("%s: %s", path, got.text)
		}
	}
	b.want(400, "POST", "/_fake/fail", `{}`)
}

func TestEnvironment(t *testing.T) {
	b := newBench(t, fake.Options{})
	lines := strings.Join(b.Environment("http://127.0.0.1:8080"), "\n") + "\n"
	var wanted []string
	for _, p := range fake.Platforms {
		wanted = append(wanted, map[fake.Platform][]string{
			fake.IcePanel: {
				"ICEPANEL_API_KEY=" + b.Credentials().IcePanelAPIKey, "ICEPANEL_TOKEN=" + b.Credentials().IcePanelBearerToken,
				"ICEPANEL_ORGANIZATION_ID=" + b.Organization(p), "ICEPANEL_BASE_URL=http://127.0.0.1:8080",
			},
			fake.Snyk: {
				"SNYK_TOKEN=" + b.Credentials().SnykToken, "SNYK_OAUTH_TOKEN=" + b.Credentials().SnykOAuthToken,
				"SNYK_ORG_ID=" + b.Organization(p), "SNYK_API=http://127.0.0.1:8080",
			},
			fake.ElasticCloud: {
				"EC_API_KEY=" + b.Credentials().ElasticCloudAPIKey, "EC_ORGANIZATION_ID=" + b.Organization(p),
				"EC_ENDPOINT=http://127.0.0.1:8080",
			},
			fake.GitHub: {
				"GITHUB_TOKEN=" + b.Credentials().GitHubToken, "GITHUB_OWNER=" + b.Organization(p),
				"GITHUB_BASE_URL=http://127.0.0.1:8080/github",
			},
			fake.Anthropic: {
				"ANTHROPIC_ADMIN_API_KEY=" + b.Credentials().AnthropicAdminKey, "ANTHROPIC_ORGANIZATION_ID=" + b.Organization(p),
				"ANTHROPIC_ADMIN_BASE_URL=http://127.0.0.1:8080/anthropic",
			},
		}[p]...)
	}
	if strings.Count(lines, "\n") != len(wanted) {
		t.Errorf("got\n%swant %d lines", lines, len(wanted))
	}
	for _, want := range wanted {
		if !strings.Contains(lines, want+"\n") {
			t.Errorf("no %s in\n%s", want, lines)
		}
	}
}

func TestJournal(t *testing.T) {
	b := newBench(t, fake.Options{})
	b.create(fake.Snyk, "ada@example.com")
	b.want(200, "GET", b.invitesPath(fake.IcePanel), "")
	journal := b.Journal()
	if len(journal) != 2 || journal[0].Seq != 1 || journal[1].Seq != 2 {
		t.Fatalf("journal: %+v", journal)
	}
	first := journal[0]
	if first.Platform != fake.Snyk || first.Operation != fake.CreateInvite || first.Method != http.MethodPost || first.Status != 201 ||
		first.Path != b.invitesPath(fake.Snyk) || first.Body != b.createBody(fake.Snyk, "ada@example.com") {
		t.Errorf("first: %+v", first)
	}
	text, err := json.Marshal(journal)
	must(t, err)
	for _, secret := range b.Secrets() {
		if strings.Contains(string(text), secret) {
			t.Errorf("a secret is in the journal: %s", text)
		}
	}
	if b.Count() != 2 || b.Count(fake.CreateInvite, fake.RevokeInvite) != 1 {
		t.Errorf("count: %d and %d", b.Count(), b.Count(fake.CreateInvite, fake.RevokeInvite))
	}
	b.ResetJournal()
	b.want(200, "GET", b.invitesPath(fake.IcePanel), "")
	if journal = b.Journal(); len(journal) != 1 || journal[0].Seq != 3 {
		t.Errorf("after the reset: %+v", journal)
	}
}
