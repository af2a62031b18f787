// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Operation names what a request asks for, in one vocabulary for every platform.
type Operation string

// The operations. A platform that lacks one never journals it.
const (
	ListInvites  Operation = "list_invites"
	CreateInvite Operation = "create_invite"
	RevokeInvite Operation = "revoke_invite"
	GetInvite    Operation = "get_invite"
	AcceptInvite Operation = "accept_invite"
	ListMembers  Operation = "list_members"
	// GitHub's failed invitations are a list of their own, and an invitation does not say which teams it is for.
	ListFailedInvites Operation = "list_failed_invites"
	ListInviteTeams   Operation = "list_invite_teams"
	GetMember         Operation = "get_member"  // GitHub
	GetAccount        Operation = "get_account" // GitHub
	AddMember         Operation = "add_member"
	UpdateMember      Operation = "update_member" // Elastic Cloud: adding role assignments
	RemoveRoles       Operation = "remove_roles"  // Elastic Cloud: removing role assignments
	RemoveMember      Operation = "remove_member"
	ListRoles         Operation = "list_roles"
	GetOrganization   Operation = "get_organization"
	Other             Operation = "other"
)

// service is one platform: its API, and the organizations it holds.
type service struct {
	platform  Platform
	requestID string // the answer's header that carries the request id
	routes    []route
	lifetime  time.Duration // of an invitation sent by somebody else; 0 is without end
	// fixedLifetime: nobody can choose when an invitation ends.
	fixedLifetime bool
	// mailsRevoked: people get a mail when their invitation is cancelled.
	mailsRevoked bool
	// anyCase: letter case does not matter in the ids of organizations.
	anyCase bool

	// authorize refuses a request before anything is looked up: credentials, headers, versions. Nil lets it pass.
	authorize func(*call) *answer
	// refuse words a problem that every platform knows.
	refuse func(*call, problem) answer
	// decorate adds the headers that every answer of the platform carries; may be nil.
	decorate func(*call, *answer)

	// complete fills in what the grant of a seed leaves out; nil: nothing.
	complete func(Grant) (Grant, error)
	// limitStatus is the status of a request beyond a limit; nil: 429.
	limitStatus     func() int
	common          func() *CommonBehaviors
	newInvitationID func() string
	// listedID is the id under which an invitation is listed; nil: always the one it was created with.
	listedID  func(*invitation) string
	newUserID func() string

	organizations []*organization
	writes        limiter
	invitations   limiter // Elastic Cloud
}

// route is one endpoint. A pattern begins after the platform's prefix. Its {name} captures one path segment; {organization} is resolved before the handler.
type route struct {
	method, pattern string
	operation       Operation
	query           []string // the parameters it knows; any other is refused
	released        string   // Snyk: date of the contract served
	handle          func(*call) answer
}

// call is one request on its way through a service.
type call struct {
	*http.Request
	service      *service
	route        *route // nil if the path or the method is unknown
	wrongMethod  bool
	path         map[string]string
	organization *organization
	body         []byte
	id           string
}

// writes reports whether the request would change something. GitHub lists members by a POST.
func (c *call) writes() bool { return c.Method != http.MethodGet && c.operation() != ListMembers }

// problem is a refusal that every platform words for itself.
type problem struct {
	status  int
	subject subject
	detail  string
}

type subject int

const (
	aboutNothing subject = iota
	aboutOrganization
	aboutQuery   // detail is the parameter's name
	aboutMembers // who may not be listed
	aboutLimit   // of requests
)

// match finds the route of a request; methods are told apart only on a path that exists.
func (s *service) match(r *http.Request) (found *route, captured map[string]string, wrongMethod bool) {
	segments := strings.Split(strings.TrimPrefix(r.URL.EscapedPath(), known[s.platform].prefix), "/")
	for i := range s.routes {
		at := &s.routes[i]
		values, ok := capture(strings.Split(at.pattern, "/"), segments)
		switch {
		case ok && at.method == r.Method:
			return at, values, false
		case ok:
			wrongMethod = true
		}
	}
	return nil, nil, wrongMethod
}

func capture(pattern, segments []string) (map[string]string, bool) {
	if len(pattern) != len(segments) {
		return nil, false
	}
	values := map[string]string{}
	for i, want := range pattern {
		got, err := url.PathUnescape(segments[i])
		if err != nil || got == "" && want != "" {
			return nil, false
		}
		if name, ok := strings.CutPrefix(want, "{"); ok {
			values[strings.TrimSuffix(name, "}")] = got
		} else if got != want {
			return nil, false
		}
	}
	return values, true
}

// act does what the request asks for, or refuses it. The caller holds the lock.
func (s *service) act(c *call) answer {
	if refusal := s.authorize(c); refusal != nil {
		return *refusal
	}
	if c.route == nil {
		if c.wrongMethod {
			return s.refuse(c, problem{status: http.StatusMethodNotAllowed})
		}
		return s.refuse(c, problem{status: http.StatusNotFound})
	}
	if refusal := s.refuseQuery(c); refusal != nil {
		return *refusal
	}
	if refusal := s.refuseRate(c, &s.writes, c.writes(), s.common().WritesPerMinute); refusal != nil {
		return *refusal
	}
	if id, named := c.path["organization"]; named {
		if c.organization = s.organization(id); c.organization == nil {
			return s.refuse(c, problem{http.StatusNotFound, aboutOrganization, "organization " + id + " not found"})
		}
	}
	if c.route.operation == ListMembers && s.common().MembersForbidden {
		return s.refuse(c, problem{status: http.StatusForbidden, subject: aboutMembers})
	}
	return c.route.handle(c)
}

// refusal is a refusal with the headers of every answer.
func (s *service) refusal(c *call, why problem) answer {
	a := s.refuse(c, why)
	if s.decorate != nil {
		s.decorate(c, &a)
	}
	return a
}

func (s *service) refuseQuery(c *call) *answer {
	for name := range c.URL.Query() {
		if !slices.Contains(c.route.query, name) {
			refusal := s.refuse(c, problem{http.StatusBadRequest, aboutQuery, name})
			return &refusal
		}
	}
	return nil
}

func (s *service) organization(id string) *organization {
	for _, o := range s.organizations {
		if o.id == id || s.anyCase && strings.EqualFold(o.id, id) {
			return o
		}
	}
	return nil
}

// listed returns the invitations that the list shows of those with one of the given statuses: all but the new ones that
// it does not have yet.
func (s *service) listed(o *organization, now time.Time, statuses ...Status) []*invitation {
	found := o.withStatus(now, statuses...)
	lag := time.Duration(s.common().ListLag)
	if lag <= 0 {
		return found
	}
	return slices.DeleteFunc(found, func(i *invitation) bool { return now.Sub(i.created) < lag })
}
