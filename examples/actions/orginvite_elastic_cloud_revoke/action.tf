# Run it with: terraform apply -invoke=action.orginvite_elastic_cloud_revoke.contractor
action "orginvite_elastic_cloud_revoke" "contractor" {
  config {
    email = "contractor@example.net"
  }
}
