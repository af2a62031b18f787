package fake

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"regexp"
)

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	digits  = "123456789"
)

var (
	uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

	// elasticTokenPattern is what randomElasticToken makes; anything else is malformed rather than unknown.
	elasticTokenPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{86}$`)
)

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program rather than return an error
	return b
}

func randomText(alphabet string, n int) string {
	text := make([]byte, n)
	size := big.NewInt(int64(len(alphabet)))
	for i := range text {
		at, err := rand.Int(rand.Reader, size)
		if err != nil {
			panic(err) // as above: the reader does not fail
		}
		text[i] = alphabet[at.Int64()]
	}
	return string(text)
}

func randomUUID() string {
	b := randomBytes(16)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// randomShortID is the form of IcePanel's ids.
func randomShortID() string { return randomText(letters, 20) }

// randomNumber is the form of Elastic Cloud's organization and user ids.
func randomNumber() string { return randomText(digits, 10) }

func randomElasticToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(64)) }

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }
