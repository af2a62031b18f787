# The organization that the key belongs to.
data "orginvite_anthropic_organization" "this" {}

output "organization" {
  value = "${data.orginvite_anthropic_organization.this.name} (${data.orginvite_anthropic_organization.this.organization_id})"
}
