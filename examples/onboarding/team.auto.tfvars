people = {
  ada = {
    email         = "ada@example.com"
    icepanel      = { permission = "admin" }
    snyk          = { role = "Org Admin" }
    elastic_cloud = { organization_role = "billing-admin", deployment_role = "deployment-admin" }
    github        = { role = "admin" }
    anthropic     = { role = "developer" }
  }
  barbara = {
    email         = "barbara@example.com"
    icepanel      = { permission = "write" }
    snyk          = { role = "Org Collaborator" }
    elastic_cloud = { deployment_role = "deployment-editor" }
    github        = {}
  }
  edsger = {
    email     = "edsger@example.com"
    icepanel  = { permission = "read" }
    anthropic = { role = "user" }
  }
  grace = {
    email         = "grace@example.com"
    snyk          = { role = "Org Collaborator" }
    elastic_cloud = { deployment_role = "deployment-viewer" }
    github        = {}
    anthropic     = { role = "claude_code_user" }
  }
}
