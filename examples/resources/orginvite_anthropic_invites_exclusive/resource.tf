variable "team" {
  type    = set(string)
  default = ["ada@example.com", "grace@example.com"]
}

resource "orginvite_anthropic_invite" "person" {
  for_each = var.team

  email = each.key
  role  = "user"
}

# Warns of every other pending invitation. With enforce = true, the plan shows
# them, and the apply revokes them.
resource "orginvite_anthropic_invites_exclusive" "this" {
  emails = [for invite in orginvite_anthropic_invite.person : invite.email]
  except = ["@partner.example"]
}
