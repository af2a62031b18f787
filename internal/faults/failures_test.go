// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

//go:build !race

package faults

import (
	"net/http"
	"slices"

	"github.com/orginvite/terraform-provider-orginvite/internal/fake"
)

// failure is one way in which a platform, or the way to it, fails.
type failure struct {
	name  string
	fault fake.Fault
	// connections is how many connections are refused.
	connections int
	// paged: it is about links to further pages, which only Snyk has.
	paged bool
	// slow: it takes a second for each operation. A run meets it with lists of invitations alone, `make soak` with all.
	slow bool
	// What the user sees, as a part of the error; empty is no error. read is for lists and look-ups.
	read, create, revoke, update, remove string
}

// all: every operation ends in an error that contains the text.
func (f failure) all(says string) failure {
	f.read, f.create, f.revoke, f.update, f.remove = says, says, says, says, says
	return f
}

// but changes that for some operations.
func (f failure) but(change func(*failure)) failure {
	change(&f)
	return f
}

// silent: what was asked is done, and nobody needs the rest of the answer. IcePanel's revocation needs its answer.
func silent(f *failure) { f.revoke, f.update, f.remove = "", "", "" }

// found: the invitation was sent, the answer was lost, and the second look finds it.
func found(f *failure) { f.create = "" }

var failures = []failure{
	{name: "429 with a wait", fault: fake.Fault{Kind: fake.RateLimited, RetryAfter: "30", Times: 3}},
	{name: "429 without a wait", fault: fake.Fault{Kind: fake.RateLimited, Times: 3}},
	failure{name: "429 for ever", fault: fake.Fault{Kind: fake.RateLimited}}.all("ten minutes"),
	failure{name: "500 before acting", fault: fake.Fault{Status: 500}}.all("answered 500"),
	failure{name: "500 after acting", fault: fake.Fault{Status: 500, After: true}}.all("answered 500").but(found),
	failure{name: "lost before acting", fault: fake.Fault{Kind: fake.Dropped}}.all("the connection was lost"),
	failure{name: "lost after acting", fault: fake.Fault{Kind: fake.Dropped, After: true}}.all("the connection was lost").but(found),
	failure{name: "refused", connections: 100}.all("connection refused"),
	failure{name: "hangs before acting", fault: fake.Fault{Kind: fake.Hanging}}.all("timed out after 5s"),
	failure{name: "hangs after acting", fault: fake.Fault{Kind: fake.Hanging, After: true}}.all("timed out after 5s").but(found),
	failure{name: "truncated", fault: fake.Fault{Kind: fake.Truncated}}.all("the connection was lost").but(found).but(silent),
	failure{name: "HTML with 200", fault: fake.Fault{Kind: fake.HTML}}.all(`its content type is "text/html; charset=utf-8", not JSON`),
	failure{name: "HTML with 502", fault: fake.Fault{Kind: fake.HTML, Status: 502}}.all("answered 502"),
	failure{name: "wrong content type", fault: fake.Fault{Kind: fake.WrongType}}.all(`its content type is "text/plain; charset=utf-8", not JSON`).but(found),
	failure{name: "empty", fault: fake.Fault{Kind: fake.Empty}}.all("its body is empty"),
	failure{name: "null", fault: fake.Fault{Kind: fake.Null}}.all("its body is null"),
	failure{name: "null fields", fault: fake.Fault{Kind: fake.NullFields}}.all("its JSON is not the documented one").but(found).but(silent),
	failure{name: "missing fields", fault: fake.Fault{Kind: fake.MissingFields}}.all("its JSON is not the documented one").but(found).but(silent),
	{name: "unknown values", fault: fake.Fault{Kind: fake.UnknownValues}},
	{name: "zero dates", fault: fake.Fault{Kind: fake.ZeroDates}},
	failure{name: "401", fault: fake.Fault{Status: 401}}.all("answered 401"),
	failure{name: "403", fault: fake.Fault{Status: 403}}.all("answered 403"),
	failure{name: "404", fault: fake.Fault{Status: 404}}.all("answered 404"),
	failure{name: "redirect", fault: fake.Fault{Kind: fake.Redirect}}.all("it redirects to another host, https://elsewhere.invalid, which is not followed"),
	failure{name: "redirect that keeps the method", fault: fake.Fault{Kind: fake.Redirect, Status: http.StatusTemporaryRedirect}}.all("which is not followed"),
	failure{name: "page link to another host", paged: true, fault: page("https://elsewhere.invalid/rest/orgs")}.all("leads to another host"),
	failure{name: "looping page link", paged: true, fault: page("?again=1")}.all("leads to a page already read"),
	failure{name: "1 GiB", slow: true, fault: fake.Fault{Kind: fake.Huge}}.all("larger than"),
}

// exceptions are cells in which the user sees something else than the failure says for its operation.
var exceptions = map[cell]string{
	// Here the answer says whether the invitation was revoked or had been accepted.
	{fake.IcePanel, "revoke", "truncated"}:      "the connection was lost",
	{fake.IcePanel, "revoke", "null fields"}:    "its JSON is not the documented one",
	{fake.IcePanel, "revoke", "missing fields"}: "its JSON is not the documented one",
	// Here the answer says whether a member was changed or somebody who had left was invited.
	{fake.GitHub, "update member", "truncated"}:      "the connection was lost",
	{fake.GitHub, "update member", "null fields"}:    "its JSON is not the documented one",
	{fake.GitHub, "update member", "missing fields"}: "its JSON is not the documented one",
	{fake.GitHub, "update member", "unknown values"}: "an invitation in place of a membership",
	// The membership is read first, so that nobody who left is invited.
	{fake.GitHub, "membership", "404"}:            "no longer a member",
	{fake.GitHub, "membership", "unknown values"}: "no longer a member",
	// Nothing is in that list, so nothing lacks a field.
	{fake.GitHub, "failed invitations", "null fields"}:    "",
	{fake.GitHub, "failed invitations", "missing fields"}: "",
}

// want is what the user sees in a cell.
func want(here cell, f failure) string {
	if says, is := exceptions[here]; is {
		return says
	}
	switch here.scene {
	case "create":
		return f.create
	case "revoke":
		return f.revoke
	case "update member", "remove roles":
		return f.update
	case "remove member":
		return f.remove
	default:
		return f.read
	}
}

// page is the answer of an empty page with a link to the next.
func page(next string) fake.Fault {
	return fake.Fault{Status: http.StatusOK, Body: `{"jsonapi":{"version":"1.0"},"data":[],"links":{"next":"` + next + `"}}`}
}

// paged are the operations whose answers come in pages, on Snyk only.
var paged = []fake.Operation{fake.ListInvites, fake.ListMembers}

func (f failure) applies(platform fake.Platform, operation fake.Operation) bool {
	if f.slow && *soak == 0 && operation != fake.ListInvites {
		return false
	}
	return !f.paged || platform == fake.Snyk && slices.Contains(paged, operation)
}

// arm makes an operation fail from now on.
func (f failure) arm(r *run, operation fake.Operation) {
	r.net.Refuse(f.connections)
	if f.connections == 0 {
		fault := f.fault
		fault.Platform, fault.Operation = r.platform.Name, operation
		r.fake.Fail(fault)
	}
}
