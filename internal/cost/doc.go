// Package cost holds the tests of what the provider costs a platform: the
// requests of every walk, counted in the fake's journal, and what happens where a platform sets limits.
//
// They drive the provider through its protocol as Terraform does, ten resources
// at once, over HTTP that goes through pipes instead of sockets. So everything can
// run in a bubble of testing/synctest, where time passes only when all wait for it: a
// minute of refusals takes no time, and what arrives together always does.
package cost
