import {
  to = orginvite_elastic_cloud_invite.ada
  id = "2873562817/ada@example.com"
}
