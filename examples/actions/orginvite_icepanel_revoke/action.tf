# Run it with: terraform apply -invoke=action.orginvite_icepanel_revoke.contractor
action "orginvite_icepanel_revoke" "contractor" {
  config {
    email = "contractor@example.net"
  }
}
