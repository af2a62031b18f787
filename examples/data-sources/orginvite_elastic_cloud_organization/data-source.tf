data "orginvite_elastic_cloud_organization" "this" {}

output "name" {
  value = data.orginvite_elastic_cloud_organization.this.name
}
