data "orginvite_elastic_cloud_members" "contractors" {
  email_domain = "example.net"
}

output "contractors" {
  value = [for member in data.orginvite_elastic_cloud_members.contractors.members : member.email]
}
