data "orginvite_github_organization" "this" {}

# Only owners see the seats, and only of paid plans.
output "free_seats" {
  value = try(data.orginvite_github_organization.this.seats - data.orginvite_github_organization.this.seats_used, null)
}
