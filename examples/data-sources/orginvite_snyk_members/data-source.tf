data "orginvite_snyk_members" "all" {}

output "people_by_role" {
  value = { for member in data.orginvite_snyk_members.all.members : member.role => member.email... }
}
