# Id of the organization
terraform import orginvite_icepanel_invites_exclusive.this VF7i3WkrQAeGF0Xm1Yo2
