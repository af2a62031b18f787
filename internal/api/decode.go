package api

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
)

// maxBody is how many bytes of a successful answer are read: far more than the longest list there can be, and little
// enough not to exhaust a small machine.
const maxBody = 64 << 20

// Checker is implemented by what an answer is decoded into, where the documented form asks for more than the right
// types. An error of Check counts as a body that is not the documented JSON: the answer is a failure, never an empty
// answer, and [Error.Uncertain].
type Checker interface {
	Check() error
}

// errBrokenOff says that a body ended in the middle of its JSON.
var errBrokenOff = errors.New("its JSON breaks off")

// breaksOff reports whether a body went missing on its way, so that asking again may bring it.
func breaksOff(err error) bool {
	_, lost := errors.AsType[*lostError](err)
	return lost || errors.Is(err, errBrokenOff)
}

// lostError is a failure to read a body, as opposed to one to make sense of it.
type lostError struct{ error }

func (e *lostError) Unwrap() error { return e.error }

// decode fills out, a pointer, with the one JSON value of a body of at most so many bytes. It leaves out alone unless all is well: an attempt
// that fails half-way must not leave its traces in the answer of the next.
func decode(response *http.Response, limit int64, out any) error {
	if err := checkType(response.Header.Get("Content-Type")); err != nil {
		return err
	}
	target := reflect.ValueOf(out)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return &json.InvalidUnmarshalError{Type: reflect.TypeOf(out)}
	}
	fresh := reflect.New(target.Type().Elem())
	body := &watchedReader{reader: http.MaxBytesReader(nil, response.Body, limit)}
	if err := decodeOne(body, fresh.Interface()); err != nil {
		return body.explain(err)
	}
	if checker, ok := fresh.Interface().(Checker); ok {
		if err := checker.Check(); err != nil {
			return undocumented(err)
		}
	}
	target.Elem().Set(fresh.Elem())
	return nil
}

// decodeAnything reads an answer whose content nobody needs. Having nothing to say is the privilege of a 204. Anything
// else has to look like the platform's answer, if only in its beginning: a page or an empty body in its place is that
// of something on the way, and says nothing of what the platform did.
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
	// A malformed parameter is an error too, but one that still comes with the type.
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

// decodeOne decodes a reader that holds one JSON value, which is not null, and nothing behind it.
func decodeOne(reader io.Reader, out any) error {
	buffered := bufio.NewReader(reader)
	switch start, err := peekValue(buffered); {
	case errors.Is(err, io.EOF):
		return errors.New("its body is empty")
	case err != nil:
		return err
	case start == "null": // encoding/json takes it for any type, and leaves the value as it is
		return errors.New("its body is null")
	}
	decoder := json.NewDecoder(buffered)
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

// peekValue skips white space and looks at the first four bytes behind it, fewer if there are no more.
func peekValue(reader *bufio.Reader) (string, error) {
	for {
		first, err := reader.ReadByte()
		switch {
		case err != nil:
			return "", err
		case strings.IndexByte(" \t\r\n", first) >= 0:
			continue
		}
		if err := reader.UnreadByte(); err != nil {
			return "", err
		}
		start, _ := reader.Peek(4) // the decoder meets its error too
		return string(start), nil
	}
}

// watchedReader remembers why reading ended: a decoder tells a body that was cut from one that is wrong only in part.
type watchedReader struct {
	reader io.Reader
	err    error
}

func (w *watchedReader) Read(p []byte) (int, error) {
	n, err := w.reader.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

// explain prefers the error of reading to the one that it led to.
func (w *watchedReader) explain(err error) error {
	if w.err == nil {
		return err
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](w.err); ok {
		return fmt.Errorf("its body is larger than %d bytes", tooLarge.Limit)
	}
	return &lostError{w.err}
}
