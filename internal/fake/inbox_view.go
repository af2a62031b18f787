// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	inboxMails    = 50 // on one page
	inboxPeople   = 20 // of each kind in an organization
	inboxRequests = 50
)

// inboxView is what the page shows.
type inboxView struct {
	Person        string
	Platforms     string
	Count, All    int // of the person's mails, and of all
	Pending       int
	Mails         []mailView
	Page, Pages   int
	Newer, Older  string // addresses of pages; empty where there is none
	Notice        string
	NoticeAt      int // the mail that the notice is about, if the page shows it
	Organizations []organizationView
	Requests      []requestView
	RequestCount  int
}

type mailView struct {
	Number   int
	To       string
	Link     string // to this person's mails
	Subject  string
	Grants   string
	Sent     timeView
	Ends     *timeView // nil where it does not
	Ended    bool
	Outside  bool
	Status   Status // empty where the mail offers nothing, or nothing any more
	Replaced bool
	From     string
	Actions  []actionView
}

type actionView struct {
	Name  mailAction
	Label string
}

type timeView struct{ Machine, Text, Clock, Distance string }

type organizationView struct {
	Platform, Name, ID string
	Groups             []groupView
}

type groupView struct {
	Title  string
	Count  int
	Hidden int // more than are shown
	People []personView
}

type personView struct{ Name, Link, Grant string }

type requestView struct {
	Time               timeView
	Platform           string
	Operation          Operation
	Method, Path       string
	Status             int
	Failed, Unfinished bool
}

// inboxView is what the page shows for a query.
func (f *Fake) inboxView(query url.Values) inboxView {
	secrets := f.Secrets()
	f.mu.Lock()
	defer f.mu.Unlock()
	v := inboxView{Person: strings.TrimSpace(query.Get("person")), All: len(f.mails), RequestCount: len(f.journal)}
	titles := make([]string, 0, len(Platforms))
	for _, p := range Platforms {
		titles = append(titles, p.Title())
	}
	last := len(titles) - 1
	v.Platforms = strings.Join(titles[:last], ", ") + " and " + titles[last]

	found := f.mailNumbers(v.Person)
	slices.Reverse(found)
	v.Count = len(found)
	v.Pages = max(1, (len(found)+inboxMails-1)/inboxMails)
	v.Page, _ = strconv.Atoi(query.Get("page")) // what is no number is the first page
	v.Page = min(max(v.Page, 1), v.Pages)
	if v.Page > 1 {
		v.Newer = inboxLink(v.Person, v.Page-1)
	}
	if v.Page < v.Pages {
		v.Older = inboxLink(v.Person, v.Page+1)
	}
	from := (v.Page - 1) * inboxMails
	for _, number := range found[from:min(from+inboxMails, len(found))] {
		v.Mails = append(v.Mails, f.mailView(number))
	}
	f.notice(&v, query)
	for _, p := range Platforms {
		s := f.service(p)
		for at, o := range s.organizations {
			if at == 0 || len(o.invitations)+len(o.members) > 0 {
				v.Organizations = append(v.Organizations, f.organizationView(s, o, &v))
			}
		}
	}
	for _, entry := range slices.Backward(f.journal[max(0, len(f.journal)-inboxRequests):]) {
		v.Requests = append(v.Requests, f.requestView(entry, secrets))
	}
	return v
}

// inboxLink is the address of a page of a person's mails, or of all mails.
func inboxLink(person string, page int) string {
	query := url.Values{}
	if person != "" {
		query.Set("person", person)
	}
	if page > 1 {
		query.Set("page", strconv.Itoa(page))
	}
	if len(query) == 0 {
		return controlPath + "/"
	}
	return controlPath + "/?" + query.Encode()
}

// mailNumbers returns the numbers of the mails to addresses with that text in them, oldest first. Mails are counted
// from 1. The caller holds the lock.
func (f *Fake) mailNumbers(person string) []int {
	found := make([]int, 0, len(f.mails))
	for at, m := range f.mails {
		if isAbout(m.To, person) {
			found = append(found, at+1)
		}
	}
	return found
}

// personMails returns the mails to addresses with that text in them, oldest first.
func (f *Fake) personMails(person string) []Mail {
	f.mu.Lock()
	defer f.mu.Unlock()
	mails := make([]Mail, 0, len(f.mails))
	for _, number := range f.mailNumbers(strings.TrimSpace(person)) {
		mails = append(mails, f.mails[number-1])
	}
	return mails
}

func isAbout(email, person string) bool {
	return strings.Contains(strings.ToLower(email), strings.ToLower(person))
}

func (f *Fake) mailView(number int) mailView {
	m := f.mails[number-1]
	// The first part of the mail's own words: what follows the colon has a place of its own.
	subject, _, _ := strings.Cut(strings.TrimPrefix(m.String(), "mail to "+m.To+": "), ": ")
	v := mailView{
		Number: number, To: m.To, Link: inboxLink(m.To, 1), From: m.Platform.Title(), Subject: subject, Grants: m.Offer,
		Sent: f.timeView(m.Time), Outside: m.Outside,
	}
	_, o, i := f.invitationOf(m)
	if i == nil {
		v.Replaced = m.Kind == InvitationMail
		return v
	}
	v.Subject += " (" + o.name + ")"
	v.Status = i.status(f.now())
	if end := m.Until; !end.IsZero() {
		if v.Status == Expired && i.expires.Before(end) {
			end = i.expires // somebody let it expire
		}
		shown := f.timeView(end)
		v.Ends, v.Ended = &shown, !end.After(f.now())
	}
	for _, action := range mailActions {
		if action.possible(i, f.now()) {
			v.Actions = append(v.Actions, actionView{action, action.label()})
		}
	}
	return v
}

