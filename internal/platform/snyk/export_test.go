package snyk

// NewBackend makes a backend for tests that ask it directly.
var NewBackend = newBackend
