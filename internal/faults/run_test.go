// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// run is a schedule while it is played.
type run struct {
	*organization
	broken   string          // the first promise that was broken
	unclear  map[string]bool // an error said that it is not known whether the person was invited
	left     map[string]bool // they were a member, and left
	doubled  map[string]bool // two resources are, or were, about them
	unheld   map[string]bool // somebody took a resource about them out of state, or had their invitation sent by an action
	accepted map[string]bool // ever accepted
	joined   map[string]bool // ever put there as a member

	mu      sync.Mutex
	touched map[string]bool // something happened to them outside during this walk
}

func newRun(o *organization) *run {
	return &run{
		organization: o, unclear: map[string]bool{}, left: map[string]bool{}, doubled: map[string]bool{},
		unheld: map[string]bool{}, accepted: map[string]bool{}, joined: map[string]bool{}, touched: map[string]bool{},
	}
}

// play plays a schedule and returns which promise was broken, if any.
func (s schedule) play(o *organization) string {
	r := newRun(o)
	for at, step := range s.Steps {
		r.take(step)
		if r.broken != "" {
			return fmt.Sprintf("%s\n(at step %d: %s)", r.broken, at+1, step)
		}
	}
	r.heal()
	if r.broken != "" {
		return r.broken + "\n(at the end, without any more failures)"
	}
	return ""
}

// breaks records that a promise was broken. What comes before the first colon names the promise.
func (r *run) breaks(promise, format string, args ...any) {
	if r.broken == "" {
		r.broken = promise + ": " + fmt.Sprintf(format, args...)
	}
}

func (r *run) take(s step) {
	address := r.at(s.Resource)
	switch s.Do {
	case "declare":
		r.declare(s.Resource, s.Declaration)
	case "undeclare":
		r.undeclare(s.Resource)
	case "state rm":
		// Who takes a resource out of state by hand is responsible for its invitation.
		if r.State[address] != nil {
			for _, object := range r.State[address].Objects() {
				r.unheld[strings.ToLower(object.Text("email"))] = true
			}
		}
		delete(r.State, address)
	case "import":
		if _, is := r.Declared[address]; is && r.State[address] == nil {
			r.takeIn(s.Resource)
		}
	case "wait":
		<-time.After(s.After)
	case "fault":
		r.fake.Fail(s.Fault)
	case "refuse":
		r.net.Refuse(s.Refuse)
	case "apply":
		r.walk(s.Pace, nil)
		r.calm()
	case "invoke resend", "invoke revoke":
		r.invoke(strings.TrimPrefix(s.Do, "invoke "), email(s.Person))
		r.calm()
	case "query", "read":
		r.looks(s)
		r.calm()
	default:
		if s.During == "" {
			r.outside(s)
			return
		}
		r.fake.Fail(fake.Fault{Platform: r.platform.Name, Operation: s.During, Skip: s.Skip, Times: 1, Do: func() {
			r.mu.Lock()
			r.touched[email(s.Person)] = true
			r.mu.Unlock()
			r.outside(s)
		}})
	}
}

// calm ends all failures.
func (r *run) calm() {
	r.fake.ClearFaults()
	r.net.Refuse(0)
}

// outside is what people and administrators do; what cannot be done is not done.
func (r *run) outside(s step) {
	email, name, grant := email(s.Person), r.platform.Name, r.grants[s.Grant%len(r.grants)].Fake
	note := func(of map[string]bool) {
		r.mu.Lock()
		defer r.mu.Unlock()
		of[email] = true
	}
	switch s.Do {
	case "accept":
		if _, err := r.fake.Accept(name, "", email); err == nil {
			note(r.accepted)
		}
	case "expire":
		_ = r.fake.Expire(name, "", email)
	case "revoke":
		_ = r.fake.RevokeOutside(name, "", email)
	case "resend":
		_, _ = r.fake.ResendOutside(name, "", email)
	case "invite outside":
		if len(r.invited(email, fake.Pending)) == 0 {
			_, _ = r.fake.SeedInvite(name, "", fake.Invitation{Email: email, Grant: grant})
		}
	case "join":
		if !r.isMember(email) {
			note(r.joined)
			_, _ = r.fake.SeedMember(name, "", fake.Member{Email: email, Grant: grant})
		}
	case "leave":
		if r.fake.RemoveMember(name, "", email) == nil {
			note(r.left)
		}
	case "change member":
		_ = r.fake.SetMemberGrant(name, "", email, grant)
	default:
		panic("no such step: " + s.Do)
	}
}

