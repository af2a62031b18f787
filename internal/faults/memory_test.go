//go:build !race

// The race detector needs memory of its own, so these figures hold without it. `make test` runs them so.

package faults

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

const (
	// largest is how many invitations the largest organization has.
	largest = 100_000
	// mostKept is what a provider process may keep of them: about 1.5 kB for each invitation. The documentation promises it.
	mostKept = 150 << 20
)

// A provider process can follow an organization with 100,000 invitations.
func TestMemoryOfLargeOrganizations(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { follow(t, platform) })
		})
	}
}

// follow plans for one of very many people, and holds what the process keeps of all of them against the limit.
func follow(t *testing.T, platform testplatform.Platform) {
	o := newOrganization(t.Context(), platform, fake.Switches{}, false)
	defer o.close()
	if err := o.fake.LoadSeed(largeOrganization(platform, largest, o.grants[1].Fake)); err != nil {
		t.Fatal(err)
	}
	o.declare(0, declaration{Grant: 1})
	before := heap()
	process := o.start(prototest.Attributes{"max_retries": 2, "request_timeout": "60s"})
	if diags := planFirst(o, process); diags.HasErrors() || !strings.Contains(diags.String(), "is already invited") {
		t.Fatalf("not found: %s", diags)
	}
	kept := int64(heap()) - int64(before)
	t.Logf("%d MiB kept for %d invitations", kept>>20, largest)
	if kept > mostKept {
		t.Errorf("%d bytes are kept, want at most %d", kept, int64(mostKept))
	}
	runtime.KeepAlive(process)
}

// largeOrganization is a seed with person 0 among many others.
func largeOrganization(platform testplatform.Platform, many int, grant fake.Grant) *strings.Reader {
	role := ""
	switch {
	case grant.Permission != "":
		role = fmt.Sprintf(`"permission":%q`, grant.Permission)
	case grant.RoleID != "":
		role = fmt.Sprintf(`"role_id":%q`, grant.RoleID)
	}
	var document strings.Builder
	fmt.Fprintf(&document, `{%q:{"invites":[`, platform.Name)
	for person := range many {
		if person > 0 {
			document.WriteByte(',')
		}
		fmt.Fprintf(&document, `{"email":%q,"grant":{%s}}`, email(person), role)
	}
	document.WriteString(`]}}`)
	return strings.NewReader(document.String())
}
