// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package listcache holds one list of a platform: read once, shared by concurrent readers, and kept current with the
// process's own writes.
package listcache

import (
	"context"
	"strconv"
	"sync"

	"golang.org/x/sync/singleflight"
)

// Generation numbers the lists that a [Cache] requested. It only grows; zero is before the first one.
type Generation uint64

// Cache is one list. A failed read is not remembered. It is safe for concurrent use.
type Cache[T any] struct {
	load   func(context.Context) ([]T, error)
	key    func(T) string
	groups func(T) []string

	flight singleflight.Group
	mu     sync.Mutex
	list   *list[T] // nil: not read, or invalid
	// requested is the newest list that was requested, held the one in list, and invalid the newest one that no longer
	// counts: when a list of that generation or an earlier one arrives, it is dropped.
	requested, held, invalid Generation
	// writes happened while no list was held. They are applied to the next one that arrives.
	writes []func(*list[T])
}

// New returns a Cache that has read nothing yet. The key of an item is unique in the list; its groups, such as the
// addresses of a member, are what [Cache.Group] looks up.
func New[T any](
	load func(context.Context) ([]T, error), key func(T) string, groups func(T) []string,
) *Cache[T] {
	return &Cache[T]{load: load, key: key, groups: groups}
}

// All returns every item, in the platform's order. It reads the list first where that is necessary, as [Cache.Group]
// and [Cache.Get] do, and returns the error of that read.
func (c *Cache[T]) All(ctx context.Context) (all []T, err error) {
	err = c.view(ctx, func(l *list[T]) { all = l.all() })
	return all, err
}

// Group returns the items of one group, in the platform's order.
func (c *Cache[T]) Group(ctx context.Context, group string) (items []T, err error) {
	err = c.view(ctx, func(l *list[T]) { items = l.group(group) })
	return items, err
}

// Get returns the item with a key.
func (c *Cache[T]) Get(ctx context.Context, key string) (item T, found bool, err error) {
	err = c.view(ctx, func(l *list[T]) { item, found = l.items[key] })
	return item, found, err
}

// Put adds an item or replaces the one with its key: the process just wrote it.
func (c *Cache[T]) Put(item T) { c.write(func(l *list[T]) { l.put(item) }) }

// Update changes the item with a key, if the list has it.
func (c *Cache[T]) Update(key string, change func(T) T) {
	c.write(func(l *list[T]) {
		if item, found := l.items[key]; found {
			l.put(change(item))
		}
	})
}

// Remove drops the item with a key.
func (c *Cache[T]) Remove(key string) { c.write(func(l *list[T]) { l.remove(key) }) }

// Generation returns the newest list that was requested so far: an answer to a later request is newer than now.
func (c *Cache[T]) Generation() Generation {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.requested
}

// Invalidate makes the next reader request the list again.
func (c *Cache[T]) Invalidate() { c.InvalidateIfOlder(c.Generation()) }

// InvalidateIfOlder is [Cache.Invalidate], unless the list was requested after that generation.
func (c *Cache[T]) InvalidateIfOlder(generation Generation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.invalid = max(c.invalid, generation)
	if c.list != nil && c.held <= c.invalid {
		c.list = nil
	}
}

// view makes sure that there is a list and shows it to look, which must not keep it.
func (c *Cache[T]) view(ctx context.Context, look func(*list[T])) error {
	for {
		c.mu.Lock()
		if c.list != nil {
			look(c.list)
			c.mu.Unlock()
			return nil
		}
		invalid := c.invalid
		c.mu.Unlock()

		// Readers share a request unless it was invalidated since.
		reply := c.flight.DoChan(strconv.FormatUint(uint64(invalid), 10), func() (any, error) {
			err := c.read(ctx)
			return ctx.Err() != nil, err
		})
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case result := <-reply:
			// The reader whose context carried the request may have given up. The others request the list themselves.
			if gaveUp, _ := result.Val.(bool); result.Err != nil && (ctx.Err() != nil || !gaveUp) {
				return result.Err
			}
		}
	}
}

// read requests the list, unless another reader's request has just succeeded.
func (c *Cache[T]) read(ctx context.Context) error {
	c.mu.Lock()
	if c.list != nil {
		c.mu.Unlock()
		return nil
	}
	c.requested++
	generation := c.requested
	c.mu.Unlock()

	items, err := c.load(ctx)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if generation <= c.invalid || c.list != nil {
		return nil
	}
	c.list, c.held = newList(items, c.key, c.groups), generation
	for _, write := range c.writes {
		write(c.list)
	}
	c.writes = nil
	return nil
}

// write applies an own write to the list, or to the next one that arrives. It must be harmless where that one shows it.
func (c *Cache[T]) write(write func(*list[T])) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.list != nil {
		write(c.list)
		return
	}
	c.writes = append(c.writes, write)
}
