// The official clients of the platforms, run against the fake. A module of its own, so
// that nobody who builds or tests the provider downloads them.
module github.com/orginvite/terraform-provider-orginvite/internal/clients

go 1.26.0

require (
	github.com/google/go-github/v88 v88.0.0
	github.com/orginvite/terraform-provider-orginvite v0.0.0
	github.com/shurcooL/githubv4 v0.0.0-20260209031235-2402fdf4a9ed
)

require (
	github.com/google/go-querystring v1.2.0 // indirect
	github.com/hashicorp/go-uuid v1.0.3 // indirect
	github.com/shurcooL/graphql v0.0.0-20240915155400-7ee5256398cf // indirect
	golang.org/x/net v0.52.0 // indirect
	golang.org/x/oauth2 v0.38.0 // indirect
	golang.org/x/text v0.36.0 // indirect
)

replace github.com/orginvite/terraform-provider-orginvite => ../..
