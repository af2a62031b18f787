// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package budget_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
	"github.com/orginvite/terraform-provider-orginvite/internal/fake/faketest"
	"github.com/orginvite/terraform-provider-orginvite/internal/prototest"
	"github.com/orginvite/terraform-provider-orginvite/internal/provider"
	"github.com/orginvite/terraform-provider-orginvite/internal/testplatform"
)

func TestMain(m *testing.M) {
	faketest.UseMemory()
	os.Exit(m.Run())
}

var terraform = prototest.Shared(provider.NewServer("test"))

// parallelism is how many resources Terraform works on at once.
const parallelism = 10

// organization is one platform with one organization, and a Terraform that manages its invitations.
type organization struct {
	t *testing.T
	*faketest.World
	*prototest.Workspace
	platform testplatform.Platform
	grants   []testplatform.Grant
}

// onEach runs a test on every platform, each in a bubble of its own.
func onEach(t *testing.T, test func(*testing.T, testplatform.Platform)) {
	t.Helper()
	for _, platform := range testplatform.All {
		on(t, platform, test)
	}
}

// on runs a test on one platform.
func on(t *testing.T, platform testplatform.Platform, test func(*testing.T, testplatform.Platform)) {
	t.Helper()
	t.Run(string(platform.Name), func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) { test(t, platform) })
	})
}

// newOrganization starts a platform on which nobody is invited.
func newOrganization(
	t *testing.T, platform testplatform.Platform, behaviors ...func(*fake.Behaviors),
) *organization {
	t.Helper()
	terraform() // outside of what is measured
	world := faketest.New(t, behaviors...)
	return &organization{
		t: t, World: world, platform: platform,
		grants: platform.Grants(world.Fake, world.Organization(platform.Name)),
		Workspace: &prototest.Workspace{
			Terraform: terraform(), State: prototest.State{}, Declared: map[string]prototest.Resource{},
			Block: prototest.Attributes{string(platform.Name): world.Block(platform.Name)},
			Run:   prototest.Parallel(parallelism),
		},
	}
}

// email is the address of a person, address that of the resource.
func email(person int) string { return fmt.Sprintf("person%04d@example.com", person) }

func (o *organization) address(person int) string {
	return fmt.Sprintf("%s.person%04d", o.platform.Resource(), person)
}

// declare declares people from one to before another, who are all granted the same.
func (o *organization) declare(from, to int, grant testplatform.Grant, more ...prototest.Attributes) {
	for person := from; person < to; person++ {
		arguments := prototest.Attributes{"email": email(person)}
		for _, part := range append(more, grant.Arguments) {
			maps.Copy(arguments, part)
		}
		o.Declared[o.address(person)] = prototest.Resource{Type: o.platform.Resource(), Arguments: arguments}
	}
}

// person is what state has of a person; nil for nothing.
func (o *organization) person(person int) *prototest.Object {
	if instance := o.State[o.address(person)]; instance != nil {
		return instance.Current
	}
	return nil
}

// plan is `terraform plan`. It fails the test if there is an error.
func (o *organization) plan() *prototest.Plan {
	o.t.Helper()
	plan := o.Plan(o.t.Context())
	o.good(plan.Reports)
	return plan
}

// apply is `terraform apply`. It returns the requests of the second of its two walks.
func (o *organization) apply() faketest.Counts {
	o.t.Helper()
	plan := o.plan()
	return o.During(func() { o.good(o.Apply(o.t.Context(), plan)) }).Count()
}

// refresh is `terraform apply -refresh-only`. It returns its requests.
func (o *organization) refresh() faketest.Counts {
	o.t.Helper()
	return o.During(func() { o.good(o.Refresh(o.t.Context())) }).Count()
}

func (o *organization) good(reports []prototest.Report) {
	o.t.Helper()
	if at := slices.IndexFunc(reports, prototest.Report.IsError); at >= 0 {
		o.t.Fatal(reports[at])
	}
}

// changes is how many resources a plan changes.
func changes(plan *prototest.Plan) (count int) {
	for _, change := range plan.Changes {
		if change.Action != prototest.NoOp {
			count++
		}
	}
	return count
}

// invite declares so many people and has them invited.
func (o *organization) invite(people int) {
	o.t.Helper()
	o.declare(0, people, o.grants[0])
	o.apply()
}

// accept has people accept, from one to before another.
func (o *organization) accept(from, to int) {
	o.t.Helper()
	for person := from; person < to; person++ {
		if _, err := o.Accept(o.platform.Name, "", email(person)); err != nil {
			o.t.Fatal(err)
		}
	}
}

// seedMembers puts members there who have nothing to do with anybody.
func (o *organization) seedMembers(count int) {
	o.t.Helper()
	for n := range count {
		member := fake.Member{Email: fmt.Sprintf("other%d@example.com", n)}
		if _, err := o.SeedMember(o.platform.Name, "", member); err != nil {
			o.t.Fatal(err)
		}
	}
}
