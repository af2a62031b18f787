package newer_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// everything asks a provider for all that is new, and wants the same to be wrong with it.
func (p *process) everything(config attrs, says ...string) {
	p.t.Helper()
	var said []*tfprotov6.Diagnostic
	for result := range p.stream(query{config: config}) {
		said = append(said, result.Diagnostics...)
	}
	p.expect(said, says...)
	if len(says) > 0 && errors(said) == "" {
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
	for _, platform := range fake.Platforms {
		for _, name := range platform.Variables() {
			t.Setenv(name, "")
		}
	}
	w := acctest.NewWorld(t)
	for _, s := range subjects {
		t.Run(string(s.platform), func(t *testing.T) {
			s.startWith(t, nil).everything(attrs{}, "credential")
			block := s.credential(w)
			block["base_url"] = w.URL
			s.startWith(t, block).everything(attrs{}, "organization_id")
			s.startWith(t, attrs{"base_url": w.URL, "organization_id": w.Organization(s.platform)}).everything(attrs{}, "credential")
		})
	}
	if requests := w.Journal(); len(requests) > 0 {
		t.Errorf("requested: %v", requests)
	}
}

// TestNotConfiguredYet: what is known only after apply is needed now, and is said to be.
func TestNotConfiguredYet(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, s subject) {
		w := acctest.NewWorld(t)
		s.seed(t, w, ada, s.a(w))
		block := s.credential(w)
		for name := range block {
			block[name] = unknown
		}
		block["base_url"], block["organization_id"] = w.URL, w.Organization(s.platform)
		s.startWith(t, block).everything(attrs{}, "configuration is not known", "known only after apply")
		s.startWith(t, unknown).everything(attrs{}, "configuration is not known", "known only after apply")

		block = s.credential(w)
		block["base_url"], block["organization_id"] = w.URL, unknown
		s.startWith(t, block).everything(attrs{}, "organization is not known yet", "Name the organization here.")
		if requests := w.Journal(); len(requests) > 0 {
			t.Errorf("requested: %v", requests)
		}
	})
}
