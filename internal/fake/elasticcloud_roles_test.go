// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

func TestElasticCloudRoleAssignments(t *testing.T) {
	b := newBench(t, fake.Options{})
	member, err := b.SeedMember(fake.ElasticCloud, "", fake.Member{Email: "ada@example.com"})
	must(t, err)
	path := "/api/v1/users/" + member.ID + "/role_assignments"
	change := func(method, assignments string) {
		t.Helper()
		body := strings.NewReplacer("ROLE", `"role_id":"deployment-viewer","organization_id":"`+b.Organization(fake.ElasticCloud)+`"`).Replace(assignments)
		b.want(200, method, path, body)
	}
	have := func() string {
		t.Helper()
		text, err := json.Marshal(b.Members(fake.ElasticCloud, "")[0].Grant.RoleAssignments)
		must(t, err)
		return strings.ReplaceAll(string(text), `"organization_id":"`+b.Organization(fake.ElasticCloud)+`",`, "")
	}
	for _, step := range []struct{ method, assignments, want string }{
		{"POST", `{"deployment":[{ROLE,"deployment_ids":["a"]}]}`, `{"deployment":[{"role_id":"deployment-viewer","all":false,"deployment_ids":["a"]}]}`},
		{"POST", `{"deployment":[{ROLE,"all":false,"deployment_ids":["b"]}]}`, `{"deployment":[{"role_id":"deployment-viewer","all":false,"deployment_ids":["a","b"]}]}`},
		{"DELETE", `{"deployment":[{ROLE,"deployment_ids":["a"]}]}`, `{"deployment":[{"role_id":"deployment-viewer","all":false,"deployment_ids":["b"]}]}`},
		{"POST", `{"project":{"security":[{ROLE,"all":true,"application_roles":["x"]}]}}`, `{"deployment":[{"role_id":"deployment-viewer","all":false,"deployment_ids":["b"]}],"project":{"security":[{"role_id":"deployment-viewer","all":true,"application_roles":["x"]}]}}`},
		{"DELETE", `{"deployment":[{ROLE,"deployment_ids":["b"]}],"project":{"security":[{ROLE,"all":true,"application_roles":["x"]}]}}`, `{}`},
		{"DELETE", `{"organization":[{ROLE}]}`, `{}`},
		{"POST", `{"platform":null,"organization":[{ROLE}]}`, `{"organization":[{"role_id":"deployment-viewer"}]}`},
	} {
		change(step.method, step.assignments)
		if got := have(); got != step.want {
			t.Fatalf("%s %s: %s, want %s", step.method, step.assignments, got, step.want)
		}
	}
}

func TestElasticCloudUnsetLists(t *testing.T) {
	all := true
	b := newBench(t, fake.Options{})
	_, err := b.SeedMember(fake.ElasticCloud, "", fake.Member{Grant: fake.Grant{RoleAssignments: &fake.RoleAssignments{
		Deployment: []fake.RoleAssignment{{OrganizationID: b.Organization(fake.ElasticCloud), RoleID: "deployment-admin", All: &all}},
	}}})
	must(t, err)
	for mode, want := range map[fake.UnsetLists][2]string{
		fake.ListsAbsent: {`"role_assignments":{"deployment":[{`, `"all":true}]}`},
		fake.ListsNull:   {`"deployment_ids":null`, `"security":null`},
		fake.ListsEmpty:  {`"deployment_ids":[]`, `"security":[]`},
	} {
		b.Set(func(s *fake.Behaviors) { s.ElasticCloud.UnsetLists = mode })
		text := b.want(200, "GET", b.elasticOrg()+"/members", "").text
		if !strings.Contains(text, want[0]) || !strings.Contains(text, want[1]) || strings.Contains(text, `"email"`) {
			t.Errorf("%s: %s", mode, text)
		}
	}
}

func TestElasticCloudOmitsRoleAssignments(t *testing.T) {
	b := newBench(t, fake.Options{Behaviors: fake.Behaviors{ElasticCloud: fake.ElasticCloudBehaviors{OmitRoleAssignments: true}}})
	body := `{"emails":["ada@example.com"],"role_assignments":{"organization":[{"role_id":"billing-admin","organization_id":"` +
		b.Organization(fake.ElasticCloud) + `"}]}}`
	made := b.want(201, "POST", b.elasticOrg()+"/invitations", body)
	listed := b.want(200, "GET", b.elasticOrg()+"/invitations", "")
	if strings.Contains(made.text+listed.text, "role_assignments") {
		t.Errorf("answered: %s %s", made.text, listed.text)
	}
	_, err := b.Accept(fake.ElasticCloud, "", "ada@example.com")
	must(t, err)
	if members := b.want(200, "GET", b.elasticOrg()+"/members", ""); !strings.Contains(members.text, "billing-admin") {
		t.Errorf("members: %s", members.text)
	}
}

func TestElasticCloudProjectRoleSpelling(t *testing.T) {
	for spelling, want := range map[fake.ProjectRoles]string{
		fake.ProjectRolesAsSent: "security-t1-analyst", fake.ProjectRolesUnprefixed: "t1_analyst",
	} {
		b := newBench(t, fake.Options{Behaviors: fake.Behaviors{ElasticCloud: fake.ElasticCloudBehaviors{ProjectRoles: spelling}}})
		all := true
		roles := fake.RoleAssignments{Project: map[string][]fake.RoleAssignment{
			"security": {{OrganizationID: b.Organization(fake.ElasticCloud), RoleID: "security-t1-analyst", All: &all}},
		}}
		member, err := b.SeedMember(fake.ElasticCloud, "", fake.Member{Grant: fake.Grant{RoleAssignments: &roles}})
		must(t, err)
		if text := b.want(200, "GET", b.elasticOrg()+"/members", "").text; !strings.Contains(text, `"role_id":"`+want+`"`) {
			t.Errorf("%s: %s", spelling, text)
		}
		// Roles are known under the id that is answered.
		body := `{"project":{"security":[{"role_id":"` + want + `","all":true,"organization_id":"` + b.Organization(fake.ElasticCloud) + `"}]}}`
		b.want(200, "DELETE", "/api/v1/users/"+member.ID+"/role_assignments", body)
		if left := b.Members(fake.ElasticCloud, "")[0].Grant.RoleAssignments.Project; len(left) != 0 {
			t.Errorf("%s: left %v", spelling, left)
		}
	}
}
