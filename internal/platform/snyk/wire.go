package snyk

import (
	"errors"
	"slices"

	"github.com/orginvite/terraform-provider-orginvite/internal/api"
	"github.com/orginvite/terraform-provider-orginvite/internal/invite"
)

// The types here are the documents of the REST API, https://docs.snyk.io/snyk-api/about-snyk-rest-api,
// as far as they are needed. The types of resources are not looked at: the
// specification itself spells some of them in two ways.

// links are those of a document. The last page has no next one.
type links struct {
	Next api.Link `json:"next"`
}

// wireInvite is an org_invitation. Fields are pointers where nothing is not the same as an empty value.
type wireInvite struct {
	ID         string `json:"id"`
	Attributes struct {
		Email    string `json:"email"`
		IsActive *bool  `json:"is_active"`
		// Role is the role's id in the answer to creating, and its name in lists. It may be empty.
		Role string `json:"role"`
	} `json:"attributes"`
}

// Check refuses what cannot be an invitation.
func (w wireInvite) Check() error {
	switch {
	case w.ID == "":
		return errors.New("an invitation lacks its id")
	case w.Attributes.Email == "":
		return errors.New("an invitation lacks its email")
	case w.Attributes.IsActive == nil:
		return errors.New("an invitation does not say whether it is_active")
	}
	return nil
}

func (w wireInvite) invite() invite.Invite[Grant] {
	return invite.Invite[Grant]{
		ID:     w.ID,
		Email:  w.Attributes.Email,
		Status: invite.Pending,
		Grant:  toldGrant(w.Attributes.Role),
	}
}

// wireCreated is the answer to creating an invitation.
type wireCreated struct {
	Data wireInvite `json:"data"`
}

// Check refuses an answer without an invitation.
func (w wireCreated) Check() error { return w.Data.Check() }

// wireInvites is one page of invitations.
type wireInvites struct {
	Data  []wireInvite `json:"data"`
	Links links        `json:"links"`
}

// Check refuses an answer without a list: nothing is not the same as no invitations.
func (w wireInvites) Check() error { return checkAll(w.Data) }

// wireMembership is an org_membership. All of its parts are optional.
type wireMembership struct {
	ID            string `json:"id"`
	Relationships struct {
		User struct {
			Data *wireUser `json:"data"`
		} `json:"user"`
		Role struct {
			Data *wireMemberRole `json:"data"`
		} `json:"role"`
	} `json:"relationships"`
}

// wireUser is whose membership it is.
type wireUser struct {
	ID         string `json:"id"`
	Attributes struct {
		Name  string  `json:"name"`
		Email *string `json:"email"`
	} `json:"attributes"`
}

// wireMemberRole is the role that a member has.
type wireMemberRole struct {
	ID         string `json:"id"`
	Attributes struct {
		Name string `json:"name"`
	} `json:"attributes"`
}

// Check refuses a user who is not described as documented. A user may have an empty address, but one who has none at
// all cannot be told from the person looked for. A membership without a user is nobody's in particular.
func (w wireMembership) Check() error {
	if user := w.Relationships.User.Data; user != nil && (user.ID == "" || user.Attributes.Email == nil) {
		return errors.New("a membership lacks its user's id or email")
	}
	return nil
}

// isEmpty reports whether it says nothing.
func (w wireMembership) isEmpty() bool {
	return w.ID == "" && w.Relationships.User.Data == nil && w.Relationships.Role.Data == nil
}

// member leaves empty what the membership does not say.
func (w wireMembership) member() invite.Member[Grant] {
	member := invite.Member[Grant]{Membership: w.ID}
	if user := w.Relationships.User.Data; user != nil {
		member.ID, member.Email, member.Name = user.ID, *user.Attributes.Email, user.Attributes.Name
	}
	if role := w.Relationships.Role.Data; role != nil {
		member.Grant = Grant{RoleID: role.ID, Role: role.Attributes.Name}
	}
	return member
}

// wireMemberships is one page of memberships.
type wireMemberships struct {
	Data  []wireMembership `json:"data"`
	Links links            `json:"links"`
}

// Check refuses an answer without a list, and one in which no membership says anything: that is no list of members.
func (w wireMemberships) Check() error {
	if err := checkAll(w.Data); err != nil {
		return err
	}
	if len(w.Data) > 0 && !slices.ContainsFunc(w.Data, func(m wireMembership) bool { return !m.isEmpty() }) {
		return errors.New("its memberships are empty")
	}
	return nil
}

func checkAll[T api.Checker](items []T) error {
	if items == nil {
		return errors.New("it holds no data")
	}
	for _, item := range items {
		if err := item.Check(); err != nil {
			return err
		}
	}
	return nil
}

// wireOrder is the request that creates an invitation. Nothing else is allowed in it.
type wireOrder struct {
	Data wireOrderData `json:"data"`
}

type wireOrderData struct {
	Type       string              `json:"type"`
	Attributes wireOrderAttributes `json:"attributes"`
}

type wireOrderAttributes struct {
	Email string `json:"email"`
	Role  string `json:"role"`
}

// wireChange is the request that gives a member another role.
type wireChange struct {
	Data wireChangeData `json:"data"`
}

type wireChangeData struct {
	Type          string                  `json:"type"`
	ID            string                  `json:"id"`
	Attributes    struct{}                `json:"attributes"`
	Relationships wireChangeRelationships `json:"relationships"`
}

type wireChangeRelationships struct {
	Role wireRelation `json:"role"`
}

type wireRelation struct {
	Data wireIdentifier `json:"data"`
}

type wireIdentifier struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// wireOrg is an org, of which only the group matters. It is absent for personal organizations.
type wireOrg struct {
	Data struct {
		ID         string `json:"id"`
		Attributes struct {
			GroupID string `json:"group_id"`
		} `json:"attributes"`
	} `json:"data"`
}

// Check refuses an answer without an organization.
func (w wireOrg) Check() error {
	if w.Data.ID == "" {
		return errors.New("the organization lacks its id")
	}
	return nil
}

// wireRole is a role of a group, in the older API.
type wireRole struct {
	PublicID    string `json:"publicId"`
	Name        string `json:"name"`
	Description string `json:"description"`
	// CustomRole is not in the specification, but in the documentation's examples.
	CustomRole *bool `json:"customRole"`
}

// Check refuses what cannot be a role.
func (w wireRole) Check() error {
	if w.PublicID == "" || w.Name == "" {
		return errors.New("a role lacks its publicId or name")
	}
	return nil
}

// wireRoles is the answer of the list of roles.
type wireRoles []wireRole

// Check looks at every role.
func (w wireRoles) Check() error { return checkAll(w) }
