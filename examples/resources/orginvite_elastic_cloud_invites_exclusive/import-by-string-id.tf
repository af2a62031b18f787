import {
  to = orginvite_elastic_cloud_invites_exclusive.this
  id = "2873562817"
}
