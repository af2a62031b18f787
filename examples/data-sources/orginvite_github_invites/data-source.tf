# Everybody at example.com who has not accepted.
data "orginvite_github_invites" "pending" {
  email_domain = "example.com"
}

# Invitations that expired or failed.
data "orginvite_github_invites" "failed" {
  status = ["expired"]
}

output "waiting_for" {
  value = [for invite in data.orginvite_github_invites.pending.invites : invite.email]
}

output "failed" {
  value = { for invite in data.orginvite_github_invites.failed.invites : invite.id => "${invite.email}: ${coalesce(invite.failed_reason, "no reason")}" }
}
