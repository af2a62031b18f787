// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// seat is one resource in the state: the place of one person on one platform.
type seat struct {
	platform fake.Platform
	person   string // the key in the map of people
	email    string
	status   string
	memberID string
}

// seats reads the state. The result is ordered by person and, for one person, by platform.
func (t terraform) seats(ctx context.Context) ([]seat, error) {
	state, err := t.Show(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the state: %w", err)
	}
	if state.Values == nil { // an empty state
		return nil, nil
	}
	var all []seat
	for _, resource := range state.Values.RootModule.Resources {
		one, err := newSeat(resource)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	slices.SortStableFunc(all, func(a, b seat) int {
		return cmp.Or(
			cmp.Compare(a.person, b.person),
			cmp.Compare(slices.Index(fake.Platforms, a.platform), slices.Index(fake.Platforms, b.platform)),
		)
	})
	return all, nil
}

func newSeat(resource *tfjson.StateResource) (seat, error) {
	p, known := platformOf(resource.Type)
	if !known {
		return seat{}, fmt.Errorf("%s is in the state, and the demo does not know its type", resource.Address)
	}
	values := resource.AttributeValues
	return seat{
		platform: p, person: text(resource.Index),
		email: text(values["email"]), status: text(values["status"]), memberID: text(values["member_id"]),
	}, nil
}

// text returns the string in a value of the state, and nothing for null.
func text(value any) string {
	content, _ := value.(string)
	return content
}

// acceptors chooses one seat on each platform, and a different person each time where there are enough people.
func acceptors(all []seat) []seat {
	var chosen []seat
	for _, p := range fake.Platforms {
		there := slices.DeleteFunc(slices.Clone(all), func(one seat) bool { return one.platform != p })
		if len(there) == 0 {
			continue
		}
		fresh := slices.IndexFunc(there, func(one seat) bool {
			return !slices.ContainsFunc(chosen, func(other seat) bool { return other.person == one.person })
		})
		chosen = append(chosen, there[max(fresh, 0)])
	}
	return chosen
}

// people returns one seat of each person, in the order of their keys.
func people(all []seat) []seat {
	return slices.CompactFunc(slices.Clone(all), func(a, b seat) bool { return a.person == b.person })
}
