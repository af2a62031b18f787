# Run it with: terraform apply -invoke=action.orginvite_anthropic_resend.ada
action "orginvite_anthropic_resend" "ada" {
  config {
    email = "ada@example.com"
  }
}
