// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import "time"

// Options configure a [Fake]. The zero value is the strict default.
type Options struct {
	// Now is the platforms' clock; nil means time.Now. Rate limits always go by real time.
	Now func() time.Time
	// Log is told of every request once its answer is decided; nil means nobody is.
	Log func(Request)
	// Mailed is told of every mail as it goes out, and must not ask the fake anything; nil means nobody is.
	Mailed func(Mail)
	// Behaviors choose between behaviours the platforms' documentation leaves open.
	Behaviors Behaviors
}
