package snyk

// NewBackend makes a client for tests outside of the package.
var NewBackend = newBackend
