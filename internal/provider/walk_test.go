// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// schemas asks the provider for everything it registers.
func schemas(t *testing.T) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse) {
	t.Helper()
	server := provider.NewServer("test")()
	found, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	complain(t, "schema", found.Diagnostics)
	return server, found
}

// complain fails the test for every error. Two registrations of one name are such an error.
func complain(t *testing.T, where string, said []*tfprotov6.Diagnostic) {
	t.Helper()
	for _, one := range said {
		t.Errorf("%s: %s: %s", where, one.Summary, one.Detail)
	}
}

// TestEverythingIsDescribed walks all schemas: names, descriptions, nested ones too.
func TestEverythingIsDescribed(t *testing.T) {
	t.Parallel()
	server, found := schemas(t)
	describedBlock(t, "provider", found.Provider.Block, false)
	for name, schema := range found.ResourceSchemas {
		describedBlock(t, name, schema.Block, true)
	}
	for name, schema := range found.DataSourceSchemas {
		describedBlock(t, "data."+name, schema.Block, true)
	}
	for name, schema := range found.ListResourceSchemas {
		describedBlock(t, "list."+name, schema.Block, true)
		if found.ResourceSchemas[name] == nil {
			t.Errorf("list.%s lists no resource", name)
		}
	}
	for name, action := range found.ActionSchemas {
		describedBlock(t, "action."+name, action.Schema.Block, true)
	}
	for name, function := range found.Functions {
		if function.Summary == "" || function.Description == "" {
			t.Errorf("%s is not described", name)
		}
		for _, parameter := range function.Parameters {
			if parameter.Description == "" {
				t.Errorf("%s: %s is not described", name, parameter.Name)
			}
		}
	}
	identities, err := server.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	complain(t, "identities", identities.Diagnostics)
	for name := range found.ResourceSchemas {
		identity := identities.IdentitySchemas[name]
		if identity == nil {
			t.Errorf("%s has no identity", name)
			continue
		}
		for _, attribute := range identity.IdentityAttributes {
			if attribute.Description == "" {
				t.Errorf("%s: identity %s is not described", name, attribute.Name)
			}
		}
	}
}

func describedBlock(t *testing.T, name string, block *tfprotov6.SchemaBlock, prefixed bool) {
	t.Helper()
	bare := name[strings.LastIndexByte(name, '.')+1:]
	if prefixed && !strings.HasPrefix(bare, "orginvite_") {
		t.Errorf("%s does not begin with the provider's name", name)
	}
	if block.Description == "" {
		t.Errorf("%s is not described", name)
	}
	describedAttributes(t, name, block.Attributes)
	for _, nested := range block.BlockTypes {
		t.Errorf("%s: %s is a block; nested attributes are what this provider uses", name, nested.TypeName)
	}
}

func describedAttributes(t *testing.T, name string, attributes []*tfprotov6.SchemaAttribute) {
	t.Helper()
	for _, attribute := range attributes {
		path := name + "." + attribute.Name
		if text := strings.TrimSpace(attribute.Description); text == "" || !strings.HasSuffix(text, ".") {
			t.Errorf("%s: not described in sentences: %q", path, text)
		}
		if strings.Contains(attribute.Description, "%!") {
			t.Errorf("%s: %q", path, attribute.Description)
		}
		if attribute.NestedType != nil {
			describedAttributes(t, path, attribute.NestedType.Attributes)
		}
	}
}

// environmentVariable is how a description names one.
var environmentVariable = regexp.MustCompile("environment variable `([A-Z_]+)`")

// TestFakeServesEveryPlatform: the tests go through the platforms of the fake, so it has to know all of them, and every
// variable that would lead to a real one. Nothing that starts a test hands them on.
func TestFakeServesEveryPlatform(t *testing.T) {
	t.Parallel()
	_, found := schemas(t)
	var offered []string
	for _, block := range found.Provider.Block.Attributes {
		if block.NestedType == nil {
			continue
		}
		offered = append(offered, block.Name)
		var read []string
		for _, attribute := range block.NestedType.Attributes {
			for _, name := range environmentVariable.FindAllStringSubmatch(attribute.Description, -1) {
				read = append(read, name[1])
			}
		}
		want := fake.Platform(block.Name).Variables()
		slices.Sort(read)
		slices.Sort(want)
		if !slices.Equal(read, want) {
			t.Errorf("%s: the provider reads %q, the fake knows %q", block.Name, read, want)
		}
	}
	for _, p := range everywhere {
		offered = slices.DeleteFunc(offered, func(name string) bool { return name == string(p) })
	}
	if len(offered) > 0 {
		t.Errorf("fake.Platforms lacks %q", offered)
	}

	clean := exec.Command(filepath.Join(acctest.Root(t), "scripts", "hermetic"), "true", "env")
	clean.Env = append(os.Environ(), fake.New(fake.Options{}).Environment("http://real.invalid")...)
	left, err := clean.Output()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(left)) {
		if name, _, _ := strings.Cut(line, "="); fake.IsVariable(name) {
			t.Errorf("scripts/hermetic lets %s through", name)
		}
	}
}

