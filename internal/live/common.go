// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"github.com/orginvite/terraform-provider-orginvite/internal/live/question"
)

// access returns what the credential may do.
func (a *asking) access() []row {
	var rows []row
	for _, read := range a.platform.Questions.Reads {
		if read.Detail {
			continue
		}
		finding := question.Undecided("nothing to ask with")
		if answer, asked := a.answers.ByName[read.Name]; asked {
			finding = allowed(answer, a.refused(read.Name), question.FromLists)
		}
		rows = append(rows, a.row(question.Question{
			Name: "may.read " + read.Name, Asks: "May the credential read the " + read.Name + "?",
		}, finding))
	}
	for _, write := range []struct{ verb, answer string }{{"send", question.Sent}, {"revoke", question.Revoked}} {
		finding := question.NotAsked(a.answers.Unsent)
		if answer, asked := a.answers.ByName[write.answer]; asked {
			finding = allowed(answer, false, question.FromInvitation)
		} else if a.answers.Unsent == "" {
			finding = question.Undecided("no invitation was sent")
		}
		rows = append(rows, a.row(question.Question{
			Name: "may." + write.verb, Asks: "May the credential " + write.verb + " invitations?",
		}, finding))
	}
	return rows
}

// allowed is the finding of an answer to what may not be allowed.
func allowed(answer question.Answer, refused bool, evidence question.Evidence) question.Finding {
	switch {
	case answer.Status == 0:
		return question.Undecided("no answer")
	case answer.OK() && refused:
		return question.Is(evidence, "no")
	case answer.OK():
		return question.Is(evidence, "yes")
	case answer.Status >= 500:
		return question.Undecided(fmt.Sprintf("status %d", answer.Status))
	}
	return question.Is(evidence, fmt.Sprintf("no: status %d", answer.Status))
}

// decide returns the findings of all questions: those that every platform is asked, and its own.
func (a *asking) decide() []row {
	var rows []row
	for _, q := range append(a.common(), a.platform.Questions.Questions...) {
		finding := question.NotAsked(q.Unasked)
		if q.Decide != nil {
			finding = q.Decide(a.answers)
		}
		rows = append(rows, a.row(q, finding))
	}
	return rows
}

// common are the questions that every platform is asked.
func (a *asking) common() []question.Question {
	return []question.Question{
		{Name: "emails", Asks: "How does the platform spell addresses?", Decide: a.spelling},
		{
			Name: "list_lag", Asks: "Does the list lag behind an invitation that was sent?",
			Decide: question.IfSent(func(question.Answers) question.Finding {
				if a.lagged {
					return question.Is(question.FromInvitation, "some")
				}
				return question.Is(question.FromInvitation, "none")
			}),
		},
		{
			Name: "members_forbidden", Asks: "Is the credential not allowed to list members?",
			Decide: func(answers question.Answers) question.Finding {
				members := answers.Get(question.Members)
				switch {
				case a.refused(question.Members), members.Status == 403:
					return question.Bool(question.FromLists, true)
				case members.OK():
					return question.Bool(question.FromLists, false)
				}
				return question.Undecided("the list of members could not be read")
			},
		},
		{
			Name: "existing_member", Asks: "What does inviting a member do?",
			Unasked: "it could mail a member",
		},
		{
			Name: "retry_after", Asks: "How does a refusal for too many requests show how long to wait?",
			Unasked: "it would take more requests than the limit",
		},
		{
			Name: "writes_per_minute", Asks: "How many writes can be made in a minute?",
			Unasked: "it would take as many writes",
		},
	}
}

// refused reports whether an answer with the status of a success refuses a read.
func (a *asking) refused(name string) bool {
	return slices.ContainsFunc(a.platform.Questions.Reads, func(r question.Read) bool {
		return r.Name == name && r.Refused != nil && r.Refused(a.answers.Get(name))
	})
}

// spellings are the ways in which a platform can store an address. The first one changes nothing.
var spellings = []struct {
	name  string
	apply func(local, domain string) (string, string)
}{
	{"as_sent", func(local, domain string) (string, string) { return local, domain }},
	{"lower_cased", func(local, domain string) (string, string) {
		return strings.ToLower(local), strings.ToLower(domain)
	}},
	{"without_tag", func(local, domain string) (string, string) {
		local, _, _ = strings.Cut(local, "+")
		return local, domain
	}},
	{"without_dots", func(local, domain string) (string, string) {
		return strings.ReplaceAll(local, ".", ""), domain
	}},
	{"punycode", func(local, domain string) (string, string) {
		if ascii, err := idna.ToASCII(domain); err == nil {
			domain = ascii
		}
		return local, domain
	}},
}

// spelling excludes what the addresses in the lists show, and what became of the address that was invited.
func (a *asking) spelling(answers question.Answers) question.Finding {
	evidence, excluded := question.Evidence(""), map[string]bool{}
	exclude := func(by question.Evidence, sent, stored string) {
		at := strings.LastIndexByte(sent, '@')
		if at < 0 {
			return
		}
		for _, spelling := range spellings {
			local, domain := spelling.apply(sent[:at], sent[at+1:])
			if local+"@"+domain != stored {
				excluded[spelling.name], evidence = true, by
			}
		}
	}
	for _, read := range a.platform.Questions.Reads {
		for _, item := range answers.Items(read.Name) {
			if read.Email != nil {
				// What a platform would have changed is not in its lists.
				listed := item.Text(read.Email...)
				exclude(question.FromLists, listed, listed)
			}
		}
	}
	if a.listedAs != "" {
		exclude(question.FromInvitation, answers.Email, a.listedAs)
	}
	if evidence == "" {
		return question.Undecided("no listed address shows it")
	}
	var left []string
	for _, spelling := range spellings {
		if !excluded[spelling.name] {
			left = append(left, spelling.name)
		}
	}
	if len(left) == 0 {
		return question.Is(evidence, "another one")
	}
	return question.Is(evidence, left...)
}
