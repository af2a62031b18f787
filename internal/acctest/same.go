package acctest

import "fmt"

// same is an error unless both are equal.
func same[V comparable](got, want V) error {
	if got != want {
		return fmt.Errorf("got %v, want %v", got, want)
	}
	return nil
}
