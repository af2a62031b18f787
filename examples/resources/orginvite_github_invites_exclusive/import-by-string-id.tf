import {
  to = orginvite_github_invites_exclusive.this
  id = "example-org"
}
