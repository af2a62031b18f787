// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"regexp"
)

var (
	snykStages  = regexp.MustCompile(`^(wip|work-in-progress|experimental|beta)$`)
	snykVersion = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})(~(wip|work-in-progress|experimental|beta))?$`)
)

// refuseVersion wants the version exactly once, well formed, and not older than the contract that is served.
func refuseVersion(c *call) *answer {
	source := snykSource{Parameter: "version"}
	versions := c.URL.Query()["version"]
	if len(versions) != 1 {
		return snykNonconforming(source, "version must be given exactly once")
	}
	if snykStages.MatchString(versions[0]) {
		return nil
	}
	dated := snykVersion.FindStringSubmatch(versions[0])
	if dated == nil {
		return snykNonconforming(source, "invalid version "+versions[0])
	}
	if dated[1] < c.route.released {
		refusal := snykError(http.StatusNotFound, snykFailure{
			Title: "Version Not Found", Detail: "no version of this resource was released by " + dated[1], Source: &source,
		})
		return &refusal
	}
	return nil
}
