package acctest

import (
	"fmt"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// badInput: what cannot be an invitation is refused while planning, and nothing is asked of the platform.
func badInput(s *story) {
	table := []Wrong{}
	for _, email := range []string{"", "ada", "ada@", "ada@example", "Ada <ada@example.com>", "ada@example.com, eve@example.com", " ada@example.com", "ada@exa mple.com"} {
		table = append(table, Wrong{Name: fmt.Sprintf("e-mail %q", email), HCL: fmt.Sprintf("email = %q\n%s", email, s.a.HCL), Says: []string{"Not an e-mail address", "code: email"}})
	}
	wrong := append([]Wrong{}, s.Wrong...)
	if s.Lifetime != "" {
		for _, text := range []string{"", "soon", "7", "-1h", "0h", "1.5h", "7 d", "99999w"} {
			wrong = append(wrong, Wrong{Name: fmt.Sprintf("lifetime %q", text), HCL: fmt.Sprintf("%s\nexpires_in = %q", s.a.HCL, text), Says: []string{"Not a duration", "code: expires_in"}})
		}
	}
	if s.FixedEnd {
		wrong = append(wrong,
			Wrong{Name: "two ends", HCL: s.a.HCL + "\nexpires_in = \"7d\"\nexpires_at = \"2099-01-01T00:00:00Z\"", Says: []string{"expires_at"}},
			Wrong{Name: "no date", HCL: s.a.HCL + "\nexpires_at = \"tomorrow\"", Says: []string{"RFC3339", "code: expires_at"}},
			Wrong{Name: "past", HCL: s.a.HCL + "\nexpires_at = \"2020-01-01T00:00:00Z\"", Says: []string{"lies in the past", "expires_in", "code: expires_at"}},
		)
	}
	for _, one := range wrong {
		one.HCL = fmt.Sprintf("email = %q\n%s", ada, one.HCL)
		table = append(table, one)
	}
	requests := s.during(func() {
		for _, one := range table {
			s.t.Log(one.Name)
			s.write(fmt.Sprintf("resource %q \"ada\" {\n%s\n}\n", s.Resource(), one.HCL))
			s.dir.Plan().Fails(one.Says...)
		}
	})
	requests.Expect(s.t, Counts{})
}

// badProviderBlock: what cannot connect says so, with the names of what to set.
func badProviderBlock(s *story) {
	resource := s.ada(s.a)
	_, secret := s.world.Credential(s.Platform)
	credential := fmt.Sprintf("%s = %q", s.Credential, secret)
	organization := fmt.Sprintf("organization_id = %q", s.world.Organization(s.Platform))
	url := fmt.Sprintf("base_url = %q", s.world.URL)
	block := func(arguments ...string) string {
		text := fmt.Sprintf("provider \"orginvite\" {\n  %s = {\n", s.Platform)
		for _, argument := range arguments {
			text += "    " + argument + "\n"
		}
		return text + "  }\n}\n"
	}
	where := string(s.Platform) + ".base_url"
	table := map[string]Wrong{
		"nothing":         {HCL: `provider "orginvite" {}`, Says: []string{s.Credential, s.CredentialEnv}},
		"no credential":   {HCL: block(organization, url), Says: []string{s.Credential, s.CredentialEnv}},
		"empty":           {HCL: block(s.Credential+` = ""`, organization, url), Says: []string{s.Credential, s.CredentialEnv}},
		"no organization": {HCL: block(credential, url), Says: []string{"organization_id", s.OrganizationEnv}},
		"plain http":      {HCL: block(credential, organization, `base_url = "http://api.example.com"`), Says: []string{"it must use https", where}},
		"no host":         {HCL: block(credential, organization, `base_url = "api.example.com"`), Says: []string{"https://", where}},
		"other scheme":    {HCL: block(credential, organization, `base_url = "ftp://api.example.com"`), Says: []string{"https://", where}},
		"password":        {HCL: block(credential, organization, `base_url = "https://me:secret@api.example.com"`), Says: []string{"user name or password", where}},
		"query":           {HCL: block(credential, organization, `base_url = "https://api.example.com/?a=b"`), Says: []string{"a query", where}},
		"timeout":         {HCL: "provider \"orginvite\" {\n  request_timeout = \"soon\"\n}", Says: []string{"30s", "code: request_timeout"}},
		"retries":         {HCL: "provider \"orginvite\" {\n  max_retries = -1\n}", Says: []string{"code: max_retries"}},
	}
	if s.Other != "" {
		table["two credentials"] = Wrong{HCL: block(credential, s.Other+` = "x"`, organization, url), Says: []string{s.Credential, s.Other}}
	}
	s.during(func() {
		for name, one := range table {
			s.t.Log(name)
			s.dir.Write(one.HCL, resource)
			s.dir.Plan().Fails(one.Says...)
		}
	}).Expect(s.t, Counts{})

	// A platform that is not used needs nothing.
	s.dir.Write(`provider "orginvite" {}`)
	s.dir.Plan().Succeeds()
}

// unknownValues: what is known only while applying does not fail the plan.
func unknownValues(s *story) {
	_, secret := s.world.Credential(s.Platform)
	late := fmt.Sprintf("resource \"terraform_data\" \"late\" {\n  input = {\n    secret = %q\n    organization = %q\n    url = %q\n    email = %q\n    end = \"2099-01-01T00:00:00Z\"\n  }\n}\n",
		secret, s.world.Organization(s.Platform), s.world.URL, ada)
	provider := fmt.Sprintf("provider \"orginvite\" {\n  %s = {\n    %s = terraform_data.late.output.secret\n    organization_id = terraform_data.late.output.organization\n    base_url = terraform_data.late.output.url\n  }\n}\n", s.Platform, s.Credential)
	list := fmt.Sprintf("data \"orginvite_%s_invites\" \"all\" {\n  depends_on = [%s]\n}\n", s.Platform, s.at())

	s.dir.Write(late, provider, s.ada(s.a), list)
	s.during(func() {
		s.dir.Plan().Succeeds().Plans("terraform_data.late", "create", s.at(), "create")
	}).Expect(s.t, Counts{})
	s.dir.ApplyPlan().Succeeds()
	s.expect(fake.Pending)
	s.dir.Plan().Succeeds().Plans()
	s.dir.Destroy().Succeeds()

	// The resource's own arguments.
	arguments := []string{"organization_id = terraform_data.late.output.organization"}
	if s.FixedEnd {
		arguments = append(arguments, "expires_at = terraform_data.late.output.end")
	}
	declared := fmt.Sprintf("resource %q \"ada\" {\n  email = terraform_data.late.output.email\n  %s\n", s.Resource(), s.a.HCL)
	for _, argument := range arguments {
		declared += "  " + argument + "\n"
	}
	s.write(late, declared+"}\n")
	s.dir.Apply().Succeeds()
	s.expect(fake.Pending)
	s.dir.Plan().Succeeds().Plans()
	s.world.ExpectMails(s.t, ada, ada)
}
