package tfinvite

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// attrs are the attributes of a resource: strings, bools, nil for null, or unknown.
type attrs map[string]any

const unknown = tftypes.UnknownValue

// terraform plays Terraform's part with one declared resource, over the real
// protocol: a walk is a process of the provider, as it is with the real one.
type terraform struct {
	t          *testing.T
	memory     *invitetest.Platform
	connection func(*Connection) // changes the provider's configuration
	Delay      bool              // create_before_destroy
	state      attrs
	private    []byte
	identity   *tfprotov6.ResourceIdentityData
}

// step is what came of one thing that Terraform did.
type step struct {
	action   string   // what the plan says: create, update, replace, delete or nothing
	because  []string // what forces the replacement
	planned  attrs
	private  []byte
	warnings []string
	errors   []string
}

func newTerraform(t *testing.T, m *invitetest.Platform) *terraform {
	return &terraform{t: t, memory: m}
}

// process starts the provider.
func (tf *terraform) process() *walk {
	tf.t.Helper()
	kind := descriptor(tf.memory)
	connection := &Connection{Platform: "memory", Title: "Memory", Configured: true, Service: tf.memory.NewService(), Organization: types.StringValue(invitetest.Acme), OrganizationEnv: "MEMORY_ORGANIZATION"}
	if tf.connection != nil {
		tf.connection(connection)
	}
	w := &walk{terraform: tf, server: providerserver.NewProtocol6(&memoryProvider{kind: kind, connection: connection})()}
	w.object, _ = kind.schema().Type().TerraformType(tf.t.Context()).(tftypes.Object)
	if _, err := w.server.ConfigureProvider(tf.t.Context(), &tfprotov6.ConfigureProviderRequest{Config: w.value(tftypes.Object{}, attrs{})}); err != nil {
		tf.t.Fatal(err)
	}
	return w
}

// apply is `terraform apply` without a saved plan: refresh and plan in one
// process, and what is planned in another one. No config is a destroy.
func (tf *terraform) apply(config attrs) step {
	tf.t.Helper()
	planned := tf.plan(config)
	if len(planned.errors) > 0 {
		return planned
	}
	return tf.carryOut(planned, config)
}

// plan is `terraform plan`, and remembers what it refreshed.
func (tf *terraform) plan(config attrs) step {
	tf.t.Helper()
	w := tf.process()
	w.refresh()
	if len(w.step.errors) == 0 {
		w.plan(config)
	}
	if len(w.step.errors) > 0 {
		w.step.action = ""
	}
	return w.step
}

// carryOut applies a plan, in a process of its own.
func (tf *terraform) carryOut(planned step, config attrs) step {
	tf.t.Helper()
	w := tf.process()
	w.step = planned
	old := tf.state
	switch planned.action {
	case "create":
		w.apply(nil, config)
	case "update":
		w.apply(old, config)
	case "delete":
		w.apply(old, nil)
	case "replace":
		switch {
		case tf.Delay:
			w.apply(nil, config)
			if created := tf.state; len(w.step.errors) == 0 {
				w.apply(old, nil)
				tf.state = created
			}
		default:
			w.apply(old, nil)
			if len(w.step.errors) == 0 {
				w.apply(nil, config)
			}
		}
	}
	return w.step
}

// imported is `terraform import`, or an import block, and the refresh that follows.
func (tf *terraform) imported(id string, identity attrs) step {
	tf.t.Helper()
	w := tf.process()
	req := &tfprotov6.ImportResourceStateRequest{TypeName: memoryInvite, ID: id}
	if identity != nil {
		object := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"organization_id": tftypes.String, "email": tftypes.String}}
		req.Identity = &tfprotov6.ResourceIdentityData{IdentityData: w.value(object, identity)}
	}
	resp, err := w.server.ImportResourceState(tf.t.Context(), req)
	w.note(err, resp.Diagnostics)
	if len(w.step.errors) == 0 {
		tf.state, tf.identity, tf.private = w.read(resp.ImportedResources[0].State), resp.ImportedResources[0].Identity, resp.ImportedResources[0].Private
		w.refresh()
	}
	return w.step
}
