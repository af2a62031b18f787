team = {
  ada     = { email = "ada@example.com", icepanel = "admin", snyk = "Org Admin", elastic_cloud = "deployment-admin" }
  barbara = { email = "barbara@example.com", icepanel = "write", snyk = "Org Collaborator", elastic_cloud = "deployment-editor" }
  edsger  = { email = "edsger@example.com", icepanel = "read" }
  grace   = { email = "grace@example.com", snyk = "Org Collaborator", elastic_cloud = "deployment-viewer" }
}
