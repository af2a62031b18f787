# A role by its name, looked up among the roles of the group.
# The token needs the permission Read Roles, which by default only Group Admins have.
resource "orginvite_snyk_invite" "ada" {
  email = "ada@example.com"
  role  = "Org Collaborator"
}

# A role by its public id, which needs no look-up.
resource "orginvite_snyk_invite" "barbara" {
  email   = "barbara@example.com"
  role_id = "6525b356-a400-465f-b2e5-3eee1161e69f"
}

# Takes over an invitation or a member that is there already, and keeps the member's role as declared.
# Destroying it removes Grace from the organization.
resource "orginvite_snyk_invite" "grace" {
  email             = "grace@example.com"
  role              = "Org Admin"
  adopt_existing    = true
  manage_membership = true
}
