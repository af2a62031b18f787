// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "net/http"

func (p elasticCloud) wireOrganization(o *organization) map[string]any {
	return map[string]any{
		"id":                                  o.id,
		"name":                                o.name,
		"default_disk_usage_alerts_enabled":   true,
		"notifications_allowed_email_domains": []string{},
		"billing_contacts":                    []string{},
		"operational_contacts":                []string{},
	}
}

func (p elasticCloud) listOrganizations(*call) answer {
	all := make([]map[string]any, 0, len(p.service.organizations))
	for _, o := range p.service.organizations {
		all = append(all, p.wireOrganization(o))
	}
	return answerJSON(http.StatusOK, jsonType, map[string]any{"organizations": all})
}

func (p elasticCloud) getOrganization(c *call) answer {
	return answerJSON(http.StatusOK, jsonType, p.wireOrganization(c.organization))
}
