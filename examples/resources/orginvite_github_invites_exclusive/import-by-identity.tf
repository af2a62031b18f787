import {
  to = orginvite_github_invites_exclusive.this
  identity = {
    organization_id = "example-org"
  }
}
