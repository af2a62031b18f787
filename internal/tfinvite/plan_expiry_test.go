// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// Bubbles begin at midnight on 2000-01-01, UTC. An apply an hour later knows these ends.
const (
	inAWeek      = "2000-01-08T00:00:00Z"
	inAWeekParis = "2000-01-08T01:00:00+01:00"
	inTwoWeeks   = "2000-01-15T00:00:00Z"
	yesterday    = "1999-12-31T00:00:00Z"
)

// What a plan makes of changed ends.
func TestPlanExpiry(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first    attrs
		found    bool // the invitation was there already and was taken over
		happened func(*invitetest.Platform)
		then     attrs
		action   string
		because  string
		failure  string
		in, at   any // what the state says in the end
	}{
		"the default":                  {then: attrs{}, action: "nothing", in: "7d", at: inAWeek},
		"the default, written":         {then: attrs{"expires_in": "7d"}, action: "nothing", in: "7d", at: inAWeek},
		"the default, spelled":         {then: attrs{"expires_in": "168h"}, action: "nothing", in: "7d", at: inAWeek},
		"another than the default":     {then: attrs{"expires_in": "2w"}, action: "replace", because: "expires_in", in: "2w", at: "2000-01-15T01:00:00Z"},
		"an unknown one":               {then: attrs{"expires_in": unknown}, action: "replace", because: "expires_in"},
		"spelled otherwise":            {first: attrs{"expires_in": "2w"}, then: attrs{"expires_in": "14d"}, action: "nothing", in: "2w", at: inTwoWeeks},
		"no longer written":            {first: attrs{"expires_in": "2w"}, then: attrs{}, action: "nothing", in: "2w", at: inTwoWeeks},
		"accepted, another":            {happened: accepts, then: attrs{"expires_in": "2w"}, action: "update", in: "2w", at: inAWeek},
		"taken over":                   {found: true, then: attrs{"adopt_existing": true}, action: "nothing", in: nil, at: inAWeek},
		"taken over, then written":     {found: true, then: attrs{"adopt_existing": true, "expires_in": "2w"}, action: "update", in: "2w", at: inAWeek},
		"taken over, fixed there":      {found: true, then: attrs{"adopt_existing": true, "expires_at": inAWeek}, action: "nothing", in: nil, at: inAWeek},
		"taken over, fixed elsewhere":  {found: true, then: attrs{"adopt_existing": true, "expires_at": inTwoWeeks}, action: "replace", because: "expires_at", in: nil, at: inTwoWeeks},
		"fixed":                        {first: attrs{"expires_at": inAWeek}, then: attrs{"expires_at": inAWeek}, action: "nothing", in: nil, at: inAWeek},
		"fixed, spelled otherwise":     {first: attrs{"expires_at": inAWeek}, then: attrs{"expires_at": inAWeekParis}, action: "nothing", in: nil, at: inAWeek},
		"fixed, later":                 {first: attrs{"expires_at": inAWeek}, then: attrs{"expires_at": inTwoWeeks}, action: "replace", because: "expires_at", in: nil, at: inTwoWeeks},
		"fixed, unknown":               {first: attrs{"expires_at": inAWeek}, then: attrs{"expires_at": unknown}, action: "replace", because: "expires_at"},
		"fixed, in the past":           {first: attrs{"expires_at": inAWeek}, then: attrs{"expires_at": yesterday}, failure: "lies in the past"},
		"fixed, in the past, accepted": {first: attrs{"expires_at": inAWeek}, happened: accepts, then: attrs{"expires_at": yesterday}, action: "update", in: nil, at: yesterday},
		"fixed where it ends":          {then: attrs{"expires_at": inAWeekParis}, action: "update", in: nil, at: inAWeek},
		"fixed elsewhere":              {then: attrs{"expires_at": inTwoWeeks}, action: "replace", because: "expires_at", in: nil, at: inTwoWeeks},
		"no longer fixed":              {first: attrs{"expires_at": inAWeek}, then: attrs{}, action: "nothing", in: nil, at: inAWeek},
		"sent again from outside":      {happened: func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "viewer") }, then: attrs{}, action: "nothing", in: "7d", at: "2000-01-08T01:00:00Z"},
		"fixed, sent again otherwise":  {first: attrs{"expires_at": inAWeek}, happened: func(m *invitetest.Platform) { m.ResendOutside(invitetest.Ada, "viewer") }, then: attrs{"expires_at": inAWeek}, action: "replace", because: "expires_at", in: nil, at: inAWeek},
		"the end and the role":         {then: attrs{"expires_in": "2w", "role": "editor"}, action: "replace", because: "expires_in role", in: "2w", at: "2000-01-15T01:00:00Z"},
		"fixed, shown in milliseconds": {first: attrs{"expires_at": inAWeek}, happened: func(m *invitetest.Platform) {
			m.Last(invitetest.Ada).ExpiresAt = m.Last(invitetest.Ada).ExpiresAt.Add(500 * time.Millisecond)
		}, then: attrs{"expires_at": inAWeek}, action: "nothing", in: nil, at: inAWeek},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := invitetest.New()
				tf := newTerraform(t, m)
				first := declared(c.first)
				if c.found {
					m.InviteOutside(invitetest.Ada, "viewer")
					first["adopt_existing"] = true
				}
				invitetest.Contains(t, "errors of the first apply", tf.apply(first).errors)
				<-time.After(time.Hour)
				if c.happened != nil {
					c.happened(m)
				}
				planned := tf.plan(declared(c.then))
				invitetest.Same(t, "plan", planned.action, c.action)
				invitetest.Same(t, "because of", strings.Join(planned.because, " "), c.because)
				invitetest.Contains(t, "errors", planned.errors, parts(c.failure)...)
				if c.at == nil {
					return
				}
				m.Requests()
				invitetest.Contains(t, "errors of the apply", tf.carryOut(planned, declared(c.then)).errors)
				if planned.action != "replace" {
					m.ExpectRequests(t, "")
				}
				invitetest.Same(t, "expires_in", tf.state["expires_in"], c.in)
				invitetest.Same(t, "expires_at", tf.state["expires_at"], c.at)
				invitetest.Same(t, "next plan", tf.plan(declared(c.then)).action, "nothing")
			})
		})
	}
}

