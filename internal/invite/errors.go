// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"errors"
	"fmt"
)

// What a failed request means to the lifecycle. A [Failure] has one of them, which errors.Is finds.
var (
	// ErrGone: the invitation or the member does not exist, or no longer exists.
	ErrGone = errors.New("gone")
	// ErrExists: the platform refuses because the address is already invited or a member.
	ErrExists = errors.New("already exists")
	// ErrForbidden: the credential may not do this.
	ErrForbidden = errors.New("forbidden")
	// ErrRefused: the platform refused the request, so nothing changed.
	ErrRefused = errors.New("refused")
	// ErrPerhapsExists is ErrRefused without a reason that a program can read: the address may already be invited or a
	// member's.
	ErrPerhapsExists = fmt.Errorf("%w, perhaps because it exists already", ErrRefused)
	// ErrUnresolved: what a grant names could not be looked up. There is no such name, or the look-up is not allowed.
	ErrUnresolved = errors.New("unresolved")
	// ErrUncertain: the platform may have acted although the request failed.
	ErrUncertain = errors.New("uncertain")
)

// Failure is an error of a platform, with its meaning for the lifecycle.
type Failure struct {
	// Meaning is one of the Err values, or nil for anything else.
	Meaning error
	// Attribute is the name of the argument to blame, if there is one.
	Attribute string
	// Advice says what to do.
	Advice string
	// Err is the platform's answer.
	Err error
}

// Error is the platform's own answer. A diagnostic has the advice next to it.
func (f *Failure) Error() string { return f.Err.Error() }

// Unwrap makes both the answer and its meaning visible to errors.Is and errors.As.
func (f *Failure) Unwrap() []error {
	if f.Meaning == nil {
		return []error{f.Err}
	}
	return []error{f.Meaning, f.Err}
}
