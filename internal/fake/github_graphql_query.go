// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package fake

import (
	"cmp"
	"strconv"
	"strings"
	"text/scanner"
)

// graphqlSelection is a field of a query, or a part of it that belongs to one type.
type graphqlSelection struct {
	alias, name string
	arguments   map[string]any // text, int64, bool, or nil for null and for a variable without a value
	on          string         // an inline fragment: its type, instead of a name
	selections  []graphqlSelection
}

// key is the name in the answer.
func (s graphqlSelection) key() string { return cmp.Or(s.alias, s.name) }

// graphqlParser reads one query. Named fragments, directives, lists and objects are not served.
type graphqlParser struct {
	scanner.Scanner
	token     rune
	variables map[string]any
	declared  map[string]bool
	failure   *graphqlError
}

// parseGraphQL reads a query with the values of its variables. The error is nil or a *graphqlError.
func parseGraphQL(query string, variables map[string]any) ([]graphqlSelection, error) {
	p := &graphqlParser{variables: variables, declared: map[string]bool{}}
	p.Init(strings.NewReader(query))
	p.Mode = scanner.ScanIdents | scanner.ScanInts | scanner.ScanStrings
	p.Whitespace |= 1 << ','
	p.Scanner.Error = func(*scanner.Scanner, string) {} // the token tells
	p.next()
	if p.token == scanner.Ident {
		if p.TokenText() != "query" {
			p.fail()
		}
		p.next()
		p.skip(scanner.Ident)
		if p.skip('(') {
			for p.failure == nil && !p.skip(')') {
				p.declaration()
			}
		}
	}
	selections := p.selections()
	if p.failure == nil && p.token != scanner.EOF {
		p.fail()
	}
	if p.failure != nil {
		return nil, p.failure
	}
	return selections, nil
}

func (p *graphqlParser) next() { p.token = p.Scan() }

// fail reports the token at hand, unless an earlier one was reported, and ends the reading.
func (p *graphqlParser) fail() {
	if p.failure == nil {
		p.failure = graphqlErrorf("", "Parse error on %q at [%d, %d]", p.TokenText(), p.Line, p.Column)
	}
	p.token = scanner.EOF
}

func (p *graphqlParser) skip(token rune) bool {
	if p.token != token {
		return false
	}
	p.next()
	return true
}

func (p *graphqlParser) want(token rune) {
	if !p.skip(token) {
		p.fail()
	}
}

func (p *graphqlParser) name() string {
	name := p.TokenText()
	p.want(scanner.Ident)
	return name
}

// declaration reads $name: Type, with ! where the variable must have a value.
func (p *graphqlParser) declaration() {
	p.want('$')
	name := p.name()
	p.want(':')
	p.name()
	if p.skip('!') && p.variables[name] == nil && p.failure == nil {
		p.failure = graphqlErrorf("", "Variable $%s was provided invalid value: it must not be null", name)
	}
	p.declared[name] = true
}

func (p *graphqlParser) selections() (selections []graphqlSelection) {
	p.want('{')
	for p.failure == nil && !p.skip('}') {
		selections = append(selections, p.selection())
	}
	return selections
}

func (p *graphqlParser) selection() graphqlSelection {
	if p.skip('.') {
		p.want('.')
		p.want('.')
		if p.name() != "on" {
			p.fail()
		}
		on := p.name()
		return graphqlSelection{on: on, selections: p.selections()}
	}
	one := graphqlSelection{name: p.name(), arguments: map[string]any{}}
	if p.skip(':') {
		one.alias, one.name = one.name, p.name()
	}
	if p.skip('(') {
		for p.failure == nil && !p.skip(')') {
			name := p.name()
			p.want(':')
			one.arguments[name] = p.value()
		}
	}
	if p.token == '{' {
		one.selections = p.selections()
	}
	return one
}

func (p *graphqlParser) value() any {
	text, token := p.TokenText(), p.token
	if !p.skip('$') {
		p.next()
	}
	switch token {
	case '$':
		name := p.name()
		if !p.declared[name] && p.failure == nil {
			p.failure = graphqlErrorf("", "Variable $%s is used but not declared", name)
		}
		if number, is := p.variables[name].(float64); is {
			return int64(number)
		}
		return p.variables[name]
	case scanner.Int:
		number, err := strconv.ParseInt(text, 10, 64)
		if err == nil {
			return number
		}
	case scanner.String:
		unquoted, err := strconv.Unquote(text)
		if err == nil {
			return unquoted
		}
	case scanner.Ident:
		switch text {
		case "null":
			return nil
		case "true", "false":
			return text == "true"
		}
	}
	p.fail()
	return nil
}
