// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package acctest runs stories about invitations on a real Terraform, or OpenTofu, against the platforms in package
// fake. Only tests import it.
//
// A story that every platform has is here once, for a [Subject]. It runs on each platform if what happens depends on the
// platform, and on one of them otherwise; EVERYWHERE=1 runs every story on each. What only one platform has is in that
// platform's own acceptance tests. Every test that needs Terraform is named TestAcc, and is skipped unless TF_ACC is set.
//
// There are two ways to run Terraform. [World.Test] runs a test case of terraform-plugin-testing, which after each step
// also wants an empty plan; what a step costs, mails and warns of are checks of the step. [Workspace] runs one command
// at a time through terraform-exec. It is for what a test case cannot say: how many errors there are, what a failed
// apply leaves, what happens between a saved plan and its apply, and options that the testing package does not have.
package acctest
