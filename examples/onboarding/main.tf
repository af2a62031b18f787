# One map of people, one invitation for each platform that a person is on.
# Credentials and organization ids come from the environment: see the provider's documentation.

terraform {
  required_version = ">= 1.5"

  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

provider "orginvite" {}

variable "team" {
  description = "Who is invited, and what they get on each platform. Leave out the platforms that a person does not need."
  type = map(object({
    email         = string
    icepanel      = optional(string) # a permission
    snyk          = optional(string) # the name of a role
    elastic_cloud = optional(string) # a role for all deployments
  }))
}

resource "orginvite_icepanel_invite" "team" {
  for_each = { for name, person in var.team : name => person if person.icepanel != null }

  email      = each.value.email
  permission = each.value.icepanel
}

resource "orginvite_snyk_invite" "team" {
  for_each = { for name, person in var.team : name => person if person.snyk != null }

  email = each.value.email
  role  = each.value.snyk
}

resource "orginvite_elastic_cloud_invite" "team" {
  for_each = { for name, person in var.team : name => person if person.elastic_cloud != null }

  email = each.value.email

  role_assignments = {
    deployment = [{ role_id = each.value.elastic_cloud, all = true }]
  }
}
