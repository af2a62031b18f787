// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package prototest is Terraform as a provider sees it: a client of the plugin protocol, in process and without gRPC.
//
// It does what Terraform core does between a configuration and a provider: it validates, upgrades state, refreshes,
// proposes values, plans, applies, replaces in both orders, keeps deposed objects, and imports. It also runs actions,
// data sources, list resources and functions. And it checks what core checks: a plan against its configuration, the
// plan of an apply against the plan that was shown, and a result against its plan. A provider that fails such a check
// gets the error that Terraform would show; see [IsDefect].
//
// [Terraform] is an installed provider, [Process] is one process of it, and [Workspace] is a configuration with its
// state, on which whole walks are made. Terraform starts a process for each walk, and so does Workspace.
//
// It knows nothing of this provider. A test passes the server that ships, or one of its own:
//
//	terraform := prototest.New(provider.NewServer("test"))
package prototest
