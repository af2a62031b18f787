terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads SNYK_TOKEN and SNYK_ORG_ID, and SNYK_API outside of the region US-01.
provider "orginvite" {}

resource "orginvite_snyk_invite" "ada" {
  email = "ada@example.com"
  role  = "Org Collaborator"
}
