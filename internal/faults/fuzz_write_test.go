// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"encoding/json"
	"maps"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// FuzzWriteAnswers creates an invitation while the platform answers anything at all to that. The provider neither
// panics nor takes for an invitation what is no answer, and what it takes for one has an id.
func FuzzWriteAnswers(f *testing.F) {
	there := testplatform.All
	for _, body := range []string{
		``, `null`, `{}`, `[]`, `{`, `<html>`, "\xff", `{"organizationUserInvite":null}`, `{"organizationUserInvite":{"id":""}}`,
		`{"organizationUserInvite":{"id":"i","email":"person0@example.com","permission":"read","expiresAt":"2999-01-01T00:00:00Z","createdAt":"x"}}`,
		`{"organizationUserInvite":{"id":"i","email":"person0@example.com","permission":"owner","expiresAt":"2999-01-01T00:00:00Z","createdAt":"2020-01-01T00:00:00Z"}}`,
		`{"data":null}`, `{"data":{"type":"org_invitation","id":"i","attributes":{"email":"person0@example.com","is_active":true,"role":"r"}}}`,
		`{"invitations":[]}`, `{"invitations":[{"token":"t","email":"somebody@example.com","created_at":"2020-01-01T00:00:00Z","expires_at":"2999-01-04T00:00:00Z","expired":false}]}`,
		`{"invitations":[{"token":"t","email":"person0@example.com","created_at":"2020-01-01T00:00:00Z","expires_at":"2999-01-04T00:00:00Z","expired":false}]}`,
	} {
		for at := range there {
			f.Add(uint8(at), body)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		synctest.Test(t, func(t *testing.T) {
			platform := there[int(which)%len(there)]
			o := newOrganization(t.Context(), platform, fake.Behaviors{}, false)
			defer o.close()
			o.fake.Fail(fake.Fault{Operation: fake.CreateInvite, Kind: fake.HTML, Status: http.StatusOK, Body: body, Header: map[string]string{"Content-Type": "application/json"}})
			process := o.start(prototest.Attributes{"max_retries": 0})
			arguments := prototest.Attributes{"email": ada}
			maps.Copy(arguments, o.grants[0].Arguments)
			config := prototest.Value(process.Type(platform.Resource()), arguments)
			change, diags := process.Plan(o.ctx, platform.Resource(), nil, config, false)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			now, diags := process.Apply(o.ctx, change)
			checkTexts(t, diags)
			switch {
			case diags.HasErrors() && now != nil:
				t.Fatalf("failed, and yet in state: %s", now)
			case diags.HasErrors():
				return
			case !json.Valid([]byte(body)):
				t.Fatalf("believed: %s", now)
			case now.Text("id") == "" || now.Text("email") != ada:
				t.Fatalf("an invitation without an id, or to somebody else: %s", now)
			}
		})
	})
}
