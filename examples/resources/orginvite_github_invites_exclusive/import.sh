# Login of the organization
terraform import orginvite_github_invites_exclusive.this example-org
