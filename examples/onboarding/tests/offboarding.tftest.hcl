# What happens to people who are removed from the map. See onboarding.tftest.hcl for how to run it.

variables {
  people = {
    ada = {
      email    = "ada@example.com"
      icepanel = { permission = "write" }
      snyk     = { role = "Org Admin" }
      github   = {}
    }
    edsger = {
      email     = "edsger@accepts.example.com"
      icepanel  = { permission = "read" }
      snyk      = { role = "Org Collaborator" }
      github    = {}
      anthropic = { role = "user" }
    }
  }
}

run "two_are_invited_and_one_accepts" {
  assert {
    condition     = length(orginvite_icepanel_invite.person) == 2 && length(orginvite_snyk_invite.person) == 2
    error_message = "Two people must be invited to IcePanel and to Snyk."
  }

  assert {
    condition     = length(orginvite_github_invite.person) == 2 && length(orginvite_anthropic_invite.person) == 1
    error_message = "Two people must be invited to GitHub, and one to Anthropic."
  }
}

run "off_the_list_a_member_stays" {
  variables {
    people = {}
  }

  assert {
    condition     = length(orginvite_icepanel_invite.person) == 0
    error_message = "Somebody is still in the state."
  }
}

run "the_member_is_still_there" {
  module {
    source = "./tests/members"
  }

  assert {
    condition     = alltrue([for where in ["icepanel", "snyk", "github", "anthropic"] : contains(output.emails[where], "edsger@accepts.example.com")])
    error_message = "Edsger was removed, and nobody asked for that."
  }
}

run "back_on_the_list_the_member_is_taken_over" {
  variables {
    adopt_existing = true
    remove_members = true
  }

  assert {
    condition     = orginvite_icepanel_invite.person["edsger"].status == "accepted"
    error_message = "Edsger is already a member, but was not taken over."
  }

  assert {
    condition     = orginvite_icepanel_invite.person["ada"].status == "pending"
    error_message = "Ada's invitation was revoked, so there must be a new one."
  }
}

run "off_the_list_with_remove_members" {
  variables {
    people         = {}
    remove_members = true
  }
}

run "the_member_is_gone" {
  module {
    source = "./tests/members"
  }

  assert {
    condition     = !anytrue([for emails in output.emails : contains(emails, "edsger@accepts.example.com")])
    error_message = "Edsger still has access."
  }
}
