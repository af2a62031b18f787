package acctest

import (
	"fmt"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// expired: an invitation that ended is told with every refresh, and is sent again only when that is asked for.
func expired(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	s.must(s.world.Expire(s.Platform, "", ada))
	for range 2 {
		s.dir.Apply().Warns("reinvite_expired = true").Plans()
		s.expect(fake.Expired)
	}
	s.world.ExpectMails(s.t, ada)

	s.write(s.ada(s.a, "reinvite_expired = true"))
	s.dir.Apply().Warns("expired").Plans(s.at(), "replace") // the refresh still goes by the flag in state
	s.world.ExpectMails(s.t, ada, ada)
	state := s.expect(fake.Pending)
	if state.Text("expires_in") != s.Lifetime {
		s.t.Errorf("expires_in: got %q, want %q", state.Text("expires_in"), s.Lifetime)
	}
	s.expectLifetime(standard(s.Lifetime))
	s.dir.Plan().Succeeds().Plans()
}

// standard reads the two defaults there are.
func standard(text string) time.Duration {
	return map[string]time.Duration{"7d": 7 * 24 * time.Hour, "72h": 72 * time.Hour, "3d": 72 * time.Hour}[text]
}

// expectLifetime wants the last invitation of Ada to have a lifetime from now.
func (s *story) expectLifetime(want time.Duration) {
	s.t.Helper()
	all := s.world.Invitations(s.Platform, "")
	if got := time.Until(all[len(all)-1].ExpiresAt); (got - want).Abs() > time.Minute {
		s.t.Errorf("the invitation ends in %s, want %s", got, want)
	}
}

// lifetimes: the default is what the platform is told, two spellings of one
// duration are equal, and another one replaces.
func lifetimes(s *story) {
	s.write(s.ada(s.a))
	s.dir.Apply().Succeeds()
	if got := s.expect(fake.Pending).Text("expires_in"); got != s.Lifetime {
		s.t.Errorf("expires_in: got %q, want %q", got, s.Lifetime)
	}
	s.expectLifetime(standard(s.Lifetime))

	s.write(s.ada(s.a, fmt.Sprintf("expires_in = \"%dh\"", int(standard(s.Lifetime).Hours()))))
	s.dir.Plan().Succeeds().Plans()

	s.write(s.ada(s.a, `expires_in = "48h"`))
	s.dir.Apply().Succeeds().Plans(s.at(), "replace")
	s.expectLifetime(48 * time.Hour)
	s.expectInvitations(ada, fake.Revoked, fake.Pending)
	s.write(s.ada(s.a, `expires_in = "2d"`))
	s.dir.Apply().Succeeds().Plans()
	if got := s.expect(fake.Pending).Text("expires_in"); got != "48h" {
		s.t.Errorf("expires_in: got %q, want the spelling written first", got)
	}
}
