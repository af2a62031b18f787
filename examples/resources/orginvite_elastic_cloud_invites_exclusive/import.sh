# Id of the organization
terraform import orginvite_elastic_cloud_invites_exclusive.this 2873562817
