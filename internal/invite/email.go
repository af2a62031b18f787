// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package invite

import (
	"errors"
	"net/mail"
	"strings"
)

// NormalizeEmail returns the form in which addresses are compared and used as keys: no surrounding space, lower case.
func NormalizeEmail(address string) string {
	return strings.ToLower(strings.TrimSpace(address))
}

// SameEmail reports whether both are the same address, ignoring case.
func SameEmail(a, b string) bool {
	return NormalizeEmail(a) == NormalizeEmail(b)
}

// otherSpelling returns the platform's spelling of an address, if it differs in more than case.
func otherSpelling(listed, requested string) string {
	if SameEmail(listed, requested) {
		return ""
	}
	return listed
}

// Domain returns the part of an address after the last "@", in lower case.
func Domain(address string) string {
	normal := NormalizeEmail(address)
	return normal[strings.LastIndexByte(normal, '@')+1:]
}

// CheckEmail returns what is wrong with an address, or nil. An address must be bare, at a domain with a dot: platforms
// refuse a display name, a list or a local host name, but only after the plan.
func CheckEmail(address string) error {
	if address != strings.TrimSpace(address) {
		return errors.New("it must not begin or end with a space")
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil {
		return errors.New("it must have the form name@example.com")
	}
	if parsed.Name != "" || parsed.Address != address {
		return errors.New("it must be the bare address, without a display name, brackets or comments")
	}
	labels := strings.Split(Domain(address), ".")
	if len(labels) < 2 {
		return errors.New("its domain has no dot")
	}
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") ||
			strings.ContainsAny(label, "[]:/\\ _!#$%&'*+=?^`{|}~") {
			return errors.New("its domain is not a host name")
		}
	}
	return nil
}
