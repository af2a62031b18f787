// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

// Grant is what an invitation offers or a member has. Each platform uses its own fields and leaves the others empty.
// The fake never changes a Grant in place, so that snapshots may share it.
type Grant struct {
	// Permission is IcePanel's: read, write, admin or billing.
	Permission string `json:"permission,omitempty"`
	// LandscapePermissions is IcePanel's; nil and empty differ.
	LandscapePermissions map[string]bool `json:"landscape_permissions,omitzero"`
	// RoleID is the public id of a Snyk role. Whoever seeds may give Role, the name, instead.
	RoleID string `json:"role_id,omitempty"`
	// On GitHub, Role is member or admin; an invitation can have further ones.
	Role string `json:"role,omitempty"`
	// TeamIDs are GitHub's teams, in ascending order.
	TeamIDs []int64 `json:"team_ids,omitempty"`
	// RBACGroupIDs are Anthropic's groups, beside Role, the only name of its roles.
	RBACGroupIDs []string `json:"rbac_group_ids,omitzero"`
	// RoleAssignments is Elastic Cloud's.
	RoleAssignments *RoleAssignments `json:"role_assignments,omitempty"`
}

// RoleAssignments is the object of that name in Elastic Cloud's API.
type RoleAssignments struct {
	Platform     []RoleAssignment            `json:"platform,omitempty"`
	Organization []RoleAssignment            `json:"organization,omitempty"`
	Deployment   []RoleAssignment            `json:"deployment,omitempty"`
	Project      map[string][]RoleAssignment `json:"project,omitempty"`
}

// RoleAssignment is one role in one scope. All, DeploymentIDs and ProjectIDs belong to the deployment and project
// scopes; All is nil everywhere else.
type RoleAssignment struct {
	OrganizationID   string   `json:"organization_id,omitempty"`
	RoleID           string   `json:"role_id"`
	All              *bool    `json:"all,omitempty"`
	DeploymentIDs    []string `json:"deployment_ids,omitempty"`
	ProjectIDs       []string `json:"project_ids,omitempty"`
	ApplicationRoles []string `json:"application_roles,omitempty"`
}
