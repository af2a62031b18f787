// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package snyk

// NewBackend makes a client for tests outside of the package.
var NewBackend = newBackend
