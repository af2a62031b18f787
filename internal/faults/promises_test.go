// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// picture is the platform at one moment.
type picture struct {
	mails       int
	requests    int
	invitations map[string]fake.Invitation // by id
	members     map[string]fake.Member     // by id
}

func (p picture) isMember(email string) bool {
	for _, member := range p.members {
		if strings.EqualFold(member.Email, email) {
			return true
		}
	}
	return false
}

func (r *run) picture() picture {
	p := picture{
		mails: len(r.fake.Mails()), requests: len(r.fake.Journal()),
		invitations: map[string]fake.Invitation{}, members: map[string]fake.Member{},
	}
	for _, invitation := range r.fake.Invitations(r.platform.Name, "") {
		p.invitations[invitation.ID] = invitation
	}
	for _, member := range r.fake.Members(r.platform.Name, "") {
		p.members[member.ID] = member
	}
	return p
}

// reads are the operations that change nothing.
var reads = map[fake.Operation]bool{
	fake.ListInvites: true, fake.GetInvite: true, fake.ListMembers: true, fake.ListRoles: true, fake.GetOrganization: true,
	fake.ListFailedInvites: true, fake.ListInviteTeams: true, fake.GetMember: true, fake.GetAccount: true,
}

// checkNoWrites: plans, imports, queries and data sources write nothing, and mail nobody.
func (r *run) checkNoWrites(before picture) {
	for _, request := range r.fake.Journal()[before.requests:] {
		if !reads[request.Operation] {
			r.breaks("reads only", "%s %s by what only reads", request.Method, request.Path)
		}
	}
}

// checkDefects: whatever happens, the provider keeps to the protocol, and its messages are sentences.
func (r *run) checkDefects(out outcome) {
	if out.wrong != "" {
		r.breaks("works", "%s", out.wrong)
	}
	for _, report := range out.reports {
		whole := report.Summary + "\n" + report.Detail
		for _, bad := range []string{"defect of the provider", "%!", "<nil>"} {
			if prototest.IsDefect(report.Diagnostic) || strings.Contains(whole, bad) {
				r.breaks("works", "%s", report)
			}
		}
		if strings.TrimSpace(report.Summary) == "" || strings.TrimSpace(report.Detail) == "" {
			r.breaks("works", "an empty message: %s", report)
		}
	}
}

// checkRemoved: state lets go only of what is gone, whatever answers came.
func (r *run) checkRemoved(out outcome) {
	for _, address := range out.plan.Gone {
		was := out.before[address].Current
		email := strings.ToLower(was.Text("email"))
		if r.touched[email] {
			continue
		}
		managed := was.IsSet("manage_membership")
		if managed && was.Text("status") == string(fake.Accepted) && !r.isMember(email) {
			continue // it was the member, who left
		}
		if r.doubled[email] && r.heldElsewhere(out.plan.Prior, address, email) {
			continue // the other one has the invitation
		}
		if left := r.invited(email, fake.Pending); len(left) > 0 {
			r.breaks("state kept", "%s was dropped from state, but %s has a pending invitation", address, email)
		}
		if r.isMember(email) && !(managed && r.rejoined(was, email)) {
			r.breaks("state kept", "%s was dropped from state, but %s is a member", address, email)
		}
	}
}

// heldElsewhere reports whether another resource in a state is about a person.
func (r *run) heldElsewhere(state prototest.State, address, email string) bool {
	for other, instance := range state {
		if other == address {
			continue
		}
		for _, object := range instance.Objects() {
			if strings.EqualFold(object.Text("email"), email) {
				return true
			}
		}
	}
	return false
}

// rejoined reports whether the member with an address is another user than the one state knows.
func (r *run) rejoined(state *prototest.Object, email string) bool {
	known := state.Text("member_id")
	for _, member := range r.fake.Members(r.platform.Name, "") {
		if strings.EqualFold(member.Email, email) && member.ID == known {
			return false
		}
	}
	return known != ""
}

// checkMails: one mail for one person and apply at the most, and only where the plan asked for one; none to members.
func (r *run) checkMails(before picture, out outcome) {
	mails := map[string]int{}
	for _, mail := range r.ownMails(before.mails) {
		email := strings.ToLower(mail.To)
		if mails[email]++; mails[email] > 1 {
			r.breaks("one mail", "%s got %d mails from one apply", email, mails[email])
		}
		if !r.asked(out, email, prototest.Create, prototest.Replace) {
			r.breaks("one mail", "%s got a mail that no plan asked for", email)
		}
		if before.isMember(email) && r.isMember(email) && !r.touched[email] {
			r.breaks("members are not invited", "%s was a member and got a mail", email)
		}
	}
}

