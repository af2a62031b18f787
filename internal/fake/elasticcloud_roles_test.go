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
		b.Set(func(s *fake.Switches) { s.ElasticCloud.UnsetLists = mode })
		text := b.want(200, "GET", b.elasticOrg()+"/members", "").text
		if !strings.Contains(text, want[0]) || !strings.Contains(text, want[1]) || strings.Contains(text, `"email"`) {
			t.Errorf("%s: %s", mode, text)
		}
	}
}
