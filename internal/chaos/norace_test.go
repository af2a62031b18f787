//go:build !race

package chaos

// underRace: everything takes ten times as long.
const underRace = false
