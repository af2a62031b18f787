import {
  to = orginvite_anthropic_invite.ada
  id = "3f8a1c52-7d4e-4b6a-9c1d-2e5f7a9b0c3d/ada@example.com"
}
