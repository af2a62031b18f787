// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"sync"
)

const (
	mask      = "***"
	minSecret = 4
)

// masks replaces secrets in texts. There may be very many secrets, but they have few different lengths, and the texts
// are short. So at each position of a text, and for each length, it looks up whether the text there is a secret.
// Adding a secret costs almost nothing; a strings.Replacer or a regular expression would have to be compiled again
// each time.
type masks struct {
	mu      sync.RWMutex
	secrets map[string]struct{}
	lengths []int // of all secrets, the longest first
}

func newMasks() *masks {
	return &masks{secrets: make(map[string]struct{})}
}

// add registers a secret and its escaped forms in a path, in a query and in JSON.
func (m *masks) add(secret string) {
	if len(secret) < minSecret {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.addForm(secret)
	for _, escaped := range []string{url.PathEscape(secret), url.QueryEscape(secret)} {
		if escaped != secret {
			m.addForm(escaped)
			m.addForm(lowerEscapes(escaped))
		}
	}
	if quoted, err := json.Marshal(secret); err == nil {
		m.addForm(string(quoted[1 : len(quoted)-1]))
	}
}

func (m *masks) addForm(form string) {
	m.secrets[form] = struct{}{}
	at, known := slices.BinarySearchFunc(m.lengths, len(form), func(have, want int) int { return want - have })
	if !known {
		m.lengths = slices.Insert(m.lengths, at, len(form))
	}
}

// lowerEscapes writes %2F as %2f, as some servers do.
func lowerEscapes(s string) string {
	out := []byte(s)
	for i := 0; i+2 < len(out); i++ {
		if out[i] == '%' {
			copy(out[i:], strings.ToLower(s[i:i+3]))
		}
	}
	return string(out)
}

// apply masks every secret in a text, also if two overlap.
func (m *masks) apply(text string) string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var out strings.Builder
	done := 0 // everything before this position is done
	for at := range len(text) {
		end := at + m.longestAt(text[at:])
		if end <= done || end == at {
			continue
		}
		if at >= done { // otherwise it overlaps the previous secret
			out.WriteString(text[done:at])
			out.WriteString(mask)
		}
		done = end
	}
	if done == 0 {
		return text
	}
	out.WriteString(text[done:])
	return out.String()
}

// longestAt is the length of the longest secret at the beginning of a text, or 0.
func (m *masks) longestAt(text string) int {
	for _, length := range m.lengths {
		if length > len(text) {
			continue
		}
		if _, secret := m.secrets[text[:length]]; secret {
			return length
		}
	}
	return 0
}
