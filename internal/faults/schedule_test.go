// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

// schedule is what happens in an organization, step by step.
type schedule struct {
	Behaviors fake.Behaviors
	Trace     bool // the framework's own log is searched too
	Steps     []step
}

// step is something that happens: to the configuration, outside, or an apply.
type step struct {
	Do          string
	Resource    int
	Person      int
	Declaration declaration
	Pace        pace
	After       time.Duration
	Grant       int
	// Fault is armed for the next walk.
	Fault fake.Fault
	// Refuse is how many connections the next walk cannot make.
	Refuse int
	// During delays what happens outside until the next walk asks for this, so many times; empty: at once.
	During fake.Operation
	Skip   int
}

func (s step) String() string {
	when := ""
	if s.During != "" {
		when = fmt.Sprintf(" during the next walk, at %s number %d", s.During, s.Skip+1)
	}
	switch s.Do {
	case "declare":
		return fmt.Sprintf("declare resource %d: %+v", s.Resource, s.Declaration)
	case "undeclare", "state rm", "import":
		return fmt.Sprintf("%s resource %d", s.Do, s.Resource)
	case "apply":
		return fmt.Sprintf("apply %+v", s.Pace)
	case "fault":
		return fmt.Sprintf("fault %+v", s.Fault)
	case "refuse":
		return fmt.Sprintf("refuse %d connections", s.Refuse)
	case "wait":
		return fmt.Sprintf("wait %s", s.After)
	case "query", "read":
		return s.Do
	case "change member", "invite outside":
		return fmt.Sprintf("%s person %d, grant %d%s", s.Do, s.Person, s.Grant, when)
	default:
		return fmt.Sprintf("%s person %d%s", s.Do, s.Person, when)
	}
}

// String lists the steps.
func (s schedule) String() string {
	var lines strings.Builder
	for at, step := range s.Steps {
		fmt.Fprintf(&lines, "%3d. %s\n", at+1, step)
	}
	return lines.String()
}

// pick chooses one of several.
func pick[T any](chance *rand.Rand, of ...T) T { return of[chance.IntN(len(of))] }

// randomSchedule is the schedule of a seed.
func randomSchedule(platform testplatform.Platform, seed uint64) schedule {
	chance := rand.New(rand.NewPCG(seed, uint64(len(platform.Name))))
	people := 1 + chance.IntN(5)
	plan := schedule{Behaviors: randomSwitches(chance), Trace: chance.IntN(20) == 0}
	for person := range people {
		if chance.IntN(4) > 0 {
			plan.Steps = append(plan.Steps, step{Do: "declare", Resource: person, Declaration: randomDeclaration(chance, person)})
		}
	}
	for range 3 + chance.IntN(6) {
		for range chance.IntN(4) {
			plan.Steps = append(plan.Steps, randomStep(chance, people))
		}
		if chance.IntN(3) == 0 {
			plan.Steps = append(plan.Steps, randomFault(chance, platform))
		}
		plan.Steps = append(plan.Steps, step{Do: "apply", Pace: randomPace(chance)})
	}
	return plan
}

func randomPace(chance *rand.Rand) pace {
	p := pace{Seed: chance.Uint64N(1000), Workers: pick(chance, 1, 1, 3, 10)}
	if chance.IntN(12) == 0 {
		p.Interrupt = 1 + chance.IntN(12)
	}
	return p
}

func randomDeclaration(chance *rand.Rand, person int) declaration {
	return declaration{
		Person: person, Capitals: chance.IntN(5) == 0, Grant: chance.IntN(5), Adopt: chance.IntN(3) == 0,
		Manage: chance.IntN(3) == 0, Reinvite: chance.IntN(3) == 0, CreateFirst: chance.IntN(4) == 0,
		ExpiresIn: pick(chance, "", "", "72h", "1d", "90m"),
	}
}

// randomStep is something that happens, more often than not between two walks.
func randomStep(chance *rand.Rand, people int) step {
	person := chance.IntN(people)
	s := step{Person: person, Resource: person, Grant: chance.IntN(5)}
	switch chance.IntN(14) {
	case 0, 1:
		s.Do, s.Declaration = "declare", randomDeclaration(chance, person)
		if chance.IntN(6) == 0 { // somebody has two resources, or one that was renamed
			s.Resource += 10
		}
		return s
	case 2:
		s.Do = "undeclare"
		if chance.IntN(6) == 0 {
			s.Resource += 10
		}
		return s
	case 3:
		s.Do, s.After = "wait", pick(chance, time.Minute, 2*time.Hour, 30*time.Hour, 100*time.Hour, 10*24*time.Hour)
		return s
	case 4:
		s.Do = pick(chance, "import", "state rm")
		return s
	case 5:
		s.Do = pick(chance, "invoke resend", "invoke revoke")
		return s
	case 6:
		s.Do = pick(chance, "query", "read")
		return s
	}
	s.Do = pick(chance, "accept", "accept", "expire", "revoke", "resend", "invite outside", "join", "leave", "change member")
	if chance.IntN(3) == 0 {
		s.During = pick(chance, fake.ListInvites, fake.ListInvites, fake.CreateInvite, fake.RevokeInvite, fake.ListMembers, fake.RemoveMember, fake.UpdateMember)
		s.Skip = chance.IntN(3)
	}
	return s
}

func randomFault(chance *rand.Rand, platform testplatform.Platform) step {
	if chance.IntN(8) == 0 {
		return step{Do: "refuse", Refuse: 1 + chance.IntN(4)}
	}
	fault := fake.Fault{
		Platform: platform.Name,
		Operation: pick(chance, fake.ListInvites, fake.CreateInvite, fake.CreateInvite, fake.CreateInvite, fake.RevokeInvite, fake.RevokeInvite,
			fake.ListMembers, fake.UpdateMember, fake.RemoveRoles, fake.RemoveMember, fake.ListRoles, fake.GetOrganization),
		Kind: pick(chance, fake.RateLimited, fake.Answer, fake.Answer, fake.Dropped, fake.Dropped, fake.Hanging, fake.Truncated, fake.HTML, fake.WrongType,
			fake.Empty, fake.Null, fake.NullFields, fake.MissingFields, fake.UnknownValues, fake.ZeroDates, fake.Redirect),
		After: chance.IntN(2) == 0,
		Skip:  chance.IntN(3),
		Times: chance.IntN(5), // 0 is all
	}
	switch fault.Kind {
	case fake.Answer:
		fault.Status = pick(chance, 500, 502, 503, 504, 408, 400, 401, 403, 404, 409, 422)
	case fake.RateLimited:
		fault.RetryAfter = pick(chance, "", "3", "400")
		fault.Times = 1 + chance.IntN(5)
		fault.After = false // nobody can see through a refusal that acts all the same
	}
	if fault.Kind == fake.Empty {
		fault.After = true // done, in the way of a platform that returns nothing
	}
	if fault.Status >= 400 && fault.Status < 500 && fault.Status != 408 {
		fault.After = false
	}
	return step{Do: "fault", Fault: fault}
}

// randomSwitches varies what the platforms' documentation leaves open.
func randomSwitches(chance *rand.Rand) fake.Behaviors {
	var s fake.Behaviors
	for _, platform := range testplatform.All {
		platform.Vary(chance, &s)
	}
	return s
}
