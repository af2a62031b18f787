# Run it with: terraform apply -invoke=action.orginvite_snyk_revoke.contractor
action "orginvite_snyk_revoke" "contractor" {
  config {
    email = "contractor@example.net"
  }
}
