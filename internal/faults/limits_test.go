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

// mostUsed is what may be in use while an endless answer arrives, client and platform together.
const mostUsed = 512 << 20

// heap is what is in use after everything else was collected.
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// An answer without end is given up, and does not fill the memory.
func TestMemoryOfEndlessAnswers(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			o := newOrganization(t.Context(), platform, fake.Switches{}, false)
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

// maxInFlight is how many requests of one provider process may be on their way at once.
const maxInFlight = 16

// However many resources Terraform works on at once, the platform sees sixteen requests at a time.
func TestRequestsInFlight(t *testing.T) {
	for _, platform := range testplatform.All {
		t.Run(string(platform.Name), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				o := newOrganization(t.Context(), platform, fake.Switches{}, false)
				defer o.close()
				const people = 100
				for person := range people {
					o.declare(person, declaration{Person: person, Grant: person, ExpiresIn: fmt.Sprintf("%dm", 60+person)})
				}
				all := pace{Workers: people, Hasty: true}
				out := o.plan(all, nil)
				o.apply(all, &out)
				if out.wrong != "" || len(o.State) != people {
					t.Fatalf("%s%d in state: %v", out.wrong, len(o.State), out.reports[:min(1, len(out.reports))])
				}
				if most := o.net.MostInFlight(); most > maxInFlight {
					t.Errorf("%d requests in flight, want at most %d", most, maxInFlight)
				}
				clear(o.Declared)
				out = o.plan(all, nil)
				o.apply(all, &out)
				if len(o.State) != 0 {
					t.Errorf("%d are left", len(o.State))
				}
				t.Logf("at most %d requests in flight", o.net.MostInFlight())
			})
		})
	}
}
