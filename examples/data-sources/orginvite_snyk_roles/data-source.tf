data "orginvite_snyk_roles" "all" {}

output "custom_roles" {
  value = { for role in data.orginvite_snyk_roles.all.roles : role.name => role.id if role.custom }
}
