# Everything that is pending, on every platform that is configured.
data "orginvite_invites" "pending" {}

# Where one person stands on two of them.
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
