import {
  to = orginvite_elastic_cloud_invite.ada
  identity = {
    organization_id = "2873562817"
    email           = "ada@example.com"
  }
}
