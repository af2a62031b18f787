// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package features_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
)

// sameGrant wants two invitations to grant the same.
func sameGrant(t *testing.T, got, want fake.Invitation) {
	t.Helper()
	granted := func(i fake.Invitation) string {
		text, err := json.Marshal(i.Grant)
		must(t, err)
		return string(text)
	}
	if granted(got) != granted(want) {
		t.Errorf("%s: granted %s, want %s", got.Email, granted(got), granted(want))
	}
}

// TestResend: one mail, the same grant, a lifetime as long as before, and a declared resource that follows.
func TestResend(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		i, config := &instance{}, declared("Ada@Example.com", s.a(w.Fake))
		if s.ExpiresIn != "" {
			config["expires_in"] = "5d"
		}
		s.start(t, w).apply(i, config)
		before, began := w.Invitations(s.Name, "")[0], time.Now()

		told := s.start(t, w).invoke("resend", attrs{"email": "ADA@example.com"})
		expectProgress(t, told, "going to send the invitation of ADA@example.com to the ", "sent: a pending invitation")

		all := w.Invitations(s.Name, "")
		if len(all) != 2 || all[0].Status != fake.Revoked || all[1].Status != fake.Pending {
			t.Fatalf("invitations: %+v", all)
		}
		after := all[1]
		if after.Email != before.Email {
			t.Errorf("sent to %s, was to %s", after.Email, before.Email)
		}
		sameGrant(t, after, before)
		if s.expires() {
			want := s.lasts(5 * 24 * time.Hour)
			if left := after.ExpiresAt.Sub(began); left < want-2*time.Second || left > want+time.Minute {
				t.Errorf("the new one lives %s", left)
			}
		}
		w.ExpectMails(t, ada, ada) // one for the create

		p := s.start(t, w)
		p.refresh(i)
		p.unchanged(i, p.value(config))
		if got := i.Attributes(); got["status"] != "pending" || got["id"] != after.ID && !s.IDIsEmail {
			t.Errorf("followed: %v", got)
		}
		w.ExpectMails(t, ada, ada)
	})
}

// TestResendOfOthers: what nobody declares is sent again as it was, pending or expired, in any organization.
func TestResendOfOthers(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seedLasting(t, w.Fake, ada, s.a(w.Fake), 48*time.Hour)
		type invitation struct {
			organization, email string
			lifetime            time.Duration
		}
		invitations, mails := []invitation{{"", ada, 48 * time.Hour}}, []string{ada}
		if !s.OneOrganization {
			other := w.SecondOrganization(s.Name)
			s.seedIn(t, w.Fake, other, grace, s.b(w.Fake, other))
			if s.expires() {
				must(t, w.Expire(s.Name, other, grace))
			}
			invitations, mails = append(invitations, invitation{other, grace, 0}), append(mails, grace)
		}
		for _, c := range invitations {
			config := attrs{"email": c.email}
			if c.organization != "" {
				config["organization_id"] = c.organization
			}
			began := time.Now()
			s.start(t, w).invoke("resend", config)
			all := w.Invitations(s.Name, c.organization)
			old, sent := all[0], all[len(all)-1]
			if len(all) != 2 || sent.Status != fake.Pending {
				t.Errorf("%s: %+v", c.email, all)
			}
			sameGrant(t, sent, old)
			want := s.lasts(c.lifetime)
			if left := sent.ExpiresAt.Sub(began); s.expires() && c.lifetime > 0 && (left < want-2*time.Second || left > want+time.Minute) {
				t.Errorf("%s: the new one lives %s", c.email, left)
			}
			if s.expires() && !sent.ExpiresAt.After(began) {
				t.Errorf("%s: the new one ended at %s", c.email, sent.ExpiresAt)
			}
		}
		w.ExpectMails(t, mails...)
	})
}

