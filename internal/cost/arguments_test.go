package cost_test

import "maps"

// arguments are those of a block or resource, by name. What is not there is null.
type arguments map[string]any

func (a arguments) set(more arguments) { maps.Copy(a, more) }
