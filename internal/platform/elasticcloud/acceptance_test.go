package elasticcloud_test

import (
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// subject is Elastic Cloud.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:          fake.ElasticCloud,
		Grants:            grants,
		Lifetime:          "72h",
		SecretIDs:         true,
		Keeps:             []fake.Status{fake.Expired},
		Pages:             func(int) int { return 1 },
		Crowd:             60,
		Batches:           true,
		RefusesDuplicates: true,
		Credential:        "api_key",
		CredentialEnv:     "EC_API_KEY",
		OrganizationEnv:   "EC_ORGANIZATION_ID",
		Wrong: []acctest.Wrong{
			{Name: "all and some", HCL: roles(`deployment = [{ role_id = "deployment-viewer", all = true, deployment_ids = ["d1"] }]`), Says: []string{"deployment_ids"}},
			{Name: "neither", HCL: roles(`deployment = [{ role_id = "deployment-viewer" }]`), Says: []string{"deployment_ids"}},
			{Name: "none", HCL: roles(`project = { security = [{ role_id = "security-admin", all = false, project_ids = [] }] }`), Says: []string{"project_ids"}},
			{Name: "no role", HCL: roles(`organization = [{ role_id = "" }]`), Says: []string{"role_id"}},
			{Name: "expires_at", HCL: `expires_at = "2099-01-01T00:00:00Z"`, Says: []string{"expires_at"}},
		},
	}
}

func roles(scopes string) string { return "role_assignments = {\n" + scopes + "\n}" }

// grants are roles in one scope, and in another one for some things only.
func grants(w *acctest.World) (a, b acctest.Grant) {
	organization, all, some := w.Organization(fake.ElasticCloud), true, false
	a = acctest.Grant{
		HCL: roles(`deployment = [{ role_id = "deployment-viewer", all = true }]`),
		Fake: fake.Grant{RoleAssignments: &fake.RoleAssignments{
			Deployment: []fake.RoleAssignment{{OrganizationID: organization, RoleID: "deployment-viewer", All: &all}},
		}},
		State: map[string]any{"role_assignments": map[string]any{
			"organization": nil, "project": nil,
			"deployment": []any{map[string]any{"role_id": "deployment-viewer", "all": true, "deployment_ids": nil, "application_roles": nil}},
		}},
		Text: "deployment-viewer (all)",
	}
	b = acctest.Grant{
		HCL: roles(`project = { security = [{ role_id = "security-editor", project_ids = ["p1", "p2"] }] }`),
		Fake: fake.Grant{RoleAssignments: &fake.RoleAssignments{
			Project: map[string][]fake.RoleAssignment{"security": {{OrganizationID: organization, RoleID: "security-editor", All: &some, ProjectIDs: []string{"p1", "p2"}}}},
		}},
		State: map[string]any{"role_assignments": map[string]any{
			"organization": nil, "deployment": nil,
			"project": map[string]any{
				"elasticsearch": nil, "observability": nil, "workplaceai": nil, "vectordb": nil,
				"security": []any{map[string]any{"role_id": "security-editor", "all": nil, "project_ids": []any{"p1", "p2"}, "application_roles": nil}},
			},
		}},
		Text: "security-editor (p1 p2)",
	}
	return a, b
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Stories(t, subject())
}

const at = "orginvite_elastic_cloud_invite.ada"

// The uncertain facts, in readings that differ from the fake's usual ones.
func TestAccReadings(t *testing.T) {
	t.Parallel()
	for name, reading := range map[string]func(*fake.ElasticCloudSwitches){
		"keeps": func(s *fake.ElasticCloudSwitches) {
			s.Emails, s.Reinvite, s.KeepAccepted, s.UnsetLists = fake.LowerCased, fake.ReinviteRefreshes, true, fake.ListsNull
		},
		"without roles": func(s *fake.ElasticCloudSwitches) { s.OmitRoleAssignments = true },
		"unprefixed":    func(s *fake.ElasticCloudSwitches) { s.ProjectRoles = fake.ProjectRolesUnprefixed },
		"drops": func(s *fake.ElasticCloudSwitches) {
			s.Reinvite, s.DropExpired, s.PartialBatches, s.UnsetLists = fake.ReinviteRefreshesEnd, true, true, fake.ListsEmpty
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stories := []string{"flags", "destroy", "one address twice", "lost answers", "managed member", "accepted meanwhile"}
			if name == "without roles" || name == "unprefixed" { // what they are about
				stories = append(stories, "life", "expired", "sent again outside", "a few", "member not managed", "adopt a member")
			}
			if name == "unprefixed" { // what is not shown is not adopted: TestAccAbsentRolesAreNotAdopted
				stories = append(stories, "adopt an invitation", "import")
			}
			if name == "keeps" { // what is no longer listed is TestAccForgotten
				stories = append(stories, "expired")
			}
			acctest.Retell(t, subject(), func(s *fake.Switches) { reading(&s.ElasticCloud) }, stories...)
		})
	}
}

