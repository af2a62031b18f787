package icepanel_test

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// granted is a permission, as everybody tells it.
func granted(permission string) acctest.Grant {
	return acctest.Grant{
		HCL:   fmt.Sprintf("permission = %q", permission),
		Fake:  fake.Grant{Permission: permission},
		State: map[string]any{"permission": permission, "landscape_permissions": nil},
		Text:  "permission " + permission,
	}
}

// subject is IcePanel.
func subject() acctest.Subject {
	return acctest.Subject{
		Platform:        fake.IcePanel,
		Grants:          func(*acctest.World) (a, b acctest.Grant) { return granted("read"), granted("write") },
		Lifetime:        "7d",
		FixedEnd:        true,
		Keeps:           []fake.Status{fake.Accepted, fake.Expired, fake.Revoked},
		Pages:           func(int) int { return 1 },
		Crowd:           200,
		SilentRevoke:    true,
		Credential:      "api_key",
		CredentialEnv:   "ICEPANEL_API_KEY",
		Other:           "bearer_token",
		OrganizationEnv: "ICEPANEL_ORGANIZATION_ID",
		Wrong: []acctest.Wrong{
			{Name: "permission", HCL: `permission = "owner"`, Says: []string{"read", "billing", "code: permission"}},
			{Name: "no permission", HCL: ``, Says: []string{`"permission" is required`}},
			{Name: "landscape", HCL: "permission = \"read\"\nlandscape_permissions = { \"\" = true }", Says: []string{"landscape_permissions"}},
			{Name: "landscape access", HCL: "permission = \"read\"\nlandscape_permissions = { x = \"perhaps\" }", Says: []string{"code: landscape_permissions"}},
		},
		Filter: func(a acctest.Grant) string { return a.HCL },
	}
}

func TestAccStories(t *testing.T) {
	t.Parallel()
	acctest.Stories(t, subject())
}

// The uncertain facts, in readings that differ from the fake's usual ones.
func TestAccReadings(t *testing.T) {
	t.Parallel()
	for name, reading := range map[string]func(*fake.IcePanelSwitches){
		"terse": func(s *fake.IcePanelSwitches) {
			s.Emails, s.OmitUsedBy, s.RevokeFinished, s.LandscapePermissions = fake.LowerCased, true, 404, fake.LandscapesAbsent
		},
		"strict": func(s *fake.IcePanelSwitches) {
			s.ExistingMember, s.RevokeFinished, s.LandscapePermissions, s.AcceptPastExpiry = fake.Refused, 409, fake.LandscapesEmptyIfUnset, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			acctest.Retell(t, subject(), func(s *fake.Switches) { reading(&s.IcePanel) },
				"flags", "expired", "destroy", "accepted meanwhile", "managed member")
		})
	}
}

// at is the address of the invitation that declare declares.
const at = "orginvite_icepanel_invite.ada"

// declare declares one invitation with the given arguments.
func declare(arguments ...string) string {
	return subject().Declare("ada", "ada@example.com", acctest.Grant{}, arguments...)
}

