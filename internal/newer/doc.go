// Package newer holds the tests of what only newer versions of Terraform use:
// resource identity, list resources, actions and functions. They speak to the
// provider's server as such a Terraform would, so that they run everywhere.
package newer
