variable "people" {
  description = "Who is invited, and what they get on each platform. Leave out the platforms that a person does not need."
  type = map(object({
    email = string

    icepanel = optional(object({
      permission = string # read, write, admin or billing
    }))
    snyk = optional(object({
      role = string # the name of a role of the group
    }))
    elastic_cloud = optional(object({
      organization_role = optional(string) # such as billing-admin
      deployment_role   = optional(string) # such as deployment-viewer, on all deployments
    }))
  }))

  validation {
    condition     = length(distinct([for person in var.people : lower(person.email)])) == length(var.people)
    error_message = "Two people have the same address. Each person needs one line."
  }
}

variable "adopt_existing" {
  description = "Take over invitations and members that are there already, in place of an error. For the first apply in an organization that has people."
  type        = bool
  default     = false
}

variable "reinvite_expired" {
  description = "Send another invitation when one ran out. Snyk's do not."
  type        = bool
  default     = false
}

variable "remove_members" {
  description = "Whoever is taken off the list loses access, also after accepting. Without it only invitations that are still pending are revoked."
  type        = bool
  default     = false
}
