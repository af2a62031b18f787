terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads ANTHROPIC_ADMIN_API_KEY. The key decides the organization;
# ANTHROPIC_ORGANIZATION_ID makes sure that it is the intended one.
provider "orginvite" {}

resource "orginvite_anthropic_invite" "ada" {
  email = "ada@example.com"
  role  = "developer"
}
