// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// The inbox is for people: the mails that would have been sent, and buttons for what the person or an administrator
// would do about each. A browser gets a page, which works without its script and loads nothing from elsewhere. Everybody
// else gets the same as text, with the help.

//go:embed inbox.html.tmpl
var inboxForm string

//go:embed inbox.css
var inboxStyle []byte

//go:embed inbox.js
var inboxScript []byte

//go:embed inbox.svg
var inboxIcon []byte

var inboxPage = template.Must(template.New("inbox").Parse(inboxForm))

const (
	inboxPath = controlPath + "/inbox"
	// inboxPolicy lets the page load its own files and nothing else: an address that looks like HTML could do nothing
	// even if it were not escaped.
	inboxPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// maxForm is far more than the form of a mail.
	maxForm = 64 << 10
)

// registerInbox adds the inbox to the control endpoints.
func (f *Fake) registerInbox(mux *http.ServeMux) {
	mux.HandleFunc("GET "+controlPath+"/{$}", func(w http.ResponseWriter, r *http.Request) {
		f.runAutomatic()
		w.Header().Set("Vary", "Accept")
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			f.answerInbox(w, r)
		} else {
			f.answerInboxText(w, r)
		}
	})
	mux.HandleFunc("POST "+inboxPath, f.answerMailForm)
	mux.HandleFunc("GET "+controlPath+"/events", f.answerEvents)
	for name, file := range map[string]struct {
		contentType string
		content     []byte
	}{
		"css": {"text/css; charset=utf-8", inboxStyle},
		"js":  {"text/javascript; charset=utf-8", inboxScript},
		"svg": {"image/svg+xml", inboxIcon},
	} {
		mux.HandleFunc("GET "+inboxPath+"."+name, func(w http.ResponseWriter, _ *http.Request) {
			setInboxHeader(w.Header(), file.contentType)
			_, _ = w.Write(file.content) // a client that has gone needs no answer
		})
	}
}

// setInboxHeader sets what all files of the inbox have. Not "no-referrer", with which a browser hides the origin of the
// page's own forms as well.
func setInboxHeader(header http.Header, contentType string) {
	header.Set("Content-Type", contentType)
	header.Set("Content-Security-Policy", inboxPolicy)
	header.Set("Referrer-Policy", "same-origin")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cache-Control", "no-store")
}

func (f *Fake) answerInbox(w http.ResponseWriter, r *http.Request) {
	var page bytes.Buffer // a page that fails in the middle is not sent
	if err := inboxPage.Execute(&page, f.inboxView(r.URL.Query())); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	setInboxHeader(w.Header(), "text/html; charset=utf-8")
	_, _ = page.WriteTo(w) // a client that has gone needs no answer
}

// answerInboxText answers the help and then the mails, so that a terminal ends with the newest one.
func (f *Fake) answerInboxText(w http.ResponseWriter, r *http.Request) {
	mails := f.personMails(r.URL.Query().Get("person"))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	var text strings.Builder
	fmt.Fprintf(&text, "%s\nMails, the newest last: %d\n", controlHelp, len(mails))
	for _, mail := range mails {
		fmt.Fprintln(&text, mail)
	}
	_, _ = io.WriteString(w, text.String()) // a client that has gone needs no answer
}

// answerMailForm does what a button says, and leads back to the page.
func (f *Fake) answerMailForm(w http.ResponseWriter, r *http.Request) {
	f.runAutomatic()
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	number, err := strconv.Atoi(r.PostForm.Get("mail"))
	if err != nil {
		http.Error(w, "mail must be the number of a mail", http.StatusBadRequest)
		return
	}
	action := mailAction(r.PostForm.Get("action"))
	if !action.known() {
		http.Error(w, fmt.Sprintf("action must be one of %q", mailActions), http.StatusBadRequest)
		return
	}
	back := url.Values{"mail": {strconv.Itoa(number)}, "done": {string(action)}}
	if !f.actOnMail(number, action) {
		back.Set("done", notDone)
	}
	for _, name := range []string{"person", "page"} {
		if value := r.PostForm.Get(name); value != "" {
			back.Set(name, value)
		}
	}
	w.Header().Set("Location", controlPath+"/?"+back.Encode()+"#mail-"+strconv.Itoa(number))
	w.WriteHeader(http.StatusSeeOther)
}
