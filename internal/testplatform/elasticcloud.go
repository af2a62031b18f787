// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package testplatform

import (
	"math/rand/v2"
	"time"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

var elasticCloud = Platform{
	Name: fake.ElasticCloud,
	Grants: func(_ *fake.Fake, organization string) []Grant {
		yes, no := true, false
		return []Grant{
			roleAssignments("deployment-viewer (all)",
				map[string]any{"deployment": []any{map[string]any{"role_id": "deployment-viewer", "all": true}}},
				map[string]any{
					"organization": nil, "project": nil,
					"deployment": []any{map[string]any{
						"role_id": "deployment-viewer", "all": true, "deployment_ids": nil, "application_roles": nil,
					}},
				},
				fake.RoleAssignments{Deployment: []fake.RoleAssignment{
					{OrganizationID: organization, RoleID: "deployment-viewer", All: &yes},
				}}),
			roleAssignments("security-editor (p1 p2)",
				map[string]any{"project": map[string]any{"security": []any{
					map[string]any{"role_id": "security-editor", "project_ids": []any{"p1", "p2"}},
				}}},
				map[string]any{
					"organization": nil, "deployment": nil,
					"project": map[string]any{
						"elasticsearch": nil, "observability": nil, "workplaceai": nil, "vectordb": nil,
						"security": []any{map[string]any{
							"role_id": "security-editor", "all": nil, "project_ids": []any{"p1", "p2"}, "application_roles": nil,
						}},
					},
				},
				fake.RoleAssignments{Project: map[string][]fake.RoleAssignment{"security": {
					{OrganizationID: organization, RoleID: "security-editor", All: &no, ProjectIDs: []string{"p1", "p2"}},
				}}}),
			roleAssignments("billing-admin",
				map[string]any{"organization": []any{map[string]any{"role_id": "billing-admin"}}},
				map[string]any{
					"organization": []any{map[string]any{"role_id": "billing-admin", "application_roles": nil}},
					"deployment":   nil, "project": nil,
				},
				fake.RoleAssignments{Organization: []fake.RoleAssignment{
					{OrganizationID: organization, RoleID: "billing-admin"},
				}}),
			roleAssignments("deployment-viewer (d1 d2)",
				map[string]any{"deployment": []any{
					map[string]any{"role_id": "deployment-viewer", "deployment_ids": []any{"d1", "d2"}},
				}},
				map[string]any{
					"organization": nil, "project": nil,
					"deployment": []any{map[string]any{
						"role_id": "deployment-viewer", "all": nil, "deployment_ids": []any{"d1", "d2"}, "application_roles": nil,
					}},
				},
				fake.RoleAssignments{Deployment: []fake.RoleAssignment{
					{OrganizationID: organization, RoleID: "deployment-viewer", All: &no, DeploymentIDs: []string{"d1", "d2"}},
				}}),
			{State: map[string]any{"role_assignments": nil}}, // no roles at all
		}
	},
	ExpiresIn:         "72h",
	Lifetime:          72 * time.Hour,
	IDIsEmail:         true,
	Keeps:             []fake.Status{fake.Expired},
	Batches:           true,
	RefusesDuplicates: true,
	Vary: func(chance *rand.Rand, s *fake.Behaviors) {
		s.ElasticCloud.Emails = pick(chance, fake.AsSent, fake.LowerCased)
		s.ElasticCloud.Reinvite = pick(chance, fake.ReinviteRefused, fake.ReinviteRefused, fake.ReinviteRefreshes,
			fake.ReinviteRefreshesEnd)
		s.ElasticCloud.PartialBatches = chance.IntN(2) == 0
		s.ElasticCloud.KeepAccepted = chance.IntN(2) == 0
		s.ElasticCloud.DropExpired = chance.IntN(2) == 0
		s.ElasticCloud.UnsetLists = pick(chance, fake.ListsAbsent, fake.ListsNull, fake.ListsEmpty)
	},
}

func roleAssignments(text string, arguments, state map[string]any, has fake.RoleAssignments) Grant {
	return Grant{
		Arguments: map[string]any{"role_assignments": arguments},
		Fake:      fake.Grant{RoleAssignments: &has},
		State:     map[string]any{"role_assignments": state},
		Text:      text,
	}
}
