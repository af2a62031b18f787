// Command terraform-provider-orginvite is a Terraform provider that declares
// who is invited to an organization.
package main

import (
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
)

// version is set when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger: prints what TF_REATTACH_PROVIDERS has to be")
	flag.Parse()
	silent, err := silenceLoggers()
	if err != nil {
		log.Fatal(err)
	}
	collectLazily()
	var options []tf6server.ServeOpt
	if *debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	err = tf6server.Serve("registry.terraform.io/orginvite/orginvite", func() tfprotov6.ProviderServer {
		framework := providerserver.NewProtocol6(provider.New(version)())()
		if silent {
			return forgetful(framework)
		}
		return framework
	}, options...)
	if err != nil {
		log.Fatal(err)
	}
}
