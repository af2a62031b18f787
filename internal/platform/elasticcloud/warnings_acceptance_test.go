// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package elasticcloud_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// declared writes a configuration with an invitation of Ada.
func (s grantStory) declared(dir *acctest.Workspace, grant string, arguments ...string) {
	dir.Write(s.config(grant, arguments...))
}

// TestAccNothingGranted: what is written in role_assignments and grants nothing is pointed out, as a misspelled name is
// dropped by Terraform.
func TestAccNothingGranted(t *testing.T) {
	t.Parallel()
	s, dir := newGrantStory(t), acctest.NewWorkspace(t)
	const viewer = `deployment = [{ role_id = "deployment-viewer", all = true }]`
	for _, test := range []struct {
		grant string
		warns []string
	}{
		{"", nil},
		{"role_assignments = null", nil},
		{roles(viewer), nil},
		{roles(viewer + "\norganization = null\nproject = null"), nil},
		{roles(`deploymnet = [{ role_id = "deployment-viewer", all = true }]`), []string{"role_assignments grants nothing"}},
		{roles(`organization = []`), []string{"role_assignments grants nothing"}},
		{
			roles(viewer + "\nproject = { securityy = [{ role_id = \"x\", all = true }] }"),
			[]string{"role_assignments.project grants nothing"},
		},
		{roles(viewer + "\nproject = { security = [] }"), []string{"role_assignments.project grants nothing"}},
		{roles(viewer + "\norganization = []"), []string{"role_assignments.organization grants nothing"}},
		{
			roles(`project = { vectordb = [{ role_id = "x", all = true }], security = [] }`),
			[]string{"role_assignments.project.security grants nothing"},
		},
	} {
		s.declared(dir, test.grant)
		dir.Plan().Warns(test.warns...)
	}
	// What is not known yet may turn out to hold a role, and is looked at again.
	s.declared(dir, roles(`deployment = terraform_data.roles.output`)+"\n}\nresource \"terraform_data\" \"roles\" {\n  input = []")
	dir.Plan().Succeeds()
}

// TestAccWidened: a plan that removes application roles says that the person gets more access, pending or not.
func TestAccWidened(t *testing.T) {
	t.Parallel()
	s, dir := newGrantStory(t), acctest.NewWorkspace(t)
	const manage = "manage_membership = true"
	grant := func(applications string) string {
		return roles(`project = { elasticsearch = [{ role_id = "elasticsearch-admin", project_ids = ["p1"]` + applications + ` }] }`)
	}
	s.declared(dir, grant(`, application_roles = ["reader", "writer"]`), manage)
	dir.Apply().Succeeds()
	s.declared(dir, grant(`, application_roles = ["reader"]`), manage)
	dir.Apply().Succeeds().Plans(at, "replace")
	s.declared(dir, grant(""), manage)
	dir.Plan().Warns("Removing application_roles gives ada@example.com more access").Plans(at, "replace")
	s.declared(dir, grant(`, application_roles = terraform_data.roles.output`),
		manage+"\n}\nresource \"terraform_data\" \"roles\" {\n  input = [\"x\"]")
	dir.Plan().Succeeds()

	s.declared(dir, grant(`, application_roles = ["reader"]`), manage)
	s.accept()
	dir.Apply().Succeeds().Plans()
	s.declared(dir, grant(""), manage)
	dir.Apply().Warns("application roles reader").Plans(at, "update")
	dir.Plan().Succeeds().Plans()
}

// TestAccUnknownRolesAreNamed: in warnings, in the lists, and in what adopt_existing finds, which is not the same as
// what is declared.
func TestAccUnknownRolesAreNamed(t *testing.T) {
	t.Parallel()
	s, dir := newGrantStory(t), acctest.NewWorkspace(t)
	organization := s.world.Organization(fake.ElasticCloud)
	unknown := fake.RoleAssignments{
		Platform:     []fake.RoleAssignment{{RoleID: "operator"}},
		Organization: []fake.RoleAssignment{{RoleID: "billing-admin", OrganizationID: organization}},
	}
	s.add(unknown)
	grant := roles(`organization = [{ role_id = "billing-admin" }]`)
	lists := `
		data "orginvite_elastic_cloud_invites" "all" {}
		data "orginvite_invites" "all" {}`

	dir.Write(s.world.Provider(fake.ElasticCloud), lists)
	dir.Apply().Succeeds()
	listed, _ := dir.State()["data.orginvite_elastic_cloud_invites.all"]["invites"].([]any)
	one, _ := listed[0].(map[string]any)
	if one["other_role_assignments"] != `{"platform":[{"role_id":"operator"}]}` || one["role_assignments"] == nil {
		t.Errorf("listed: %v", one)
	}
	summaries, _ := dir.State()["data.orginvite_invites.all"]["invites"].([]any)
	two, _ := summaries[0].(map[string]any)
	if two["grant"] != `roles for organization: billing-admin; platform: [{"role_id":"operator"}]` {
		t.Errorf("listed: %v", two)
	}

	imported := acctest.NewWorkspace(t)
	s.declared(imported, grant)
	imported.Import(at, ada)
	imported.Plan().Warns("ada@example.com loses roles that role_assignments cannot express").Plans(at, "replace")

	s.declared(dir, grant, "adopt_existing = true")
	dir.Apply().Warns("it will be revoked, and a new one sent").Plans(at, "create")
	dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(t, ada)
}

// TestAccAbsentRolesAreNotAdopted: what is not shown cannot be the same as what is declared.
func TestAccAbsentRolesAreNotAdopted(t *testing.T) {
	t.Parallel()
	s := newGrantStory(t, func(s *fake.ElasticCloudBehaviors) { s.OmitRoleAssignments = true })
	dir := acctest.NewWorkspace(t)
	viewer := roles(`deployment = [{ role_id = "deployment-viewer", all = true }]`)
	all := true
	s.add(fake.RoleAssignments{Deployment: []fake.RoleAssignment{
		{RoleID: "deployment-viewer", OrganizationID: s.world.Organization(fake.ElasticCloud), All: &all},
	}})
	s.declared(dir, viewer, "adopt_existing = true")
	dir.Apply().Warns("cannot be compared").Plans(at, "create")
	dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(t, ada)
}
