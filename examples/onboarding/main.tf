# Invites each person in the map to the platforms that the entry names.
# Credentials and organization ids come from the environment: see the provider's documentation.

resource "orginvite_icepanel_invite" "person" {
  for_each = { for name, person in var.people : name => person if person.icepanel != null }

  email      = each.value.email
  permission = each.value.icepanel.permission

  adopt_existing    = var.adopt_existing
  reinvite_expired  = var.reinvite_expired
  manage_membership = var.remove_members
}

resource "orginvite_snyk_invite" "person" {
  for_each = { for name, person in var.people : name => person if person.snyk != null }

  email = each.value.email
  role  = each.value.snyk.role

  adopt_existing    = var.adopt_existing
  manage_membership = var.remove_members
}

resource "orginvite_elastic_cloud_invite" "person" {
  for_each = { for name, person in var.people : name => person if person.elastic_cloud != null }

  email = each.value.email

  role_assignments = {
    organization = each.value.elastic_cloud.organization_role == null ? null : [
      { role_id = each.value.elastic_cloud.organization_role }
    ]
    deployment = each.value.elastic_cloud.deployment_role == null ? null : [
      { role_id = each.value.elastic_cloud.deployment_role, all = true }
    ]
  }

  adopt_existing    = var.adopt_existing
  reinvite_expired  = var.reinvite_expired
  manage_membership = var.remove_members
}

resource "orginvite_github_invite" "person" {
  for_each = { for name, person in var.people : name => person if person.github != null }

  email    = each.value.email
  role     = each.value.github.role
  team_ids = each.value.github.team_ids
  username = each.value.github.username

  adopt_existing    = var.adopt_existing
  reinvite_expired  = var.reinvite_expired
  manage_membership = var.remove_members
}

resource "orginvite_anthropic_invite" "person" {
  for_each = { for name, person in var.people : name => person if person.anthropic != null }

  email = each.value.email
  role  = each.value.anthropic.role

  adopt_existing    = var.adopt_existing
  reinvite_expired  = var.reinvite_expired
  manage_membership = var.remove_members
}
