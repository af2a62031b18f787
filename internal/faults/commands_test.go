// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package faults

import (
	"context"
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
)

// invokeAction invokes an action of the platform.
func (o *organization) invokeAction(action, email string) outcome {
	name := "orginvite_" + string(o.platform.Name) + "_" + action
	return o.do(func(ctx context.Context, process *prototest.Process) prototest.Diagnostics {
		progress, diags := process.Invoke(ctx, name, prototest.Attributes{"email": email})
		fmt.Fprintln(&o.shown, progress)
		return diags
	})
}

// queries runs `terraform query`. It returns the addresses that it found, and whether it found all.
func (o *organization) queries() (out outcome, found []string, complete bool) {
	out = o.do(func(ctx context.Context, process *prototest.Process) prototest.Diagnostics {
		all, diags := process.List(ctx, o.platform.Resource(), prototest.Query{Include: true})
		for _, one := range all {
			fmt.Fprintln(&o.shown, one)
			email, _ := one.Identity["email"].(string)
			found = append(found, strings.ToLower(email))
		}
		complete = !diags.HasErrors()
		return diags
	})
	return out, found, complete
}

// readAll reads every data source of the platform. It returns the addresses of the pending invitations, and whether
// these are all.
func (o *organization) readAll() (out outcome, found []string, complete bool) {
	prefix := "orginvite_" + string(o.platform.Name) + "_"
	out = o.do(func(ctx context.Context, process *prototest.Process) (all prototest.Diagnostics) {
		for name := range process.Schemas.DataSourceSchemas {
			if name != "orginvite_invites" && !strings.HasPrefix(name, prefix) {
				continue
			}
			read, diags := process.ReadDataSource(ctx, name, nil)
			fmt.Fprintln(&o.shown, read)
			all = append(all, diags...)
			if name == prefix+"invites" && !diags.HasErrors() {
				complete = true
				invites, _ := read["invites"].([]any)
				for _, one := range invites {
					email, _ := one.(prototest.Attributes)["email"].(string)
					found = append(found, strings.ToLower(email))
				}
			}
		}
		return all
	})
	return out, found, complete
}
