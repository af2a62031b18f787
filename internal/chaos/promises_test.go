package chaos

import (
	"encoding/json"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// picture is the platform at one moment.
type picture struct {
	mails       int
	requests    int
	invitations map[string]fake.Invitation // by id
	members     map[string]fake.Member     // by id
}

func (l *life) picture() picture {
	p := picture{mails: len(l.fake.Mails()), requests: len(l.fake.Journal()), invitations: map[string]fake.Invitation{}, members: map[string]fake.Member{}}
	for _, invitation := range l.fake.Invitations(l.platform, "") {
		p.invitations[invitation.ID] = invitation
	}
	for _, member := range l.fake.Members(l.platform, "") {
		p.members[member.ID] = member
	}
	return p
}

// reads are the operations that change nothing.
var reads = map[fake.Operation]bool{
	fake.ListInvites: true, fake.GetInvite: true, fake.ListMembers: true, fake.ListRoles: true, fake.GetOrganization: true,
}

// checkNoWrites: plans and imports write nothing, and mail nobody.
func (l *life) checkNoWrites(before picture) {
	for _, request := range l.fake.Journal()[before.requests:] {
		if !reads[request.Operation] {
			l.breaks("reads only", "%s %s while planning", request.Method, request.Path)
		}
	}
}

// checkDefects: whatever happens, the provider keeps to the protocol and speaks in sentences.
func (l *life) checkDefects(out outcome) {
	if out.wrong != "" {
		l.breaks("works", "%s", out.wrong)
	}
	for _, report := range out.reported {
		whole := report.diag.Summary + "\n" + report.diag.Detail
		for _, bad := range []string{defectMark, "defect of the provider", "%!", "<nil>", "Provider produced"} {
			if strings.Contains(whole, bad) {
				l.breaks("works", "%s", report)
			}
		}
		if strings.TrimSpace(report.diag.Summary) == "" || strings.TrimSpace(report.diag.Detail) == "" {
			l.breaks("works", "a message says nothing: %s", report)
		}
	}
}

// checkRemoved: state lets go only of what is gone, whatever answers came.
func (l *life) checkRemoved(out outcome) {
	for _, resource := range out.removed {
		email := strings.ToLower(text(out.before[resource].value, "email"))
		if l.touched[email] {
			continue
		}
		managed := isSet(out.before[resource].value, "manage_membership")
		if managed && text(out.before[resource].value, "status") == string(fake.Accepted) && !l.isMember(email) {
			continue // it stood for the member, who left
		}
		if left := l.invited(email, fake.Pending); len(left) > 0 {
			l.breaks("state kept", "resource %d was dropped from state, but %s has a pending invitation", resource, email)
		}
		if l.isMember(email) && !(managed && l.rejoined(out.before[resource].value, email)) {
			l.breaks("state kept", "resource %d was dropped from state, but %s is a member", resource, email)
		}
	}
}

// rejoined reports whether the member with an address is another user than the one state knows.
func (l *life) rejoined(state tftypes.Value, email string) bool {
	known := text(state, "member_id")
	for _, member := range l.fake.Members(l.platform, "") {
		if strings.EqualFold(member.Email, email) && member.ID == known {
			return false
		}
	}
	return known != ""
}

// checkMails: one mail for one person and apply at the most, and only where the plan asked for one; none to members.
func (l *life) checkMails(before picture, out outcome) {
	mails := map[string]int{}
	for _, mail := range l.ourMails(before.mails) {
		email := strings.ToLower(mail.To)
		if mails[email]++; mails[email] > 1 {
			l.breaks("one mail", "%s got %d mails from one apply", email, mails[email])
		}
		if !l.asked(out, email, create, replace) {
			l.breaks("one mail", "%s got a mail that no plan asked for", email)
		}
		for _, member := range before.members {
			if strings.EqualFold(member.Email, email) && l.isMember(email) && !l.touched[email] {
				l.breaks("members are not invited", "%s was a member and got a mail", email)
			}
		}
	}
}

// checkOnce: no two resources come out of one apply with the same invitation, unless one may adopt it.
func (l *life) checkOnce(out outcome) {
	made := map[string]bool{}
	for resource, plan := range out.plans {
		held := l.state[resource]
		if plan.action != create && plan.action != replace || held == nil || isSet(plan.config, "adopt_existing") ||
			plan.prior != nil && held.value.Equal(plan.prior.value) { // it could not be replaced
			continue
		}
		email := l.emailOf(resource)
		if made[email] {
			l.breaks("in state once", "two resources were created for %s", email)
		}
		made[email] = true
	}
}

// asked reports whether a plan does one of these things to a resource about the address.
func (l *life) asked(out outcome, email string, actions ...action) bool {
	for resource, plan := range out.plans {
		for _, wanted := range actions {
			if plan.action == wanted && (l.emailOf(resource) == email || plan.prior != nil && strings.EqualFold(text(plan.prior.value, "email"), email)) {
				return true
			}
		}
	}
	return false
}

// checkInvitations: what was mailed is in state, or an error says that this is not known; and nobody else's
// invitation was revoked.
func (l *life) checkInvitations(before picture, out outcome) {
	for _, mail := range l.ourMails(before.mails) {
		email := strings.ToLower(mail.To)
		if l.inState(mail.InvitationID, email) == 0 && !l.unclear[email] && !l.touched[email] && l.statusOf(mail.InvitationID) == fake.Pending {
			l.breaks("nothing is lost", "%s was mailed, but state does not know the invitation, and no error tells", email)
		}
	}
	for _, invitation := range l.fake.Invitations(l.platform, "") {
		email := strings.ToLower(invitation.Email)
		earlier, there := before.invitations[invitation.ID]
		if !there || earlier.Status == invitation.Status || invitation.Status != fake.Revoked || l.touched[email] {
			continue
		}
		adopts := false
		for resource, plan := range out.plans {
			adopts = adopts || l.emailOf(resource) == email && plan.action == create && (isSet(plan.config, "adopt_existing") || earlier.Status == fake.Expired)
		}
		if !adopts && !l.asked(out, email, destroy, replace) {
			l.breaks("nobody is revoked unasked", "the invitation of %s was revoked", email)
		}
	}
}

// inState counts the resources that stand for an invitation.
func (l *life) inState(id, email string) (count int) {
	for _, held := range l.state {
		switch {
		case text(held.value, "status") == string(fake.Accepted):
		case l.secretIDs && strings.EqualFold(text(held.value, "email"), email), text(held.value, "id") == id:
			count++
		}
	}
	return count
}

func (l *life) statusOf(id string) fake.Status {
	for _, invitation := range l.fake.Invitations(l.platform, "") {
		if invitation.ID == id {
			return invitation.Status
		}
	}
	return ""
}

// checkMembers: nobody is removed and nothing is changed unless a resource with manage_membership was planned to do so.
func (l *life) checkMembers(before picture, out outcome) {
	now := l.picture().members
	for id, member := range before.members {
		email := strings.ToLower(member.Email)
		if l.touched[email] {
			continue
		}
		after, stays := now[id]
		removes, changes := false, false
		for resource, plan := range out.plans {
			if plan.prior == nil || !isSet(plan.prior.value, "manage_membership") && !isSet(plan.value, "manage_membership") {
				continue
			}
			about := strings.EqualFold(text(plan.prior.value, "email"), email) || text(plan.prior.value, "member_id") == id || l.emailOf(resource) == email
			removes = removes || about && (plan.action == destroy || plan.action == replace) && isSet(plan.prior.value, "manage_membership")
			changes = changes || about && plan.action == update
		}
		if !stays && !removes {
			l.breaks("nobody is removed unasked", "%s is no longer a member", email)
		}
		if stays && !sameGrant(after.Grant, member.Grant) && !changes && !removes {
			l.breaks("nobody is changed unasked", "%s had %+v and has %+v", email, member.Grant, after.Grant)
		}
	}
}

// checkNothingLost: after one more apply every pending invitation that we sent is in state, or an error tells.
func (l *life) checkNothingLost(out outcome) {
	sent := map[string]bool{}
	for _, mail := range l.ourMails(0) {
		sent[mail.InvitationID] = true
	}
	for _, invitation := range l.fake.Invitations(l.platform, "") {
		email := strings.ToLower(invitation.Email)
		if !sent[invitation.ID] || invitation.Status != fake.Pending {
			continue
		}
		told := l.unclear[email] || l.forgotten[email]
		for _, report := range out.reported {
			told = told || report.isError() && report.email == email
		}
		if l.inState(invitation.ID, email) == 0 && !told {
			l.breaks("no orphans", "nothing in state stands for the pending invitation of %s", email)
		}
	}
}

// checkTruth: after a refresh that nothing disturbed, state says what is.
func (l *life) checkTruth(except map[int]bool) {
	for resource, held := range l.state {
		if except[resource] {
			continue
		}
		email, status := strings.ToLower(text(held.value, "email")), fake.Status(text(held.value, "status"))
		if l.doubled[email] {
			continue
		}
		switch status {
		case fake.Pending:
			if left := l.invited(email, fake.Pending); len(left) == 0 {
				l.breaks("state is true", "%s is pending in state only", email)
			}
		case fake.Expired:
			// One that was revoked and has disappeared from the list is expired, too, once its time is over.
			if left := l.invited(email, fake.Expired, fake.Revoked); len(left) == 0 {
				l.breaks("state is true", "%s is expired in state only", email)
			}
		case fake.Accepted:
			if !l.was[email] && !l.isMember(email) && len(l.invited(email, fake.Accepted)) == 0 && !l.joined[email] {
				l.breaks("state is true", "%s is accepted in state, but nobody accepted", email)
			}
		default:
			l.breaks("state is true", "%s has the status %q", email, status)
		}
		if known := text(held.value, "member_id"); (status == fake.Accepted) != (known != "") && l.isMember(email) && !l.left[email] {
			l.breaks("state is true", "%s is %s with the member id %q", email, status, known)
		}
	}
}

// checkSecrets: no credential and no token in what Terraform shows, keeps or logs.
func (l *life) checkSecrets() {
	var shown strings.Builder
	shown.WriteString(l.log.String())
	for _, report := range l.reports {
		shown.WriteString(report.String())
	}
	for _, held := range l.state {
		shown.WriteString(held.value.String())
		shown.Write(held.private)
	}
	whole := shown.String()
	for _, secret := range l.fake.Secrets() {
		if at := strings.Index(whole, secret); at >= 0 {
			l.breaks("no secrets", "%q is shown: %s", secret, whole[max(0, at-300):min(len(whole), at+200)])
			return
		}
	}
}

func sameGrant(a, b fake.Grant) bool {
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}
