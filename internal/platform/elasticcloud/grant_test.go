// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestGrantEqual(t *testing.T) {
	viewerOf := func(all bool) Assignment { return Assignment{RoleID: "viewer", All: all} }
	viewer := func(ids ...string) Assignment { return Assignment{RoleID: "viewer", IDs: ids} }
	for name, test := range map[string]struct {
		a, b  Grant
		equal bool
	}{
		"not known":              {nil, nil, true},
		"an empty scope":         {Grant{}, Grant{Deployment: {}}, true},
		"order of ids":           {Grant{Deployment: {viewer("a", "b")}}, Grant{Deployment: {viewer("b", "a", "a")}}, true},
		"order of assignments":   {Grant{Deployment: {viewer("a"), {RoleID: "admin", All: true}}}, Grant{Deployment: {{RoleID: "admin", All: true}, viewer("a")}}, true},
		"in two parts":           {Grant{Deployment: {viewer("a"), viewer("b")}}, Grant{Deployment: {viewer("a", "b")}}, true},
		"ids beside all":         {Grant{Deployment: {{RoleID: "viewer", All: true, IDs: []string{"a"}}}}, Grant{Deployment: {{RoleID: "viewer", All: true}}}, true},
		"empty application":      {Grant{Security: {{RoleID: "viewer", All: true, ApplicationRoles: []string{}}}}, Grant{Security: {{RoleID: "viewer", All: true}}}, true},
		"order of applications":  {Grant{Security: {{RoleID: "viewer", All: true, ApplicationRoles: []string{"a", "b"}}}}, Grant{Security: {{RoleID: "viewer", All: true, ApplicationRoles: []string{"b", "a"}}}}, true},
		"other applications":     {Grant{Security: {{RoleID: "viewer", All: true, ApplicationRoles: []string{"a"}}}}, Grant{Security: {{RoleID: "viewer", All: true}}}, false},
		"other ids":              {Grant{Deployment: {viewer("a", "b")}}, Grant{Deployment: {viewer("a")}}, false},
		"all instead of some":    {Grant{Deployment: {viewer("a")}}, Grant{Deployment: {{RoleID: "viewer", All: true}}}, false},
		"another role":           {Grant{Organization: {{RoleID: "a"}}}, Grant{Organization: {{RoleID: "b"}}}, false},
		"another scope":          {Grant{Elasticsearch: {viewer("a")}}, Grant{Security: {viewer("a")}}, false},
		"something and nothing":  {Grant{Organization: {{RoleID: "a"}}}, Grant{}, false},
		"a role for nothing yet": {Grant{Deployment: {viewer()}}, Grant{}, false},
		"applications of the organization": {
			Grant{Organization: {{RoleID: "a", ApplicationRoles: []string{"x"}}}}, Grant{Organization: {{RoleID: "a"}}}, false,
		},
		"without the type of the project": {
			Grant{Security: {{RoleID: "security-viewer", All: true}}}, Grant{Security: {viewerOf(true)}}, true,
		},
		"with underscores": {
			Grant{Security: {{RoleID: "security-t1-analyst", All: true}}}, Grant{Security: {{RoleID: "t1_analyst", All: true}}}, true,
		},
		"in two spellings": {
			Grant{VectorDB: {{RoleID: "vectordb-viewer", IDs: []string{"a"}}, viewer("b")}}, Grant{VectorDB: {viewer("a", "b")}}, true,
		},
		"another type in front": {
			Grant{Security: {{RoleID: "observability-viewer", All: true}}}, Grant{Security: {viewerOf(true)}}, false,
		},
		"a prefix outside of projects": {
			Grant{Deployment: {{RoleID: "deployment-viewer", All: true}}}, Grant{Deployment: {viewerOf(true)}}, false,
		},
		"underscores outside of projects": {
			Grant{Organization: {{RoleID: "a-b"}}}, Grant{Organization: {{RoleID: "a_b"}}}, false,
		},
		"the same unknown scope": {Grant{"/x": {{Rest: `[1]`}}}, Grant{"/x": {{Rest: `[1]`}}}, true},
		"another unknown scope":  {Grant{"/x": {{Rest: `[1]`}}}, Grant{"/y": {{Rest: `[1]`}}}, false},
		"an unknown scope":       {Grant{"/x": {{Rest: `[1]`}}}, Grant{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if test.a.Equal(test.b) != test.equal || test.b.Equal(test.a) != test.equal || test.a.MatchedBy(test.b) != test.equal {
				t.Errorf("%s and %s: equal is not %t", test.a, test.b, test.equal)
			}
		})
	}
}

