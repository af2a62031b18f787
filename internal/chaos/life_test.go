package chaos

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// life is a schedule as it is lived.
type life struct {
	*workspace
	broken    string          // the first promise that was broken
	unclear   map[string]bool // an error said that it is not known whether the person was invited
	left      map[string]bool // they were a member, and left
	doubled   map[string]bool // two resources are, or were, about them
	forgotten map[string]bool // somebody took a resource about them out of state
	was       map[string]bool // ever accepted
	joined    map[string]bool // ever put there as a member

	mu      sync.Mutex
	touched map[string]bool // something happened to them outside during this walk
}

func newLife(w *workspace) *life {
	return &life{workspace: w, unclear: map[string]bool{}, left: map[string]bool{}, doubled: map[string]bool{}, forgotten: map[string]bool{}, was: map[string]bool{}, joined: map[string]bool{}, touched: map[string]bool{}}
}

// live lives a schedule and says which promise was broken, if any.
func (s schedule) live(w *workspace) string {
	l := newLife(w)
	for at, step := range s.Steps {
		l.take(step)
		if l.broken != "" {
			return fmt.Sprintf("%s\n(at step %d: %s)", l.broken, at+1, step)
		}
	}
	l.heal()
	if l.broken != "" {
		return l.broken + "\n(at the end, without any more failures)"
	}
	return ""
}

// breaks records that a promise was broken. What comes before the first colon names the promise.
func (l *life) breaks(promise, format string, args ...any) {
	if l.broken == "" {
		l.broken = promise + ": " + fmt.Sprintf(format, args...)
	}
}

func (l *life) take(s step) {
	switch s.Do {
	case "declare":
		l.declared[s.Resource] = s.Declaration
	case "undeclare":
		delete(l.declared, s.Resource)
	case "forget":
		// Who takes a resource out of state by hand answers for its invitation.
		if l.state[s.Resource] != nil {
			l.forgotten[l.emailOf(s.Resource)] = true
		}
		delete(l.state, s.Resource)
	case "import":
		if l.state[s.Resource] == nil {
			if _, is := l.declared[s.Resource]; is {
				l.importing(s.Resource)
			}
		}
	case "wait":
		<-time.After(s.After)
	case "fault":
		l.fake.Fail(s.Fault)
	case "refuse":
		l.net.refuse(s.Refuse)
	case "apply":
		l.walk(s.Pace, nil)
		l.fake.ClearFaults()
		l.net.refuse(0)
	default:
		if s.During == "" {
			l.outside(s)
			return
		}
		l.fake.Fail(fake.Fault{Platform: l.platform, Operation: s.During, Skip: s.Skip, Times: 1, Do: func() {
			l.mu.Lock()
			l.touched[address(s.Person)] = true
			l.mu.Unlock()
			l.outside(s)
		}})
	}
}

// outside is what people and administrators do; that it cannot be done is no news.
func (l *life) outside(s step) {
	email := address(s.Person)
	switch s.Do {
	case "accept":
		if _, err := l.fake.Accept(l.platform, "", email); err == nil {
			l.mu.Lock()
			l.was[email] = true
			l.mu.Unlock()
		}
	case "expire":
		_ = l.fake.Expire(l.platform, "", email)
	case "revoke":
		_ = l.fake.RevokeOutside(l.platform, "", email)
	case "resend":
		_, _ = l.fake.ResendOutside(l.platform, "", email)
	case "invite outside":
		if len(l.invited(email, fake.Pending)) == 0 {
			_, _ = l.fake.SeedInvite(l.platform, "", fake.Invitation{Email: email, Grant: l.grants[s.Grant%len(l.grants)].fake})
		}
	case "join":
		if !l.isMember(email) {
			l.mu.Lock()
			l.joined[email] = true
			l.mu.Unlock()
			_, _ = l.fake.SeedMember(l.platform, "", fake.Member{Email: email, Grant: l.grants[s.Grant%len(l.grants)].fake})
		}
	case "leave":
		if l.fake.RemoveMember(l.platform, "", email) == nil {
			l.mu.Lock()
			l.left[email] = true
			l.mu.Unlock()
		}
	case "change member":
		_ = l.fake.SetMemberGrant(l.platform, "", email, l.grants[s.Grant%len(l.grants)].fake)
	default:
		panic("no such step: " + s.Do)
	}
}

// invited are the invitations of an address in a state.
func (l *life) invited(email string, statuses ...fake.Status) (found []fake.Invitation) {
	for _, invitation := range l.fake.Invitations(l.platform, "") {
		if strings.EqualFold(invitation.Email, email) && slices.Contains(statuses, invitation.Status) {
			found = append(found, invitation)
		}
	}
	return found
}

