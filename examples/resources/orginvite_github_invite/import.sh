# By address or invitation id, in the organization of the provider's configuration
terraform import orginvite_github_invite.ada ada@example.com
terraform import orginvite_github_invite.ada 40512345

# In another organization
terraform import orginvite_github_invite.ada example-org/ada@example.com
terraform import orginvite_github_invite.ada example-org/40512345