// A fixed end that is over is refused wherever an invitation is to be sent.
func TestFixedEndInThePast(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		tf := newTerraform(t, m)
		invitetest.Contains(t, "create", tf.apply(declared(attrs{"expires_at": yesterday})).errors, "expires_at: expires_at lies in the past")

		config := declared(attrs{"expires_at": inAWeek, "reinvite_expired": true})
		planned := tf.plan(config)
		tf.carryOut(planned, config)
		<-time.After(2 * invitetest.Week)
		invitetest.Contains(t, "renewal", tf.plan(config).errors, "expires_at lies in the past", "Set a later moment")

		late := newTerraform(t, m)
		config = declared(attrs{"email": "bob@example.com", "expires_at": "2000-01-15T01:00:00Z"})
		planned = late.plan(config)
		invitetest.Contains(t, "a plan in time", planned.errors)
		<-time.After(2 * time.Hour)
		invitetest.Contains(t, "an apply too late", late.carryOut(planned, config).errors, "lies in the past")
		m.ExpectMails(t, 1)
	})
}

// An expired invitation that is to be renewed is replaced because of its status alone.
func TestRenewal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := invitetest.New()
		tf := newTerraform(t, m)
		config := declared(attrs{"expires_in": "3d"})
		tf.apply(config)
		<-time.After(invitetest.Week)
		quiet := tf.plan(config)
		invitetest.Same(t, "plan", quiet.action, "nothing")
		invitetest.Contains(t, "warnings", quiet.warnings, "status: The invitation of "+invitetest.Ada, "2000-01-04T00:00:00Z", "reinvite_expired = true", "-replace")
		config["reinvite_expired"] = true
		planned := tf.plan(config)
		invitetest.Same(t, "plan", planned.action, "replace")
		invitetest.Same(t, "because of", strings.Join(planned.because, " "), "status")
		invitetest.Contains(t, "errors", tf.carryOut(planned, config).errors)
		invitetest.Same(t, "expires_at", tf.state["expires_at"], any("2000-01-11T00:00:00Z"))
		invitetest.Same(t, "next plan", tf.plan(config).action, "nothing")
		m.ExpectMails(t, 2)
	})
}

// A person who is taken over as a member keeps a plan that said when the invitation would end.
func TestAdoptedMemberHasNoEnd(t *testing.T) {
	t.Parallel()
	for want, more := range map[any]attrs{nil: {}, "2999-01-01T00:00:00Z": {"expires_at": "2999-01-01T00:00:00Z"}} {
		m := invitetest.New()
		m.Join(invitetest.Ada, "viewer")
		tf := newTerraform(t, m)
		config := declared(more, attrs{"adopt_existing": true})
		invitetest.Contains(t, "errors", tf.apply(config).errors)
		invitetest.Same(t, "expires_at", tf.state["expires_at"], want)
		invitetest.Same(t, "expires_in", tf.state["expires_in"], nil)
		invitetest.Same(t, "created_at", tf.state["created_at"], nil)
		invitetest.Same(t, "next plan", tf.plan(config).action, "nothing")
	}
}
