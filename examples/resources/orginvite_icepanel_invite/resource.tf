# An editor. The invitation lives for seven days.
resource "orginvite_icepanel_invite" "ada" {
  email      = "ada@example.com"
  permission = "write"
}

# Several viewers from one map.
resource "orginvite_icepanel_invite" "viewer" {
  for_each = {
    barbara = "barbara@example.com"
    edsger  = "edsger@example.com"
  }

  email      = each.value
  permission = "read"
}

# Two landscapes only, for an invitation that ends soon and is sent again when it has expired.
resource "orginvite_icepanel_invite" "contractor" {
  email            = "contractor@example.net"
  permission       = "read"
  expires_in       = "2d"
  reinvite_expired = true

  landscape_permissions = {
    "2nJxNDmGcWDDwUmJZpLK" = true
    "8wQ0eZsY3bTqK5rUvM1c" = true
  }
}

# Takes over an invitation or a member that is there already, and keeps the member's permission as declared.
# Destroying it removes Grace from the organization.
resource "orginvite_icepanel_invite" "grace" {
  email             = "grace@example.com"
  permission        = "admin"
  adopt_existing    = true
  manage_membership = true
}
