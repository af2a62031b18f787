import {
  to = orginvite_elastic_cloud_invites_exclusive.this
  identity = {
    organization_id = "2873562817"
  }
}
