package invite

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestSelect(t *testing.T) {
	t.Parallel()
	soon := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	all := []Invite[role]{
		{ID: "5", Email: "carol@example.com", Status: Pending},
		{ID: "2", Email: "Bob@Example.com", Status: Pending, ExpiresAt: soon.Add(time.Hour)},
		{ID: "1", Email: "bob@example.com", Status: Revoked, ExpiresAt: soon},
		{ID: "4", Email: "ada@notexample.com", Status: Expired, ExpiresAt: soon},
		{ID: "3", Email: "ada@sub.example.com", Status: Accepted, ExpiresAt: soon},
	}
	for name, c := range map[string]struct {
		filter Filter
		ids    string
	}{
		"everything":       {Filter{}, "4 3 1 2 5"},
		"pending":          {Filter{Statuses: []Status{Pending}}, "2 5"},
		"two states":       {Filter{Statuses: []Status{Revoked, Accepted}}, "3 1"},
		"address":          {Filter{Email: "BOB@example.com"}, "1 2"},
		"domain":           {Filter{Domain: "EXAMPLE.com"}, "1 2 5"},
		"other domain":     {Filter{Domain: "sub.example.com"}, "3"},
		"no such domain":   {Filter{Domain: "com"}, ""},
		"before that":      {Filter{ExpiringBefore: soon}, ""},
		"before later":     {Filter{ExpiringBefore: soon.Add(time.Second)}, "4 3 1"},
		"before, no end":   {Filter{ExpiringBefore: soon.Add(week), Statuses: []Status{Pending}}, "2"},
		"all at once":      {Filter{Statuses: []Status{Pending}, Domain: "example.com", Email: "bob@example.com", ExpiringBefore: soon.Add(week)}, "2"},
		"nothing of these": {Filter{Statuses: []Status{Expired}, Domain: "example.com"}, ""},
	} {
		var ids []string
		selected := Select(all, c.filter)
		for _, invitation := range selected {
			ids = append(ids, invitation.ID)
		}
		same(t, name, strings.Join(ids, " "), c.ids)
		same(t, name+": nil", selected == nil, false)
	}
	same(t, "the list itself", all[0].ID, "5")
}

func TestSummaries(t *testing.T) {
	t.Parallel()
	m := newMemory()
	m.secretIDs = true
	sent := m.invited("Ada@Example.com", "viewer")
	m.invited("bob@example.com", "editor")
	var lister Summarizer = m.service()
	got, err := lister.Summaries(t.Context(), acme, Filter{Email: ada})
	if err != nil || len(got) != 1 {
		t.Fatalf("got %v, %v", got, err)
	}
	same(t, "summary", got[0], Summary{
		Organization: acme, ID: ada, Email: "Ada@Example.com", Status: Pending, Grant: "role viewer",
		CreatedAt: sent.CreatedAt, ExpiresAt: sent.ExpiresAt,
	})
	none, err := lister.Summaries(t.Context(), "empty", Filter{})
	if err != nil || none == nil || len(none) != 0 {
		t.Errorf("of nothing: %v, %v", none, err)
	}
	m.forbid(onInvites, ErrForbidden)
	if got, err := m.service().Summaries(t.Context(), acme, Filter{}); got != nil || !errors.Is(err, ErrForbidden) {
		t.Errorf("of a failure: %v, %v", got, err)
	}
}
