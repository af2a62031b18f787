// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/json"
	"maps"
	"net/http"
	"strconv"
)

// answer is what goes back to the client.
type answer struct {
	status int
	header http.Header
	body   []byte
	// deliver, if set, writes the answer in place of send; for answers that break off.
	deliver func(http.ResponseWriter, *http.Request)
}

// answerJSON encodes the value; content types differ between platforms.
func answerJSON(status int, contentType string, value any) answer {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err) // wire types of this package only
	}
	return answer{status: status, header: http.Header{"Content-Type": {contentType}}, body: body}
}

func answerNothing(status int) answer { return answer{status: status, header: http.Header{}} }

func (a answer) send(w http.ResponseWriter, r *http.Request) {
	maps.Copy(w.Header(), a.header)
	if a.deliver != nil {
		a.deliver(w, r)
		return
	}
	if a.status != http.StatusNoContent {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a client that has gone needs no answer
}
