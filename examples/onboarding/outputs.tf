# Not the status: it changes when somebody accepts, and then every plan would show a changed output.
# examples/pending reports who has not accepted yet.

output "platforms" {
  description = "The platforms that each person is invited to."
  value = {
    for name, person in var.people : name => compact([
      person.icepanel == null ? "" : "IcePanel",
      person.snyk == null ? "" : "Snyk",
      person.elastic_cloud == null ? "" : "Elastic Cloud",
    ])
  }
}
