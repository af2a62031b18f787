// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// FuzzAnswers refreshes a pending invitation while the platform answers anything at all to one of its questions. The
// provider neither panics nor believes what is no answer: state is kept unless the answer is JSON, and nobody is taken
// for a member of whom no answer speaks.
func FuzzAnswers(f *testing.F) {
	there := testplatform.All
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `{`, `<html>`, "\xff", `{"organizationUserInvites":[]}`, `{"organizationUserInvites":null}`,
		`{"organizationUserInvites":[{"id":"id0","email":"person0@example.com","permission":"read","usedAt":"2020-01-01T00:00:00Z"}]}`,
		`{"organizationUserInvites":[{"id":"id0","email":"PERSON0@example.com","expiresAt":"0001-01-01T00:00:00Z","revokedAt":"x"}]}`,
		`{"organizationUsers":{"u":{"email":"person0@example.com","permission":"admin"}}}`, `{"organizationUsers":{"u":null}}`,
		`{"jsonapi":{"version":"1.0"},"data":[],"links":{}}`, `{"data":[],"links":{"next":"//elsewhere.invalid/"}}`, `{"data":[],"links":{"next":"?a=1"}}`,
		`{"data":[{"type":"org_invitation","id":"id0","attributes":{"email":"person0@example.com","is_active":true,"role":"Developer"}}],"links":{}}`,
		`{"data":[{"type":"org_membership","id":"m","relationships":{"user":{"data":{"id":"u","attributes":{"email":"person0@example.com"}}},"role":{"data":{"id":"r","attributes":{"name":"Org Admin"}}}}}],"links":{}}`,
		`{"invitations":[{"token":"t","email":"person0@example.com","created_at":"2020-01-01T00:00:00Z","expires_at":"2020-01-04T00:00:00Z","expired":true}]}`,
		`{"invitations":[{"token":"t","email":"person0@example.com","expired":false,"accepted_at":"0001-01-01T00:00:00.000Z","role_assignments":{"deployment":[{"all":true,"deployment_ids":["d"]}]}}]}`,
		`{"members":[{"user_id":"u","email":"person0@example.com","role_assignments":null}]}`, `{"members":[{"user_id":"u"}]}`,
	} {
		for at := range there {
			f.Add(uint8(at), false, body)
			f.Add(uint8(at), true, body)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, aboutMembers bool, body string) {
		platform := there[int(which)%len(there)]
		o := newOrganization(t.Context(), platform, fake.Behaviors{}, false)
		defer o.close()
		operation := fake.ListInvites
		if aboutMembers {
			operation = fake.ListMembers
		}
		o.fake.Fail(fake.Fault{Operation: operation, Kind: fake.HTML, Status: http.StatusOK, Body: body, Header: map[string]string{"Content-Type": "application/json"}})
		process := o.start(prototest.Attributes{"max_retries": 0})
		arguments := prototest.Attributes{
			"email": ada, "organization_id": o.fake.Organization(platform.Name), "id": "id0", "status": "pending",
			"adopt_existing": false, "manage_membership": false,
		}
		if platform.ExpiresIn != "" {
			arguments["expires_in"] = "7d"
		}
		if platform.Lifetime > 0 {
			arguments["reinvite_expired"], arguments["expires_at"] = false, "2999-01-01T00:00:00Z"
		}
		maps.Copy(arguments, o.grants[0].Arguments)
		now, diags := process.Refresh(o.ctx, platform.Resource(), &prototest.Object{
			Value: prototest.Value(process.Type(platform.Resource()), arguments),
		})
		checkTexts(t, diags)
		if diags.HasErrors() || o.fake.Count(operation) == 0 {
			return
		}
		var content any
		if json.Unmarshal([]byte(body), &content) != nil {
			t.Fatalf("believed: %s", now)
		}
		plain, _ := json.Marshal(content)
		if now.Text("status") == "accepted" && !strings.Contains(strings.ToLower(string(plain)), "person0@") && !strings.Contains(string(plain), "id0") {
			t.Fatalf("accepted without evidence: %s", plain)
		}
	})
}

// checkTexts fails the test if a message says that the provider is wrong, or holds a broken format.
func checkTexts(t *testing.T, diags prototest.Diagnostics) {
	t.Helper()
	if slices.ContainsFunc(diags, prototest.IsDefect) || strings.Contains(diags.String(), "%!") {
		t.Fatal(diags)
	}
}
