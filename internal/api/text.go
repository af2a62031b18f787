// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode"
)

// text makes a string from outside fit for errors and logs: one line without control characters and secrets, and with
// at most limit characters. Secrets are masked before the text is cut, so that no part of a secret is left.
func (m *masks) text(s string, limit int) string {
	return cut(m.apply(clean(s)), limit)
}

// seal keeps an error for errors.Is and errors.As, and gives it a text that is fit for errors and logs.
func (m *masks) seal(err error) error {
	return &sealedError{text: m.text(plain(err), maxMessage), err: err}
}

// plain is the text of an error for people, without a URL.
func plain(err error) string {
	// The text of a *url.Error begins with the whole URL, including the query. The reason is in the wrapped error.
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	_, lost := errors.AsType[*lostError](err)
	if lost || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "the connection was lost (" + err.Error() + ")"
	}
	return err.Error()
}

type sealedError struct {
	text string
	err  error
}

func (e *sealedError) Error() string { return e.text }
func (e *sealedError) Unwrap() error { return e.err }

// clean makes one line of printable characters.
func clean(s string) string {
	s = strings.Map(func(char rune) rune {
		if unicode.IsPrint(char) {
			return char
		}
		return ' '
	}, strings.ToValidUTF8(s, "\uFFFD"))
	return strings.Join(strings.Fields(s), " ")
}

// cut shortens a string to limit characters, the last of which is then an ellipsis.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	chars := []rune(s)
	if len(chars) <= limit {
		return s
	}
	return string(chars[:limit-1]) + "…"
}