// TestResendToNobody: there is nothing to send again, and nothing is written.
func TestResendToNobody(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		_, err := w.Accept(s.Name, "", ada)
		must(t, err)
		s.seed(t, w.Fake, "revoked@example.com", s.a(w.Fake))
		must(t, w.RevokeOutside(s.Name, "", "revoked@example.com"))
		s.nothingWritten(t, w, func() {
			for email, says := range map[string]string{
				grace: "Nobody is invited under " + grace, "revoked@example.com": "Nobody is invited under", ada: "because " + ada + " is a member already",
				"ada@example": "its domain has no dot",
			} {
				s.start(t, w).invoke("resend", attrs{"email": email}, says)
			}
		})
	})
}

// TestResendRefused: when the platform does not let the new one be sent, the error says that the old one is revoked already.
func TestResendRefused(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		w.Fail(fake.Fault{Platform: s.Name, Operation: fake.CreateInvite, Kind: fake.Answer, Status: http.StatusForbidden})
		s.start(t, w).invoke("resend", attrs{"email": ada}, "Could not send the invitation of "+ada, "403", "revoked")
		w.ExpectMails(t)
	})
}

// nothingWritten wants only lists to be read meanwhile.
func (s platform) nothingWritten(t *testing.T, w *faketest.World, do func()) {
	t.Helper()
	for _, request := range w.During(do) {
		if request.Method != http.MethodGet && request.Operation != fake.ListMembers {
			t.Errorf("%s %s", request.Method, request.Path)
		}
	}
	w.ExpectMails(t)
}

// TestRevoke: pending and expired ones are revoked, whoever sent them; a declared resource is gone then.
func TestRevoke(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		i := &instance{}
		s.start(t, w).apply(i, declared(ada, s.a(w.Fake)))
		other := w.SecondOrganization(s.Name)
		if s.OneOrganization {
			other = w.Organization(s.Name)
		}
		s.seedIn(t, w.Fake, other, grace, s.b(w.Fake, other))
		if s.expires() {
			must(t, w.Expire(s.Name, other, grace))
		}
		told := s.start(t, w).invoke("revoke", attrs{"email": "Ada@example.com"})
		expectProgress(t, told, "going to revoke the invitation of Ada@example.com", "the invitation of Ada@example.com was revoked")
		told = s.start(t, w).invoke("revoke", attrs{"email": grace, "organization_id": other})
		said, becomes := "was revoked", fake.Revoked
		if s.KeepsExpired { // what has expired cannot be revoked any more
			said, becomes = "has expired; there is nothing to revoke", fake.Expired
		}
		expectProgress(t, told, "going to revoke", said)
		for _, one := range append(w.Invitations(s.Name, ""), w.Invitations(s.Name, other)...) {
			want := fake.Revoked
			if one.Email == grace {
				want = becomes
			}
			if one.Status != want {
				t.Errorf("the invitation of %s is %s, want %s", one.Email, one.Status, want)
			}
		}
		<-time.After(2 * time.Minute) // a list may lag behind for one
		if s.start(t, w).refresh(i); i.Attributes() != nil {
			t.Errorf("still in state: %v", i.Attributes())
		}
		w.ExpectMails(t, ada)
	})
}

// TestRevokeNothing: what is gone or accepted already is said to be so, without an error, and nothing is written.
func TestRevokeNothing(t *testing.T) {
	t.Parallel()
	inBubbles(t, func(t *testing.T, s platform) {
		w := faketest.New(t)
		s.seed(t, w.Fake, ada, s.a(w.Fake))
		_, err := w.Accept(s.Name, "", ada)
		must(t, err)
		s.seed(t, w.Fake, grace, s.a(w.Fake))
		must(t, w.RevokeOutside(s.Name, "", grace))
		s.nothingWritten(t, w, func() {
			expectProgress(t, s.start(t, w).invoke("revoke", attrs{"email": ada}), "going to", ada+" is a member already; there is nothing to revoke")
			expectProgress(t, s.start(t, w).invoke("revoke", attrs{"email": grace}), "going to", "nobody is invited under "+grace+"; there is nothing to revoke")
			s.start(t, w).invoke("revoke", attrs{"email": "grace"}, "the form name@example.com")
		})
		if len(w.Members(s.Name, "")) == 0 {
			t.Error("a member was removed")
		}
	})
}
