import {
  to = orginvite_icepanel_invites_exclusive.this
  identity = {
    organization_id = "VF7i3WkrQAeGF0Xm1Yo2"
  }
}
