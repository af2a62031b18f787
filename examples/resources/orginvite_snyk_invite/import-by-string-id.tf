import {
  to = orginvite_snyk_invite.ada
  id = "0d3728ec-eebf-484d-9907-ba238019f10b/ada@example.com"
}
