// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
)

// exampleArguments are those of the block of a platform with one credential.
var exampleArguments = map[string]attr.Type{
	"token": types.StringType, "organization_id": types.StringType, "base_url": types.StringType,
}

// exampleBlock is the block with a token.
func exampleBlock(token types.String) types.Object {
	return types.ObjectValueMust(exampleArguments, map[string]attr.Value{
		"token": token, "organization_id": types.StringNull(), "base_url": types.StringNull(),
	})
}

func examplePlatform() Platform {
	return Platform{
		Name: "example", Title: "Example", BaseURL: "https://api.example.com",
		OrganizationEnv: "EXAMPLE_ORG", BaseURLEnv: "EXAMPLE_URL",
		Credentials: []Credential{{
			Attribute: "token", Env: "EXAMPLE_TOKEN",
			Authorize: func(header http.Header, value string) { header.Set("Authorization", value) },
		}},
		Open: func(*api.Client) any { return nil },
	}
}

// A platform is meant to be used if its block is there, or if the environment has all that it needs.
func TestConfigured(t *testing.T) {
	t.Parallel()
	none := types.ObjectNull(exampleArguments)
	for name, c := range map[string]struct {
		block       types.Object
		environment map[string]string
		want        bool
	}{
		"nothing":                       {none, nil, false},
		"a token alone":                 {none, map[string]string{"EXAMPLE_TOKEN": "t"}, false},
		"an organization alone":         {none, map[string]string{"EXAMPLE_ORG": "o"}, false},
		"a token and an organization":   {none, map[string]string{"EXAMPLE_TOKEN": "t", "EXAMPLE_ORG": "o"}, true},
		"an empty block":                {exampleBlock(types.StringNull()), nil, true},
		"an empty block and a token":    {exampleBlock(types.StringNull()), map[string]string{"EXAMPLE_TOKEN": "t"}, true},
		"a block that is not known yet": {types.ObjectUnknown(exampleArguments), nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			connection := examplePlatform().Connect(c.block, Settings{
				Getenv: func(name string) string { return c.environment[name] },
			})
			if connection.Configured != c.want {
				t.Errorf("configured: %t, want %t", connection.Configured, c.want)
			}
		})
	}
}

// Where a credential belongs to one organization, that is the default, and unknown while the credential is.
func TestOwnOrganizationOfAnUnknownCredential(t *testing.T) {
	t.Parallel()
	p := examplePlatform()
	p.OwnOrganization = true
	connection := p.Connect(exampleBlock(types.StringUnknown()), Settings{Getenv: func(string) string { return "" }})
	diags := connection.Problems
	if got := connection.OrganizationOr(t.Context(), types.StringNull(), &diags); !got.IsUnknown() || diags.HasError() {
		t.Errorf("organization: %s, diagnostics: %v", got, diags)
	}
}
