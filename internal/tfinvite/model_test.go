// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package tfinvite

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"

	"github.com/orginvite/terraform-provider-orginvite/internal/invite/invitetest"
)

// The spelling at hand stays for the same moment, and only for that.
func TestSettleTime(t *testing.T) {
	t.Parallel()
	noon := time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC)
	paris := timetypes.NewRFC3339ValueMust("2030-01-31T13:00:00+01:00")
	for name, c := range map[string]struct {
		current timetypes.RFC3339
		value   time.Time
		want    string
	}{
		"the same moment":    {paris, noon, "2030-01-31T13:00:00+01:00"},
		"nearly the same":    {paris, noon.Add(500 * time.Millisecond), "2030-01-31T13:00:00+01:00"},
		"another moment":     {paris, noon.Add(time.Hour), "2030-01-31T13:00:00Z"},
		"none":               {paris, time.Time{}, ""},
		"known by now":       {timetypes.NewRFC3339Unknown(), noon, "2030-01-31T12:00:00Z"},
		"shown now":          {timetypes.NewRFC3339Null(), noon, "2030-01-31T12:00:00Z"},
		"unknown, not shown": {timetypes.NewRFC3339Unknown(), time.Time{}, ""},
	} {
		got := settleTime(c.current, c.value)
		invitetest.Same(t, name, got.ValueString(), c.want)
		invitetest.Same(t, name+": null", got.IsNull(), c.want == "")
		invitetest.Same(t, name+": unknown", got.IsUnknown(), false)
	}
}
