// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The roles of members. An invitation has the same ones under other names, and further ones.
const (
	githubMember         = "member"
	githubAdmin          = "admin"
	githubBillingManager = "billing_manager"
)

// githubInvitationRole is how an invitation names a role.
func githubInvitationRole(role string) string {
	if role == githubMember {
		return "direct_member"
	}
	return role
}

// completeGitHubRole takes the roles that a list can show. Without one, people are members.
func completeGitHubRole(grant Grant) (Grant, error) {
	switch grant.Role {
	case "":
		grant.Role = githubMember
	case githubMember, githubAdmin, githubBillingManager, "hiring_manager", "reinstate":
	default:
		return Grant{}, fmt.Errorf("github has no role %q", grant.Role)
	}
	return grant, nil
}

// GitHubTeam is a team of an organization.
type GitHubTeam struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

func newGitHubOrganization(login, name string, teams ...string) *organization {
	o := &organization{id: login, name: name, number: randomInt32()}
	for _, team := range teams {
		o.teams = append(o.teams, GitHubTeam{githubNumber(randomText(digits, 8)), team, strings.ToLower(team)})
	}
	return o
}

// team finds a team of the organization by its id; false if it has none, or no longer.
func (o *organization) team(id int64) (GitHubTeam, bool) {
	at := slices.IndexFunc(o.teams, func(t GitHubTeam) bool { return t.ID == id })
	if at < 0 {
		return GitHubTeam{}, false
	}
	return o.teams[at], true
}

// GitHubTeams returns the teams that invitations to an organization can name; an empty organization is the default one.
func (f *Fake) GitHubTeams(org string) []GitHubTeam {
	_, o, err := f.find(GitHub, org)
	if err != nil {
		return nil
	}
	return slices.Clone(o.teams)
}

// account is somebody on GitHub, of whatever organization. There are accounts of people who are in none.
type account struct{ login, id, email string }

var githubLogin = regexp.MustCompile(`^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?$`)

// SeedAccount puts a GitHub account there that is in no organization. Its address is where GitHub writes to; nobody sees
// it.
func (f *Fake) SeedAccount(login, email string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !githubLogin.MatchString(login) {
		return fmt.Errorf("github: %q cannot be the name of an account", login)
	}
	if _, taken := f.accounts[strings.ToLower(login)]; taken {
		return fmt.Errorf("github: the account %q exists", login)
	}
	f.accounts[strings.ToLower(login)] = account{login, f.service(GitHub).newUserID(), email}
	return nil
}

// accountOf is the account that a person has on GitHub, or opens now. The caller holds the lock.
func (f *Fake) accountOf(person *member) {
	if person.login == "" {
		person.login = f.freeLogin(person.email)
	}
	known, exists := f.accounts[strings.ToLower(person.login)]
	if !exists {
		known = account{person.login, person.id, person.email}
		f.accounts[strings.ToLower(person.login)] = known
	}
	person.login, person.id, person.membership = known.login, known.id, known.login
}

var notInLogin = regexp.MustCompile(`[^a-z0-9]+`)

// freeLogin makes a login of an address. The caller holds the lock.
func (f *Fake) freeLogin(email string) string {
	local, _, _ := strings.Cut(strings.ToLower(email), "@")
	base := strings.Trim(notInLogin.ReplaceAllString(local, "-"), "-")
	if base == "" {
		base = "somebody"
	}
	base = strings.TrimRight(base[:min(len(base), 30)], "-")
	login := base
	for n := 2; f.accounts[login] != (account{}); n++ {
		login = base + "-" + strconv.Itoa(n)
	}
	return login
}

// AcceptWith is Accept by the GitHub account of that name, which is opened if there is none.
func (f *Fake) AcceptWith(org, email, login string) (string, error) {
	if login != "" && !githubLogin.MatchString(login) {
		return "", fmt.Errorf("github: %q cannot be the name of an account", login)
	}
	return f.acceptBy(GitHub, org, email, Member{Login: login})
}

// HideMember is the member with the address, ignoring case, hiding or showing it on GitHub.
func (f *Fake) HideMember(org, email string, hidden Hidden) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := oneOf("hidden", &hidden, HiddenNothing, HiddenEmail, HiddenAccount); err != nil {
		return err
	}
	_, _, m, err := f.findMember(GitHub, org, email)
	if err != nil {
		return err
	}
	m.hidden = hidden
	return nil
}

// checkGitHubMember reports what cannot be a member.
func checkGitHubMember(seed *Member) error {
	if seed.Login != "" && !githubLogin.MatchString(seed.Login) {
		return fmt.Errorf("github: %q cannot be the name of an account", seed.Login)
	}
	if seed.ID != "" && !isInt64(seed.ID) {
		return errors.New("the id of a user of GitHub is a number")
	}
	if seed.Email == "" && seed.Login == "" {
		return errors.New("a member on GitHub needs an e-mail address or a login")
	}
	return oneOf("hidden", &seed.Hidden, HiddenNothing, HiddenEmail, HiddenAccount)
}

// visible returns the addresses of a member that GitHub shows: the one in the public profile, and those on domains that
// the organization has verified.
func (p github) visible(m *member) (public string, verified []string) {
	behaviors := p.behaviors.GitHub
	verified = []string{}
	if m.hidden != HiddenNothing || behaviors.HiddenMembers == Everybody {
		return "", verified
	}
	for _, email := range append([]string{m.email}, m.others...) {
		_, domain, _ := strings.Cut(strings.ToLower(email), "@")
		if domain != "" && slices.Contains(behaviors.VerifiedDomains, domain) {
			verified = append(verified, email)
		}
	}
	public = m.public
	if public == "" && len(verified) == 0 && behaviors.HiddenMembers == Nobody {
		public = m.email
	}
	return public, verified
}
