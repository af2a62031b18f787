# An editor. The invitation expires after seven days.
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

# Access to two landscapes. The invitation expires soon, and is sent again after that.
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

# Takes over an existing invitation or member, and manages the member's permission.
# Destroying it removes Grace from the organization.
resource "orginvite_icepanel_invite" "grace" {
  email             = "grace@example.com"
  permission        = "admin"
  adopt_existing    = true
  manage_membership = true
}
