// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package question describes what the live check (`make live`) asks a platform: requests that read, one invitation to
// an address of the caller's own, and what their answers show about a fact that no documentation settles.
//
// A platform lists its questions beside its client. They read the platform's JSON as it is and not through the
// client's types, so that they also show what the client does not look at.
package question

import (
	"net/http"
	"net/url"
	"strings"
)

// Set is what is asked of one platform.
type Set struct {
	// Reads are the requests that read, in this order. Those named [Invitations] and [Members] every platform has.
	Reads      []Read
	Questions  []Question
	Invitation Invitation
}

// Names of answers. Set.Reads has the first two, and may have further ones.
const (
	Invitations = "invitations"
	Members     = "members"

	// Sent is the answer to the invitation, After the list of invitations after it, Revoked the answer to its
	// revocation, and Gone what is answered about it then. They are there only if an invitation was sent.
	Sent    = "sent"
	After   = "invitations after sending"
	Revoked = "revoked"
	Gone    = "gone"
)

// Read is a request that reads, and where its list is in the answer.
type Read struct {
	// Name identifies the answer, and completes the sentence "may the credential read the ...".
	Name string
	// Request returns the request, or nil if what was answered before does not allow it.
	Request func(Answers) *Request
	// List is the path of the list in the answer, and Email that of the address in each item of it.
	List, Email []string
	// Detail: the credential may do it if it may do the other reads.
	Detail bool
	// Refused reports whether an answer with the status of a success refuses the request, as in GraphQL. Nil: it
	// cannot.
	Refused func(Answer) bool
}

// Request is a request to a platform, with the platform's credential.
type Request struct {
	Method string // empty: GET
	// Path is below the base URL, with the query.
	Path string
	// Body is sent as JSON. ContentType is its media type; empty: application/json.
	Body        any
	ContentType string
	// ReadOnly: it reads although its method is another one than GET.
	ReadOnly bool
}

// Get returns a request for a path in which {organization} is replaced by the organization's id.
func Get(path string) func(Answers) *Request {
	return func(a Answers) *Request { return &Request{Path: a.Path(path)} }
}

// Invitation is how one invitation is sent and revoked. It grants as little as the platform allows.
type Invitation struct {
	// Send returns the request that invites an address, or nil if what was answered does not allow it.
	Send func(a Answers, email string) *Request
	// Missing is why Send returned nil, such as "no role to invite with".
	Missing string
	// ID is the path of the invitation's id in the answer to Send, ListedID in an item of the list of invitations.
	ID, ListedID []string
	// Revoke returns the request that revokes the invitation. It can be repeated.
	Revoke func(a Answers, id string) *Request
	// Gone returns a request that reads a revoked invitation. Nil: the platform has none.
	Gone func(a Answers, id string) *Request
}

// Question is an open fact.
type Question struct {
	// Name is that of the fake's behavior, such as "next_link", if it has one. The readings are its values.
	Name string
	// Fact is the number in the notes about the platform, such as "U-G4", if it has one.
	Fact string
	// Asks is the question for people.
	Asks string
	// Unasked is why it is not asked at all. Else Decide finds the reading.
	Unasked string
	Decide  func(Answers) Finding
}

// Evidence is what a reading was found by.
type Evidence string

// The kinds of evidence, the best ones first.
const (
	// FromInvitation: an invitation that was sent for it showed it.
	FromInvitation Evidence = "invitation"
	// FromLists: lists and other answers to reading show it.
	FromLists Evidence = "lists"
	// FromAbsence: nothing of the kind is in a list that would probably have it.
	FromAbsence Evidence = "absence"
)

// Finding is what was found out. It holds nothing that a platform answered: only words that are in the code.
type Finding struct {
	// Readings are those that are still possible. One of them is an answer to the question, none are no answer.
	Readings []string
	Evidence Evidence
	// Open is why the question is not decided: a phrase such as "no invitation is pending".
	Open string
	// Unasked: it was not even asked, because it needs an invitation.
	Unasked bool
}

// Decided reports whether there is exactly one reading.
func (f Finding) Decided() bool { return len(f.Readings) == 1 }

// String is the reading for people and for the report.
func (f Finding) String() string {
	switch {
	case len(f.Readings) > 0:
		return strings.Join(f.Readings, " or ")
	case f.Unasked:
		return "not asked: " + f.Open
	default:
		return "not decided: " + f.Open
	}
}

// Is is the finding of one reading, or of several that are still possible.
func Is(evidence Evidence, readings ...string) Finding {
	return Finding{Readings: readings, Evidence: evidence}
}

// Bool is the finding of a behavior that is on or off.
func Bool(evidence Evidence, on bool) Finding {
	if on {
		return Is(evidence, "true")
	}
	return Is(evidence, "false")
}

// Undecided is the finding of none, and why.
func Undecided(why string) Finding { return Finding{Open: why} }

// NotAsked is the finding of a question that was not asked, and why.
func NotAsked(why string) Finding { return Finding{Open: why, Unasked: true} }

// Omitted returns what decides whether lists leave out a part of their items: "true" if it is absent from any item
// that is concerned, "false" if all have it.
func Omitted(list string, concerned func(Item) bool, path ...string) func(Answers) Finding {
	return func(a Answers) Finding {
		found := false
		for _, item := range a.Items(list) {
			if concerned != nil && !concerned(item) {
				continue
			}
			if found = true; !item.Has(path...) {
				return Bool(FromLists, true)
			}
		}
		if !found {
			return Undecided("nobody in the list of " + list + " to look at")
		}
		return Bool(FromLists, false)
	}
}

// IfSent returns what decides a question by the invitation that was sent.
func IfSent(decide func(Answers) Finding) func(Answers) Finding {
	return func(a Answers) Finding {
		if a.Unsent != "" {
			return NotAsked(a.Unsent)
		}
		if !a.Get(Sent).OK() {
			return Undecided("no invitation was sent")
		}
		return decide(a)
	}
}

// Answers are what a platform answered.
type Answers struct {
	// Organization is the id of the organization.
	Organization string
	// Email is the address that the invitation was sent to, and Unsent why none was; it is empty also if the platform
	// refused it.
	Email, Unsent string
	// ByName are the answers, by the names of the reads and those above.
	ByName map[string]Answer
	// Reads are the reads of the set.
	Reads []Read
}

// Path replaces {organization} by the organization's id.
func (a Answers) Path(path string) string {
	return strings.ReplaceAll(path, "{organization}", url.PathEscape(a.Organization))
}

// Get returns an answer. It has no status if there was none.
func (a Answers) Get(name string) Answer { return a.ByName[name] }

// Items returns the list in the answer of a read. That of [Invitations] has the invitation that was sent, if one was.
func (a Answers) Items(name string) []Item {
	answer := a.Get(name)
	if name == Invitations && a.Get(After).OK() {
		answer = a.Get(After)
	}
	for _, read := range a.Reads {
		if read.Name == name && answer.OK() {
			return answer.Body.List(read.List...)
		}
	}
	return nil
}

// Answer is one answer. Without one, Status is 0.
type Answer struct {
	Status int
	Header http.Header
	Body   Item
}

// OK reports whether the request was successful.
func (a Answer) OK() bool { return a.Status >= 200 && a.Status < 300 }
