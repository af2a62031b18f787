// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package fake serves the invitation APIs of IcePanel, Snyk, Elastic Cloud, GitHub and Anthropic from memory.
//
// One [Fake] is one [net/http.Handler] that answers for all platforms at their natural paths
// (/v1/organizations, /rest and /v1/group, /api/v1; GitHub's below /github, Anthropic's below /anthropic), so that
// official clients work against it unchanged but for the base URL. It is stateful, because the interesting part of an
// invitation is what happens to it between two requests, and it is strict:
// what the documentation says a platform refuses is refused here too, in that platform's own error shape.
//
// Where the documentation is silent, the behaviour is a switch (see [Behaviors]); the default is the reading that is
// hardest on a client without contradicting the documentation.
//
// What a platform would do by itself, or what other people would do to it, is a method of [Fake] and an endpoint under
// /_fake/: accepting, expiring, revoking, leaving. Every request is kept in a journal, every mail in an outbox. For people,
// /_fake/ itself is a page with all of it: the inbox.
//
// The wire types are written from the platforms' documentation and are deliberately not shared with any client: the
// same wrong field name on both sides would go unnoticed.
//
// Not served: anything the invitation APIs do not need, Snyk's sort parameters, Snyk contract versions older than the
// newest release of each operation, and GitHub's invitations of an account by its id.
package fake