// checkOnce: no two resources come out of one apply with the same invitation, unless one may adopt it.
func (r *run) checkOnce(out outcome) {
	made := map[string]bool{}
	for address, change := range out.plan.Changes {
		held := r.held(address)
		if change.Action != prototest.Create && change.Action != prototest.Replace || held == nil ||
			prototest.IsSet(change.Config, "adopt_existing") ||
			change.Prior != nil && held.Value.Equal(change.Prior.Value) { // it could not be replaced
			continue
		}
		email := out.emails[address]
		if made[email] {
			r.breaks("in state once", "two resources were created for %s", email)
		}
		made[email] = true
	}
}

// asked reports whether a plan does one of these things to a resource about the address.
func (r *run) asked(out outcome, email string, actions ...prototest.Action) bool {
	about := func(address string, change prototest.Change) bool {
		return slices.Contains(actions, change.Action) &&
			(out.emails[address] == email || strings.EqualFold(change.Prior.Text("email"), email))
	}
	for address, change := range out.plan.Changes {
		if about(address, change) {
			return true
		}
	}
	for address, deposed := range out.plan.Deposed {
		for _, change := range deposed {
			if about(address, change) {
				return true
			}
		}
	}
	return false
}

// checkInvitations: what was mailed is in state, or an error says that this is not known; and nobody else's
// invitation was revoked.
func (r *run) checkInvitations(before picture, out outcome) {
	for _, mail := range r.ownMails(before.mails) {
		email := strings.ToLower(mail.To)
		if r.inState(mail.InvitationID, email) == 0 && !r.unclear[email] && !r.touched[email] &&
			r.statusOf(mail.InvitationID) == fake.Pending {
			r.breaks("nothing is lost", "%s was mailed, but state does not know the invitation, and no error says so", email)
		}
	}
	for _, invitation := range r.fake.Invitations(r.platform.Name, "") {
		email := strings.ToLower(invitation.Email)
		earlier, there := before.invitations[invitation.ID]
		if !there || earlier.Status == invitation.Status || invitation.Status != fake.Revoked || r.touched[email] {
			continue
		}
		adopts := false
		for address, change := range out.plan.Changes {
			adopts = adopts || out.emails[address] == email && change.Action == prototest.Create &&
				(prototest.IsSet(change.Config, "adopt_existing") || earlier.Status == fake.Expired)
		}
		if !adopts && !r.asked(out, email, prototest.Delete, prototest.Replace) {
			r.breaks("nobody is revoked unasked", "the invitation of %s was revoked", email)
		}
	}
}

// inState counts the objects, deposed ones too, that stand for an invitation.
func (r *run) inState(id, email string) (count int) {
	for _, instance := range r.State {
		for _, object := range instance.Objects() {
			switch {
			case object.Text("status") == string(fake.Accepted):
			case r.platform.IDIsEmail && strings.EqualFold(object.Text("email"), email), object.Text("id") == id:
				count++
			}
		}
	}
	return count
}

func (r *run) statusOf(id string) fake.Status {
	for _, invitation := range r.fake.Invitations(r.platform.Name, "") {
		if invitation.ID == id {
			return invitation.Status
		}
	}
	return ""
}

// checkMembers: nobody is removed and nothing is changed unless a resource with manage_membership was planned to do so.
func (r *run) checkMembers(before picture, out outcome) {
	now := r.picture().members
	for id, member := range before.members {
		email := strings.ToLower(member.Email)
		if r.touched[email] {
			continue
		}
		after, stays := now[id]
		removes, changes := false, false
		about := func(address string, change prototest.Change) bool {
			return strings.EqualFold(change.Prior.Text("email"), email) || change.Prior.Text("member_id") == id ||
				out.emails[address] == email
		}
		for address, change := range out.plan.Changes {
			managed := change.Prior.IsSet("manage_membership")
			if change.Prior == nil || !managed && !prototest.IsSet(change.Planned, "manage_membership") || !about(address, change) {
				continue
			}
			removes = removes || managed && (change.Action == prototest.Delete || change.Action == prototest.Replace)
			changes = changes || change.Action == prototest.Update
		}
		for address, deposed := range out.plan.Deposed {
			for _, change := range deposed {
				removes = removes || change.Prior.IsSet("manage_membership") && about(address, change)
			}
		}
		if !stays && !removes {
			r.breaks("nobody is removed unasked", "%s is no longer a member", email)
		}
		if stays && !sameGrant(after.Grant, member.Grant) && !changes && !removes {
			r.breaks("nobody is changed unasked", "%s had %+v and has %+v", email, member.Grant, after.Grant)
		}
	}
}

