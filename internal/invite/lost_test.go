package invite

import (
	"testing"
	"testing/synctest"
)

// An invitation that nobody found may still arrive, so a second resource with the same address does not send another.
func TestLostIsNotSentForAnotherResource(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		m.fail(onSend, ErrUncertain)
		service := m.service()
		_, err := service.Create(t.Context(), acme, orderFor(ada, "viewer"), Policies{})
		fails[*Lost](t, err)
		_, err = service.Create(t.Context(), acme, orderFor("ADA@example.com", "viewer"), Policies{})
		fails[*Lost](t, err)
		m.mailed(t, 0)
	})
}