// TestAccFixedEnd: expires_at is an instant, however it is written.
func TestAccFixedEnd(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	write := func(arguments ...string) {
		dir.Write(w.Provider(fake.IcePanel), declare(append(arguments, `permission = "read"`)...))
	}
	end := time.Date(2099, 1, 31, 12, 0, 0, 0, time.UTC)

	write(`expires_at = "2099-01-31T12:00:00Z"`)
	dir.Apply().Succeeds()
	state := dir.State()[at]
	if sent := w.Invitations(fake.IcePanel, "")[0].ExpiresAt; !sent.Equal(end) || state["expires_in"] != nil || state.Text("expires_at") != "2099-01-31T12:00:00Z" {
		t.Errorf("sent %s, state %v", sent, state)
	}
	dir.Plan().Succeeds().Plans()
	write(`expires_at = "2099-01-31T13:00:00.000+01:00"`) // the same moment
	dir.Plan().Succeeds().Plans()
	write() // the default is for the moment of sending, which is over
	dir.Plan().Succeeds().Plans()

	write(`expires_at = "2099-02-01T12:00:00Z"`)
	dir.Apply().Succeeds().Plans(at, "replace")
	write(`expires_in = "14d"`)
	dir.Apply().Succeeds().Plans(at, "update") // only recorded, as from null always
	write(`expires_in = "15d"`)
	dir.Apply().Succeeds().Plans(at, "replace")
	if got := dir.State()[at].Text("expires_in"); got != "15d" {
		t.Errorf("expires_in: %q", got)
	}
	write(`expires_at = "2099-02-01T12:00:00Z"`)
	dir.Apply().Succeeds().Plans(at, "replace")
	if got := dir.State()[at]["expires_in"]; got != nil {
		t.Errorf("expires_in: %v", got)
	}

	// Sent again outside, it ends at another time, which shows as the difference it is.
	_, err := w.ResendOutside(fake.IcePanel, "", "ada@example.com")
	if err != nil {
		t.Fatal(err)
	}
	dir.Plan().Succeeds()

	// Expired, with a fixed end that is over: another one is asked for.
	if err := w.Expire(fake.IcePanel, "", "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	past := w.Invitations(fake.IcePanel, "")[len(w.Invitations(fake.IcePanel, ""))-1].ExpiresAt
	dir = acctest.NewWorkspace(t)
	write(`expires_at = "`+past.UTC().Format(time.RFC3339Nano)+`"`, "reinvite_expired = true")
	dir.Import(at, "ada@example.com").Succeeds()
	dir.Plan().Fails("lies in the past", "code: expires_at")
	write(`expires_at = "2099-03-01T00:00:00Z"`, "reinvite_expired = true")
	dir.Apply().Plans(at, "replace")
	w.ExpectMails(t, "ada@example.com", "ada@example.com", "ada@example.com", "ada@example.com", "ada@example.com")
}

// TestAccLandscapes: what is written is sent as it is, and unset is not empty.
func TestAccLandscapes(t *testing.T) {
	t.Parallel()
	for _, answered := range []fake.Landscapes{fake.LandscapesAsSent, fake.LandscapesAbsent, fake.LandscapesEmptyIfUnset, fake.LandscapesNotForAdmins} {
		t.Run(string(answered), func(t *testing.T) {
			t.Parallel()
			w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
			w.Set(func(s *fake.Switches) { s.IcePanel.LandscapePermissions = answered })
			actions := []string{"create", "replace", "replace", "replace"}
			for i, landscapes := range []string{"", "landscape_permissions = {}", "landscape_permissions = { l1 = true, l2 = false }", "landscape_permissions = { l1 = true, l2 = true }"} {
				dir.Write(w.Provider(fake.IcePanel), declare(`permission = "admin"`, landscapes))
				dir.Apply().Succeeds().Plans(at, actions[i])
				dir.Plan().Succeeds().Plans()
				sent := w.Invitations(fake.IcePanel, "")[i].Grant.LandscapePermissions
				want := []map[string]bool{nil, {}, {"l1": true, "l2": false}, {"l1": true, "l2": true}}[i]
				if !reflect.DeepEqual(sent, want) {
					t.Errorf("sent %v, want %v", sent, want)
				}
			}
			if _, err := w.Accept(fake.IcePanel, "", "ada@example.com"); err != nil {
				t.Fatal(err)
			}
			dir.Apply().Succeeds().Plans()
			dir.Write(w.Provider(fake.IcePanel), declare(`permission = "admin"`, "landscape_permissions = { l1 = false }"))
			dir.Plan().Fails("accepted already", "code: landscape_permissions")
		})
	}
}

// TestAccSeats: without a paid seat the error stands at permission, and people who need none are invited.
func TestAccSeats(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	w.Set(func(s *fake.Switches) { s.IcePanel.Seats = 1 })
	s := subject()
	dir.Write(w.Provider(fake.IcePanel), s.Declare("writer", "writer@example.com", granted("write")))
	dir.Apply().Succeeds()
	dir.Write(w.Provider(fake.IcePanel), s.Declare("writer", "writer@example.com", granted("write")),
		s.Declare("admin", "admin@example.com", granted("admin")), s.Declare("reader", "reader@example.com", granted("read")), s.Declare("payer", "payer@example.com", granted("billing")))
	if r := dir.Apply().Fails("All organization seats have been assigned", "No paid seat is left", "code: permission"); r.Errors() != 1 {
		t.Errorf("errors: %v", r.Diagnostics)
	}
	if len(dir.State()) != 3 {
		t.Errorf("state: %v", dir.State())
	}

	// A replacement frees the seat before it takes one.
	dir.Write(w.Provider(fake.IcePanel), s.Declare("writer", "writer@example.com", granted("admin")))
	dir.Apply().Succeeds()
	w.ExpectMails(t, "writer@example.com", "reader@example.com", "payer@example.com", "writer@example.com")
}

// TestAccDetails: what only IcePanel tells.
func TestAccDetails(t *testing.T) {
	t.Parallel()
	w, dir := acctest.NewWorld(t), acctest.NewWorkspace(t)
	provider := fmt.Sprintf("provider \"orginvite\" {\n  icepanel = {\n    bearer_token = %q\n    organization_id = %q\n    base_url = %q\n  }\n}\n",
		w.Credentials().IcePanelBearerToken, w.Organization(fake.IcePanel), w.URL+"/v1/")
	list := "data \"orginvite_icepanel_invites\" \"all\" {\n  status = [\"accepted\"]\n}\n"
	dir.Write(provider, declare(`permission = "read"`), list)
	dir.Apply().Succeeds()
	state := dir.State()[at]
	if state.Text("created_by") == "" || state.Text("created_at") == "" || state["accepted_at"] != nil {
		t.Errorf("pending: %v", state)
	}
	if _, err := w.Accept(fake.IcePanel, "", "ada@example.com"); err != nil {
		t.Fatal(err)
	}
	dir.Apply().Succeeds()
	state = dir.State()[at]
	listed, _ := dir.State()["data.orginvite_icepanel_invites.all"]["invites"].([]any)
	if len(listed) != 1 || state.Text("accepted_at") == "" {
		t.Fatalf("accepted: %v, listed %v", state, listed)
	}
	for name, value := range listed[0].(map[string]any) {
		if name != "email" && !reflect.DeepEqual(value, state[name]) {
			t.Errorf("%s: listed %v, in state %v", name, value, state[name])
		}
	}
}