// notice says what the button did that led to this page. The query has only a number and a word: a link from elsewhere
// cannot put a text on the page. The caller holds the lock.
func (f *Fake) notice(v *inboxView, query url.Values) {
	number, err := strconv.Atoi(query.Get("mail"))
	done := query.Get("done")
	if err != nil || done == "" {
		return
	}
	if number < 1 || number > len(f.mails) {
		v.Notice = "That mail is not here any more."
		return
	}
	m := f.mails[number-1]
	switch mailAction(done) {
	case actAccept:
		v.Notice = fmt.Sprintf("%s accepted the invitation from %s.", m.To, m.Platform.Title())
	case actExpire:
		v.Notice = fmt.Sprintf("The invitation of %s from %s expired.", m.To, m.Platform.Title())
	case actRevoke:
		v.Notice = fmt.Sprintf("An administrator revoked the invitation of %s on %s.", m.To, m.Platform.Title())
	default:
		v.Notice = fmt.Sprintf("Nothing was done: that is no longer possible for the invitation of %s from %s.", m.To, m.Platform.Title())
	}
	if slices.ContainsFunc(v.Mails, func(shown mailView) bool { return shown.Number == number }) {
		v.NoticeAt = number
	}
}

// organizationView lists who is there, and counts those who are pending. The caller holds the lock.
func (f *Fake) organizationView(s *service, o *organization, v *inboxView) organizationView {
	members := map[string]bool{}
	for _, m := range o.members {
		members[strings.ToLower(m.email)] = true
	}
	pending, expired := map[string]bool{}, map[string]bool{}
	var waiting, ended, there []personView
	for _, i := range slices.Backward(o.invitations) {
		email := strings.ToLower(i.email)
		if i.status(f.now()) != Pending || pending[email] {
			continue
		}
		pending[email] = true
		if isAbout(i.email, v.Person) {
			waiting = append(waiting, f.personView(i.email, i.grant, len(waiting)))
		}
	}
	v.Pending += len(waiting)
	for _, i := range slices.Backward(o.invitations) {
		email := strings.ToLower(i.email)
		if i.status(f.now()) != Expired || pending[email] || expired[email] || members[email] {
			continue
		}
		expired[email] = true
		if isAbout(i.email, v.Person) {
			ended = append(ended, f.personView(i.email, i.grant, len(ended)))
		}
	}
	for _, m := range slices.Backward(o.members) {
		if isAbout(m.email, v.Person) {
			there = append(there, f.personView(cmp.Or(m.email, m.name, m.id), m.grant, len(there)))
		}
	}
	return organizationView{
		Platform: s.platform.Title(), Name: o.name, ID: o.id,
		Groups: []groupView{group("Pending", waiting), group("Expired", ended), group("Members", there)},
	}
}

// personView describes one of so many; those that are not shown need no words.
func (f *Fake) personView(name string, grant Grant, at int) personView {
	if at >= inboxPeople {
		return personView{}
	}
	return personView{Name: name, Link: inboxLink(name, 1), Grant: f.offer(grant)}
}

func group(title string, people []personView) groupView {
	shown := people[:min(len(people), inboxPeople)]
	return groupView{Title: title, Count: len(people), Hidden: len(people) - len(shown), People: shown}
}

func (f *Fake) requestView(entry *Request, secrets []string) requestView {
	path := entry.Path
	for _, secret := range secrets {
		path = strings.ReplaceAll(path, secret, "(secret)") // Elastic Cloud has tokens in paths
	}
	return requestView{
		Time: f.timeView(entry.Time), Platform: entry.Platform.Title(), Operation: entry.Operation,
		Method: entry.Method, Path: path, Status: entry.Status, Failed: entry.Status >= 400, Unfinished: entry.Status == 0,
	}
}

func (f *Fake) timeView(t time.Time) timeView {
	return timeView{
		Machine: t.UTC().Format(time.RFC3339), Text: t.UTC().Format("2006-01-02 15:04 MST"),
		Clock: t.UTC().Format(time.TimeOnly), Distance: distance(t.Sub(f.now())),
	}
}

// distance puts a time from now into words, roughly.
func distance(d time.Duration) string {
	words := func(d, unit time.Duration, name string) string {
		n := int((d + unit/2) / unit)
		if n != 1 {
			name += "s"
		}
		return fmt.Sprintf("%d %s", n, name)
	}
	size := d.Abs()
	var text string
	switch {
	case size < time.Minute:
		return "now"
	case size < time.Hour-time.Minute/2:
		text = words(size, time.Minute, "minute")
	case size < 36*time.Hour:
		text = words(size, time.Hour, "hour")
	default:
		text = words(size, 24*time.Hour, "day")
	}
	if d < 0 {
		return text + " ago"
	}
	return "in " + text
}