// TestGrantMatchedBy: an answer may leave out the roles, and may have further fields in each of them. Such a grant
// matches, but is not equal.
func TestGrantMatchedBy(t *testing.T) {
	declared := Grant{Deployment: {{RoleID: "viewer", All: true}}}
	further := Grant{Deployment: {{RoleID: "viewer", All: true, Rest: `{"since":"2026"}`}}}
	for name, test := range map[string]struct {
		declared, answer           Grant
		matched, equal, understood bool
	}{
		"same":            {declared, declared, true, true, true},
		"none":            {declared, Grant{}, false, false, true},
		"not known":       {declared, nil, true, false, false},
		"unknown before":  {nil, declared, false, false, true},
		"a further field": {declared, further, true, false, false},
		"another scope":   {declared, Grant{Deployment: declared[Deployment], "/platform": {{Rest: `[1]`}}}, false, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.declared.MatchedBy(test.answer); got != test.matched {
				t.Errorf("matched: %t", got)
			}
			if got := test.declared.Equal(test.answer); got != test.equal {
				t.Errorf("equal: %t", got)
			}
			if got := test.answer.IsUnderstood(); got != test.understood {
				t.Errorf("understood: %t", got)
			}
		})
	}
}

func TestWarnOfChange(t *testing.T) {
	one := func(role string, apps ...string) Grant {
		return Grant{Elasticsearch: {{RoleID: role, IDs: []string{"p1"}, ApplicationRoles: apps}}}
	}
	for name, test := range map[string]struct {
		earlier, now Grant
		says         []string
	}{
		"removed":          {one("viewer", "a"), one("viewer"), []string{"more access", "elasticsearch: viewer (p1; application roles a)"}},
		"another spelling": {one("viewer", "a"), one("elasticsearch-viewer"), []string{"more access"}},
		"for all":          {one("viewer", "a"), Grant{Elasticsearch: {{RoleID: "viewer", All: true}}}, []string{"more access"}},
		"of the organization": {
			Grant{Organization: {{RoleID: "x", ApplicationRoles: []string{"a"}}}},
			Grant{Organization: {{RoleID: "x"}}},
			[]string{"more access"},
		},
		"fewer":            {one("viewer", "a", "b"), one("viewer", "a"), nil},
		"added":            {one("viewer"), one("viewer", "a"), nil},
		"with the role":    {one("viewer", "a"), Grant{}, nil},
		"another role":     {one("viewer", "a"), one("editor"), nil},
		"another project":  {one("viewer", "a"), Grant{Elasticsearch: {{RoleID: "viewer", IDs: []string{"p2"}}}}, nil},
		"of another type":  {one("viewer", "a"), Grant{Security: {{RoleID: "viewer", IDs: []string{"p1"}}}}, nil},
		"had all of it":    {Grant{Security: {{RoleID: "v", All: true}, {RoleID: "v", IDs: []string{"p"}, ApplicationRoles: []string{"a"}}}}, Grant{Security: {{RoleID: "v", All: true}}}, nil},
		"an unknown scope": {Grant{"/platform": {{Rest: `[{"role_id":"x"}]`}}}, Grant{}, []string{"loses roles", `platform: [{"role_id":"x"}]`}},
	} {
		t.Run(name, func(t *testing.T) {
			said := fmt.Sprint(test.now.WarnOfChange("ada@example.com", test.earlier))
			for _, want := range test.says {
				if !strings.Contains(said, want) {
					t.Errorf("%q is not in %s", want, said)
				}
			}
			if len(test.says) == 0 && said != "[]" {
				t.Errorf("warned: %s", said)
			}
		})
	}
}

