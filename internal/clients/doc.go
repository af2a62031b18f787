// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package clients runs the official clients of the platforms against the fake, unchanged but for the base URL. The fake
// and this provider's own client were written by reading the same documentation. Here somebody else has read it, too.
package clients
