// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"maps"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// everything asks a provider for all that is new, and wants the same to be wrong with it.
func (p *process) everything(config attrs, says ...string) {
	p.t.Helper()
	_, diags := p.List(p.t.Context(), p.resource, prototest.Query{Config: config})
	p.expect(diags, says...)
	if len(says) > 0 && !diags.HasErrors() {
		p.t.Error("a query succeeded")
	}
	action := attrs{"email": ada}
	identity := attrs{"email": ada}
	maps.Copy(action, config)
	maps.Copy(identity, config)
	p.invoke("resend", action, says...)
	p.invoke("revoke", action, says...)
	p.importing("", identity, says...)
}

// TestWithoutCredentials: whoever uses a platform that is not configured is told, and nobody else.
func TestWithoutCredentials(t *testing.T) {
	for _, name := range fake.Platforms {
		for _, name := range name.Variables() {
			t.Setenv(name, "")
		}
	}
	w := faketest.New(t)
	for _, one := range testplatform.All {
		s := platform{one}
		t.Run(string(s.Name), func(t *testing.T) {
			s.startWith(t, nil).everything(attrs{}, "credential")
			block := w.Block(s.Name)
			delete(block, "organization_id")
			if !s.OneOrganization { // otherwise the credential decides
				s.startWith(t, block).everything(attrs{}, "organization_id")
			}
			s.startWith(t, attrs{"base_url": s.Name.BaseURL(w.URL), "organization_id": w.Organization(s.Name)}).everything(attrs{}, "credential")
		})
	}
	if requests := w.Journal(); len(requests) > 0 {
		t.Errorf("requested: %v", requests)
	}
}

// TestNotConfiguredYet: what is known only after apply is needed now, and is said to be.
func TestNotConfiguredYet(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		block := w.Block(s.Name)
		credential, _ := w.Credential(s.Name)
		block[credential] = prototest.Unknown
		s.startWith(t, block).everything(attrs{}, "configuration is not known", "known only after apply")
		s.startWith(t, prototest.Unknown).everything(attrs{}, "configuration is not known", "known only after apply")

		block = w.Block(s.Name)
		block["organization_id"] = prototest.Unknown
		s.startWith(t, block).everything(attrs{}, "organization is not known yet", "Name the organization here.")
		if requests := w.Journal(); len(requests) > 0 {
			t.Errorf("requested: %v", requests)
		}
	})
}
