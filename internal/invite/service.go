package invite

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Traits are the facts about a platform that the lifecycle and its messages need.
type Traits struct {
	// Title is the platform's name for people, such as "IcePanel".
	Title string
	// Resource is the Terraform type of its invitations.
	Resource string
	// RemoveAccess says where a member is removed by hand.
	RemoveAccess string
	// Lifetime is how long an invitation lives when the user does not say; zero
	// where invitations do not expire.
	Lifetime time.Duration
	// SecretIDs: the platform's ids of invitations are secrets, so state holds the
	// address and the id is looked up when it is needed.
	SecretIDs bool
	// RefusesMembers: the platform itself refuses to invite a member. So the two lists may be read side by side
	// before somebody is invited: one who accepts in that moment is in neither, and gets no mail all the same.
	RefusesMembers bool
}

// secondLook is how long the lifecycle waits before it looks a second time for
// an invitation whose sending ended without an answer.
const secondLook = time.Second

// lastLook bounds that search when Terraform was interrupted meanwhile.
const lastLook = 3 * time.Second

// Service runs the lifecycle of the invitations of one platform with one
// credential. All resources, data sources and actions of a process share it,
// and with it one list of each organization.
type Service[G Grant[G]] struct {
	Traits
	backend Backend[G]

	mu      sync.Mutex
	rosters map[string]*roster[G]
	// atOnce counts the resources that are being worked on, most is how many there were at the most.
	atOnce, most int
}

// NewService returns a Service that has not asked the platform anything yet.
func NewService[G Grant[G]](traits Traits, backend Backend[G]) *Service[G] {
	return &Service[G]{Traits: traits, backend: backend, rosters: map[string]*roster[G]{}}
}

// roster returns what is shared about one organization. Two organizations never share anything.
func (s *Service[G]) roster(organization string) *roster[G] {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, known := s.rosters[organization]
	if !known {
		r = newRoster(s.backend, organization)
		s.rosters[organization] = r
	}
	return r
}

// enter counts a resource that Terraform works on, until leave is called.
func (s *Service[G]) enter() (leave func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.atOnce++
	if s.atOnce > s.most {
		s.most = s.atOnce
		if gatherer, ok := s.backend.(Gatherer); ok {
			gatherer.Expect(s.most)
		}
	}
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.atOnce--
	}
}

// Invites lists all invitations of an organization.
func (s *Service[G]) Invites(ctx context.Context, organization string) ([]Invite[G], error) {
	return s.roster(organization).allInvites(ctx)
}

// Members lists all members of an organization.
func (s *Service[G]) Members(ctx context.Context, organization string) ([]Member[G], error) {
	return s.roster(organization).allMembers(ctx)
}

// memberManager returns the capability behind manage_membership, or one clear sentence.
func (s *Service[G]) memberManager() (MemberManager[G], error) {
	if manager, ok := s.backend.(MemberManager[G]); ok {
		return manager, nil
	}
	return nil, errors.New(s.Title + " offers no way to change or remove members, so manage_membership cannot be used there")
}

// resolves reports whether the platform's answers may name a grant in several ways.
func (s *Service[G]) resolves() bool {
	_, ok := s.backend.(GrantResolver[G])
	return ok
}

// resolve completes a grant where the platform's answers may name it in several ways.
func (s *Service[G]) resolve(ctx context.Context, organization string, grant G) (G, error) {
	if resolver, ok := s.backend.(GrantResolver[G]); ok {
		return resolver.ResolveGrant(ctx, organization, grant)
	}
	return grant, nil
}

// resolveTold is resolve for what the platform itself told: if the rest may not be
// looked up, that will have to do.
func (s *Service[G]) resolveTold(ctx context.Context, organization string, told G) (G, error) {
	grant, err := s.resolve(ctx, organization, told)
	if errors.Is(err, ErrUnresolved) {
		return told, nil
	}
	return grant, err
}

// firstWith returns the first invitation in a state, the newest one where the platform tells the time.
func firstWith[G Grant[G]](invitations []Invite[G], status Status) (best Invite[G], found bool) {
	for _, invitation := range invitations {
		if invitation.Status == status && (!found || invitation.CreatedAt.After(best.CreatedAt)) {
			best, found = invitation, true
		}
	}
	return best, found
}

// past reports whether a moment is over.
func (s *Service[G]) past(moment time.Time) bool { return !moment.After(time.Now()) }
