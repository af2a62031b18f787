variable "people" {
  description = "The people to invite, and what each gets on each platform. Leave out platforms that a person does not need."
  type = map(object({
    email = string

    icepanel = optional(object({
      permission = string # read, write, admin or billing
    }))
    snyk = optional(object({
      role = string # the name of one of the group's roles
    }))
    elastic_cloud = optional(object({
      organization_role = optional(string) # such as billing-admin
      deployment_role   = optional(string) # such as deployment-viewer, on all deployments
    }))
    github = optional(object({
      role     = optional(string, "member") # member or admin
      team_ids = optional(set(number))      # teams to join on acceptance
      username = optional(string)           # the account that is expected to accept
    }))
    anthropic = optional(object({
      role = string # such as developer
    }))
  }))

  validation {
    condition     = length(distinct([for person in var.people : lower(person.email)])) == length(var.people)
    error_message = "Two people have the same address. Each person needs one line."
  }
}

variable "adopt_existing" {
  description = "Take over existing invitations and members instead of failing. Set it for the first apply in an organization that already has people."
  type        = bool
  default     = false
}

variable "reinvite_expired" {
  description = "Send another invitation when one has expired. Those to Snyk do not expire."
  type        = bool
  default     = false
}

variable "remove_members" {
  description = "Remove members who are removed from the map. Without it, only their pending invitations are revoked."
  type        = bool
  default     = false
}
