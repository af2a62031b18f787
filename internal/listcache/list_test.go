// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package listcache

import (
	"strings"
	"testing"
)

// item is the smallest item of a list.
type item struct{ id, email, note string }

func key(i item) string     { return i.id }
func group(i item) []string { return strings.Split(strings.ToLower(i.email), ",") }

// text is a list in few words.
func text(items []item) string {
	words := make([]string, 0, len(items))
	for _, i := range items {
		words = append(words, i.id+i.note)
	}
	return strings.Join(words, " ")
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	l := newList([]item{{"a", "Ada@x.y", ""}, {"b", "bob@x.y", ""}, {"c", "ADA@x.y", ""}, {"a", "ada@x.y", "2"}}, key, group)
	equal(t, "order", text(l.all()), "a2 b c")
	equal(t, "a group", text(l.group("ada@x.y")), "a2 c")
	l.put(item{"b", "bob@x.y", "2"})
	l.put(item{"a", "bob@x.y", "3"})
	equal(t, "after a move to another group", text(l.all()), "b2 c a3")
	equal(t, "the old group", text(l.group("ada@x.y")), "c")
	equal(t, "the new group", text(l.group("bob@x.y")), "b2 a3")
	l.remove("b")
	l.remove("nobody")
	equal(t, "after a removal", text(l.all()), "c a3")
	equal(t, "its group", text(l.group("bob@x.y")), "a3")
	equal(t, "no group", text(l.group("")), "")
}
