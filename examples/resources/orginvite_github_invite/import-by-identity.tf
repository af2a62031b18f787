import {
  to = orginvite_github_invite.ada
  identity = {
    organization_id = "example-org"
    email           = "ada@example.com"
  }
}
