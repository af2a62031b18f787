# A role in the organization itself.
resource "orginvite_elastic_cloud_invite" "ada" {
  email = "ada@example.com"

  role_assignments = {
    organization = [{ role_id = "billing-admin" }]
  }
}

# Roles for all deployments or projects, and for single ones.
resource "orginvite_elastic_cloud_invite" "barbara" {
  email      = "barbara@example.com"
  expires_in = "7d"

  role_assignments = {
    deployment = [
      { role_id = "deployment-viewer", all = true },
      { role_id = "deployment-editor", deployment_ids = ["cb8c6f0a1d9e4b7f8a2e3c5d6f7a8b9c"] },
    ]

    project = {
      elasticsearch = [
        { role_id = "elasticsearch-developer", project_ids = ["a1b2c3d4e5f60718293a4b5c6d7e8f90"] },
      ]
      observability = [
        { role_id = "observability-viewer", all = true },
      ]
    }
  }
}

# Takes over an existing invitation or member, and manages the member's roles.
# Destroying it removes Grace from the organization.
resource "orginvite_elastic_cloud_invite" "grace" {
  email             = "grace@example.com"
  adopt_existing    = true
  manage_membership = true
  reinvite_expired  = true

  role_assignments = {
    organization = [{ role_id = "organization-admin" }]
  }
}
