// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package platform

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/tfinvite"
)

// Settings are the parts of the configuration that all platforms share.
type Settings struct {
	// MaxRetries is how often a request that is safe to repeat is repeated after a transient failure.
	MaxRetries int
	// RequestTimeout is the limit for one request.
	RequestTimeout time.Duration
	// UserAgent names the provider and its version.
	UserAgent string
	// Getenv reads the environment.
	Getenv func(string) string
}

// Connect returns the connection that the platform's block, the environment and the defaults describe, in this order
// of precedence. It makes no request. Errors are kept in the connection and reported when it is used, so that a
// platform that is not used needs no configuration.
func (p Platform) Connect(block types.Object, settings Settings) *tfinvite.Connection {
	values := arguments{block: block, getenv: settings.Getenv}
	connection := &tfinvite.Connection{
		Platform:        p.Name,
		Title:           p.Title,
		Organization:    values.get("organization_id", p.OrganizationEnv),
		OrganizationEnv: p.OrganizationEnv,
		OwnOrganization: p.OwnOrganization,
		Configured:      p.configured(values),
	}
	baseURL := values.get("base_url", p.BaseURLEnv)
	credential, secret, problem := p.credential(values)
	switch {
	case problem != nil:
		connection.Problems.Append(problem)
		return connection
	case baseURL.IsUnknown() || secret.IsUnknown():
		connection.Pending = true
		return connection
	}
	if baseURL.IsNull() {
		baseURL = types.StringValue(p.BaseURL)
	}
	base, err := ParseBaseURL(baseURL.ValueString())
	if err != nil {
		connection.Problems.AddError("Unusable base URL of "+p.Title,
			fmt.Sprintf("base_url in the provider's %s block, or the environment variable %s, is invalid: %s.",
				p.Name, p.BaseURLEnv, err))
		return connection
	}
	value := strings.TrimSpace(secret.ValueString())
	connection.Service = p.Open(api.New(api.Config{
		Platform:  p.Title,
		BaseURL:   base,
		Authorize: func(header http.Header) { credential.Authorize(header, value) },
		// A key may consist of an id and a secret, separated by a colon. Both halves are masked.
		Secrets:    append(strings.Split(value, ":"), value),
		UserAgent:  settings.UserAgent,
		MaxRetries: settings.MaxRetries,
		Timeout:    settings.RequestTimeout,

		SerialWrites: p.SerialWrites,
	}))
	return connection
}

// credential chooses how to authenticate. Any credential in the block comes before all credentials in the environment:
// a token in the block must not lose to a key that happens to be exported.
func (p Platform) credential(values arguments) (Credential, types.String, diag.Diagnostic) {
	var chosen []Credential
	for _, credential := range p.Credentials {
		switch value := values.configured(credential.Attribute); {
		case value.IsUnknown(): // it may be null in the end
			return credential, value, nil
		case !value.IsNull():
			chosen = append(chosen, credential)
		}
	}
	if len(chosen) > 1 {
		return Credential{}, types.StringNull(), diag.NewErrorDiagnostic("More than one credential for "+p.Title,
			fmt.Sprintf("The provider's %s block sets %s and %s. Set one of them.",
				p.Name, chosen[0].Attribute, chosen[1].Attribute))
	}
	if len(chosen) == 1 {
		return chosen[0], values.configured(chosen[0].Attribute), nil
	}
	for _, credential := range p.Credentials {
		if value := values.get(credential.Attribute, credential.Env); !value.IsNull() {
			return credential, value, nil
		}
	}
	return Credential{}, types.StringNull(), diag.NewErrorDiagnostic("No credential for "+p.Title,
		fmt.Sprintf("Set %s in the provider's %s block, or the environment variable %s.",
			p.names(func(c Credential) string { return c.Attribute }), p.Name,
			p.names(func(c Credential) string { return c.Env })))
}

// configured reports whether the platform is meant to be used: its block is there, or the environment has a credential
// and an organization. Many shells have a token for other programs.
func (p Platform) configured(values arguments) bool {
	if !values.block.IsNull() {
		return true
	}
	return values.getenv(p.OrganizationEnv) != "" && slices.ContainsFunc(p.Credentials, func(credential Credential) bool {
		return !values.get(credential.Attribute, credential.Env).IsNull()
	})
}

// names lists one name of each credential.
func (p Platform) names(of func(Credential) string) string {
	var names []string
	for _, credential := range p.Credentials {
		names = append(names, of(credential))
	}
	return strings.Join(names, " or ")
}

// arguments are the arguments of one platform.
type arguments struct {
	block  types.Object
	getenv func(string) string
}

// configured is the value in the block. It is unknown while the block is unknown, and null for an empty string.
func (a arguments) configured(name string) types.String {
	if a.block.IsUnknown() {
		return types.StringUnknown()
	}
	value, ok := a.block.Attributes()[name].(types.String)
	if !ok || !value.IsUnknown() && value.ValueString() == "" {
		return types.StringNull()
	}
	return value
}

// get is the value in the block, otherwise that of the environment variable, otherwise null.
func (a arguments) get(name, env string) types.String {
	if value := a.configured(name); !value.IsNull() {
		return value
	}
	return tfinvite.Text(a.getenv(env))
}
