package api

import (
	"errors"
	"io"
	"net/url"
	"strings"
	"unicode"
)

// text makes a string from elsewhere fit to be seen: one line without control characters, nothing secret in it, and at
// most so many characters. Secrets are masked before the text is cut, so that none is left in half.
func (m *masks) text(s string, limit int) string {
	return cut(m.apply(clean(s)), limit)
}

// seal keeps an error for errors.Is and errors.As, but gives it a text that is fit to be seen.
func (m *masks) seal(err error) error {
	return &sealedError{text: m.text(plain(err), maxMessage), err: err}
}

// plain is the text of an error in words for people, without any URL.
func plain(err error) string {
	// The text of a *url.Error begins with the whole URL, query included. What matters is inside.
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

// cut shortens a string to so many characters and shows that it did.
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
