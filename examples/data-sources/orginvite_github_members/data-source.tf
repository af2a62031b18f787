data "orginvite_github_members" "all" {}

output "owners" {
  value = [for member in data.orginvite_github_members.all.members : member.name if member.role == "admin"]
}

output "members_without_visible_address" {
  value = length([for member in data.orginvite_github_members.all.members : member if member.email == null])
}
