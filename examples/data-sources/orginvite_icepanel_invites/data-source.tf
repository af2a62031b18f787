# Everybody at example.com who has not accepted.
data "orginvite_icepanel_invites" "pending" {
  email_domain = "example.com"
}

# Invitations with write access that expire within three days or have expired.
data "orginvite_icepanel_invites" "urgent" {
  status          = ["pending", "expired"]
  permission      = "write"
  expiring_before = timeadd(plantimestamp(), "72h")
}

output "waiting_for" {
  value = [for invite in data.orginvite_icepanel_invites.pending.invites : invite.email]
}

output "urgent" {
  value = { for invite in data.orginvite_icepanel_invites.urgent.invites : invite.email => invite.expires_at }
}
