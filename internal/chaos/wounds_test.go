package chaos

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// TestOldWounds plays schedules that broke a promise once, as short as they were found.
func TestOldWounds(t *testing.T) {
	apply := step{Do: "apply", Pace: pace{Workers: 1}}
	for name, wound := range map[string]struct {
		subject
		schedule
	}{
		// An invitation that differed from what is declared was sent anew, to somebody who was a member.
		"a member was mailed": {icepanel, schedule{Steps: []step{
			{Do: "join"},
			{Do: "invite outside", Grant: 1},
			{Do: "declare", Declaration: declaration{Adopt: true}},
			apply,
		}}},
		// Where the member was recorded, the invitation that differed stayed behind, although it was our own.
		"left behind": {icepanel, schedule{Steps: []step{
			{Do: "declare", Declaration: declaration{Grant: 1, Adopt: true}},
			{Do: "apply", Pace: pace{Workers: 1, Interrupt: 7}},
			{Do: "join"},
		}}},
		// The platform leaves landscapes out of its answers, and the answer to the create was cut short: the error said that
		// nothing had been sent.
		"sent all the same": {icepanel, schedule{
			Switches: fake.Switches{IcePanel: fake.IcePanelSwitches{LandscapePermissions: fake.LandscapesAbsent}},
			Steps: []step{
				{Do: "declare", Declaration: declaration{Grant: 1}},
				{Do: "fault", Fault: fake.Fault{Operation: fake.CreateInvite, Kind: fake.Truncated}},
				apply,
			},
		}},
		// Taking landscapes away from a member left them as they were, and the plan showed the difference for ever.
		"landscapes that stay": {icepanel, schedule{Steps: []step{
			{Do: "declare", Declaration: declaration{Manage: true, Grant: 1}},
			apply,
			{Do: "accept"},
			apply,
			{Do: "declare", Declaration: declaration{Manage: true}},
		}}},
		// Another letter case left the role's name unknown in every plan.
		"a name that never settles": {snyk, schedule{Steps: []step{
			{Do: "declare", Resource: 1, Declaration: declaration{Person: 1, Grant: 1, Adopt: true}},
			{Do: "join", Person: 1},
			apply,
			{Do: "declare", Resource: 1, Declaration: declaration{Person: 1, Grant: 1, Shout: true}},
		}}},
		// A page with the status 200 in the place of an answer passed for a revocation.
		"a page that revokes": {snyk, schedule{Steps: []step{
			{Do: "declare"},
			apply,
			{Do: "undeclare"},
			{Do: "fault", Fault: fake.Fault{Operation: fake.RevokeInvite, Kind: fake.HTML}},
			apply,
		}}},
	} {
		t.Run(name, func(t *testing.T) {
			if wrong := broke(t, wound.subject, wound.schedule); wrong != "" {
				t.Errorf("%s\n%s", wrong, wound.schedule)
			}
		})
	}
}
