# Invitations that expire within a day.
data "orginvite_elastic_cloud_invites" "urgent" {
  expiring_before = timeadd(plantimestamp(), "24h")
}

output "urgent" {
  value = { for invite in data.orginvite_elastic_cloud_invites.urgent.invites : invite.email => invite.expires_at }
}
