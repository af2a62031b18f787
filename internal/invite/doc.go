// Package invite is what an invitation is, on any platform: its states, what
// Terraform does about each of them, and the generic resource, data sources,
// list resource and actions. It knows no platform and no HTTP.
//
// A platform brings a [Backend], four verbs, and a [Kind], a description. The
// lifecycle above it is written once:
//
//	              create, one mail at most             the platform says so,
//	                                                   or the address is a member's
//	┌─────────┐ ──────────────────────────► ┌─────────┐ ──────────────────────► ┌──────────┐
//	│ nothing │                             │ pending │ ◄─┐ sent again outside: │ accepted │ final: no request
//	└─────────┘ ◄────────────────────────── └─────────┘ ──┘ followed, no mail   └──────────┘ is made any more
//	   ▲   ▲      destroy, revoked outside    │     ▲                                 │
//	   │   │                        its time  │     │ reinvite_expired: a planned     │
//	   │   │                        is over   ▼     │ replacement, one mail           │
//	   │   │      destroy                   ┌─────────┐                               │
//	   │   └─────────────────────────────── │ expired │                               │
//	   │                                    └─────────┘                               │
//	   └──────────────────────────────────────────────────────────────────────────────┘
//	     only with manage_membership: a destroy removes the member; or the member left
//
// Three rules hold everywhere. "Accepted" is decided from positive evidence
// only, "gone" from a complete answer only, and a request that mails somebody is never
// repeated unless the platform surely did not act on it.
//
// The files: invite.go, backend.go and failure.go say what things are; roster.go,
// snapshot.go and search.go what a process knows of an organization; meet.go, create.go,
// send.go, read.go, change.go, delete.go, again.go and find.go what is done;
// resource.go, plan.go and their neighbours translate to and from Terraform.
package invite
