package chaos

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// FuzzWriteAnswers creates an invitation while the platform answers anything at all to that. The provider neither
// panics nor takes for an invitation what is no answer, and what it takes for one has an id.
func FuzzWriteAnswers(f *testing.F) {
	there := subjects()
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `{`, `<html>`, "\xff", `{"organizationUserInvite":null}`, `{"organizationUserInvite":{"id":""}}`,
		`{"organizationUserInvite":{"id":"i","email":"person0@example.com","permission":"read","expiresAt":"2999-01-01T00:00:00Z","createdAt":"x"}}`,
		`{"organizationUserInvite":{"id":"i","email":"person0@example.com","permission":"owner","expiresAt":"2999-01-01T00:00:00Z","createdAt":"2020-01-01T00:00:00Z"}}`,
		`{"data":null}`, `{"data":{"type":"org_invitation","id":"i","attributes":{"email":"person0@example.com","is_active":true,"role":"r"}}}`,
		`{"invitations":[]}`, `{"invitations":[{"token":"t","email":"somebody@example.com","created_at":"2020-01-01T00:00:00Z","expires_at":"2999-01-04T00:00:00Z","expired":false}]}`,
		`{"invitations":[{"token":"t","email":"person0@example.com","created_at":"2020-01-01T00:00:00Z","expires_at":"2999-01-04T00:00:00Z","expired":false}]}`,
	} {
		for platform := range there {
			f.Add(uint8(platform), body)
		}
	}
	f.Fuzz(func(t *testing.T, platform uint8, body string) {
		synctest.Test(t, func(t *testing.T) {
			s := there[int(platform)%len(there)]
			w := newWorkspace(t.Context(), s, fake.Switches{}, false)
			defer w.close()
			w.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.HTML, Status: http.StatusOK, Body: body, Header: map[string]string{"Content-Type": "application/json"}})
			p := w.startWith(map[string]any{"max_retries": 0})
			arguments := maps.Clone(w.grants[0].arguments)
			if arguments == nil {
				arguments = map[string]any{}
			}
			arguments["email"] = ada
			plan, diags := p.plan(w.ctx, nil, acctest.Value(p.object, arguments))
			if failed(diags) {
				t.Fatal(describe(diags))
			}
			now, diags := p.apply(w.ctx, plan)
			if said := describe(diags); strings.Contains(said, defectMark) || strings.Contains(said, "%!") {
				t.Fatal(said)
			}
			switch {
			case failed(diags) && now != nil:
				t.Fatalf("failed, and yet in state: %v", now)
			case failed(diags):
				return
			case !json.Valid([]byte(body)):
				t.Fatalf("believed: %v", now)
			case text(now.value, "id") == "" || text(now.value, "email") != ada:
				t.Fatalf("an invitation without an id, or to somebody else: %v", now)
			}
		})
	})
}
