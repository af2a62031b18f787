package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// seat is one person's place on one platform, as Terraform's state has it.
type seat struct {
	platform fake.Platform
	person   string // the key in the map of people
	email    string
	status   string
	memberID string
}

// seats reads the state, ordered by person and then as the platforms are.
func (t terraform) seats(ctx context.Context) ([]seat, error) {
	var state struct {
		Values struct {
			Root struct {
				Resources []struct {
					Type   string `json:"type"`
					Index  string `json:"index"`
					Values struct {
						Email    string `json:"email"`
						Status   string `json:"status"`
						MemberID string `json:"member_id"`
					} `json:"values"`
				} `json:"resources"`
			} `json:"root_module"`
		} `json:"values"`
	}
	if err := t.query(ctx, &state, "show", "-json"); err != nil {
		return nil, err
	}
	var all []seat
	for _, r := range state.Values.Root.Resources {
		p, known := platformOf(r.Type)
		if !known {
			return nil, fmt.Errorf("the state has something of type %s, which the demo does not know", r.Type)
		}
		all = append(all, seat{platform: p, person: r.Index, email: r.Values.Email, status: r.Values.Status, memberID: r.Values.MemberID})
	}
	slices.SortStableFunc(all, func(a, b seat) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(slices.Index(fake.Platforms, a.platform), slices.Index(fake.Platforms, b.platform)))
	})
	return all, nil
}

// acceptors chooses one seat per platform, each of another person where there are enough.
func acceptors(all []seat) []seat {
	var chosen []seat
	for _, p := range fake.Platforms {
		var there []seat
		for _, one := range all {
			if one.platform == p {
				there = append(there, one)
			}
		}
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

// people are the keys of the map, in order, each once, with the address.
func people(all []seat) []seat {
	return slices.CompactFunc(slices.Clone(all), func(a, b seat) bool { return a.person == b.person })
}
