// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/json"
	"fmt"
)

var (
	roleScopes   = []string{"platform", "organization", "deployment", "project"}
	projectTypes = []string{"elasticsearch", "observability", "security", "workplaceai", "vectordb"}
)

// readRoleAssignments reads the object and holds it to the rules: a role and an organization in every assignment, and a
// list of ids exactly where not all are meant.
func readRoleAssignments(raw json.RawMessage) (*RoleAssignments, error) {
	scopes, err := readFields(raw)
	if err != nil {
		return nil, fmt.Errorf("role_assignments %w", err)
	}
	if extra := scopes.beyond(roleScopes...); extra != "" {
		return nil, fmt.Errorf("role_assignments has no scope %q", extra)
	}
	var read RoleAssignments
	if read.Platform, err = readAssignments(scopes, "platform", ""); err != nil {
		return nil, err
	}
	if read.Organization, err = readAssignments(scopes, "organization", ""); err != nil {
		return nil, err
	}
	if read.Deployment, err = readAssignments(scopes, "deployment", "deployment_ids"); err != nil {
		return nil, err
	}
	if !scopes.has("project") {
		return &read, nil
	}
	projects, err := readFields(scopes["project"])
	if err != nil {
		return nil, fmt.Errorf("project %w", err)
	}
	if extra := projects.beyond(projectTypes...); extra != "" {
		return nil, fmt.Errorf("there are no %q projects", extra)
	}
	read.Project = map[string][]RoleAssignment{}
	for kind := range projects {
		list, err := readAssignments(projects, kind, "project_ids")
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			read.Project[kind] = list
		}
	}
	return &read, nil
}

// readAssignments reads one list; ids is the field that names what a role is for, "" where there is none.
func readAssignments(scopes fields, scope, ids string) ([]RoleAssignment, error) {
	var list []json.RawMessage
	if err := scopes.readOptional(scope, &list); err != nil {
		return nil, err
	}
	read := make([]RoleAssignment, 0, len(list))
	for _, raw := range list {
		assignment, err := readAssignment(raw, scope != "platform", ids)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", scope, err)
		}
		read = append(read, assignment)
	}
	return read, nil
}

func readAssignment(raw json.RawMessage, owned bool, ids string) (RoleAssignment, error) {
	var read RoleAssignment
	entry, err := readFields(raw)
	if err != nil {
		return read, err
	}
	known := []string{"role_id"}
	if owned {
		known = append(known, "organization_id", "application_roles")
	}
	if ids != "" {
		known = append(known, "all", ids)
	}
	if extra := entry.beyond(known...); extra != "" {
		return read, fmt.Errorf("unknown field %q", extra)
	}
	if err := entry.read("role_id", &read.RoleID); err != nil || read.RoleID == "" {
		return read, fmt.Errorf("role_id is required")
	}
	if !owned {
		return read, nil
	}
	if err := entry.read("organization_id", &read.OrganizationID); err != nil || read.OrganizationID == "" {
		return read, fmt.Errorf("organization_id is required")
	}
	if err := entry.readOptional("application_roles", &read.ApplicationRoles); err != nil {
		return read, err
	}
	if ids == "" {
		return read, nil
	}
	err = read.readReach(entry, ids)
	return read, err
}

// readReach reads what the role is for: everything, or the things listed.
func (a *RoleAssignment) readReach(entry fields, ids string) error {
	all := false
	if err := entry.readOptional("all", &all); err != nil {
		return err
	}
	a.All = &all
	if all {
		if entry.has(ids) {
			return fmt.Errorf("%s must be absent when all is true", ids)
		}
		return nil
	}
	list := &a.DeploymentIDs
	if ids == "project_ids" {
		list = &a.ProjectIDs
	}
	if err := entry.readOptional(ids, list); err != nil {
		return err
	}
	if len(*list) == 0 {
		return fmt.Errorf("%s must be present when all is false", ids)
	}
	return nil
}
