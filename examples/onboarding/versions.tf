terraform {
  required_version = ">= 1.5"

  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}
