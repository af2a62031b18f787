// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

// The race detector needs memory of its own, so these figures hold without it. `make test` runs them so.

package faults

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

const (
	// many is how many invitations a large organization has.
	many = 50_000
	// mostKept is what a provider process may keep of them: about 1.5 kB for each invitation. The documentation promises it.
	mostKept = 75 << 20
	// mostUsed is what may be in use while an endless answer arrives, client and platform together.
	mostUsed = 512 << 20
)

// heap is what is in use after everything else was collected.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// A provider process can follow a large organization.
func TestMemoryOfLargeOrganizations(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { follow(t, platform) })
		})
	}
}

// follow plans for one of very many people, and holds what the process keeps of all of them against the limit.
func follow(t *testing.T, platform testplatform.Platform) {
	o := newOrganization(t.Context(), platform, fake.Behaviors{}, false)
	defer o.close()
	if err := o.fake.LoadSeed(largeOrganization(platform, many, o.grants[1].Fake)); err != nil {
		t.Fatal(err)
	}
	o.declare(0, declaration{Grant: 1})
	before := heap()
	process := o.start(prototest.Attributes{"max_retries": 2, "request_timeout": "60s"})
	if diags := planFirst(o, process); diags.HasErrors() || !strings.Contains(diags.String(), "is already invited") {
		t.Fatalf("not found: %s", diags)
	}
	kept := int64(heap()) - int64(before)
	t.Logf("%d MiB kept for %d invitations", kept>>20, many)
	if kept > mostKept {
		t.Errorf("%d bytes are kept, want at most %d", kept, int64(mostKept))
	}
	runtime.KeepAlive(process)
}

// largeOrganization is a seed with person 0 among many others.
func largeOrganization(platform testplatform.Platform, people int, grant fake.Grant) *strings.Reader {
	role := ""
	switch {
	case grant.Permission != "":
		role = fmt.Sprintf(`"permission":%q`, grant.Permission)
	case grant.RoleID != "":
		role = fmt.Sprintf(`"role_id":%q`, grant.RoleID)
	}
	var document strings.Builder
	fmt.Fprintf(&document, `{%q:{"invites":[`, platform.Name)
	for person := range people {
		if person > 0 {
			document.WriteByte(',')
		}
		fmt.Fprintf(&document, `{"email":%q,"grant":{%s}}`, email(person), role)
	}
	document.WriteString(`]}}`)
	return strings.NewReader(document.String())
}

// An answer without end is given up, and does not fill the memory.
func TestMemoryOfEndlessAnswers(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			o := newOrganization(t.Context(), platform, fake.Behaviors{}, false)
			defer o.close()
			o.fake.Fail(fake.Fault{Kind: fake.Huge, Operation: fake.ListInvites})
			o.declare(0, declaration{})
			before := heap()
			var most atomic.Uint64
			ctx, done := context.WithCancel(t.Context())
			watched := make(chan struct{})
			go func() {
				defer close(watched)
				for tick := time.NewTicker(2 * time.Millisecond); ; {
					var stats runtime.MemStats
					runtime.ReadMemStats(&stats)
					most.Store(max(most.Load(), stats.HeapAlloc))
					select {
					case <-tick.C:
					case <-ctx.Done():
						tick.Stop()
						return
					}
				}
			}()
			// Real minutes, on a busy machine.
			diags := planFirst(o, o.start(prototest.Attributes{"max_retries": 0, "request_timeout": "10m"}))
			done()
			<-watched
			if !strings.Contains(diags.String(), "larger than") {
				t.Errorf("got %s", diags)
			}
			used := int64(most.Load()) - int64(before)
			t.Logf("%d MiB in use", used>>20)
			if used > mostUsed {
				t.Errorf("%d bytes were in use, want at most %d", used, int64(mostUsed))
			}
		})
	}
}

// planFirst plans what is declared first.
func planFirst(o *organization, process *prototest.Process) prototest.Diagnostics {
	declared := o.Declared[o.at(0)]
	config := prototest.Value(process.Type(declared.Type), declared.Arguments)
	_, diags := process.Plan(o.ctx, declared.Type, nil, config, false)
	return diags
}
