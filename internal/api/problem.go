// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"cmp"
	"encoding/json"
	"html"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

const (
	maxProblems = 100 // how many problems of one answer are kept
	maxMessage  = 500 // how many characters of a message are kept
	maxWord     = 200 // how many characters of a code, a field or an id are kept
)

// report is what an answer says about a failure, neither cleaned nor masked.
type report struct {
	problems  []Problem
	reference string
}

// readReport reads every known form of the platforms' errors, and falls back to an excerpt. It never fails: missing or
// unexpected parts are skipped, because the status alone is an error already.
//
//	IcePanel     {message, code?, errors?: [string or {path, message, errorCode}]}
//	Snyk REST    {errors: [{status, detail or details, title?, code?, source?: {pointer or parameter}}]}
//	Snyk v1      {code, message, error?, errorRef?}
//	Elastic      {errors: [{code, message, fields?}]}, and the codes again in a header
//	Anthropic    {error: {type, message}, request_id}
//	GitHub       {message, errors?: [string or {resource, code, field?, message?}], documentation_url, status}
//	gateways     {error: string or {code, message}}, HTML, plain text
func readReport(body []byte, header http.Header) report {
	var r report
	var content any
	if json.Unmarshal(body, &content) == nil {
		r.read(content)
	}
	for _, code := range strings.FieldsFunc(header.Get("x-cloud-error-codes"), isSeparator) {
		if !slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Code == code }) {
			r.add(Problem{Code: code})
		}
	}
	if len(r.problems) == 0 {
		r.add(Problem{Message: readable(string(body))})
	}
	return r
}

func isSeparator(char rune) bool { return strings.ContainsRune(",; \t", char) }

func (r *report) add(problem Problem) {
	if problem != (Problem{}) && len(r.problems) < maxProblems {
		r.problems = append(r.problems, problem)
	}
}

func (r *report) read(content any) {
	switch content := content.(type) {
	case string:
		r.add(Problem{Message: content})
	case []any:
		for _, item := range content {
			r.read(item)
		}
	case map[string]any:
		r.add(readProblem(content))
		r.reference = cmp.Or(r.reference, word(content["errorRef"]), word(content["request_id"]))
		r.read(content["errors"])
		if inner, ok := content["error"].(map[string]any); ok {
			inner["code"] = cmp.Or(word(inner["code"]), word(inner["type"]))
			r.read(inner)
		}
	}
}

func readProblem(content map[string]any) Problem {
	source, _ := content["source"].(map[string]any)
	return Problem{
		Code: cmp.Or(word(content["code"]), word(content["errorCode"])),
		Message: cmp.Or(word(content["detail"]), word(content["details"]), word(content["message"]),
			word(content["title"]), word(content["error"])),
		Field: cmp.Or(word(source["pointer"]), word(source["parameter"]), word(content["path"]),
			word(content["fields"]), strings.Trim(word(content["resource"])+"/"+word(content["field"]), "/")),
	}
}

// word is the text of a JSON value: a string or a number as it is, a joined list, and "" for any other value.
func word(value any) string {
	switch value := value.(type) {
	case string:
		return value
	case float64:
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []any:
		var words []string
		for _, item := range value {
			if text, ok := item.(string); ok {
				words = append(words, text)
			}
		}
		return strings.Join(words, ", ")
	default:
		return ""
	}
}

// markup is everything in an HTML page that is not its text.
var markup = regexp.MustCompile(`(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>|<!--.*?-->|<[^>]*>`)

// readable is the text of an answer in an unknown form, such as a page of a proxy. It is "" for an answer without
// letters, such as "{}".
func readable(body string) string {
	if strings.HasPrefix(strings.TrimSpace(body), "<") {
		body = html.UnescapeString(markup.ReplaceAllString(body, " "))
	}
	if !strings.ContainsFunc(body, unicode.IsLetter) {
		return ""
	}
	return body
}
