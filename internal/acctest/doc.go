// Package acctest tells stories about invitations with a real Terraform, or
// OpenTofu, against the platforms in package fake. Only tests import it.
//
// A story that every platform has is written once here, for a [Subject]; what
// only one platform has is in that platform's own acceptance_test.go.
//
// There are two ways to run Terraform. [Case] is the testing framework's, which
// after each step also checks that a second plan is empty. [World.Workspace] is a
// working directory where a story gives one command at a time, for what happens
// between two commands, and for warnings, which the framework does not show.
package acctest
