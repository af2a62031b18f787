// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform

import (
	"math/rand/v2"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// The first of Snyk's grants is declared by the id of the role and the second by its name, so that tests that change
// from one to the other change that too.
var snyk = Platform{
	Name: fake.Snyk,
	Grants: func(f *fake.Fake, _ string) []Grant {
		return []Grant{
			SnykRoleID(f, "Org Collaborator"),
			SnykRole(f, "Security Champion"),
			SnykRoleID(f, "Auditor"),
			SnykRole(f, "Developer"),
			SnykRole(f, "Org Admin"),
		}
	},
	PageSize:          100,
	RefusesDuplicates: true,
	Vary: func(chance *rand.Rand, s *fake.Behaviors) {
		s.Snyk.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.Snyk.NextLink = pick(chance, fake.NextRelative, fake.NextWithRest, fake.NextAbsolute, fake.NextObject,
			fake.NextEmptyPage)
		s.Snyk.NullNextAtEnd = chance.IntN(2) == 0
		s.Snyk.Duplicate = pick(chance, fake.DuplicateRefused, fake.DuplicateSameID, fake.DuplicateNewID)
		s.Snyk.EmailFilterSubstring = chance.IntN(2) == 0
	},
}

// SnykRoleID is the role of a name, declared by its id. Its name in state is whatever the platform returns.
func SnykRoleID(f *fake.Fake, name string) Grant {
	id := f.SnykRoleID(name)
	return Grant{
		Arguments: map[string]any{"role_id": id},
		Fake:      fake.Grant{RoleID: id, Role: name},
		State:     map[string]any{"role_id": id},
		Text:      "role ",
	}
}

// SnykRole is the role of a name, declared by that name.
func SnykRole(f *fake.Fake, name string) Grant {
	grant := SnykRoleID(f, name)
	grant.Arguments = map[string]any{"role": name}
	grant.State["role"] = name
	return grant
}
