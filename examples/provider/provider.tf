terraform {
  required_providers {
    orginvite = {
      source = "orginvite/orginvite"
    }
  }
}

variable "icepanel_api_key" {
  type      = string
  sensitive = true
}

variable "snyk_token" {
  type      = string
  sensitive = true
}

variable "elastic_cloud_api_key" {
  type      = string
  sensitive = true
}

variable "github_token" {
  type      = string
  sensitive = true
}

variable "anthropic_admin_api_key" {
  type      = string
  sensitive = true
}

# Every block is optional. So is every argument whose environment variable is set.
provider "orginvite" {
  icepanel = {
    api_key         = var.icepanel_api_key
    organization_id = "VF7i3WkrQAeGF0Xm1Yo2"
  }

  snyk = {
    token           = var.snyk_token
    organization_id = "0d3728ec-eebf-484d-9907-ba238019f10b"
    base_url        = "https://api.eu.snyk.io"
  }

  elastic_cloud = {
    api_key         = var.elastic_cloud_api_key
    organization_id = "2873562817"
  }

  github = {
    token           = var.github_token
    organization_id = "acme-engineering"
  }

  # The key decides the organization.
  anthropic = {
    api_key = var.anthropic_admin_api_key
  }

  max_retries     = 4
  request_timeout = "30s"
}
