//go:build !unix

package main

import "time"

// childrenTime is unknown on this system.
func childrenTime() time.Duration { return 0 }
