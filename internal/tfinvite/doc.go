// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package tfinvite is the Terraform layer: the resource, data sources, list resource and actions of every platform. It
// only translates between Terraform and package invite, which decides what happens.
//
// Start with resource.go, and with plan.go and plan_update.go for what a plan says. A platform brings a [Descriptor] and
// a [Model]; registration.go turns them into what the provider registers.
package tfinvite
