# Two spellings of one address become one key, and so one invitation.
locals {
  emails = ["Ada@Example.com", "ada@example.com ", "grace@example.com"]
}

resource "orginvite_icepanel_invite" "viewer" {
  for_each = toset([for email in local.emails : provider::orginvite::normalize_email(email)])

  email      = each.key
  permission = "read"
}
