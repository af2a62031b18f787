# Lists the members, for the tests.

terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

data "orginvite_icepanel_members" "all" {}

data "orginvite_snyk_members" "all" {}

data "orginvite_elastic_cloud_members" "all" {}

data "orginvite_github_members" "all" {}

data "orginvite_anthropic_members" "all" {}

output "emails" {
  value = {
    icepanel      = [for member in data.orginvite_icepanel_members.all.members : member.email]
    snyk          = [for member in data.orginvite_snyk_members.all.members : member.email]
    elastic_cloud = [for member in data.orginvite_elastic_cloud_members.all.members : member.email]
    github        = [for member in data.orginvite_github_members.all.members : member.email]
    anthropic     = [for member in data.orginvite_anthropic_members.all.members : member.email]
  }
}
