package elasticcloud

import (
	"errors"
	"slices"
)

// wireRoles is RoleAssignments, with the scopes that are managed here. What
// else an answer holds is passed over.
type wireRoles struct {
	Organization []wireRole   `json:"organization,omitempty"`
	Deployment   []wireRole   `json:"deployment,omitempty"`
	Project      wireProjects `json:"project,omitzero"`
}

type wireProjects struct {
	Elasticsearch []wireRole `json:"elasticsearch,omitempty"`
	Observability []wireRole `json:"observability,omitempty"`
	Security      []wireRole `json:"security,omitempty"`
}

// wireRole is one role assignment. Of the lists of ids, exactly the one of the scope is sent, and only where all is false.
type wireRole struct {
	OrganizationID   string   `json:"organization_id"`
	RoleID           string   `json:"role_id"`
	All              *bool    `json:"all,omitempty"`
	DeploymentIDs    []string `json:"deployment_ids,omitzero"`
	ProjectIDs       []string `json:"project_ids,omitzero"`
	ApplicationRoles []string `json:"application_roles,omitempty"`
}

// in is the list of a scope.
func (w *wireRoles) in(scope Scope) *[]wireRole {
	switch scope {
	case Organization:
		return &w.Organization
	case Deployment:
		return &w.Deployment
	case Elasticsearch:
		return &w.Project.Elasticsearch
	case Observability:
		return &w.Project.Observability
	case Security:
		return &w.Project.Security
	}
	return new([]wireRole)
}

// Check refuses assignments of nothing.
func (w *wireRoles) Check() error {
	for _, scope := range scopes {
		for _, role := range *w.in(scope) {
			if role.RoleID == "" {
				return errors.New("a role assignment lacks its role_id")
			}
		}
	}
	return nil
}

// grant reads what the assignments give in an organization. A person may have roles in others too.
func (w *wireRoles) grant(organization string) Grant {
	grant := Grant{}
	for _, scope := range scopes {
		for _, role := range *w.in(scope) {
			if role.OrganizationID != "" && role.OrganizationID != organization {
				continue
			}
			assignment := Assignment{RoleID: role.RoleID}
			if scope != Organization {
				assignment.All = role.All != nil && *role.All
				assignment.IDs = slices.Concat(role.DeploymentIDs, role.ProjectIDs)
				assignment.ApplicationRoles = role.ApplicationRoles
			}
			grant[scope] = append(grant[scope], assignment)
		}
	}
	return grant.normal()
}

// wireGrant writes a grant as the API wants it: the same text for the same grant.
func wireGrant(grant Grant, organization string) wireRoles {
	var wire wireRoles
	for scope, assignments := range grant.normal() {
		list := wire.in(scope)
		for _, assignment := range assignments {
			role := wireRole{OrganizationID: organization, RoleID: assignment.RoleID, ApplicationRoles: assignment.ApplicationRoles}
			if scope != Organization {
				role.All = &assignment.All
			}
			switch {
			case scope == Organization || assignment.All:
			case scope == Deployment:
				role.DeploymentIDs = append([]string{}, assignment.IDs...)
			default:
				role.ProjectIDs = append([]string{}, assignment.IDs...)
			}
			*list = append(*list, role)
		}
	}
	return wire
}
