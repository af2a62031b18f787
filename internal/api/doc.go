// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package api is JSON over HTTP: a [Client] for each platform sends requests, waits if the platform asks for it,
// repeats requests that are safe to repeat, and turns every failure into an [Error].
//
// It has no code for a particular platform, and imports nothing of Terraform but the log.
//
// # When a request is sent again
//
//	what happened                              GET or Repeatable       any other request
//	429, 403 that names a rate limit           again, all wait         again, all wait
//	no connection: refused, DNS, time          again, nothing sent     again, nothing sent
//	no connection: certificate, credential     a failure               nothing sent
//	5xx, 408, lost, timed out                  again                   Uncertain
//	2xx with a body that breaks off            again                   Uncertain
//	2xx with an undocumented body              a failure               Uncertain
//	2xx that reports a failure                 a failure               Uncertain
//	2xx that reports one with a rate limit     again, all wait         Uncertain
//	3xx                                        GET: same origin        Uncertain
//	any other 4xx                              a failure               refused
//
// "Again" is limited by [Config].MaxRetries, and after a rate limit by ten minutes. "Uncertain" is [Error.Uncertain]:
// the platform may have acted, and the caller must look for the result before it repeats the request.
package api
