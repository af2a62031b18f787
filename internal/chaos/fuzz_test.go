package chaos

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// FuzzAnswers refreshes a pending invitation while the platform answers anything at all to one of its questions. The
// provider neither panics nor believes what is no answer: state is kept unless the answer is JSON, and nobody is taken
// for a member of whom no answer speaks.
func FuzzAnswers(f *testing.F) {
	there := subjects()
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
		for platform := range there {
			f.Add(uint8(platform), false, body)
			f.Add(uint8(platform), true, body)
		}
	}
	f.Fuzz(func(t *testing.T, platform uint8, aboutMembers bool, body string) {
		s := there[int(platform)%len(there)]
		w := newWorkspace(t.Context(), s, fake.Switches{}, false)
		defer w.close()
		operation := fake.ListInvites
		if aboutMembers {
			operation = fake.ListMembers
		}
		w.fake.Fail(fake.Fault{Operation: operation, Kind: fake.HTML, Status: http.StatusOK, Body: body, Header: map[string]string{"Content-Type": "application/json"}})
		p := w.startWith(map[string]any{"max_retries": 0})
		arguments := map[string]any{
			"email": ada, "organization_id": w.fake.Organization(s.platform), "id": "id0", "status": "pending",
			"adopt_existing": false, "manage_membership": false,
		}
		if s.expires {
			arguments["reinvite_expired"], arguments["expires_in"], arguments["expires_at"] = false, "7d", "2999-01-01T00:00:00Z"
		}
		maps.Copy(arguments, w.grants[0].arguments)
		now, diags := p.read(w.ctx, &kept{value: acctest.Value(p.object, arguments)})
		said := describe(diags)
		if strings.Contains(said, defectMark) || strings.Contains(said, "%!") {
			t.Fatal(said)
		}
		if failed(diags) || w.fake.Count(operation) == 0 {
			return
		}
		var content any
		if json.Unmarshal([]byte(body), &content) != nil {
			t.Fatalf("believed: %v", now)
		}
		plain, _ := json.Marshal(content)
		if now != nil && text(now.value, "status") == "accepted" && !strings.Contains(strings.ToLower(string(plain)), "person0@") && !strings.Contains(string(plain), "id0") {
			t.Fatalf("accepted without evidence: %s", plain)
		}
	})
}
