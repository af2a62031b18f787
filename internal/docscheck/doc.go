// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package docscheck tries what the documentation shows: the examples, the module's own
// tests, the configurations in guides, the messages that are explained, the links. It is tests only.
package docscheck
