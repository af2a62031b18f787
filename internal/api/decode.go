// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
)

// maxBody is how many bytes of a successful answer are read: far more than the longest possible list, and few enough
// for the memory of a small machine.
const maxBody = 64 << 20

// Checker is implemented by types of answers whose documented form requires more than the right types of values. An
// error of Check means that the body is not the documented JSON: the answer is a failure and [Error.Uncertain], never
// an empty answer.
type Checker interface {
	Check() error
}

// CheckList refuses an answer without a list, because a missing list is not an empty list, and a list with an item that
// its own Check refuses. The name is that of the list in the answer.
func CheckList[T Checker](name string, items []T) error {
	if items == nil {
		return errors.New("it has no " + name)
	}
	for _, item := range items {
		if err := item.Check(); err != nil {
			return err
		}
	}
	return nil
}

// Reporter is implemented by types of answers that can report a failure with the status of a success, as GraphQL does.
// If there are problems, the answer is a failure, whatever else it contains.
// https://spec.graphql.org/October2021/#sec-Errors
type Reporter interface {
	Problems() []Problem
}

// reportedError is the failure that an answer with the status of a success reports.
type reportedError struct{ problems []Problem }

func (*reportedError) Error() string { return "it reports a failure" }

// headerReader is implemented by types of answers of which a part is in the headers. Its error is like one of Check.
type headerReader interface {
	readHeader(http.Header) error
}

var (
	errEmpty = errors.New("its body is empty")
	// errBrokenOff is the error of a body that ends in the middle of its JSON.
	errBrokenOff = errors.New("its JSON breaks off")
)

// breaksOff reports whether a part of a body was lost, so that another attempt may succeed.
func breaksOff(err error) bool {
	_, lost := errors.AsType[*lostError](err)
	return lost || errors.Is(err, errBrokenOff)
}

// lostError is a failure to read a body, not to decode it.
type lostError struct{ error }

func (e *lostError) Unwrap() error { return e.error }

// decode reads the one JSON value of a body of at most limit bytes into out, a pointer. It changes out only on
// success: parts of an attempt that fails half-way must not be mixed into the answer of the next attempt. With a nil
// out it only checks the answer.
func decode(response *http.Response, limit int64, out any) error {
	if out == nil {
		return decodeAnything(response, limit)
	}
	if err := checkType(response.Header.Get("Content-Type")); err != nil {
		return err
	}
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return &json.InvalidUnmarshalError{Type: reflect.TypeOf(out)}
	}
	fresh := reflect.New(target.Type().Elem())
	body, lost := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if int64(len(body)) > limit {
		return fmt.Errorf("its body is larger than %d bytes", limit)
	}
	err := decodeOne(body, fresh.Interface())
	if lost != nil && (err == nil || errors.Is(err, errEmpty) || errors.Is(err, errBrokenOff)) {
		return &lostError{lost}
	}
	if err != nil {
		return err
	}
	if reporter, ok := fresh.Interface().(Reporter); ok {
		if problems := reporter.Problems(); len(problems) > 0 {
			return &reportedError{problems}
		}
	}
	if reader, ok := fresh.Interface().(headerReader); ok {
		if err := reader.readHeader(response.Header); err != nil {
			return err
		}
	}
	if checker, ok := fresh.Interface().(Checker); ok {
		if err := checker.Check(); err != nil {
			return undocumented(err)
		}
	}
	target.Elem().Set(fresh.Elem())
	return nil
}

// decodeAnything checks an answer whose content is not needed. Only a 204 may have an empty body. Any other answer
// must at least begin like JSON: a page or an empty body comes from a proxy, and does not show what the platform did.
func decodeAnything(response *http.Response, limit int64) error {
	if response.StatusCode == http.StatusNoContent {
		return nil
	}
	var anything json.RawMessage
	if err := decode(response, limit, &anything); err != nil && !breaksOff(err) {
		return err
	}
	return nil
}

// checkType accepts the media types of JSON, with any parameters.
func checkType(contentType string) error {
	// For a malformed parameter there is an error as well, but the type is still returned.
	mediaType, _, _ := mime.ParseMediaType(contentType)
	suffixed := strings.HasPrefix(mediaType, "application/") && strings.HasSuffix(mediaType, "+json")
	if mediaType == "application/json" || suffixed {
		return nil
	}
	if contentType == "" {
		return errors.New("it has no content type")
	}
	return fmt.Errorf("its content type is %q, not JSON", contentType)
}

// decodeOne decodes exactly one JSON value, which must not be null.
func decodeOne(body []byte, out any) error {
	switch text := bytes.TrimSpace(body); {
	case len(text) == 0:
		return errEmpty
	case string(text) == "null": // encoding/json accepts it for every type, and leaves the value as it is
		return errors.New("its body is null")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	switch err := decoder.Decode(out); {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errBrokenOff
	case err != nil:
		return undocumented(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("its JSON is followed by something else")
	}
	return nil
}

func undocumented(err error) error {
	return fmt.Errorf("its JSON is not the documented one: %w", err)
}
