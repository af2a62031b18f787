# Run it with: terraform apply -invoke=action.orginvite_snyk_resend.ada
action "orginvite_snyk_resend" "ada" {
  config {
    email = "ada@example.com"
  }
}
