// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

func TestErrorBodies(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		body   string
		header []string
		want   string
		codes  []string
	}{
		{
			name: "IcePanel", status: 409,
			body: `{"message":"All organization seats have been assigned"}`,
			want: `Example answered 409 Conflict: "All organization seats have been assigned"`,
		},
		{
			name: "IcePanel with code and texts", status: 422,
			body:   `{"message":"Invalid","code":"validation","errors":["email is empty","no permission"]}`,
			header: []string{"X-Request-Id", "abc"},
			want:   `Example answered 422 Unprocessable Entity: "Invalid" [validation]; "email is empty"; "no permission" (request id abc)`,
			codes:  []string{"validation"},
		},
		{
			name: "IcePanel with objects", status: 400,
			body:  `{"message":"Bad","errors":[{"path":"/body/email","message":"must be string","errorCode":"type.openapi.validation"}]}`,
			want:  `Example answered 400 Bad Request: "Bad"; "must be string" [type.openapi.validation, /body/email]`,
			codes: []string{"type.openapi.validation"},
		},
		{
			name: "Snyk", status: 400,
			body: `{"jsonapi":{"version":"1.0"},"errors":[{"id":"1","status":"400","code":"SNYK-0003","title":"Client request cannot be processed",` +
				`"detail":"No such role","source":{"pointer":"/data/attributes/role"},"meta":{"isErrorCatalogError":true,"logs":["a"]}}]}`,
			header: []string{"snyk-request-id", "ffff", "x-request-id", "other"},
			want:   `Example answered 400 Bad Request: "No such role" [SNYK-0003, /data/attributes/role] (request id ffff)`,
			codes:  []string{"SNYK-0003"},
		},
		{
			name: "Snyk with details, parameter and odd meta", status: 400,
			body: `{"errors":[{"status":"400","details":"Unknown parameter","source":{"parameter":"limit"},"meta":"x"},{"title":"Only a title"}]}`,
			want: `Example answered 400 Bad Request: "Unknown parameter" [limit]; "Only a title"`,
		},
		{
			name: "Snyk v1", status: 401,
			body:  `{"code":401,"error":"Not authorized","message":"The token is invalid","errorRef":"ref-1"}`,
			want:  `Example answered 401 Unauthorized: "The token is invalid" [401] (request id ref-1)`,
			codes: []string{"401"},
		},
		{
			name: "Snyk v1 with its header", status: 500,
			body: `{"error":"Boom","errorRef":"ref-1"}`, header: []string{"x-error-reference", "ref-2"},
			want: `Example answered 500 Internal Server Error: "Boom" (request id ref-2)`,
		},
		{
			name: "Elastic", status: 400,
			body: `{"errors":[{"code":"organization.invitation_invalid_email","message":"Not an address","fields":["emails","x"]}]}`,
			header: []string{
				"x-cloud-error-codes", "organization.invitation_invalid_email, organization.other",
				"x-cloud-request-id", "r1",
			},
			want:  `Example answered 400 Bad Request: "Not an address" [organization.invitation_invalid_email, emails, x]; [organization.other] (request id r1)`,
			codes: []string{"organization.invitation_invalid_email", "organization.other"},
		},
		{
			name: "Elastic without body", status: 404, header: []string{"x-cloud-error-codes", "organization.not_found"},
			want: `Example answered 404 Not Found: [organization.not_found]`, codes: []string{"organization.not_found"},
		},
		{
			name: "Anthropic", status: 400,
			body:  `{"type":"error","error":{"type":"invalid_request_error","message":"role: no such role"},"request_id":"req_1"}`,
			want:  `Example answered 400 Bad Request: "role: no such role" [invalid_request_error] (request id req_1)`,
			codes: []string{"invalid_request_error"},
		},
		{
			name: "Anthropic with its header", status: 529,
			body:   `{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}`,
			header: []string{"request-id", "req_2"},
			want:   `Example answered 529: "Overloaded" [overloaded_error] (request id req_2)`,
			codes:  []string{"overloaded_error"},
		},
		{
			name: "GitHub", status: 422,
			body: `{"message":"Validation Failed","errors":[{"resource":"OrganizationInvitation","code":"unprocessable","field":"data",` +
				`"message":"Already a part of this organization"}],"documentation_url":"https://docs.example.test","status":"422"}`,
			header: []string{"X-GitHub-Request-Id", "C0DE:1"},
			want: `Example answered 422 Unprocessable Entity: "Validation Failed"; ` +
				`"Already a part of this organization" [unprocessable, OrganizationInvitation/data] (request id C0DE:1)`,
			codes: []string{"unprocessable"},
		},
		{
			name: "GitHub without a field", status: 422,
			body:  `{"message":"Validation Failed","errors":[{"resource":"Team","code":"missing"},"a text"]}`,
			want:  `Example answered 422 Unprocessable Entity: "Validation Failed"; [missing, Team]; "a text"`,
			codes: []string{"missing"},
		},
		{
			name: "gateway object", status: 403, body: `{"error":{"code":403,"message":"Permission denied","status":"PERMISSION_DENIED"}}`,
			want: `Example answered 403 Forbidden: "Permission denied" [403]`, codes: []string{"403"},
		},
		{name: "list", status: 403, body: `["one",{"message":"two"},3]`, want: `Example answered 403 Forbidden: "one"; "two"`},
		{name: "string", status: 403, body: `"no"`, want: `Example answered 403 Forbidden: "no"`},
		{name: "empty", status: 403, want: `Example answered 403 Forbidden`},
		{name: "empty object", status: 403, body: `{}`, want: `Example answered 403 Forbidden`},
		{name: "null", status: 403, body: `{"errors":null,"message":null}`, want: `Example answered 403 Forbidden: "{"errors":null,"message":null}"`},
		{name: "unknown status", status: 599, body: `x`, want: `Example answered 599: "x"`},
		{
			name: "HTML", status: 404, header: []string{"Content-Type", "text/html"},
			body: "<!DOCTYPE html><html><head><style>p {x}</style><script>alert('<b>')</script></head>\n<body><h1>Nothing&nbsp;here</h1>\n<!-- a > b --><p>Ask &lt;admin&gt;</p></body></html>",
			want: `Example answered 404 Not Found: "Nothing here Ask <admin>"`,
		},
		{name: "plain text", status: 400, body: "  upstream\r\n\tis \x1b[31mred\x00 ", want: `Example answered 400 Bad Request: "upstream is [31mred"`},
		{name: "no UTF-8", status: 400, body: "caf\xe9", want: "Example answered 400 Bad Request: \"caf\uFFFD\""},
		{name: "hidden direction", status: 400, body: `{"message":"a` + "\u202e" + `b"}`, want: `Example answered 400 Bad Request: "a b"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := newClient(t, inTurn(status(test.status, test.body, test.header...)), func(c *api.Config) { c.MaxRetries = 0 })
			err := failure(t, client.Do(t.Context(), post, nil))
			if err.Error() != test.want {
				t.Errorf("\n got %s\nwant %s", err, test.want)
			}
			var codes []string
			for _, problem := range err.Problems {
				if problem.Code != "" {
					codes = append(codes, problem.Code)
				}
			}
			if !slices.Equal(codes, test.codes) {
				t.Errorf("codes %q, want %q", codes, test.codes)
			}
			for _, code := range test.codes {
				if !err.HasCode(code) {
					t.Errorf("HasCode(%q) is false", code)
				}
			}
			if err.HasCode("another") {
				t.Error("HasCode finds what is not there")
			}
		})
	}
}

func TestProblemParts(t *testing.T) {
	body := `{"errors":[{"code":"c","message":"m","fields":["f"]}]}`
	err := failure(t, newClient(t, inTurn(status(400, body))).Do(t.Context(), post, nil))
	want := []api.Problem{{Code: "c", Message: "m", Field: "f"}}
	if !reflect.DeepEqual(err.Problems, want) {
		t.Errorf("got %+v", err.Problems)
	}
}

func TestErrorTextIsCapped(t *testing.T) {
	endless := strings.NewReader(strings.Repeat("я", 10<<20))
	for name, answer := range map[string]answer{
		"one long message": status(400, `{"message":"`+strings.Repeat("я", 20_000)+`"}`),
		"many messages":    status(400, `{"errors":[`+strings.Repeat(`"a problem among many",`, 2800)+`"last"]}`),
		"endless text": func(request *http.Request) (*http.Response, error) {
			return response(request, 400, endless, "X-Request-Id", strings.Repeat("r", 5000)), nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := newClient(t, inTurn(answer)).Do(t.Context(), post, nil)
			if length := utf8.RuneCountInString(err.Error()); length > 2000 {
				t.Errorf("%d characters", length)
			}
			if !strings.Contains(err.Error(), "…") {
				t.Error("it does not show that it was cut")
			}
		})
	}
	if left := endless.Len(); left < 19<<20 {
		t.Errorf("%d bytes of the endless body are left", left)
	}
}

func FuzzErrorBody(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `[`, `null`, `"x"`, `{"message":"m","errors":["e",{"path":"p","message":1}]}`,
		`{"errors":[{"status":"400","detail":"d","source":{"pointer":"/x"},"meta":{"a":true}}]}`,
		`{"errors":[{"code":"c","message":"m","fields":["f"]}]}`, `{"error":{"error":{"message":"deep"}}}`,
		`<html><script>x`, "\xff\x00\x1b", `{"message":"the-secret the-secre\u0074"}`,
	} {
		f.Add(seed, "code, other", "ref")
	}
	f.Fuzz(func(t *testing.T, body, codes, id string) {
		refusal := status(400, body, "x-cloud-error-codes", codes, "x-request-id", id)
		client := newClient(t, inTurn(refusal), func(c *api.Config) { c.Secrets = []string{"the-secret"} })
		err := failure(t, client.Do(t.Context(), post, nil))
		text := err.Error()
		switch {
		case !utf8.ValidString(text):
			t.Errorf("no UTF-8: %q", text)
		case utf8.RuneCountInString(text) > 2000:
			t.Error("too long")
		case strings.ContainsFunc(text, unicode.IsControl):
			t.Errorf("control characters: %q", text)
		case strings.Contains(text, "the-secret"):
			t.Errorf("a secret: %q", text)
		case err.Status != 400 || err.Uncertain():
			t.Errorf("status %d, uncertain %t", err.Status, err.Uncertain())
		}
	})
}
