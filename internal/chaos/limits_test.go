package chaos

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
)

const (
	// largest is how many invitations the largest organization has.
	largest = 100_000
	// mostKept is what a provider process may keep of the largest organization: about 1.5 kB for each invitation.
	mostKept = 150 << 20
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

// A provider process can follow an organization with 100,000 invitations.
func TestMemoryOfLargeOrganizations(t *testing.T) {
	if testing.Short() || underRace {
		t.Skip("it takes some seconds, or with the race detector a minute, and that one needs memory of its own")
	}
	for _, s := range subjects() {
		t.Run(string(s.platform), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { follow(t, s) })
		})
	}
}

// follow plans for one of very many people, and holds what the process keeps of all of them against the limit.
func follow(t *testing.T, s subject) {
	many := largest
	if s.platform == fake.Snyk && *soak == 0 {
		many /= 5 // a hundred to a page, so a thousand requests
	}
	w := newWorkspace(t.Context(), s, fake.Switches{}, false)
	defer w.close()
	if err := w.fake.LoadSeed(largeOrganization(s, many, w.grants[1].fake)); err != nil {
		t.Fatal(err)
	}
	w.declared[0] = declaration{Grant: 1}
	before := heap()
	p := w.start()
	_, diags := p.plan(w.ctx, nil, w.config(p, 0))
	if failed(diags) || !strings.Contains(describe(diags), "is already invited") {
		t.Fatalf("not found: %s", describe(diags))
	}
	kept := int64(heap()) - int64(before)
	t.Logf("%d MiB kept for %d invitations", kept>>20, many)
	if kept > mostKept {
		t.Errorf("%d bytes are kept, want at most %d", kept, int64(mostKept))
	}
	runtime.KeepAlive(p)
}

// largeOrganization is a seed with person 0 among many others.
func largeOrganization(s subject, many int, grant fake.Grant) *strings.Reader {
	role := ""
	switch {
	case grant.Permission != "":
		role = fmt.Sprintf(`"permission":%q`, grant.Permission)
	case grant.RoleID != "":
		role = fmt.Sprintf(`"role_id":%q`, grant.RoleID)
	}
	var document strings.Builder
	fmt.Fprintf(&document, `{%q:{"invites":[`, s.platform)
	for person := range many {
		if person > 0 {
			document.WriteByte(',')
		}
		fmt.Fprintf(&document, `{"email":%q,"grant":{%s}}`, address(person), role)
	}
	document.WriteString(`]}}`)
	return strings.NewReader(document.String())
}

// An answer without end is given up, and does not fill the memory.
func TestMemoryOfEndlessAnswers(t *testing.T) {
	for _, s := range subjects() {
		t.Run(string(s.platform), func(t *testing.T) {
			w := newWorkspace(t.Context(), s, fake.Switches{}, false)
			defer w.close()
			w.fake.Fail(fake.Fault{Kind: fake.Huge, Operation: fake.ListInvites})
			w.declared[0] = declaration{}
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
			p := w.startWith(map[string]any{"max_retries": 0, "request_timeout": "10m"}) // real minutes, on a busy machine
			_, diags := p.plan(w.ctx, nil, w.config(p, 0))
			done()
			<-watched
			if !strings.Contains(describe(diags), "larger than") {
				t.Errorf("got %s", describe(diags))
			}
			used := int64(most.Load()) - int64(before)
			t.Logf("%d MiB in use", used>>20)
			if used > mostUsed {
				t.Errorf("%d bytes were in use, want at most %d", used, int64(mostUsed))
			}
		})
	}
}

// However many resources Terraform works on at once, the platform sees sixteen requests at a time.
func TestRequestsInFlight(t *testing.T) {
	for _, s := range subjects() {
		t.Run(string(s.platform), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorkspace(t.Context(), s, fake.Switches{}, false)
				defer w.close()
				const people = 100
				for person := range people {
					w.declared[person] = declaration{Person: person, Grant: person, ExpiresIn: fmt.Sprintf("%dm", 60+person)}
				}
				crowd := pace{Workers: people, Hasty: true}
				out := w.plan(crowd, nil)
				w.apply(crowd, &out)
				if out.wrong != "" || len(w.state) != people {
					t.Fatalf("%s%d in state: %v", out.wrong, len(w.state), out.reported[:min(1, len(out.reported))])
				}
				if w.net.most > maxInFlight {
					t.Errorf("%d requests in flight, want at most %d", w.net.most, maxInFlight)
				}
				clear(w.declared)
				out = w.plan(crowd, nil)
				w.apply(crowd, &out)
				if len(w.state) != 0 {
					t.Errorf("%d are left", len(w.state))
				}
				t.Logf("at most %d requests in flight", w.net.most)
			})
		})
	}
}