func (l *life) isMember(email string) bool {
	return slices.ContainsFunc(l.fake.Members(l.platform, ""), func(m fake.Member) bool { return strings.EqualFold(m.Email, email) })
}

// ourMails are the mails that we had sent, from one on.
func (l *life) ourMails(from int) (ours []fake.Mail) {
	for _, mail := range l.fake.Mails()[from:] {
		if !mail.Outside {
			ours = append(ours, mail)
		}
	}
	return ours
}

// importing takes a resource in. It may not write anything.
func (l *life) importing(resource int) {
	before := l.picture()
	out := l.takeIn(pace{Workers: 1}, resource)
	l.checkDefects(out)
	l.checkNoWrites(before)
	if l.state[resource] != nil {
		l.unclear[l.emailOf(resource)] = false
	}
	l.fake.ClearFaults()
	l.net.refuse(0)
}

// walk is terraform apply: it checks every promise that can be checked at once.
func (l *life) walk(pace pace, except map[int]bool) outcome {
	before := l.picture()
	planning := pace
	planning.Interrupt = 0
	clear(l.touched)
	l.noteDoubled()
	out := l.plan(planning, except)
	l.checkDefects(out)
	l.checkNoWrites(before)
	l.checkRemoved(out)
	if out.failed || l.broken != "" {
		return out
	}
	l.apply(pace, &out)
	l.checkDefects(out)
	l.note(out)
	l.checkMails(before, out)
	l.checkOnce(out)
	l.checkInvitations(before, out)
	l.checkMembers(before, out)
	l.checkSecrets()
	return out
}

// note remembers what a walk told and took over.
func (l *life) note(out outcome) {
	for resource, plan := range out.plans {
		email := l.emailOf(resource)
		if plan.action == create || plan.action == replace {
			if held := l.state[resource]; held != nil {
				l.unclear[email] = false
			}
		}
	}
	for _, report := range out.reported {
		whole := report.diag.Summary + report.diag.Detail
		if report.isError() && (strings.Contains(whole, "is not known") || strings.Contains(whole, "interrupted")) {
			l.unclear[report.email] = true
		}
	}
}

// heal is one more apply, and then nothing is left to be done.
func (l *life) heal() {
	calm := pace{Workers: 1}
	except := map[int]bool{}
	out := l.walk(calm, except)
	if out.failed { // one resource that cannot be planned stands in the way of all others, until somebody takes it out
		for _, report := range out.reported {
			except[report.resource] = except[report.resource] || report.isError()
		}
		out = l.walk(calm, except)
	}
	if l.broken != "" {
		return
	}
	if out.failed {
		l.breaks("heals", "the plan fails without reason:\n%v", out.reported)
		return
	}
	l.checkNothingLost(out)
	l.checkTruth(except)
	for _, plan := range out.plans {
		// A member that was just taken over has what the member has, and the next plan shows the difference.
		if plan.action != nothing && isSet(plan.value, "adopt_existing") && isSet(plan.value, "manage_membership") {
			out = l.walk(calm, except)
			l.checkDefects(out)
			break
		}
	}
	for _, report := range out.reported {
		except[report.resource] = except[report.resource] || report.isError()
	}
	before := l.picture()
	again := l.plan(calm, except)
	l.checkDefects(again)
	l.checkNoWrites(before)
	for resource, plan := range again.plans {
		if plan.action != nothing && !l.doubled[l.emailOf(resource)] && !l.untold(plan) {
			l.breaks("settled", "resource %d: %s is planned right after an apply\nprior   %v\nplanned %v", resource, plan.action, priorOf(plan), brief(plan.value))
		}
	}
	if again.failed {
		l.breaks("settled", "the plan after an apply fails:\n%v", again.reported)
	}
	l.checkSecrets()
}

// untold reports whether the platform leaves out of its answers what a member has, so that a managed member seems
// to have less than was given.
func (l *life) untold(plan planned) bool {
	landscapes := l.switches.IcePanel.LandscapePermissions
	return l.platform == fake.IcePanel && plan.action == update && isSet(plan.value, "manage_membership") &&
		(landscapes == fake.LandscapesAbsent || landscapes == fake.LandscapesNotForAdmins)
}

// noteDoubled remembers about whom there are two resources. With adopt_existing, or where the id is the address, the
// two share the invitation or take it from each other: which one is meant, nobody can tell.
func (l *life) noteDoubled() {
	about := map[string]int{}
	for _, resource := range l.resources() {
		email := l.emailOf(resource)
		if about[email]++; about[email] > 1 {
			l.doubled[email] = true
		}
	}
}

func priorOf(plan planned) string {
	if plan.prior == nil {
		return "nothing"
	}
	return brief(plan.prior.value)
}
