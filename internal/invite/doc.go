// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Package invite is the domain: what an invitation is on any platform, and what happens to it. It knows no Terraform
// framework, no HTTP and no platform.
//
// A platform implements [Backend], four verbs, and the optional capabilities that it has. [Service] is the lifecycle on
// top of them, which is the same on every platform:
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
// Where some members have no visible address ([HiddenMembers]), an invitation that is gone may have been accepted or
// cancelled. It is then unknown, until there is evidence:
//
//	┌─────────┐  gone, and some members  ┌─────────┐  evidence of acceptance  ┌──────────┐
//	│ pending │ ───────────────────────► │ unknown │ ───────────────────────► │ accepted │
//	└─────────┘  have no address         └─────────┘                          └──────────┘
//	     ▲         sent again outside         │  the platform says that it failed
//	     └────────────────────────────────────┴─────────────────────────────► expired
//
// Three rules hold on every platform. "Accepted" needs positive evidence. "Gone" needs a complete answer. A request that
// sends mail is never repeated unless the platform surely did not act on it.
//
// What things are: invite.go, grant.go, platform.go, errors.go. What this process knows: organization.go, object.go. What
// is done: one file for each intent, such as create.go, which shares existing.go with the preview of a plan.
package invite
