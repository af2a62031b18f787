// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
)

// Warned wants exactly as many warnings in this step so far as there are texts, and each text in one of them. A step
// without this check must not warn.
func (w *World) Warned(texts ...string) Check {
	return func() error { return w.recorder.expect(texts) }
}

// MayWarn allows warnings with these texts, in the step in whose PreConfig it stands. It is for a step that fails, or
// imports: no check comes after that.
func (w *World) MayWarn(texts ...string) { w.recorder.allow(texts) }

// Test runs a test case in parallel with others, with the provider in this process.
func (w *World) Test(t *testing.T, c resource.TestCase) {
	t.Helper()
	CLI(t)
	warnings := func() {
		if unexpected := w.recorder.unexpected(); len(unexpected) > 0 {
			t.Errorf("unexpected warnings: %q", unexpected)
		}
		w.recorder.reset()
	}
	for i := range c.Steps {
		before := c.Steps[i].PreConfig
		c.Steps[i].PreConfig = func() {
			t.Logf("step %d", i+1)
			warnings()
			if before != nil {
				before()
			}
		}
		if i == len(c.Steps)-1 {
			after := c.Steps[i].PostApplyFunc
			c.Steps[i].PostApplyFunc = func() {
				if after != nil {
					after()
				}
				warnings()
			}
		}
	}
	c.ProtoV6ProviderFactories = w.recorder.factories()
	resource.ParallelTest(t, c)
}

// Case runs steps without a look at warnings, one test at a time; prefer [World.Test]. The function ending is called after everything was destroyed.
func Case(t *testing.T, ending func(), steps ...resource.TestStep) {
	t.Helper()
	CLI(t)
	var unread recorder
	resource.UnitTest(t, resource.TestCase{
		ProtoV6ProviderFactories: unread.factories(),
		Steps:                    steps,
		CheckDestroy: func(*terraform.State) error {
			ending()
			return nil
		},
	})
}
