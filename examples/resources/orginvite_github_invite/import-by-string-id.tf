import {
  to = orginvite_github_invite.ada
  id = "example-org/ada@example.com"
}
