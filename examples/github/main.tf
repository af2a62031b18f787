terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads GITHUB_TOKEN and GITHUB_OWNER.
provider "orginvite" {}

resource "orginvite_github_invite" "ada" {
  email = "ada@example.com"
}
