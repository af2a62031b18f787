// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package budget holds the tests of what the provider costs a platform: the requests of every walk, counted in the fake's
// journal, and what happens where a platform sets limits.
//
// They drive the provider through prototest, ten resources at once, over connections in memory. So everything runs in a
// bubble of testing/synctest, where time passes only when all wait for it: a minute of refusals takes no time, and what
// arrives together always does.
package budget
