// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/platform/snyk"
)

const (
	idA = "aaaaaaaa-0000-4000-8000-000000000001"
	idB = "bbbbbbbb-0000-4000-8000-000000000002"
)

func TestGrantEqual(t *testing.T) {
	for name, test := range map[string]struct {
		a, b snyk.Grant
		want bool
	}{
		"same id":                   {snyk.Grant{RoleID: idA}, snyk.Grant{RoleID: idA}, true},
		"same id in capitals":       {snyk.Grant{RoleID: idA}, snyk.Grant{RoleID: "AAAAAAAA-0000-4000-8000-000000000001"}, true},
		"other id":                  {snyk.Grant{RoleID: idA}, snyk.Grant{RoleID: idB}, false},
		"same name":                 {snyk.Grant{Role: "Developer"}, snyk.Grant{Role: "Developer"}, true},
		"name in other case":        {snyk.Grant{Role: "Developer"}, snyk.Grant{Role: "developer"}, false},
		"renamed":                   {snyk.Grant{RoleID: idA, Role: "Developer"}, snyk.Grant{RoleID: idA, Role: "Engineer"}, true},
		"name went to another role": {snyk.Grant{RoleID: idA, Role: "Developer"}, snyk.Grant{RoleID: idB, Role: "Developer"}, false},
		"both, and the id":          {snyk.Grant{RoleID: idA, Role: "Developer"}, snyk.Grant{RoleID: idA}, true},
		"both, and the name":        {snyk.Grant{RoleID: idA, Role: "Developer"}, snyk.Grant{Role: "Developer"}, true},
		"both, and another name":    {snyk.Grant{RoleID: idA, Role: "Developer"}, snyk.Grant{Role: "Auditor"}, false},
		"id and name":               {snyk.Grant{RoleID: idA}, snyk.Grant{Role: "Developer"}, false},
		"something and nothing":     {snyk.Grant{RoleID: idA}, snyk.Grant{}, false},
		"nothing":                   {snyk.Grant{}, snyk.Grant{}, true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, got := range []bool{test.a.Equal(test.b), test.b.Equal(test.a), test.a.MatchedBy(test.b)} {
				if got != test.want {
					t.Errorf("%v and %v: got %t", test.a, test.b, got)
				}
			}
		})
	}
}

func TestGrantCompletedBy(t *testing.T) {
	both := snyk.Grant{RoleID: idA, Role: "Developer"}
	for _, test := range []struct{ grant, same, want snyk.Grant }{
		{snyk.Grant{RoleID: idA}, snyk.Grant{Role: "Developer"}, both},
		{snyk.Grant{Role: "Developer"}, both, both},
		{both, snyk.Grant{RoleID: idA, Role: "Engineer"}, both},
		{both, snyk.Grant{}, both},
	} {
		if got := test.grant.CompletedBy(test.same); got != test.want {
			t.Errorf("%v completed by %v: got %v", test.grant, test.same, got)
		}
	}
}

func TestGrantString(t *testing.T) {
	for want, grant := range map[string]snyk.Grant{
		"role Developer": {RoleID: idA, Role: "Developer"},
		"role " + idA:    {RoleID: idA},
		"no known role":  {},
	} {
		if got := grant.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
