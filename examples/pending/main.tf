# Who has not accepted yet? A folder of its own, because what it tells changes
# whenever somebody accepts, and the plan of the invitations stays quiet then.

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
  description = "Invitations that wait for an answer, on every platform that is configured."
  value       = data.orginvite_invites.pending.invites
}
