import {
  to = orginvite_icepanel_invite.ada
  id = "VF7i3WkrQAeGF0Xm1Yo2/ada@example.com"
}
