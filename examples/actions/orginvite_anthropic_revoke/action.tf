# Run it with: terraform apply -invoke=action.orginvite_anthropic_revoke.contractor
action "orginvite_anthropic_revoke" "contractor" {
  config {
    email = "contractor@example.net"
  }
}
