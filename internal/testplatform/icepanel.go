// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform

import (
	"math/rand/v2"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

var icepanel = Platform{
	Name: fake.IcePanel,
	Grants: func(*fake.Fake, string) []Grant {
		return []Grant{
			permission("read", nil),
			permission("write", nil),
			permission("read", map[string]bool{"l1": true, "l2": false}),
			permission("billing", map[string]bool{}),
			permission("admin", nil),
		}
	},
	ExpiresIn:    "7d",
	Lifetime:     7 * 24 * time.Hour,
	HasExpiresAt: true,
	Keeps:        []fake.Status{fake.Accepted, fake.Expired, fake.Revoked},
	RevokesTwice: true,
	Terse:        func(s *fake.Behaviors) { s.IcePanel.OmitUsedBy = true },
	Vary: func(chance *rand.Rand, s *fake.Behaviors) {
		s.IcePanel.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.IcePanel.ExistingMember = pick(chance, fake.Allowed, fake.Refused)
		s.IcePanel.LandscapePermissions = pick(chance, fake.LandscapesAsSent, fake.LandscapesAbsent,
			fake.LandscapesEmptyIfUnset, fake.LandscapesNotForAdmins)
		s.IcePanel.OmitUsedBy = chance.IntN(2) == 0
		s.IcePanel.RevokeFinished = pick(chance, 0, 0, 409, 404, 422)
	},
}

// permission is one of IcePanel's permissions; landscapes are unset where nil, which is not the same as empty.
func permission(name string, landscapes map[string]bool) Grant {
	grant := Grant{
		Arguments: map[string]any{"permission": name},
		Fake:      fake.Grant{Permission: name, LandscapePermissions: landscapes},
		State:     map[string]any{"permission": name, "landscape_permissions": nil},
		Text:      "permission " + name,
	}
	if landscapes != nil {
		access := map[string]any{}
		for landscape, may := range landscapes {
			access[landscape] = may
		}
		grant.Arguments["landscape_permissions"], grant.State["landscape_permissions"] = access, access
	}
	return grant
}