// invited are the invitations of an address in a status.
func (r *run) invited(email string, statuses ...fake.Status) (found []fake.Invitation) {
	for _, invitation := range r.fake.Invitations(r.platform.Name, "") {
		if strings.EqualFold(invitation.Email, email) && slices.Contains(statuses, invitation.Status) {
			found = append(found, invitation)
		}
	}
	return found
}

func (r *run) isMember(email string) bool {
	return slices.ContainsFunc(r.fake.Members(r.platform.Name, ""), func(m fake.Member) bool {
		return strings.EqualFold(m.Email, email)
	})
}

// ownMails are the mails that the provider had sent, from one on.
func (r *run) ownMails(from int) (own []fake.Mail) {
	for _, mail := range r.fake.Mails()[from:] {
		if !mail.Outside {
			own = append(own, mail)
		}
	}
	return own
}

// takeIn imports a resource. It may not write anything.
func (r *run) takeIn(resource int) {
	before := r.picture()
	out := r.importing(resource)
	r.checkDefects(out)
	r.checkNoWrites(before)
	if r.held(r.at(resource)) != nil {
		r.unclear[r.emailOf(r.at(resource))] = false
	}
	r.calm()
}

// walk is terraform apply: it checks every promise that can be checked at once.
func (r *run) walk(pace pace, except []string) outcome {
	before := r.picture()
	planning := pace
	planning.Interrupt = 0
	clear(r.touched)
	r.noteDoubled()
	out := r.plan(planning, except)
	r.checkDefects(out)
	r.checkNoWrites(before)
	r.checkRemoved(out)
	if out.failed || r.broken != "" {
		return out
	}
	r.apply(pace, &out)
	r.checkDefects(out)
	r.note(out)
	r.checkMails(before, out)
	r.checkOnce(out)
	r.checkInvitations(before, out)
	r.checkMembers(before, out)
	r.checkCurrent(before, out)
	r.checkSecrets()
	return out
}

// note remembers what a walk reported and took over.
func (r *run) note(out outcome) {
	for address, change := range out.plan.Changes {
		if (change.Action == prototest.Create || change.Action == prototest.Replace) && r.held(address) != nil {
			r.unclear[out.emails[address]] = false
		}
	}
	r.noteUnclear(out)
}

func (r *run) noteUnclear(out outcome) {
	for _, report := range out.reports {
		whole := report.Summary + report.Detail
		if report.IsError() && (strings.Contains(whole, "is not known") || strings.Contains(whole, "interrupted")) {
			r.unclear[out.emails[report.Address]] = true
		}
	}
}

// listLag is longer than a list may lag behind: until then, what it lacks is kept in state with a warning.
const listLag = 2 * time.Minute

// heal is one more apply, and then nothing is left to be done.
func (r *run) heal() {
	<-time.After(listLag)
	calm := pace{Workers: 1}
	except := map[string]bool{}
	excepted := func() []string { return slices.Collect(maps.Keys(except)) }
	exceptErrors := func(out outcome) {
		for _, report := range out.reports {
			if report.IsError() {
				except[report.Address] = true
			}
		}
	}
	out := r.walk(calm, nil)
	if out.failed { // one resource that cannot be planned prevents all others, until somebody takes it out
		exceptErrors(out)
		out = r.walk(calm, excepted())
	}
	if r.broken != "" {
		return
	}
	if out.failed {
		r.breaks("heals", "the plan fails without reason:\n%v", out.reports)
		return
	}
	r.checkNothingLost(out)
	r.checkTruth(except)
	for _, change := range out.plan.Changes {
		// A member that was just taken over has what the member has, and the next plan shows the difference. It also shows
		// what became of a member who was not managed before, since setting the flag makes no request.
		if change.Action != prototest.NoOp && prototest.IsSet(change.Planned, "manage_membership") &&
			(prototest.IsSet(change.Planned, "adopt_existing") ||
				change.Action == prototest.Update && !change.Prior.IsSet("manage_membership")) {
			out = r.walk(calm, excepted())
			r.checkDefects(out)
			break
		}
	}
	exceptErrors(out)
	before := r.picture()
	again := r.plan(calm, excepted())
	r.checkDefects(again)
	r.checkNoWrites(before)
	for address, change := range again.plan.Changes {
		if change.Action != prototest.NoOp && !r.doubled[again.emails[address]] && !r.notAnswered(change) {
			r.breaks("settled", "%s: %s is planned right after an apply\nprior   %s\nplanned %s",
				address, change.Action, change.Prior, prototest.Brief(change.Planned))
		}
	}
	for address := range again.plan.Deposed {
		if !r.doubled[again.emails[address]] {
			r.breaks("settled", "%s: a deposed object is left right after an apply", address)
		}
	}
	if again.failed {
		r.breaks("settled", "the plan after an apply fails:\n%v", again.reports)
	}
	r.checkSecrets()
}

