import {
  to = orginvite_snyk_invite.ada
  identity = {
    organization_id = "0d3728ec-eebf-484d-9907-ba238019f10b"
    email           = "ada@example.com"
  }
}
