# Everybody who is invited as an administrator and has not accepted.
data "orginvite_snyk_invites" "admins" {
  role = "Org Admin"
}

output "future_admins" {
  value = [for invite in data.orginvite_snyk_invites.admins.invites : invite.email]
}