// TestAccForgotten: an invitation that is no longer listed once it ended is known to have expired.
func TestAccForgotten(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	a, _ := grants(w)
	declare := func(arguments ...string) {
		dir.Write(w.Provider(fake.ElasticCloud), subject().Declare("ada", "ada@example.com", a, arguments...))
	}
	declare()
	dir.Apply().Succeeds()
	if err := w.Expire(fake.ElasticCloud, "", "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	dir.Apply().Warns("expired")
	w.Set(func(s *fake.Switches) { s.ElasticCloud.DropExpired = true })
	dir.Apply().Warns("expired").Plans()
	declare("reinvite_expired = true")
	dir.Apply().Plans(at, "replace")
	if got := dir.State()[at].Text("status"); got != "pending" {
		t.Errorf("status: %s", got)
	}
	dir.Plan().Succeeds().Plans()
	w.ExpectMails(t, "ada@example.com", "ada@example.com")
}

// TestAccSpellings: what means the same is no change, however it is written.
func TestAccSpellings(t *testing.T) {
	t.Parallel()
	for _, lists := range []fake.UnsetLists{fake.ListsAbsent, fake.ListsNull, fake.ListsEmpty} {
		t.Run(string(lists), func(t *testing.T) {
			t.Parallel()
			w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
			w.Set(func(s *fake.Switches) { s.ElasticCloud.UnsetLists = lists })
			write := func(scopes string) {
				dir.Write(w.Provider(fake.ElasticCloud), subject().Declare("ada", "ada@example.com", acctest.Grant{HCL: scopes}))
			}
			write("")
			dir.Apply().Succeeds()
			for _, same := range []string{"role_assignments = {}", roles("organization = []"), roles("project = {}"), roles("deployment = []\nproject = { security = [] }")} {
				write(same)
				dir.Apply().Warns("role_assignments grants nothing") // at most recorded
				dir.Plan().Warns("role_assignments grants nothing").Plans()
			}
			if sent := w.Invitations(fake.ElasticCloud, ""); len(sent) != 1 {
				t.Fatalf("sent %d invitations", len(sent))
			}

			write(roles(`deployment = [{ role_id = "v", deployment_ids = ["b", "a"] }, { role_id = "e", all = true, application_roles = ["x", "y"] }]`))
			dir.Apply().Succeeds().Plans(at, "replace")
			for _, same := range []string{
				`deployment = [{ role_id = "e", all = true, application_roles = ["y", "x"] }, { role_id = "v", deployment_ids = ["a", "b"] }]`,
				`deployment = [{ role_id = "v", all = false, deployment_ids = ["a", "b"] }, { role_id = "e", all = true, application_roles = ["x", "y"] }]`,
			} {
				write(roles(same))
				dir.Apply().Succeeds()
				dir.Plan().Succeeds().Plans()
			}
			if sent := w.Invitations(fake.ElasticCloud, ""); len(sent) != 2 {
				t.Errorf("sent %d invitations", len(sent))
			}
		})
	}
}

// TestAccLimit: of several invitations that go out together, those that may are sent, once.
func TestAccLimit(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Switches) { s.ElasticCloud.PendingLimit = 3 })
	a, _ := grants(w)
	config, everybody := "", []string{}
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		config += subject().Declare(name, name+"@example.com", a)
		everybody = append(everybody, name+"@example.com")
	}
	dir.Write(w.Provider(fake.ElasticCloud), config)
	result := dir.Apply().Fails("as many pending invitations as Elastic Cloud allows")
	if sent := len(w.Mails()); sent != 3 || len(dir.State()) != sent || result.Errors() != 5-sent {
		t.Errorf("%d mails, state %v, errors %d", sent, dir.State(), result.Errors())
	}
	w.Set(func(s *fake.Switches) { s.ElasticCloud.PendingLimit = 0 })
	dir.Apply().Succeeds()
	dir.Plan().Succeeds().Plans()
	w.ExpectMails(t, everybody...)
}

// TestAccNoEmails: members whose address is not told are nobody in particular.
func TestAccNoEmails(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Switches) { s.ElasticCloud.HideMemberEmails, s.ElasticCloud.KeepAccepted = true, true })
	a, _ := grants(w)
	if _, err := w.SeedMember(fake.ElasticCloud, "", fake.Member{}); err != nil {
		t.Fatal(err)
	}
	dir.Write(w.Provider(fake.ElasticCloud), subject().Declare("ada", "ada@example.com", a), "data \"orginvite_elastic_cloud_members\" \"all\" {}\n")
	dir.Apply().Succeeds()
	if _, err := w.Accept(fake.ElasticCloud, "", "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	dir.Apply().Succeeds().Plans()
	dir.Plan().Succeeds().Plans()
	if got := dir.State()[at].Text("status"); got != "accepted" {
		t.Errorf("status: %s", got)
	}
	if listed, _ := dir.State()["data.orginvite_elastic_cloud_members.all"]["members"].([]any); len(listed) != 2 {
		t.Errorf("members: %v", listed)
	}
	w.ExpectMails(t, "ada@example.com")
}
