# A member. The invitation expires after seven days, which GitHub decides.
resource "orginvite_github_invite" "ada" {
  email = "ada@example.com"
}

# Several members from one map, each with the account that is expected to accept.
# It shows that somebody accepted whose address is not visible on GitHub.
resource "orginvite_github_invite" "member" {
  for_each = {
    barbara = "barbara@example.com"
    edsger  = "edsger@example.com"
  }

  email    = each.value
  username = each.key
}

# Joins two teams on acceptance. The invitation is sent again when it expires.
resource "orginvite_github_invite" "contractor" {
  email            = "contractor@example.net"
  team_ids         = [1234567, 2345678]
  reinvite_expired = true
}

# Takes over an existing invitation or member, and manages the member's role.
# Destroying it removes Grace from the organization.
resource "orginvite_github_invite" "grace" {
  email             = "grace@example.com"
  role              = "admin"
  adopt_existing    = true
  manage_membership = true
}
