# By address or invitation id, in the organization of the key
terraform import orginvite_anthropic_invite.ada ada@example.com
terraform import orginvite_anthropic_invite.ada invite_01AbCdEfGhIjKlMnOpQrSt

# With the organization, which must be that of the key
terraform import orginvite_anthropic_invite.ada 3f8a1c52-7d4e-4b6a-9c1d-2e5f7a9b0c3d/ada@example.com
terraform import orginvite_anthropic_invite.ada 3f8a1c52-7d4e-4b6a-9c1d-2e5f7a9b0c3d/invite_01AbCdEfGhIjKlMnOpQrSt
