# Everybody at example.com who has not accepted.
data "orginvite_anthropic_invites" "pending" {
  email_domain = "example.com"
}

# Invitations of developers that expire within three days or have expired.
data "orginvite_anthropic_invites" "urgent" {
  status          = ["pending", "expired"]
  role            = "developer"
  expiring_before = timeadd(plantimestamp(), "72h")
}

output "waiting_for" {
  value = [for invite in data.orginvite_anthropic_invites.pending.invites : invite.email]
}

output "urgent" {
  value = { for invite in data.orginvite_anthropic_invites.urgent.invites : invite.id => invite.expires_at }
}
