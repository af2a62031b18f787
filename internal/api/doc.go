// Package api speaks JSON over HTTP with the platforms: one [Client] for each, which sends requests, waits where the
// platform asks for it, repeats what is safe to repeat, and turns everything that can go wrong into an [Error].
//
// It knows no platform and nothing of Terraform but its log.
//
// # When a request is sent again
//
//	what happened                              GET or Repeatable       any other request
//	429, 403 that names a rate limit           again, all wait         again, all wait
//	no connection: refused, DNS, time          again, nothing sent     again, nothing sent
//	no connection: certificate, credential     a failure               nothing sent
//	5xx, 408, lost, timed out                  again                   Uncertain
//	2xx with a body that breaks off            again                   Uncertain
//	2xx with anything else than documented     a failure               Uncertain
//	3xx                                        GET: same origin        Uncertain
//	any other 4xx                              a failure               refused
//
// "Again" is bounded by [Config].MaxRetries, after a rate limit by ten minutes. "Uncertain" is [Error.Uncertain]: the platform
// may have acted, and the caller should look before it asks once more.
package api
