// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package browsertest tests the inbox of the fake as people use it: it starts what `make play` starts, opens the inbox in
// a real browser, presses the buttons, and asks a real Terraform what came of it. It is a module of its own, so that what
// drives the browser is no dependency of the provider, and it imports nothing of the provider: it sees programs only.
//
// `make test-browser` runs it. The pictures are in .cache/screenshots afterwards.
package browsertest
