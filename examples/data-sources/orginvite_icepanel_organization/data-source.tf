data "orginvite_icepanel_organization" "this" {}

output "free_seats" {
  value = data.orginvite_icepanel_organization.this.seats - data.orginvite_icepanel_organization.this.seats_used
}
