# Run it with: terraform query -generate-config-out=found.tf
list "orginvite_anthropic_invite" "contractors" {
  provider = orginvite

  config {
    email_domain = "example.net"
    status       = ["pending", "expired"]
  }
}
