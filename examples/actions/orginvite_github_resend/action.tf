# Run it with: terraform apply -invoke=action.orginvite_github_resend.ada
action "orginvite_github_resend" "ada" {
  config {
    email = "ada@example.com"
  }
}
