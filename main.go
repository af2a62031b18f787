// Command terraform-provider-orginvite is a Terraform provider that declares
// who is invited to an organization.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: prints what TF_REATTACH_PROVIDERS has to be")
	flag.Parse()
	if err := silenceLoggers(); err != nil {
		log.Fatal(err)
	}
	collectLazily()
	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address: "registry.terraform.io/orginvite/orginvite",
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
