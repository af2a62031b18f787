package acctest

import (
	"fmt"
	"strings"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// Subject is what the stories need to know about one platform.
type Subject struct {
	Platform fake.Platform
	// Grants returns two different things to grant, which both leave room for more of their kind.
	Grants func(w *World) (a, b Grant)
	// Lifetime is the default of expires_in; empty where invitations do not end.
	Lifetime string
	// FixedEnd: expires_at can be set.
	FixedEnd bool
	// SecretIDs: an invitation is known by its address.
	SecretIDs bool
	// Keeps are the states, beside pending, in which the platform still lists an invitation.
	Keeps []fake.Status
	// Pages is how many requests it takes to list so many invitations.
	Pages func(invitations int) int
	// Crowd is how many people make a crowd.
	Crowd int
	// SilentRevoke: revoking an invitation that was revoked already looks like revoking it.
	SilentRevoke bool
	// RefusesDuplicates: an address that is invited cannot be invited again.
	RefusesDuplicates bool
	// Batches: several invitations are sent and revoked with one request.
	Batches bool
	// Credential and CredentialEnv are the first way to authenticate, Other is another argument for it, if there is one.
	Credential, CredentialEnv, Other string
	// OrganizationEnv is the variable of the organization.
	OrganizationEnv string
	// Wrong are arguments of the resource that no plan may let pass.
	Wrong []Wrong
	// Filter is a data source's argument that selects what A grants.
	Filter func(a Grant) string
}

// Grant is something to grant, in the words of everybody concerned.
type Grant struct {
	// HCL are the arguments of the resource.
	HCL string
	// Fake is what the platform has then.
	Fake fake.Grant
	// State are the attributes in state.
	State map[string]any
	// Text is how a message tells it.
	Text string
}

// Wrong are arguments that an error must refuse.
type Wrong struct {
	Name string
	// HCL are arguments in the place of those of A, beside the address.
	HCL string
	// Says is part of the error.
	Says []string
}

// Resource is the type of the platform's invitations.
func (s Subject) Resource() string { return fmt.Sprintf("orginvite_%s_invite", s.Platform) }

// At is the address of the invitation that is declared under a name.
func (s Subject) At(name string) string { return s.Resource() + "." + name }

// Declare declares an invitation under a name.
func (s Subject) Declare(name, email string, grant Grant, arguments ...string) string {
	lines := append([]string{fmt.Sprintf("email = %q", email), grant.HCL}, arguments...)
	return fmt.Sprintf("resource %q %q {\n  %s\n}\n", s.Resource(), name, strings.Join(lines, "\n  "))
}
