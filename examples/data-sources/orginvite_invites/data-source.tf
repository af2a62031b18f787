# All pending invitations on all configured platforms.
data "orginvite_invites" "pending" {}

# The invitations of one person on two platforms.
data "orginvite_invites" "ada" {
  platforms = ["icepanel", "snyk"]
  status    = ["pending", "accepted", "expired"]
  email     = "ada@example.com"
}

output "pending" {
  value = [for invite in data.orginvite_invites.pending.invites : "${invite.platform}: ${invite.email}, ${invite.grant}"]
}

output "ada" {
  value = { for invite in data.orginvite_invites.ada.invites : "${invite.platform}/${invite.id}" => invite.status }
}
