# Run these against the fake, never against an organization with real people:
#
#   orginvite-fake -accept @accepts.example.com > fake.env &
#   set -a; . ./fake.env; set +a
#   terraform get && terraform test
#
# Everybody at accepts.example.com accepts as soon as the mail arrives.

variables {
  remove_members = true # the tests leave no members behind

  people = {
    ada = {
      email         = "Ada@example.com"
      icepanel      = { permission = "admin" }
      snyk          = { role = "Org Admin" }
      elastic_cloud = { organization_role = "billing-admin", deployment_role = "deployment-admin" }
      github        = { role = "admin" }
      anthropic     = { role = "developer" }
    }
    grace = {
      email         = "grace@accepts.example.com"
      icepanel      = { permission = "read" }
      elastic_cloud = { deployment_role = "deployment-viewer" }
      github        = {}
      anthropic     = { role = "user" }
    }
  }
}

run "a_plan_says_whom_it_invites" {
  command = plan

  assert {
    condition     = toset(keys(orginvite_icepanel_invite.person)) == toset(["ada", "grace"])
    error_message = "Both must be invited to IcePanel."
  }

  assert {
    condition     = toset(keys(orginvite_snyk_invite.person)) == toset(["ada"])
    error_message = "Only Ada must be invited to Snyk."
  }

  assert {
    condition     = output.platforms.grace == tolist(["IcePanel", "Elastic Cloud", "GitHub", "Anthropic"])
    error_message = "The output does not say where Grace is invited."
  }
}

run "everybody_is_invited" {
  assert {
    condition     = alltrue([for one in orginvite_icepanel_invite.person : one.status == "pending"])
    error_message = "Not everybody has an invitation to IcePanel."
  }

  assert {
    condition     = orginvite_snyk_invite.person["ada"].role_id != null
    error_message = "The name of Ada's role was not looked up."
  }

  assert {
    condition     = one(orginvite_elastic_cloud_invite.person["ada"].role_assignments.deployment).all
    error_message = "Ada's role is not for all deployments."
  }

  assert {
    condition     = orginvite_github_invite.person["grace"].role == "member"
    error_message = "Grace is not invited to GitHub as a member."
  }

  assert {
    condition     = orginvite_anthropic_invite.person["ada"].expires_at != null
    error_message = "The end of Ada's invitation to Anthropic is not known."
  }
}

run "some_have_accepted_by_the_next_apply" {
  assert {
    condition     = orginvite_icepanel_invite.person["grace"].status == "accepted" && orginvite_elastic_cloud_invite.person["grace"].status == "accepted"
    error_message = "Grace accepted, but the state does not show it."
  }

  assert {
    condition     = orginvite_icepanel_invite.person["grace"].member_id != null
    error_message = "Grace's user id is not known."
  }

  assert {
    condition     = orginvite_github_invite.person["grace"].status == "accepted" && orginvite_anthropic_invite.person["grace"].status == "accepted"
    error_message = "Grace accepted on GitHub and on Anthropic, but the state does not show it."
  }

  assert {
    condition     = orginvite_icepanel_invite.person["ada"].status == "pending"
    error_message = "Ada has not accepted anything."
  }
}

run "one_address_is_one_person" {
  command = plan

  variables {
    people = {
      ada      = { email = "ada@example.com", icepanel = { permission = "read" } }
      lovelace = { email = "ADA@example.com", icepanel = { permission = "write" } }
    }
  }

  expect_failures = [var.people]
}
