terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}
