terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads SNYK_TOKEN and SNYK_ORG_ID and, for regions other than US-01, SNYK_API.
provider "orginvite" {}

resource "orginvite_snyk_invite" "ada" {
  email = "ada@example.com"
  role  = "Org Collaborator"
}
