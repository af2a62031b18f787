data "orginvite_anthropic_members" "all" {}

output "admins" {
  value = [for member in data.orginvite_anthropic_members.all.members : member.email if member.role == "admin"]
}
