// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"context"
	"time"
)

// writePause is the pause between two writes once a rate limit was met. GitHub asks for at least a second.
// https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
const writePause = time.Second

// writeQueue sends the writes of a client one after the other.
type writeQueue struct {
	turn  chan struct{} // held by the write that is being sent
	ended time.Time     // when the last write was answered; for whoever holds the turn
}

// enter waits until no other write is being sent, and if slow says so, until the last one is some time ago. The caller
// must call leave after the answer.
func (q *writeQueue) enter(ctx context.Context, slow func() bool) (leave func(), err error) {
	select {
	case q.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if slow() {
		if err := sleep(ctx, time.Until(q.ended.Add(writePause))); err != nil {
			<-q.turn
			return nil, err
		}
	}
	return func() {
		q.ended = time.Now()
		<-q.turn
	}, nil
}
