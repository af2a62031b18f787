// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// TestRequestTimeout: the provider block refuses what cannot be a time-out before anything is planned.
func TestRequestTimeout(t *testing.T) {
	t.Parallel()
	server, found := schemas(t)
	block, ok := found.Provider.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the provider block is %s", found.Provider.ValueType())
	}
	for value, accepted := range map[any]bool{
		nil: true, tftypes.UnknownValue: true, "": true, "30s": true, "1500ms": true, "1m30s": true, "1h": true,
		"30": false, "soon": false, "0s": false, "-1s": false, "61m": false, "1d": false,
	} {
		values := map[string]tftypes.Value{}
		for name, kind := range block.AttributeTypes {
			values[name] = tftypes.NewValue(kind, nil)
		}
		values["request_timeout"] = tftypes.NewValue(tftypes.String, value)
		config, err := tfprotov6.NewDynamicValue(block, tftypes.NewValue(block, values))
		if err != nil {
			t.Fatal(err)
		}
		validated, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: &config})
		if err != nil {
			t.Fatal(err)
		}
		if accepted {
			complain(t, "validating request_timeout", validated.Diagnostics)
			configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config})
			if err != nil {
				t.Fatal(err)
			}
			complain(t, "configuring request_timeout", configured.Diagnostics)
			continue
		}
		if len(validated.Diagnostics) != 1 {
			t.Errorf("%v: %d problems, want 1", value, len(validated.Diagnostics))
			continue
		}
		problem := validated.Diagnostics[0]
		where := tftypes.NewAttributePath().WithAttributeName("request_timeout")
		if !strings.Contains(problem.Detail, `such as "30s"`) || !problem.Attribute.Equal(where) {
			t.Errorf("%v: %s: %s: %s", value, problem.Attribute, problem.Summary, problem.Detail)
		}
	}
}
