// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestBodyLimit(t *testing.T) {
	body := `{"name":"` + strings.Repeat("x", 100) + `"}`
	for limit, fits := range map[int64]bool{int64(len(body)): true, int64(len(body)) - 1: false, 20: false} {
		response := &http.Response{
			Header: http.Header{"Content-Type": {"application/json"}},
			Body:   io.NopCloser(strings.NewReader(body)),
		}
		err := decode(response, limit, new(struct{ Name string }))
		switch {
		case fits && err != nil:
			t.Errorf("limit %d: %v", limit, err)
		case !fits && (err == nil || !strings.Contains(err.Error(), "larger than") || breaksOff(err)):
			t.Errorf("limit %d: got %v, and it breaks off: %t", limit, err, breaksOff(err))
		}
	}
}

func TestDecodeWantsAPointer(t *testing.T) {
	response := &http.Response{Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader("{}"))}
	if decode(response, maxBody, struct{}{}) == nil {
		t.Error("decoded into a copy")
	}
}
