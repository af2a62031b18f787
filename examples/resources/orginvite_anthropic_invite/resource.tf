# A developer. The invitation expires after 21 days, which Anthropic decides.
resource "orginvite_anthropic_invite" "ada" {
  email = "ada@example.com"
  role  = "developer"
}

# Several users from one map. An invitation is sent again when it expires.
resource "orginvite_anthropic_invite" "user" {
  for_each = {
    barbara = "barbara@example.com"
    edsger  = "edsger@example.com"
  }

  email            = each.value
  role             = "user"
  reinvite_expired = true
}

# Joins two groups on acceptance, on Claude Enterprise only.
resource "orginvite_anthropic_invite" "contractor" {
  email          = "contractor@example.net"
  role           = "managed"
  rbac_group_ids = ["group_01AbCdEf", "group_02GhIjKl"]
}

# Takes over an existing invitation or member, and manages the member's role.
# Destroying it removes Grace from the organization.
resource "orginvite_anthropic_invite" "grace" {
  email             = "grace@example.com"
  role              = "billing"
  adopt_existing    = true
  manage_membership = true
}
