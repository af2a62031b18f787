// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package browsertest

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// page is a tab of a browser.
type page struct {
	t   *testing.T
	ctx context.Context
}

// open starts a browser and opens an address.
func open(t *testing.T, address string) *page {
	t.Helper()
	program := os.Getenv("BROWSER")
	if program == "" {
		t.Fatal("BROWSER names no browser; `make test-browser` does")
	}
	// The sandbox needs rights that root in a container does not have, and the only page is our own.
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	// The first use starts the browser, which lives as long as the context of that use.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	ctx, late := context.WithTimeout(ctx, 8*time.Minute)
	t.Cleanup(late)
	p := &page{t: t, ctx: ctx}
	p.size(1600, 1000)
	p.do(chromedp.Navigate(address))
	return p
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// value returns what an expression of JavaScript is.
func value[T any](p *page, expression string) T {
	p.t.Helper()
	result, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return result
}

func (p *page) size(width, height int64) {
	p.t.Helper()
	p.do(chromedp.EmulateViewport(width, height))
}

// colors chooses what prefers-color-scheme is: light or dark.
func (p *page) colors(scheme string) {
	p.t.Helper()
	params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, params); err != nil {
		p.t.Fatal(err)
	}
}

// withoutScripts is a browser with JavaScript switched off.
func (p *page) withoutScripts() {
	p.t.Helper()
	params := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(p.ctx, emulation.SetScriptExecutionDisabled, params); err != nil {
		p.t.Fatal(err)
	}
}

// press clicks on what leads to another page, and waits for that.
func (p *page) press(selector string) {
	p.t.Helper()
	answer, err := chromedp.RunResponse(p.ctx, chromedp.Click(chromedp.CSS(selector)))
	if err != nil {
		p.t.Fatalf("%s: %v", selector, err)
	}
	if answer.Status != 200 {
		p.t.Fatalf("%s: %d", selector, answer.Status)
	}
}

// text returns what a person reads there.
func (p *page) text(selector string) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Text(chromedp.CSS(selector)))
	if err != nil {
		p.t.Fatalf("%s: %v", selector, err)
	}
	return text
}

func (p *page) appears(selector string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.WaitVisible(chromedp.CSS(selector))); err != nil {
		p.t.Fatalf("%s: %v", selector, err)
	}
}

// scroll shows another part of the page.
func (p *page) scroll(to string) {
	p.t.Helper()
	value[bool](p, "(scrollTo(0, "+to+"), true)")
}

// screenshot writes a picture of what is visible, for people to look at.
func (p *page) screenshot(name string) {
	p.t.Helper()
	picture, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatal(err)
	}
	folder := filepath.Join(repository, ".cache", "screenshots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}
