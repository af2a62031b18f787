# Run it with: terraform apply -invoke=action.orginvite_elastic_cloud_resend.ada
action "orginvite_elastic_cloud_resend" "ada" {
  config {
    email = "ada@example.com"
  }
}
