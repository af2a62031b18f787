import {
  to = orginvite_icepanel_invites_exclusive.this
  id = "VF7i3WkrQAeGF0Xm1Yo2"
}
