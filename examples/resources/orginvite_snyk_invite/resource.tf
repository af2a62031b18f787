# A role by name, which is looked up among the group's roles.
# The token needs the permission Read Roles, which only Group Admins have by default.
resource "orginvite_snyk_invite" "ada" {
  email = "ada@example.com"
  role  = "Org Collaborator"
}

# A role by its public id, which is not looked up.
resource "orginvite_snyk_invite" "barbara" {
  email   = "barbara@example.com"
  role_id = "6525b356-a400-465f-b2e5-3eee1161e69f"
}

# Takes over an existing invitation or member, and manages the member's role.
# Destroying it removes Grace from the organization.
resource "orginvite_snyk_invite" "grace" {
  email             = "grace@example.com"
  role              = "Org Admin"
  adopt_existing    = true
  manage_membership = true
}
