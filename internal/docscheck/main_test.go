package docscheck_test

import (
	"os"
	"testing"

	"github.com/orginvite/terraform-provider-orginvite/internal/acctest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	acctest.Clean()
	os.Exit(code)
}
