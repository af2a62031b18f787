// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package docscheck_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestAccOnboarding runs the module's own tests as its users do: against the fake, with everything from the environment.
func TestAccOnboarding(t *testing.T) {
	acctest.Needs(t, acctest.ModuleTests)
	t.Parallel()
	w := acctest.NewWorld(t, func(s *fake.Behaviors) { s.Accepts = fake.People{"@accepts.example.com"} })
	dir := acctest.NewBuiltWorkspace(t, w.Environment(w.URL)...)
	copyFolder(t, filepath.Join(acctest.Root(t), "examples", "onboarding"), dir.Folder())
	dir.Run("get").Succeeds()
	// Twice: the tests leave nobody behind.
	for range 2 {
		result := dir.Run("test", "-no-color").Succeeds()
		if passed := strings.Count(result.Out, "... pass\n"); passed != 12 {
			t.Errorf("%d runs and files passed, want 12:\n%s", passed, result.Out)
		}
		for _, platform := range fake.Platforms {
			if left := w.Members(platform, ""); len(left) > 0 {
				t.Errorf("%s: still there: %+v", platform, left)
			}
		}
	}
}
