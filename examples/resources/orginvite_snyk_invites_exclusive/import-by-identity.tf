import {
  to = orginvite_snyk_invites_exclusive.this
  identity = {
    organization_id = "0d3728ec-eebf-484d-9907-ba238019f10b"
  }
}
