// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform

import (
	"math/rand/v2"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

var anthropic = Platform{
	Name: fake.Anthropic,
	Grants: func(*fake.Fake, string) []Grant {
		return []Grant{anthropicRole("developer"), anthropicRole("claude_code_user"), anthropicRole("user"), anthropicRole("billing")}
	},
	Lifetime:          21 * 24 * time.Hour,
	Keeps:             []fake.Status{fake.Accepted, fake.Expired},
	PageSize:          1000,
	RefusesDuplicates: true,
	KeepsExpired:      true,
	OmitsWho:          true,
	OneOrganization:   true,
	Terse:             func(s *fake.Behaviors) { s.Anthropic.OmitNewFields = true },
	Vary: func(chance *rand.Rand, s *fake.Behaviors) {
		s.Anthropic.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.Anthropic.DropEnded = chance.IntN(2) == 0
		s.Anthropic.HideDeleted = chance.IntN(2) == 0
		s.Anthropic.CreateExactly = chance.IntN(2) == 0
		s.Anthropic.OmitNewFields = chance.IntN(2) == 0
	},
}

// anthropicRole is one of the roles of the Claude Console, without groups.
func anthropicRole(role string) Grant {
	return Grant{
		Arguments: map[string]any{"role": role},
		Fake:      fake.Grant{Role: role},
		State:     map[string]any{"role": role, "rbac_group_ids": nil},
		Text:      "role " + role,
	}
}
