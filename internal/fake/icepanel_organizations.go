// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "time"

// icepanelOrganization holds what the description requires; shareLinkAuthDomains may be null.
type icepanelOrganization struct {
	ID                         string                  `json:"id"`
	Name                       string                  `json:"name"`
	LineShapeDefault           string                  `json:"lineShapeDefault"`
	ShareLinkAuthDomains       []string                `json:"shareLinkAuthDomains"`
	ShareLinksEnabled          bool                    `json:"shareLinksEnabled"`
	OAuthLandscapeWriteEnabled bool                    `json:"oauthLandscapeWriteEnabled"`
	BillingPaymentMethod       bool                    `json:"billingPaymentMethod"`
	Plan                       string                  `json:"plan"`
	Status                     string                  `json:"status"`
	Seats                      int                     `json:"seats"`
	UserIDs                    []string                `json:"userIds"`
	Users                      map[string]icepanelUser `json:"users"`
	AutoInviteDomains          []string                `json:"autoInviteDomains"`
	CreatedAt                  string                  `json:"createdAt"`
	CreatedBy                  string                  `json:"createdBy"`
	CreatedByID                string                  `json:"createdById"`
	UpdatedAt                  string                  `json:"updatedAt"`
	UpdatedBy                  string                  `json:"updatedBy"`
	UpdatedByID                string                  `json:"updatedById"`
}

func (p icepanel) wireOrganization(o *organization) icepanelOrganization {
	born := icepanelDate(time.Date(2024, time.January, 15, 9, 30, 0, 0, time.UTC))
	wire := icepanelOrganization{
		ID: o.id, Name: o.name, LineShapeDefault: "curved", ShareLinksEnabled: true, BillingPaymentMethod: true,
		Plan: "growth", Status: "active", Seats: p.behaviors.IcePanel.Seats,
		UserIDs: []string{}, Users: map[string]icepanelUser{}, AutoInviteDomains: []string{},
		CreatedAt: born, CreatedBy: outsider.kind, CreatedByID: outsider.id,
		UpdatedAt: born, UpdatedBy: outsider.kind, UpdatedByID: outsider.id,
	}
	for _, m := range o.members {
		wire.UserIDs = append(wire.UserIDs, m.id)
		wire.Users[m.id] = p.wireUser(m)
	}
	return wire
}

func (p icepanel) listOrganizations(*call) answer {
	var all []icepanelOrganization
	for _, o := range p.service.organizations {
		all = append(all, p.wireOrganization(o))
	}
	return icepanelOK(map[string]any{"organizations": all})
}

func (p icepanel) getOrganization(c *call) answer {
	return icepanelOK(map[string]any{"organization": p.wireOrganization(c.organization)})
}