func TestGrantMinus(t *testing.T) {
	have := Grant{
		Organization: {{RoleID: "billing-admin"}},
		Deployment:   {{RoleID: "viewer", IDs: []string{"a", "b"}}, {RoleID: "admin", All: true}},
	}
	want := Grant{Deployment: {{RoleID: "viewer", IDs: []string{"b", "c"}}, {RoleID: "admin", IDs: []string{"c"}}}}
	if rest := have.minus(want); rest.String() != "roles for organization: billing-admin; deployment: admin (all), viewer (a)" {
		t.Errorf("have - want: %s", rest)
	}
	if rest := want.minus(have); rest.String() != "roles for deployment: admin (c), viewer (c)" {
		t.Errorf("want - have: %s", rest)
	}
	if ids := have[Deployment][0].IDs; len(ids) != 2 {
		t.Errorf("the original was changed: %v", ids)
	}
}

func TestGrantString(t *testing.T) {
	for want, grant := range map[string]Grant{
		"no roles":                              {Deployment: {}},
		"roles that the platform does not show": nil,
		`roles for deployment: viewer (all; {"x":1}); platform: [{"role_id":"operator"}]; project/maps: [1]`: {
			Deployment:  {{RoleID: "viewer", All: true, Rest: `{"x":1}`}},
			"/platform": {{Rest: `[{"role_id":"operator"}]`}}, "/project/maps": {{Rest: `[1]`}},
		},
		"roles for organization: billing-admin": {Organization: {{RoleID: "billing-admin"}}},
		"roles for deployment: viewer (a b); security: analyst (all; application roles x y)": {
			Security:   {{RoleID: "analyst", All: true, ApplicationRoles: []string{"y", "x"}}},
			Deployment: {{RoleID: "viewer", IDs: []string{"b", "a"}}},
		},
	} {
		if got := grant.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestRolesRoundTrip(t *testing.T) {
	for _, grant := range []Grant{
		{},
		{Organization: {{RoleID: "a", ApplicationRoles: []string{"x"}}, {RoleID: "b"}}},
		{WorkplaceAI: {{RoleID: "a", All: true}}, VectorDB: {{RoleID: "a", IDs: []string{"1"}}}},
		{Deployment: {{RoleID: "a", All: true, ApplicationRoles: []string{"x"}}}},
		{Elasticsearch: {{RoleID: "a", IDs: []string{"1"}}}, Observability: {{RoleID: "a", IDs: []string{"1"}}}, Security: {{RoleID: "a", All: true}}},
	} {
		value, diags := writeRoles(grant)
		if diags.HasError() {
			t.Fatal(diags)
		}
		if read := readRoles(value); !read.Equal(grant) || value.IsNull() != (len(grant) == 0) {
			t.Errorf("%s became %s", grant, read)
		}
	}
	if !rolesType.Equal(rolesAttribute().GetType()) || !rolesType.Equal(listedRolesAttribute().GetType()) {
		t.Error("the schemas have other types than the values")
	}
}

// TestModelRoundTrip: the state has the whole grant, including what role_assignments cannot express.
func TestModelRoundTrip(t *testing.T) {
	for _, grant := range []Grant{
		{},
		{Deployment: {{RoleID: "a", All: true, Rest: `{"x":1}`}, {RoleID: "b", IDs: []string{"1"}}}},
		{Security: {{RoleID: "a", IDs: []string{"1", "2"}, Rest: `{"x":1}`}, {RoleID: "a", IDs: []string{"3"}}}},
		{Organization: {{RoleID: "a"}}, "/platform": {{Rest: `[{"role_id":"x"}]`}}, "/project/maps": {{Rest: `[1]`}}},
	} {
		model := newModel()
		written := model.SetGrant(t.Context(), grant)
		read, diags := model.Grant(t.Context())
		if diags.HasError() || !read.Equal(grant) {
			t.Errorf("%s became %s: %v", grant, read, diags)
		}
		if written.WarningsCount() > 0 == grant.IsUnderstood() {
			t.Errorf("%s: %v", grant, written)
		}
		model.Common().Status = types.StringValue("accepted")
		if final, _ := model.Grant(t.Context()); !final.IsUnderstood() {
			t.Errorf("%s, accepted and not managed: %s", grant, final)
		}
	}
	if diags := newModel().SetGrant(t.Context(), nil); diags.WarningsCount() != 1 {
		t.Errorf("not known: %v", diags)
	}
}

func TestUnknownRolesAreUnset(t *testing.T) {
	ofDeployments := assignmentType(Deployment)
	for _, value := range []types.Object{
		types.ObjectUnknown(rolesType.AttrTypes),
		types.ObjectValueMust(rolesType.AttrTypes, map[string]attr.Value{
			"organization": types.SetUnknown(assignmentType(Organization)),
			"deployment":   types.SetValueMust(ofDeployments, []attr.Value{types.ObjectUnknown(ofDeployments.AttrTypes)}),
			"project":      types.ObjectUnknown(rolesType.AttrTypes["project"].(types.ObjectType).AttrTypes),
		}),
	} {
		if grant := readRoles(value); len(grant) != 0 {
			t.Errorf("%s", grant)
		}
	}
}

func TestReachValidator(t *testing.T) {
	text := func(values ...string) types.Set {
		var elements []attr.Value
		for _, value := range values {
			elements = append(elements, types.StringValue(value))
		}
		return types.SetValueMust(types.StringType, elements)
	}
	none, unknown := types.SetNull(types.StringType), types.SetUnknown(types.StringType)
	for _, test := range []struct {
		all types.Bool
		ids types.Set
		ok  bool
	}{
		{types.BoolValue(true), none, true},
		{types.BoolValue(true), text(), true},
		{types.BoolValue(true), unknown, true},
		{types.BoolValue(true), text("a"), false},
		{types.BoolValue(false), text("a"), true},
		{types.BoolNull(), text("a"), true},
		{types.BoolNull(), types.SetValueMust(types.StringType, []attr.Value{types.StringUnknown()}), true},
		{types.BoolUnknown(), text("a"), true},
		{types.BoolUnknown(), none, true},
		{types.BoolNull(), unknown, true},
		{types.BoolNull(), none, false},
		{types.BoolNull(), text(), false},
		{types.BoolValue(false), none, false},
	} {
		for scope, ids := range map[Scope]string{Deployment: "deployment_ids", Security: "project_ids"} {
			req := validator.ObjectRequest{Path: path.Root("x"), ConfigValue: types.ObjectValueMust(assignmentType(scope).AttrTypes, map[string]attr.Value{
				"role_id": types.StringValue("r"), "all": test.all, ids: test.ids, "application_roles": none,
			})}
			var resp validator.ObjectResponse
			reachValidator{scope}.ValidateObject(t.Context(), req, &resp)
			if resp.Diagnostics.HasError() == test.ok {
				t.Errorf("%s all %s, ids %s: %v", scope, test.all, test.ids, resp.Diagnostics)
			}
		}
	}
}

// TestNamesOfParts: the warning of a part that grants nothing has the names of all parts.
func TestNamesOfParts(t *testing.T) {
	for _, scope := range scopes {
		if !strings.Contains(noRoleInPart, scope.name()) {
			t.Errorf("%q is missing", scope.name())
		}
	}
}
