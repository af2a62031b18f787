// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
)

type snykSource struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
}

type snykFailure struct {
	ID     string         `json:"id"`
	Status string         `json:"status"`
	Code   string         `json:"code,omitempty"`
	Title  string         `json:"title,omitempty"`
	Detail string         `json:"detail"`
	Source *snykSource    `json:"source,omitempty"`
	Links  map[string]any `json:"links,omitempty"`
	Meta   map[string]any `json:"meta,omitempty"`
}

// snykCatalog is Snyk's error catalog, as far as these statuses appear in it.
var snykCatalog = map[int]struct{ code, title string }{
	http.StatusBadRequest:          {"SNYK-0003", "Client request cannot be processed"},
	http.StatusUnauthorized:        {"SNYK-0005", "Authentication error"},
	http.StatusTooManyRequests:     {"SNYK-0001", "Service temporarily throttled"},
	http.StatusInternalServerError: {"SNYK-9999", "Unable to process request"},
	http.StatusBadGateway:          {"SNYK-0008", "Unable to fulfill request"},
	http.StatusServiceUnavailable:  {"SNYK-0009", "Unable to fulfill request"},
	http.StatusGatewayTimeout:      {"SNYK-0004", "Server communication error"},
}

var jsonapi = map[string]string{"version": "1.0"}

// snykDocument answers a resource or a list of them.
func snykDocument(status int, data any, links map[string]any) answer {
	document := map[string]any{"jsonapi": jsonapi, "data": data}
	if links != nil {
		document["links"] = links
	}
	return answerJSON(status, snykType, document)
}

func snykError(status int, why snykFailure) answer {
	entry := snykCatalog[status]
	why.ID = randomUUID()
	why.Status = strconv.Itoa(status)
	why.Code = entry.code
	why.Title = cmp.Or(why.Title, entry.title, http.StatusText(status))
	why.Detail = cmp.Or(why.Detail, why.Title)
	if entry.code != "" {
		why.Links = map[string]any{"about": "https://docs.snyk.io/scan-with-snyk/error-catalog#" + strings.ToLower(entry.code)}
		why.Meta = map[string]any{"isErrorCatalogError": true, "classification": "ACTIONABLE", "level": "error"}
	}
	return answerJSON(status, snykType, map[string]any{"jsonapi": jsonapi, "errors": []snykFailure{why}})
}

// snykNonconforming is the refusal of Snyk's request validation.
func snykNonconforming(source snykSource, why string) *answer {
	failure := snykFailure{Detail: "Client request did not conform to OpenAPI specification: " + why}
	if source != (snykSource{}) {
		failure.Source = &source
	}
	refusal := snykError(http.StatusBadRequest, failure)
	return &refusal
}

// snykNotAllowed is the refusal of a parameter whose values are enumerated.
func snykNotAllowed(parameter string, allowed ...string) *answer {
	return snykNonconforming(snykSource{Parameter: parameter},
		"must be equal to one of the allowed values: "+strings.Join(allowed, ", "))
}

func (p snyk) refuse(c *call, why problem) answer {
	if strings.HasPrefix(c.URL.Path, "/v1/") {
		message := cmp.Or(why.detail, http.StatusText(why.status))
		return answerJSON(why.status, "application/json; charset=utf-8", map[string]any{
			"code": why.status, "error": http.StatusText(why.status), "message": message, "errorRef": randomUUID(),
		})
	}
	if why.subject == aboutQuery {
		return *snykNonconforming(snykSource{Parameter: why.detail}, "Unknown query parameter '"+why.detail+"'")
	}
	return snykError(why.status, snykFailure{Detail: why.detail})
}
