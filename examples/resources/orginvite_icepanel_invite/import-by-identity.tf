import {
  to = orginvite_icepanel_invite.ada
  identity = {
    organization_id = "VF7i3WkrQAeGF0Xm1Yo2"
    email           = "ada@example.com"
  }
}
