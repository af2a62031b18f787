// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

// controlHelp is what GET /_fake/ answers.
const controlHelp = `The fake's control endpoints. JSON in and out, no credential. "platform" is icepanel, snyk, elastic_cloud, github
or anthropic; "organization" may be left out and is the default one then.

GET  /_fake/?person=                       in a browser, the inbox: mails, people, requests; otherwise this text and the
                                           mails; "person" is an address or a part of it
GET  /_fake/journal?platform=&operation=   every request, in order
GET  /_fake/mails?platform=&to=            every mail that would have been sent; all but GitHub's
                                           are of the kind "invitation"
GET  /_fake/invites?platform=&organization=
GET  /_fake/members?platform=&organization=
GET  /_fake/roles                          the roles of Snyk's group
GET  /_fake/teams?organization=            the teams of an organization of GitHub
GET  /_fake/secrets                        everything that must not appear in a log or a state file
GET  /_fake/switch                         the behaviors as they are

POST /_fake/accept   {"platform", "organization", "email", "as"}     the person accepts; "as" is another address of theirs;
                     on GitHub, "login" names the account
POST /_fake/expire   {"platform", "organization", "email"}           the invitation's time runs out
POST /_fake/revoke   {"platform", "organization", "email"}           an administrator withdraws it
POST /_fake/resend   {"platform", "organization", "email"}           an administrator withdraws it and sends another one
POST /_fake/leave    {"platform", "organization", "email"}           the member leaves
POST /_fake/grant    {"platform", "organization", "email", "grant"}  an administrator changes what the member has
POST /_fake/hide     {"organization", "email", "hidden"}             a member on GitHub hides "email" or "account", or nothing
POST /_fake/account  {"login", "email"}                              somebody opens an account on GitHub
POST /_fake/seed     {"snyk": {"organization", "members": [{"email", "name", "grant"}],
                      "invites": [{"email", "grant", "expires_at" or "expires_in"}]}, ...}
                     a grant is {"permission", "landscape_permissions"}, {"role" or "role_id"}, {"role_assignments"},
                     {"role", "team_ids"} or {"role", "rbac_group_ids"};
                     on GitHub, a member has "login", "other_emails", "public_email" and "hidden" as well
POST /_fake/fail     {"kind", "platform", "operation", "method", "path_contains", "skip", "times", "after",
                      "status", "body", "header", "retry_after", "location", "size"}
                     kinds: status ratelimit drop hang truncate html contenttype empty null nullfields missingfields
                     unknown zerodates redirect huge
POST /_fake/switch   what GET answers, or a part of it
POST /_fake/reset    everything; {"journal": true} and {"faults": true} only that

Operations: list_invites create_invite revoke_invite get_invite accept_invite list_members update_member remove_roles
remove_member list_roles get_organization list_failed_invites list_invite_teams get_member get_account other

Example: curl -d '{"platform":"snyk","email":"ada@example.com"}' localhost:8080/_fake/accept
`
