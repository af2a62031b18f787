terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads ICEPANEL_API_KEY and ICEPANEL_ORGANIZATION_ID.
provider "orginvite" {}

resource "orginvite_icepanel_invite" "ada" {
  email      = "ada@example.com"
  permission = "write"
}
