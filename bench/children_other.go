// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "time"

// childrenTime is unknown on this system.
func childrenTime() time.Duration { return 0 }
