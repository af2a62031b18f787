package chaos

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// scene is one operation in its place in the life of an invitation.
type scene struct {
	name string
	// operation is what fails. only is the platform that has it; empty: all of them.
	operation fake.Operation
	only      fake.Platform
	// arrange leads to where the operation is needed, without any failure.
	arrange func(*life)
	// mails is how many mails there are in the end, if the platform was reached at all.
	mails int
	// done reports whether everything is as declared.
	done func(*life) bool
}

// ada is the person in every scene; bob is a member who is none of our business.
const ada, bob = "person0@example.com", "person1@example.com"

func invite(l *life, declared declaration) {
	l.declared[0] = declared
	l.walk(pace{Workers: 1}, nil)
}

func accept(l *life) { l.outside(step{Do: "accept", Person: 0}) }

func inStateAs(status string) func(*life) bool {
	return func(l *life) bool { return l.state[0] != nil && text(l.state[0].value, "status") == status }
}

func gone(l *life) bool { return l.state[0] == nil && len(l.invited(ada, fake.Pending)) == 0 }

var scenes = []scene{
	{
		name: "list invites", operation: fake.ListInvites, mails: 1, done: inStateAs("pending"),
		arrange: func(l *life) { invite(l, declaration{}) },
	},
	{
		name: "create", operation: fake.CreateInvite, mails: 1, done: inStateAs("pending"),
		arrange: func(l *life) { l.declared[0] = declaration{} },
	},
	{
		name: "revoke", operation: fake.RevokeInvite, mails: 1, done: gone,
		arrange: func(l *life) { invite(l, declaration{}); delete(l.declared, 0) },
	},
	{
		name: "list members", operation: fake.ListMembers, mails: 1, done: inStateAs("accepted"),
		arrange: func(l *life) { invite(l, declaration{}); accept(l) },
	},
	{
		name: "update member", operation: fake.UpdateMember, mails: 1,
		arrange: func(l *life) {
			invite(l, declaration{Manage: true})
			accept(l)
			l.walk(pace{Workers: 1}, nil)
			l.declared[0] = declaration{Manage: true, Grant: 1}
		},
		done: hasSecondGrant,
	},
	{
		name: "remove roles", operation: fake.RemoveRoles, only: fake.ElasticCloud, mails: 1,
		arrange: func(l *life) {
			invite(l, declaration{Manage: true, Grant: 2})
			accept(l)
			l.walk(pace{Workers: 1}, nil)
			l.declared[0] = declaration{Manage: true, Grant: 1}
		},
		done: hasSecondGrant,
	},
	{
		name: "remove member", operation: fake.RemoveMember, mails: 1,
		arrange: func(l *life) {
			invite(l, declaration{Manage: true})
			accept(l)
			l.walk(pace{Workers: 1}, nil)
			delete(l.declared, 0)
		},
		done: func(l *life) bool { return l.state[0] == nil && !l.isMember(ada) },
	},
	{
		name: "roles", operation: fake.ListRoles, only: fake.Snyk, mails: 1, done: inStateAs("pending"),
		arrange: func(l *life) { l.declared[0] = declaration{} },
	},
	{
		name: "organization", operation: fake.GetOrganization, only: fake.Snyk, mails: 1, done: inStateAs("pending"),
		arrange: func(l *life) { l.declared[0] = declaration{} },
	},
}

func hasSecondGrant(l *life) bool {
	for _, member := range l.fake.Members(l.platform, "") {
		if member.Email == ada {
			want := l.grants[1].fake
			if want.RoleID != "" {
				return member.Grant.RoleID == want.RoleID
			}
			return sameGrant(member.Grant, want)
		}
	}
	return false
}

// cell is one scene under one failure.
type cell struct {
	platform fake.Platform
	scene    string
	failure  string
}

func (c cell) String() string { return fmt.Sprintf("%s, %s, %s", c.platform, c.scene, c.failure) }

// TestMatrix lets every failure meet every operation. The user sees what the table says, state is kept, the person gets one
// mail, and one more apply puts everything right.
func TestMatrix(t *testing.T) {
	cells := 0
	for _, s := range subjects() {
		for _, failure := range failures {
			for _, scene := range scenes {
				if scene.only != "" && scene.only != s.platform || !failure.applies(s.platform, scene.operation) {
					continue
				}
				cells++
				here := cell{s.platform, scene.name, failure.name}
				t.Run(here.String(), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { suffer(t, s, scene, failure, want(here, failure)) })
				})
			}
		}
	}
	t.Logf("%d cells", cells)
}

// answeredNothing reports whether the platform answers the operation without a body.
func answeredNothing(l *life, operation fake.Operation) bool {
	return slices.ContainsFunc(l.fake.Journal(), func(r fake.Request) bool {
		return r.Operation == operation && r.Status == http.StatusNoContent
	})
}

// suffer plays one cell.
func suffer(t *testing.T, s subject, scene scene, failure failure, want string) {
	var switches fake.Switches
	if s.terse != nil {
		s.terse(&switches)
	}
	w := newWorkspace(t.Context(), s, switches, true)
	defer w.close()
	l := newLife(w)
	l.outside(step{Do: "join", Person: 1})
	scene.arrange(l)
	if l.broken != "" {
		t.Fatal("while arranging: ", l.broken)
	}
	state, mails := maps.Clone(l.state), len(l.ourMails(0))

	failure.arm(l, scene.operation)
	l.fake.ResetJournal()
	out := l.walk(pace{Workers: 1}, nil)
	if failure.connections == 0 && l.fake.Count(scene.operation) == 0 {
		t.Errorf("the operation was never asked for: %v", l.fake.Journal())
	}
	if failure.fault.Kind == fake.WrongType && answeredNothing(l, scene.operation) {
		want = "" // the status says all, and there is no body that could be wrong
	}
	errors := slices.DeleteFunc(slices.Clone(out.reported), func(r report) bool { return !r.isError() })
	switch {
	case want == "" && len(errors) > 0:
		t.Errorf("errors: got %v, want none", errors)
	case want != "" && len(errors) == 0:
		t.Errorf("no error, want one with %q", want)
	case want != "" && !strings.Contains(errors[0].diag.Summary+"\n"+errors[0].diag.Detail, want):
		t.Errorf("error:\n%s\nwant one with %q", errors[0], want)
	}
	for _, told := range errors {
		if !strings.Contains(strings.ToLower(told.diag.Summary), ada) {
			t.Errorf("the summary does not say whom it is about: %s", told)
		}
	}
	if len(errors) > 0 {
		for resource, before := range state {
			if now := l.state[resource]; now == nil || !now.value.Equal(before.value) {
				t.Errorf("state was not kept after an error:\nbefore %s", brief(before.value))
			}
		}
	}
	if len(l.ourMails(mails)) > 1 {
		t.Error("more than one mail")
	}

	l.fake.ClearFaults()
	l.net.refuse(0)
	again := l.walk(pace{Workers: 1}, nil)
	told := ""
	for _, one := range again.reported {
		if one.isError() {
			told += one.String()
		}
	}
	if !scene.done(l) && !strings.Contains(told, "import {") {
		t.Errorf("one more apply does not put it right:\n%s", told)
	}
	if got := len(l.ourMails(0)); got != scene.mails {
		t.Errorf("%d mails in the end, want %d", got, scene.mails)
	}
	if !l.isMember(bob) {
		t.Error("a member who was none of our business is gone")
	}
	l.checkNothingLost(again)
	if l.broken != "" {
		t.Error(l.broken)
	}
}
