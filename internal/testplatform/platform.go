// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package testplatform is the one table of what tests need to know about each platform: what can be granted there, and
// how its invitations behave. Every kind of test reads it, and so does the benchmark. A further platform is a file here
// and a line in [All].
//
// It imports nothing of Terraform and nothing of the product, so that it cannot repeat their mistakes.
package testplatform

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Platform is what tests need to know about one platform. What a field says is what the fake does by default.
type Platform struct {
	Name fake.Platform
	// Grants returns at least two different things to grant in an organization of the fake. The first two need
	// nothing else to be there.
	Grants func(f *fake.Fake, organization string) []Grant
	// ExpiresIn is the default of the resource's expires_in; empty where the resource has no such argument, because
	// invitations do not expire or because nobody can choose when they do.
	ExpiresIn string
	// Lifetime is how long an invitation lasts by default; 0 where invitations do not expire.
	Lifetime time.Duration
	// HasExpiresAt: the resource's expires_at can be configured.
	HasExpiresAt bool
	// IDIsEmail: the id in state is the address, as the platform's own id is a secret. It is looked up to revoke.
	IDIsEmail bool
	// Keeps are the statuses, beside pending, in which the platform still lists an invitation.
	Keeps []fake.Status
	// OmitsWho: an invitation that was accepted does not show who accepted it.
	OmitsWho bool
	// KeepsExpired: an expired invitation cannot be revoked.
	KeepsExpired bool
	// EndedApart: the expired ones of Keeps are in a list of their own, which is another request.
	EndedApart bool
	// PageSize is the most entries that one answer lists; 0 where one answer lists all.
	PageSize int
	// Batches: one request can send, or revoke, several invitations.
	Batches bool
	// RefusesDuplicates: an address that is invited cannot be invited again.
	RefusesDuplicates bool
	// RevokesTwice: revoking an invitation that is revoked already is answered as a success.
	RevokesTwice bool
	// OneOrganization: the credential belongs to one organization, and each walk that lists or writes asks once for which.
	OneOrganization bool
	// WritesInTurn: requests that change something are sent one after the other.
	WritesInTurn bool
	// EverybodyTakesSeat: each invitation takes a paid seat, so whoever plans one asks how many are free.
	EverybodyTakesSeat bool
	// MailsRevocation: the platform tells people by mail that their invitation was revoked.
	MailsRevocation bool
	// Terse makes the platform's answers say as little as its documentation allows; nil where they never say more.
	Terse func(*fake.Behaviors)
	// Vary picks at random what the documentation leaves open.
	Vary func(*rand.Rand, *fake.Behaviors)
}

// All are the platforms that the fake serves.
var All = []Platform{icepanel, snyk, elasticCloud, github, anthropic}

// Of returns the row of a platform. It panics where there is none.
func Of(name fake.Platform) Platform {
	at := slices.IndexFunc(All, func(p Platform) bool { return p.Name == name })
	if at < 0 {
		panic("internal/testplatform has no " + name.Title())
	}
	return All[at]
}

// Turn returns the platform that shows what any of these can show. It depends on the name of the test alone, which
// spreads the tests over the platforms. With the variable EVERYWHERE, each platform has to show everything.
func Turn(test string, able []Platform) []Platform {
	if os.Getenv("EVERYWHERE") != "" {
		return able
	}
	sum := 0
	for _, letter := range test {
		sum += int(letter)
	}
	at := sum % len(able)
	return able[at : at+1]
}

// Resource is the type of the platform's invitations.
func (p Platform) Resource() string { return "orginvite_" + string(p.Name) + "_invite" }

// Pages is how many requests it takes to list so many entries.
func (p Platform) Pages(entries int) int {
	if p.PageSize == 0 {
		return 1
	}
	return max(1, (entries+p.PageSize-1)/p.PageSize)
}

// Walk adds to the expected requests of a walk of Terraform the one for the organization: where the credential decides
// it, a walk that makes any request asks for it once.
func (p Platform) Walk(requests map[fake.Operation]int) map[fake.Operation]int {
	if p.OneOrganization && len(requests) > 0 {
		requests[fake.GetOrganization] = 1
	}
	return requests
}

// InvitingWalk is [Platform.Walk] for a walk that plans to invite somebody, which may ask for the free seats.
func (p Platform) InvitingWalk(requests map[fake.Operation]int) map[fake.Operation]int {
	if p.EverybodyTakesSeat {
		requests[fake.GetOrganization] = 1
	}
	return p.Walk(requests)
}

// Grant is something to grant, in the words of everybody concerned.
type Grant struct {
	// Arguments are those of the resource: text, bool, numbers as float64, lists and sets as []any, objects and maps as
	// map[string]any.
	Arguments map[string]any
	// Fake is what the platform has then.
	Fake fake.Grant
	// State are the attributes in state once the invitation was sent.
	State map[string]any
	// Text is part of how a message describes it.
	Text string
}

// HCL are the arguments as lines of a configuration.
func (g Grant) HCL() string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(g.Arguments)) {
		value, err := json.Marshal(g.Arguments[name]) // JSON is an expression of HCL
		if err != nil {
			panic(err)
		}
		lines = append(lines, fmt.Sprintf("%s = %s", name, value))
	}
	return strings.Join(lines, "\n  ")
}

func pick[V any](chance *rand.Rand, values ...V) V { return values[chance.IntN(len(values))] }
