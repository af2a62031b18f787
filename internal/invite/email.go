package invite

import (
	"errors"
	"net/mail"
	"strings"
)

// NormalizeEmail gives the form in which addresses are compared and used as
// keys: no surrounding space, lower case.
func NormalizeEmail(address string) string {
	return strings.ToLower(strings.TrimSpace(address))
}

// SameEmail reports whether both are the same address but for letter case.
func SameEmail(a, b string) bool {
	return NormalizeEmail(a) == NormalizeEmail(b)
}

// otherSpelling returns the platform's spelling of an address, if that is not only another letter case.
func otherSpelling(listed, requested string) string {
	if SameEmail(listed, requested) {
		return ""
	}
	return listed
}

// Domain is the part of the address behind the last "@", in lower case.
func Domain(address string) string {
	normal := NormalizeEmail(address)
	return normal[strings.LastIndexByte(normal, '@')+1:]
}

// CheckEmail says what is wrong with an address, or nil. It wants a bare
// address at a domain with a dot, which all three platforms do: a display name, a list or a
// local host name would only be refused later, by the platform.
func CheckEmail(address string) error {
	if address != strings.TrimSpace(address) {
		return errors.New("it begins or ends with a space")
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil {
		return errors.New("it has not the form name@example.com")
	}
	if parsed.Name != "" || parsed.Address != address {
		return errors.New("it must be the bare address, without a display name, brackets or comments")
	}
	labels := strings.Split(Domain(address), ".")
	if len(labels) < 2 {
		return errors.New("its domain has no dot")
	}
	for _, label := range labels {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return errors.New("its domain is not a host name")
		}
		if strings.ContainsAny(label, "[]:/\\ _!#$%&'*+=?^`{|}~") {
			return errors.New("its domain is not a host name")
		}
	}
	return nil
}
