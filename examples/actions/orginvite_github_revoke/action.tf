# Run it with: terraform apply -invoke=action.orginvite_github_revoke.contractor
action "orginvite_github_revoke" "contractor" {
  config {
    email = "contractor@example.net"
  }
}