// notAnswered reports whether the platform leaves out of its answers what a member has, so that a managed member seems
// to have less than was given.
func (r *run) notAnswered(change prototest.Change) bool {
	landscapes := r.behaviors.IcePanel.LandscapePermissions
	return r.platform.Name == fake.IcePanel && change.Action == prototest.Update &&
		prototest.IsSet(change.Planned, "manage_membership") &&
		(landscapes == fake.LandscapesAbsent || landscapes == fake.LandscapesNotForAdmins)
}

// noteDoubled remembers about whom there are two resources. With adopt_existing, or where the id is the address, the
// two share the invitation or take it from each other: which one is meant, nobody can say.
func (r *run) noteDoubled() {
	about := map[string]int{}
	for _, address := range r.addresses() {
		email := r.emailOf(address)
		if about[email]++; about[email] > 1 {
			r.doubled[email] = true
		}
	}
}

// invoke invokes an action for a person: a resend sends one mail to that person and to nobody else, and a revocation
// revokes that person's invitation and nobody else's.
func (r *run) invoke(action, email string) {
	before := r.picture()
	clear(r.touched)
	r.noteDoubled()
	out := r.invokeAction(action, email)
	r.checkDefects(out)
	failed := slices.ContainsFunc(out.reports, prototest.Report.IsError)
	mails := r.ownMails(before.mails)
	for _, mail := range mails {
		if !strings.EqualFold(mail.To, email) || action != "resend" {
			r.breaks("one mail", "the action %s for %s mailed %s", action, email, mail.To)
		}
	}
	if len(mails) > 1 || len(mails) == 0 && action == "resend" && !failed && !r.touched[email] {
		r.breaks("one mail", "%s got %d mails from one action", email, len(mails))
	}
	if len(mails) > 0 && before.isMember(email) && r.isMember(email) && !r.touched[email] {
		r.breaks("members are not invited", "%s was a member and got a mail", email)
	}
	for id, was := range before.invitations {
		if !strings.EqualFold(was.Email, email) && r.statusOf(id) == fake.Revoked && was.Status != fake.Revoked && !r.touched[strings.ToLower(was.Email)] {
			r.breaks("nobody is revoked unasked", "the action %s for %s revoked the invitation of %s", action, email, was.Email)
		}
	}
	if action == "revoke" && !failed && !r.touched[email] && len(r.invited(email, fake.Pending)) > 0 {
		r.breaks("revoked", "%s is invited after the action that revokes", email)
	}
	for id, member := range before.members {
		if now, is := r.picture().members[id]; !r.touched[strings.ToLower(member.Email)] && (!is || !sameGrant(now.Grant, member.Grant)) {
			r.breaks("nobody is removed unasked", "an action changed the member %s", member.Email)
		}
	}
	// What an action sends or revokes is in state only if it was there before.
	if len(mails) > 0 {
		r.unheld[email] = true
	}
	r.unclear[email] = r.unclear[email] || failed
	r.checkSecrets()
}

// looks lists invitations, as a query or with data sources. That writes nothing, and is never a short list.
func (r *run) looks(s step) {
	before := r.picture()
	clear(r.touched)
	var listed []string
	var complete bool
	var out outcome
	if s.Do == "query" {
		out, listed, complete = r.queries()
	} else {
		out, listed, complete = r.readAll()
	}
	r.checkDefects(out)
	r.checkNoWrites(before)
	for _, invitation := range before.invitations {
		email := strings.ToLower(invitation.Email)
		if complete && invitation.Status == fake.Pending && !r.touched[email] && !slices.Contains(listed, email) {
			r.breaks("whole lists", "%s is invited and is not listed: %v", email, listed)
		}
	}
	r.checkSecrets()
}
