// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package faults tries to break what the provider promises: nobody is mailed twice, no invitation is lost, nobody is
// removed unasked, no secret is shown, and state survives whatever a platform answers.
//
// It holds tests only. Each runs in a bubble of testing/synctest, where waiting takes no time: the real provider server,
// the real clients and net/http, the fake platforms behind it, and between them connections in memory. Package prototest
// stands in for Terraform.
//
//   - TestMatrix lets every kind of failure meet every operation of every platform, and says for each what the user sees.
//   - TestSchedules plays random schedules of what happens in an organization, and checks the promises after every step.
//     A schedule that breaks one is printed with its seed and shortened to the steps that matter. TestRegressions plays
//     those that broke a promise once.
//   - The limits (memory, requests in flight, sizes of answers) are asserted with figures.
//
// The matrix and the tests of memory are left out when the race detector is on; `make test` runs them without it, and all
// else with it. `make soak` plays schedules for as long as one likes, and the cells of the matrix that take long.
package faults
