# In the organization of the provider's configuration
terraform import orginvite_elastic_cloud_invite.ada ada@example.com

# In another organization
terraform import orginvite_elastic_cloud_invite.ada 2873562817/ada@example.com
