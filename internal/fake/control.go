// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
)

// controlPath is where the endpoints are that no platform has. They need no credential.
const controlPath = "/_fake"

// person is whom a control endpoint is about.
type person struct {
	Platform     Platform `json:"platform"`
	Organization string   `json:"organization"`
	Email        string   `json:"email"`
}

func newControl(f *Fake) http.Handler {
	mux := http.NewServeMux()
	get := func(name string, read func(*http.Request) any) {
		mux.HandleFunc("GET "+controlPath+"/"+name, func(w http.ResponseWriter, r *http.Request) {
			f.runAutomatic()
			answerControl(w, read(r), nil)
		})
	}
	get("journal", func(r *http.Request) any { return filter(f.Journal(), r, requestOwner) })
	get("mails", func(r *http.Request) any { return filter(f.Outbox(), r, mailOwner) })
	get("secrets", func(*http.Request) any { return f.Secrets() })
	get("roles", func(*http.Request) any { return f.SnykRoles() })
	get("teams", func(r *http.Request) any { return f.GitHubTeams(r.URL.Query().Get("organization")) })
	get("switch", func(*http.Request) any { return f.currentBehaviors() })
	get("invites", func(r *http.Request) any { return everywhere(f, r, f.Invitations) })
	get("members", func(r *http.Request) any { return everywhere(f, r, f.Members) })

	post := func(name string, handle func(*http.Request) (any, error)) {
		mux.HandleFunc("POST "+controlPath+"/"+name, func(w http.ResponseWriter, r *http.Request) {
			f.runAutomatic()
			result, err := handle(r)
			answerControl(w, result, err)
		})
	}
	post("accept", f.controlAccept)
	post("expire", aboutPerson(f.Expire))
	post("revoke", aboutPerson(f.RevokeOutside))
	post("leave", aboutPerson(f.RemoveMember))
	post("resend", f.controlResend)
	post("grant", f.controlGrant)
	post("hide", f.controlHide)
	post("account", f.controlAccount)
	post("seed", func(r *http.Request) (any, error) { return done, f.LoadSeed(r.Body) })
	post("fail", f.controlFail)
	post("switch", f.controlBehave)
	post("reset", f.controlReset)

	f.registerInbox(mux)
	mux.HandleFunc(controlPath+"/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, controlHelp)
	})
	// A page of another origin that is open in the same browser must not change anything here.
	return http.NewCrossOriginProtection().Handler(mux)
}

// done is the answer where there is nothing to tell.
var done = map[string]bool{"ok": true}

func answerControl(w http.ResponseWriter, result any, err error) {
	w.Header().Set("Content-Type", jsonType)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		result = map[string]string{"error": err.Error()}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	_ = encoder.Encode(result) // a client that has gone needs no answer
}

// readControl reads the body; none is an empty object.
func readControl(r *http.Request, into any) error {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func requestOwner(r Request) (Platform, string) { return r.Platform, string(r.Operation) }

func mailOwner(m Mail) (Platform, string) { return m.Platform, m.To }

// filter keeps what ?platform= and, by the second key, ?operation= or ?to= ask for.
func filter[T any](all []T, r *http.Request, keys func(T) (Platform, string)) []T {
	query := r.URL.Query()
	second := query.Get("operation") + query.Get("to")
	kept := []T{}
	for _, one := range all {
		platform, key := keys(one)
		if (!query.Has("platform") || query.Get("platform") == string(platform)) && (second == "" || strings.EqualFold(second, key)) {
			kept = append(kept, one)
		}
	}
	return kept
}

// everywhere lists one organization, or all organizations of all platforms where the query does not choose.
func everywhere[T any](f *Fake, r *http.Request, list func(Platform, string) []T) []T {
	query := r.URL.Query()
	all := []T{}
	for _, s := range f.services {
		if query.Has("platform") && query.Get("platform") != string(s.platform) {
			continue
		}
		for _, o := range s.organizations {
			if !query.Has("organization") || query.Get("organization") == o.id {
				all = append(all, list(s.platform, o.id)...)
			}
		}
	}
	return all
}

func aboutPerson(act func(p Platform, org, email string) error) func(*http.Request) (any, error) {
	return func(r *http.Request) (any, error) {
		var who person
		if err := readControl(r, &who); err != nil {
			return nil, err
		}
		return done, act(who.Platform, who.Organization, who.Email)
	}
}

func (f *Fake) controlAccept(r *http.Request) (any, error) {
	var who struct {
		person
		As    string `json:"as"`
		Login string `json:"login"`
	}
	if err := readControl(r, &who); err != nil {
		return nil, err
	}
	if who.Login != "" && who.Platform != GitHub {
		return nil, errors.New("only accounts of GitHub have a login")
	}
	by := Member{Email: who.As, Login: who.Login}
	if who.Platform == GitHub && who.Login != "" {
		if err := checkGitHubMember(&by); err != nil {
			return nil, err
		}
	}
	user, err := f.acceptBy(who.Platform, who.Organization, who.Email, by)
	return map[string]string{"user_id": user}, err
}

func (f *Fake) controlResend(r *http.Request) (any, error) {
	var who person
	if err := readControl(r, &who); err != nil {
		return nil, err
	}
	return f.ResendOutside(who.Platform, who.Organization, who.Email)
}

func (f *Fake) controlGrant(r *http.Request) (any, error) {
	var who struct {
		person
		Grant Grant `json:"grant"`
	}
	if err := readControl(r, &who); err != nil {
		return nil, err
	}
	return done, f.SetMemberGrant(who.Platform, who.Organization, who.Email, who.Grant)
}

func (f *Fake) controlHide(r *http.Request) (any, error) {
	var who struct {
		person
		Hidden Hidden `json:"hidden"`
	}
	if err := readControl(r, &who); err != nil {
		return nil, err
	}
	return done, f.HideMember(who.Organization, who.Email, who.Hidden)
}

func (f *Fake) controlAccount(r *http.Request) (any, error) {
	var who struct {
		Login string `json:"login"`
		Email string `json:"email"`
	}
	if err := readControl(r, &who); err != nil {
		return nil, err
	}
	return done, f.SeedAccount(who.Login, who.Email)
}

func (f *Fake) controlFail(r *http.Request) (any, error) {
	var fault Fault
	if err := readControl(r, &fault); err != nil {
		return nil, err
	}
	if fault.Kind == "" && fault.Status == 0 {
		return nil, errors.New("a fault needs a kind or a status")
	}
	return done, f.arm(fault)
}

// controlBehave changes the behaviors that the body names and answers all of them.
func (f *Fake) controlBehave(r *http.Request) (any, error) {
	err := f.set(func(s *Behaviors) error { return readControl(r, s) })
	return f.currentBehaviors(), err
}

func (f *Fake) currentBehaviors() Behaviors {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.behaviors
}

// controlReset takes back everything, or only what the body names.
func (f *Fake) controlReset(r *http.Request) (any, error) {
	var only struct {
		Journal bool `json:"journal"`
		Faults  bool `json:"faults"`
	}
	if err := readControl(r, &only); err != nil {
		return nil, err
	}
	if only.Journal {
		f.ResetJournal()
	}
	if only.Faults {
		f.ClearFaults()
	}
	if !only.Journal && !only.Faults {
		f.Reset()
	}
	return done, nil
}
