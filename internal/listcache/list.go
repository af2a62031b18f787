// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package listcache

import "slices"

// list holds items in the platform's order, found by key and by group without going through all of them.
type list[T any] struct {
	key      func(T) string
	groupsOf func(T) []string
	keys     []string
	items    map[string]T
	groups   map[string][]string // the keys of each group
}

func newList[T any](items []T, key func(T) string, groups func(T) []string) *list[T] {
	l := &list[T]{
		key: key, groupsOf: groups,
		items: make(map[string]T, len(items)), groups: make(map[string][]string, len(items)),
	}
	for _, item := range items {
		l.put(item)
	}
	return l
}

func (l *list[T]) put(item T) {
	key, groups := l.key(item), l.groupsOf(item)
	if old, found := l.items[key]; found && slices.Equal(l.groupsOf(old), groups) {
		l.items[key] = item
		return
	}
	l.remove(key)
	l.items[key] = item
	l.keys = append(l.keys, key)
	for _, group := range groups {
		l.groups[group] = append(l.groups[group], key)
	}
}

func (l *list[T]) remove(key string) {
	item, found := l.items[key]
	if !found {
		return
	}
	isKey := func(k string) bool { return k == key }
	delete(l.items, key)
	l.keys = slices.DeleteFunc(l.keys, isKey)
	for _, group := range l.groupsOf(item) {
		l.groups[group] = slices.DeleteFunc(l.groups[group], isKey)
	}
}

func (l *list[T]) all() []T { return l.named(l.keys) }

func (l *list[T]) group(name string) []T { return l.named(l.groups[name]) }

func (l *list[T]) named(keys []string) []T {
	items := make([]T, 0, len(keys))
	for _, key := range keys {
		items = append(items, l.items[key])
	}
	return items
}
