// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"math/big"
	"regexp"
	"strconv"

	"github.com/hashicorp/go-uuid"
)

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	digits  = "123456789"
)

// elasticTokenPattern is what randomElasticToken makes; anything else is malformed rather than unknown.
var elasticTokenPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{86}$`)

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

// randomUUID returns a UUID of version 4: strict clients refuse an id that names no version.
func randomUUID() string {
	id := randomBytes(16)
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	text, err := uuid.FormatUUID(id)
	if err != nil {
		panic(err) // only for another length
	}
	return text
}

func isUUID(text string) bool {
	_, err := uuid.ParseUUID(text)
	return err == nil
}

// randomShortID is the form of IcePanel's ids.
func randomShortID() string { return randomText(letters, 20) }

// randomNumber is the form of Elastic Cloud's organization and user ids.
func randomNumber() string { return randomText(digits, 10) }

// randomInt32 is the form of GitHub's organization and user ids, which its GraphQL schema has as numbers of 32 bits.
func randomInt32() string { return randomText(digits, 9) }

// randomInt64 is a number that needs 64 bits. Whoever reads it as a floating-point number gets another one.
func randomInt64() string { return randomText(digits, 18) }

func isInt64(text string) bool {
	_, err := strconv.ParseInt(text, 10, 64)
	return err == nil
}

func randomElasticToken() string { return base64.RawURLEncoding.EncodeToString(randomBytes(64)) }

func randomHex(n int) string { return hex.EncodeToString(randomBytes(n)) }
