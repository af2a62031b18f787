data "orginvite_icepanel_members" "all" {}

output "admins" {
  value = [for member in data.orginvite_icepanel_members.all.members : member.email if member.permission == "admin"]
}
