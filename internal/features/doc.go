// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package features holds the tests of what only newer versions of Terraform use: resource identity, list resources,
// actions and functions. They drive the provider through prototest, so that they run whatever Terraform is installed;
// acceptance_test.go tries the same with a real one.
package features
