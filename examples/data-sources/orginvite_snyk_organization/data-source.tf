data "orginvite_snyk_organization" "this" {}

output "group" {
  value = data.orginvite_snyk_organization.this.group_id
}
