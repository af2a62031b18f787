// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"fmt"
	"slices"
)

var icepanelPermissions = []string{"billing", "read", "write", "admin"}

// readIcePanelGrant reads the permission, which is required, and the landscape permissions, which are not.
func readIcePanelGrant(body fields) (Grant, error) {
	var grant Grant
	if err := body.read("permission", &grant.Permission); err != nil {
		return Grant{}, err
	}
	if !slices.Contains(icepanelPermissions, grant.Permission) {
		return Grant{}, fmt.Errorf("property 'permission' must be one of %v", icepanelPermissions)
	}
	if err := body.readOptional("landscapePermissions", &grant.LandscapePermissions); err != nil {
		return Grant{}, err
	}
	return grant, nil
}

// landscapes is how the platform answers what was sent.
func (p icepanel) landscapes(grant Grant) map[string]bool {
	switch p.behaviors.IcePanel.LandscapePermissions {
	case LandscapesAbsent:
		return nil
	case LandscapesEmptyIfUnset:
		if grant.LandscapePermissions == nil {
			return map[string]bool{}
		}
	case LandscapesNotForAdmins:
		if grant.Permission == "admin" || grant.Permission == "billing" {
			return nil
		}
	case LandscapesAsSent:
	}
	return grant.LandscapePermissions
}

// paid permissions occupy a seat.
func paid(grant Grant) bool { return grant.Permission == "write" || grant.Permission == "admin" }

// seatsTaken counts members and pending invitations.
func (p icepanel) seatsTaken(o *organization) int {
	taken := 0
	for _, m := range o.members {
		if paid(m.grant) {
			taken++
		}
	}
	for _, i := range o.withStatus(p.now(), Pending) {
		if paid(i.grant) {
			taken++
		}
	}
	return taken
}

func (p icepanel) seatFree(o *organization) bool {
	seats := p.behaviors.IcePanel.Seats
	return seats <= 0 || p.seatsTaken(o) < seats
}

// completePermission is the permission of people who were there before.
func completePermission(grant Grant) (Grant, error) {
	if grant.Permission == "" {
		grant.Permission = "read"
	}
	return grant, nil
}
