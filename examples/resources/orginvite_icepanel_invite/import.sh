# By address or invitation id, in the organization of the provider's configuration
terraform import orginvite_icepanel_invite.ada ada@example.com
terraform import orginvite_icepanel_invite.ada Xq3ZtB9cPLm0RkD7uWvE

# In another organization
terraform import orginvite_icepanel_invite.ada VF7i3WkrQAeGF0Xm1Yo2/ada@example.com
terraform import orginvite_icepanel_invite.ada VF7i3WkrQAeGF0Xm1Yo2/Xq3ZtB9cPLm0RkD7uWvE
