# Reports who has not accepted. It is a configuration of its own because its output changes when
# somebody accepts, and the plan of the invitations should stay empty then.

terraform {
  required_version = ">= 1.5"

  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

provider "orginvite" {}

data "orginvite_invites" "pending" {}

output "pending" {
  description = "Pending and expired invitations on all configured platforms."
  value       = data.orginvite_invites.pending.invites
}
