package cost_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// world is a set of platforms of a test's own.
type world struct {
	*fake.Fake
	url string
}

// newWorld starts platforms that end with the test.
func newWorld(t testing.TB, switches ...func(*fake.Switches)) *world {
	t.Helper()
	var options fake.Options
	for _, set := range switches {
		set(&options.Switches)
	}
	w := &world{Fake: fake.New(options)}
	l := pipes.listen()
	w.url = "http://" + l.Addr().String()
	server := &http.Server{Handler: w}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l)
	}()
	t.Cleanup(func() {
		w.Fake.Close()
		_ = server.Close()
		<-done
	})
	return w
}

// counts is how many requests there were, by operation.
type counts map[fake.Operation]int

func (c counts) String() string {
	parts := make([]string, 0, len(c))
	for _, operation := range slices.Sorted(maps.Keys(c)) {
		if c[operation] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", operation, c[operation]))
		}
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// during does something with an empty journal and counts what was requested meanwhile.
func (w *world) during(do func()) counts {
	w.ResetJournal()
	do()
	return w.counted()
}

// counted counts what is in the journal.
func (w *world) counted() counts {
	counted := counts{}
	for _, request := range w.Journal() {
		counted[request.Operation]++
	}
	return counted
}

// expectMails fails the test unless so many people got one mail each.
func (w *world) expectMails(t testing.TB, want int) {
	t.Helper()
	mailed := map[string]int{}
	for _, mail := range w.Mails() {
		mailed[strings.ToLower(mail.To)]++
		if mailed[strings.ToLower(mail.To)] == 2 {
			t.Errorf("%s got a second mail", mail.To)
		}
	}
	if len(mailed) != want {
		t.Errorf("%d people got a mail, want %d", len(mailed), want)
	}
}
