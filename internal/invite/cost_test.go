package invite

import (
	"errors"
	"fmt"
	"sync"
	"testing"
)

// What a walk of Terraform costs for many resources at once, in one process.
func TestCost(t *testing.T) {
	t.Parallel()
	const many = 20
	each := func(t *testing.T, act func(email string) error) {
		t.Helper()
		var wait sync.WaitGroup
		errs := make([]error, many)
		for i := range many {
			wait.Go(func() { errs[i] = act(fmt.Sprintf("person%d@example.com", i)) })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		secret   bool
		happened func(m *memory, email string)
		accepted bool
		policies Policies
		act      func(t *testing.T, service *Service[role], record Record[role], policies Policies) error
		requests string
	}{
		"refresh, all pending":  {false, nil, false, Policies{}, reading, "invites=1"},
		"refresh, all accepted": {false, (*memory).accept, true, Policies{}, reading, ""},
		"refresh, all managed":  {false, (*memory).accept, true, Policies{ManageMembership: true}, reading, "members=1"},
		"refresh, all gone":     {false, (*memory).withdraw, false, Policies{}, reading, "invites=1 members=1"},
		"plan of creates":       {false, func(m *memory, email string) { m.withdraw(email) }, false, Policies{}, previewing, "invites=1 members=1"},
		"creates":               {false, func(m *memory, email string) { m.withdraw(email) }, false, Policies{}, creating, "invites=1 members=1 send=20"},
		"destroys":              {false, nil, false, Policies{}, deleting, "revoke=20"},
		"destroys, secret ids":  {true, nil, false, Policies{}, deleting, "invites=1 revoke=20"},
		"destroys, accepted":    {false, (*memory).accept, true, Policies{}, deleting, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMemory()
			m.secretIDs = c.secret
			records := map[string]Record[role]{}
			for i := range many {
				email := fmt.Sprintf("person%d@example.com", i)
				record := m.sentTo(t, email)
				if c.happened != nil {
					c.happened(m, email)
				}
				if c.accepted {
					record.Status, record.MemberID = Accepted, "user-"+email
				}
				records[email] = record
			}
			service := m.service()
			each(t, func(email string) error { return c.act(t, service, records[email], c.policies) })
			m.requested(t, c.requests)
		})
	}
}

func reading(t *testing.T, service *Service[role], record Record[role], policies Policies) error {
	_, _, err := read(t, service, record, policies)
	return err
}

func previewing(t *testing.T, service *Service[role], record Record[role], _ Policies) error {
	_, err := service.PreviewCreate(t.Context(), acme, orderFor(record.Email, "viewer"), Policies{})
	return err
}

func creating(t *testing.T, service *Service[role], record Record[role], policies Policies) error {
	_, err := service.Create(t.Context(), acme, orderFor(record.Email, "viewer"), policies)
	return err
}

func deleting(t *testing.T, service *Service[role], record Record[role], policies Policies) error {
	_, err := service.Delete(t.Context(), record, policies)
	return err
}

// Organizations share nothing: neither lists nor what was sent.
func TestOrganizationsNeverMix(t *testing.T) {
	t.Parallel()
	m := newMemory()
	service := m.service()
	for _, organization := range []string{acme, "other"} {
		if _, err := service.Create(t.Context(), organization, orderFor(ada, "viewer"), Policies{}); err != nil {
			t.Errorf("%s: %v", organization, err)
		}
	}
	m.requested(t, "invites=2 members=2 send=2")
	m.mailed(t, 2)
	m.join("bob@example.com", "viewer")
	for organization, want := range map[string]int{acme: 1, "other": 1, "third": 0} {
		invitations, err := service.Invites(t.Context(), organization)
		if err != nil || len(invitations) != want {
			t.Errorf("%s: %v, %v", organization, invitations, err)
		}
	}
	preview, err := service.PreviewCreate(t.Context(), "third", orderFor(ada, "viewer"), Policies{})
	if err != nil || preview.Decision != Send {
		t.Errorf("preview: %+v, %v", preview, err)
	}
}
