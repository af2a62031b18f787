# By address or invitation id, in the organization of the provider's configuration
terraform import orginvite_snyk_invite.ada ada@example.com
terraform import orginvite_snyk_invite.ada 4a18d42f-0706-4ad0-b127-24078731fbed

# In another organization
terraform import orginvite_snyk_invite.ada 0d3728ec-eebf-484d-9907-ba238019f10b/ada@example.com
terraform import orginvite_snyk_invite.ada 0d3728ec-eebf-484d-9907-ba238019f10b/4a18d42f-0706-4ad0-b127-24078731fbed
