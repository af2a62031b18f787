people = {
  ada = {
    email         = "ada@example.com"
    icepanel      = { permission = "admin" }
    snyk          = { role = "Org Admin" }
    elastic_cloud = { organization_role = "billing-admin", deployment_role = "deployment-admin" }
  }
  barbara = {
    email         = "barbara@example.com"
    icepanel      = { permission = "write" }
    snyk          = { role = "Org Collaborator" }
    elastic_cloud = { deployment_role = "deployment-editor" }
  }
  edsger = {
    email    = "edsger@example.com"
    icepanel = { permission = "read" }
  }
  grace = {
    email         = "grace@example.com"
    snyk          = { role = "Org Collaborator" }
    elastic_cloud = { deployment_role = "deployment-viewer" }
  }
}
