package invite

import (
	"strings"
	"testing"
)

func TestCheckEmail(t *testing.T) {
	t.Parallel()
	for address, complaint := range map[string]string{
		"ada@example.com":                "",
		"Ada.Lovelace+x@Sub.Example.COM": "",
		"o'brien@example.co.uk":          "",
		"ada@bücher.example":             "",
		"a/b@example.com":                "",
		"":                               "form",
		"ada":                            "form",
		"ada@":                           "form",
		"@example.com":                   "form",
		"ada@example..com":               "form",
		"ada@@example.com":               "form",
		"ada@example.com, bob@e.com":     "form",
		" ada@example.com":               "space",
		"ada@example.com\n":              "space",
		"Ada <ada@example.com>":          "bare",
		"<ada@example.com>":              "bare",
		"ada@example.com (Ada)":          "bare",
		`"a b"@example.com`:              "bare",
		"ada@localhost":                  "dot",
		"ada@[127.0.0.1]":                "host name",
		"ada@-example.com":               "host name",
		"ada@example-.com":               "host name",
		"ada@exam_ple.com":               "host name",
	} {
		err := CheckEmail(address)
		if (err != nil) != (complaint != "") || err != nil && !strings.Contains(err.Error(), complaint) {
			t.Errorf("%q: %v, want %q", address, err, complaint)
		}
	}
}

func TestDomain(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{"Ada@Example.COM ": "example.com", `"a@b"@c.com`: "c.com", "ada": "ada", "": ""} {
		same(t, address, Domain(address), want)
	}
}

func FuzzSameEmail(f *testing.F) {
	f.Add("ada@example.com", "ADA@Example.com")
	f.Add(" ada@example.com", "ada@example.com\t")
	f.Add("ada@example.com", "bob@example.com")
	f.Add("\u0130@example.com", "i\u0307@example.com")
	f.Add("\u212a@example.com", "k@example.com")
	f.Add("\xff@example.com", "")
	f.Fuzz(func(t *testing.T, a, b string) {
		same(t, "same as itself", SameEmail(a, a), true)
		same(t, "same as its normal form", SameEmail(a, NormalizeEmail(a)), true)
		same(t, "normal form of the normal form", NormalizeEmail(NormalizeEmail(a)), NormalizeEmail(a))
		same(t, "the other way round", SameEmail(b, a), SameEmail(a, b))
		same(t, "same as equal keys", SameEmail(a, b), NormalizeEmail(a) == NormalizeEmail(b))
		if SameEmail(a, b) {
			same(t, "domain", Domain(a), Domain(b))
		}
	})
}
