// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Command terraform-provider-orginvite is a Terraform provider that declares
// who is invited to an organization.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: print the value for TF_REATTACH_PROVIDERS")
	flag.Parse()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err := tf6server.Serve("registry.terraform.io/orginvite/orginvite", provider.NewServer(version), options...)
	if err != nil {
		log.Fatal(err)
	}
}
