package elasticcloud

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestGrantEqual(t *testing.T) {
	viewer := func(ids ...string) Assignment { return Assignment{RoleID: "viewer", IDs: ids} }
	for name, test := range map[string]struct {
		a, b  Grant
		equal bool
	}{
		"nothing":                {nil, Grant{}, true},
		"an empty scope":         {nil, Grant{Deployment: {}}, true},
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
		"something and nothing":  {Grant{Organization: {{RoleID: "a"}}}, nil, false},
		"a role for nothing yet": {Grant{Deployment: {viewer()}}, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			if test.a.Equal(test.b) != test.equal || test.b.Equal(test.a) != test.equal || test.a.MatchedBy(test.b) != test.equal {
				t.Errorf("%s and %s: equal is not %t", test.a, test.b, test.equal)
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
		nil,
		{Organization: {{RoleID: "a"}, {RoleID: "b"}}},
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

func TestUnknownRolesAreUnset(t *testing.T) {
	for _, value := range []types.Object{
		types.ObjectUnknown(rolesType.AttrTypes),
		types.ObjectValueMust(rolesType.AttrTypes, map[string]attr.Value{
			"organization": types.SetUnknown(rolesInOrgType),
			"deployment":   types.SetValueMust(rolesInDeplType, []attr.Value{types.ObjectUnknown(rolesInDeplType.AttrTypes)}),
			"project":      types.ObjectUnknown(projectsType.AttrTypes),
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
		for scope, kind := range map[Scope]types.ObjectType{Deployment: rolesInDeplType, Security: rolesInProjType} {
			req := validator.ObjectRequest{Path: path.Root("x"), ConfigValue: types.ObjectValueMust(kind.AttrTypes, map[string]attr.Value{
				"role_id": types.StringValue("r"), "all": test.all, idsName(scope): test.ids, "application_roles": none,
			})}
			var resp validator.ObjectResponse
			reachValidator{scope}.ValidateObject(t.Context(), req, &resp)
			if resp.Diagnostics.HasError() == test.ok {
				t.Errorf("%s all %s, ids %s: %v", scope, test.all, test.ids, resp.Diagnostics)
			}
		}
	}
}
