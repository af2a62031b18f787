package cost_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is one platform: what can be granted there, and how its requests are counted.
type subject struct {
	platform fake.Platform
	// grants returns the arguments of two different grants.
	grants func(w *world) (a, b arguments)
	// pages is how many requests it takes to list so many invitations, or members.
	pages func(entries int) int
	// requests is how many requests it takes to send, or revoke, so many invitations that agree.
	requests func(invitations int) int
	// sees is how many requests more a refresh makes after people are gone from the pending ones because they accepted.
	sees func(gone, members int) int
	// looksUp: the ids of invitations are looked up before they are revoked.
	looksUp bool
}

// parallelism is how many resources Terraform works on at once.
const parallelism = 10

func one(int) int        { return 1 }
func each(n int) int     { return n }
func hundreds(n int) int { return max(1, (n+99)/100) }

// together is N/5: at least half of those on whom Terraform works at once travel with each other.
func together(n int) int { return (n + parallelism/2 - 1) / (parallelism / 2) }

var subjects = []subject{
	{
		platform: fake.IcePanel,
		grants: func(*world) (a, b arguments) {
			return arguments{"permission": "read"}, arguments{"permission": "billing"}
		},
		pages: one, requests: each,
		// The list of invitations tells who used theirs.
		sees: func(int, int) int { return 0 },
	},
	{
		platform: fake.Snyk,
		grants: func(w *world) (a, b arguments) {
			roles := w.SnykRoles()
			return arguments{"role_id": roles[0].ID}, arguments{"role_id": roles[1].ID}
		},
		pages: hundreds, requests: each,
		sees: func(gone, members int) int { return min(gone, hundreds(members)) },
	},
	{
		platform: fake.ElasticCloud,
		grants: func(*world) (a, b arguments) {
			grant := func(role string) arguments {
				return arguments{"role_assignments": map[string]any{"organization": []any{map[string]any{"role_id": role}}}}
			}
			return grant("billing-admin"), grant("organization-admin")
		},
		pages: one, requests: together,
		sees:    func(int, int) int { return 1 },
		looksUp: true,
	},
}

// onEach runs a test on every platform, each in a bubble of its own.
func onEach(t *testing.T, test func(*testing.T, subject)) {
	t.Helper()
	for _, platform := range fake.Platforms {
		on(t, platform, test)
	}
}

// on runs a test on one platform.
func on(t *testing.T, platform fake.Platform, test func(*testing.T, subject)) {
	t.Helper()
	at := slices.IndexFunc(subjects, func(s subject) bool { return s.platform == platform })
	if at < 0 {
		t.Fatalf("nothing is known of %s", platform.Title())
	}
	t.Run(string(platform), func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) { test(t, subjects[at]) })
	})
}
