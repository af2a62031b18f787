# Run it with: terraform apply -invoke=action.orginvite_icepanel_resend.ada
action "orginvite_icepanel_resend" "ada" {
  config {
    email = "ada@example.com"
  }
}