// checkCurrent: what an apply leaves as a current object was not ended by the same apply: not by the destruction of a
// deposed object, and not by that of what it replaces.
func (r *run) checkCurrent(before picture, out outcome) {
	for address, instance := range r.State {
		email := strings.ToLower(instance.Current.Text("email"))
		if instance.Current == nil || r.touched[email] || r.doubled[email] || out.errorFor(email) {
			continue
		}
		switch fake.Status(instance.Current.Text("status")) {
		case fake.Pending:
			if len(r.invited(email, fake.Pending)) == 0 && slices.ContainsFunc(r.invited(email, fake.Revoked), func(i fake.Invitation) bool {
				return before.invitations[i.ID].Status != fake.Revoked
			}) {
				r.breaks("what is current stays", "%s is in state, but the same apply revoked the invitation of %s", address, email)
			}
		case fake.Accepted:
			if before.isMember(email) && !r.isMember(email) {
				r.breaks("what is current stays", "%s is in state, but the same apply removed the member %s", address, email)
			}
		}
	}
}

// checkNothingLost: after one more apply every pending invitation that the provider sent is in state, or an error says
// that it is not.
func (r *run) checkNothingLost(out outcome) {
	sent := map[string]bool{}
	for _, mail := range r.ownMails(0) {
		sent[mail.InvitationID] = true
	}
	for _, invitation := range r.fake.Invitations(r.platform.Name, "") {
		email := strings.ToLower(invitation.Email)
		if !sent[invitation.ID] || invitation.Status != fake.Pending {
			continue
		}
		if r.inState(invitation.ID, email) == 0 && !r.unclear[email] && !r.unheld[email] && !out.errorFor(email) {
			r.breaks("no orphans", "nothing in state stands for the pending invitation of %s", email)
		}
	}
}

// checkTruth: after a refresh that nothing disturbed, state is what is.
func (r *run) checkTruth(except map[string]bool) {
	for address, instance := range r.State {
		held := instance.Current
		email, status := strings.ToLower(held.Text("email")), fake.Status(held.Text("status"))
		if held == nil || except[address] || r.doubled[email] {
			continue
		}
		switch status {
		case fake.Pending:
			if left := r.invited(email, fake.Pending); len(left) == 0 {
				r.breaks("state is true", "%s is pending in state only", email)
			}
		case fake.Expired:
			// One that is no longer listed is expired, too, once its time is over: one that was revoked, and one of
			// somebody who accepted and left before anybody looked.
			if left := r.invited(email, fake.Expired, fake.Revoked); len(left) == 0 && !r.left[email] {
				r.breaks("state is true", "%s is expired in state only", email)
			}
		case fake.Accepted:
			if !r.accepted[email] && !r.isMember(email) && len(r.invited(email, fake.Accepted)) == 0 && !r.joined[email] {
				r.breaks("state is true", "%s is accepted in state, but nobody accepted", email)
			}
		default:
			r.breaks("state is true", "%s has the status %q", email, status)
		}
		known := held.Text("member_id")
		if (status == fake.Accepted) != (known != "") && r.isMember(email) && !r.left[email] {
			r.breaks("state is true", "%s is %s with the member id %q", email, status, known)
		}
	}
}

// checkSecrets: no credential and no token in what Terraform shows, keeps or logs.
func (r *run) checkSecrets() {
	var shown strings.Builder
	shown.WriteString(r.log.String())
	shown.WriteString(r.shown.String())
	for _, instance := range r.State {
		for _, object := range instance.Objects() {
			shown.WriteString(object.Value.String())
			shown.Write(object.Private)
		}
	}
	whole := shown.String()
	for _, secret := range r.fake.Secrets() {
		if at := strings.Index(whole, secret); at >= 0 {
			r.breaks("no secrets", "%q is shown: %s", secret, whole[max(0, at-300):min(len(whole), at+200)])
			return
		}
	}
}

func sameGrant(a, b fake.Grant) bool {
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}