// TestEverythingHasAnExample: what is registered can be seen in use.
func TestEverythingHasAnExample(t *testing.T) {
	t.Parallel()
	_, found := schemas(t)
	want := []string{"provider/provider.tf"}
	for name := range found.ResourceSchemas {
		want = append(want, "resources/"+name+"/resource.tf", "resources/"+name+"/import*")
	}
	for name := range found.DataSourceSchemas {
		want = append(want, "data-sources/"+name+"/data-source.tf")
	}
	for name := range found.ListResourceSchemas {
		want = append(want, "list-resources/"+name+"/list-resource.tfquery.hcl")
	}
	for name := range found.ActionSchemas {
		want = append(want, "actions/"+name+"/action.tf")
	}
	for name := range found.Functions {
		want = append(want, "functions/"+name+"/function.tf")
	}
	for _, pattern := range want {
		if files, err := filepath.Glob(filepath.Join(acctest.Root(t), "examples", filepath.FromSlash(pattern))); err != nil || len(files) == 0 {
			t.Errorf("examples/%s does not exist", pattern)
		}
	}
	// And nothing is shown that does not exist.
	for folder, registered := range map[string]int{
		"resources": len(found.ResourceSchemas), "data-sources": len(found.DataSourceSchemas), "list-resources": len(found.ListResourceSchemas),
		"actions": len(found.ActionSchemas), "functions": len(found.Functions),
	} {
		if shown, err := os.ReadDir(filepath.Join(acctest.Root(t), "examples", folder)); err != nil || len(shown) != registered {
			t.Errorf("examples/%s shows %d, registered are %d (%v)", folder, len(shown), registered, err)
		}
	}
}

// TestModelsMatchSchemas asks for everything with all arguments null: the
// models are read from such values, which fails when one does not fit its schema.
func TestModelsMatchSchemas(t *testing.T) {
	t.Parallel()
	server, found := schemas(t)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: nothing(t, found.Provider)})
	if err != nil {
		t.Fatal(err)
	}
	complain(t, "configure", configured.Diagnostics)
	fits := func(where string, said []*tfprotov6.Diagnostic, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %s", where, err)
		}
		for _, one := range said {
			if text := one.Summary + ": " + one.Detail; strings.Contains(text, "Value Conversion") || strings.Contains(text, "defect of the provider") {
				t.Errorf("%s: %s", where, text)
			}
		}
	}
	for name, schema := range found.ResourceSchemas {
		null, state := absent(t, schema), nothing(t, schema)
		created, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: null, ProposedNewState: state, Config: state})
		fits(name+", plan to create", created.Diagnostics, err)
		changed, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: state, ProposedNewState: state, Config: state})
		fits(name+", plan to change", changed.Diagnostics, err)
		ended, err := server.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: state, ProposedNewState: null, Config: null})
		fits(name+", plan to destroy", ended.Diagnostics, err)
		read, err := server.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: name, CurrentState: state})
		fits(name+", read", read.Diagnostics, err)
	}
	for name, schema := range found.DataSourceSchemas {
		read, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: name, Config: nothing(t, schema)})
		fits("data."+name, read.Diagnostics, err)
	}
}

// nothing is an object whose attributes are all null, absent no object at all.
func nothing(t *testing.T, schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	t.Helper()
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatal("a schema is no object")
	}
	values := map[string]tftypes.Value{}
	for name, attribute := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	return dynamic(t, kind, tftypes.NewValue(kind, values))
}

func absent(t *testing.T, schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	t.Helper()
	return dynamic(t, schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
}

func dynamic(t *testing.T, kind tftypes.Type, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	made, err := tfprotov6.NewDynamicValue(kind, value)
	if err != nil {
		t.Fatal(err)
	}
	return &made
}
