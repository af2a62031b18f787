# It does not show the status, which changes when somebody accepts and would then change the plan.
# examples/pending reports who has not accepted.

output "platforms" {
  description = "The platforms that each person is invited to."
  value = {
    for name, person in var.people : name => compact([
      person.icepanel == null ? "" : "IcePanel",
      person.snyk == null ? "" : "Snyk",
      person.elastic_cloud == null ? "" : "Elastic Cloud",
      person.github == null ? "" : "GitHub",
      person.anthropic == null ? "" : "Anthropic",
    ])
  }
}
