terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

# Reads EC_API_KEY and EC_ORGANIZATION_ID.
provider "orginvite" {}

resource "orginvite_elastic_cloud_invite" "ada" {
  email = "ada@example.com"

  role_assignments = {
    deployment = [{ role_id = "deployment-viewer", all = true }]
  }
}
