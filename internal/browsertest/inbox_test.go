// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

package browsertest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// mail is a mail on the page.
type mail struct {
	Number   string `json:"number"`
	Platform string `json:"platform"`
	Expires  bool   `json:"expires"`
}

// resource is the type of the resource that sent it.
func (m mail) resource() string {
	return "orginvite_" + strings.ReplaceAll(strings.ToLower(m.Platform), " ", "_") + "_invite"
}

func (p *page) mails() []mail {
	p.t.Helper()
	return value[[]mail](p, `[...document.querySelectorAll(".mails > li")].map((one) => ({
		number: one.id.replace("mail-", ""),
		platform: one.querySelector("article > p").textContent.split(" invites you")[0],
		expires: one.querySelector(".expire") !== null,
	}))`)
}

// Each button does what the plan then finds, on every platform.
func TestButtonsAndPlans(t *testing.T) {
	t.Parallel()
	g := play(t)
	p := open(t, g.inbox)
	if text := p.text("main"); !strings.Contains(text, "No mail yet") {
		t.Errorf("before the apply: %s", text)
	}
	g.terraform("apply -auto-approve")
	resources := len(g.plan())
	p.appears(fmt.Sprintf(".mails > li:nth-child(%d)", resources)) // by itself
	mails := p.mails()
	want := map[string]string{}
	for _, one := range mails {
		want[one.resource()] = "pending"
	}
	g.finds(want)
	for _, button := range []struct{ name, status, notice string }{
		{"expire", "expired", "expired"},
		{"revoke", "gone", "revoked"},
	} {
		for _, one := range mails {
			if button.name == "expire" && !one.Expires {
				continue
			}
			p.press("#" + button.name + "-" + one.Number)
			if notice := p.text(".notice"); !strings.Contains(notice, button.notice) || !strings.Contains(notice, one.Platform) {
				t.Errorf("%s on %s: %q", button.name, one.Platform, notice)
			}
			want[one.resource()] = button.status
		}
		g.finds(want)
	}
	// They are invited again, and accept.
	g.terraform("apply -auto-approve")
	p.appears(fmt.Sprintf(".mails > li:nth-child(%d)", 2*resources))
	for _, one := range p.mails()[:len(mails)] {
		p.press("#accept-" + one.Number)
		if notice := p.text(".notice"); !strings.Contains(notice, "accepted") {
			t.Errorf("accept on %s: %q", one.Platform, notice)
		}
		want[one.resource()] = "accepted"
	}
	g.finds(want)
	if value[int](p, `document.querySelectorAll(".mails button").length`) != 0 {
		t.Error("there is something left to do")
	}
}

func TestWithoutScripts(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.terraform("apply -auto-approve")
	p := open(t, g.inbox)
	p.withoutScripts()
	p.do(chromedp.Reload())
	first := p.mails()[0]
	p.press("#accept-" + first.Number)
	if text := p.text("#mail-" + first.Number); !strings.Contains(text, "accepted the invitation") {
		t.Errorf("the mail: %s", text)
	}
	p.do(chromedp.SendKeys(chromedp.CSS("#person"), "nobody"))
	p.press(".filter button")
	if text := p.text("main"); !strings.Contains(text, "No mail to such a person") {
		t.Errorf("the filter: %s", text)
	}
}

// fill puts more on the page than fits, with what is hard to lay out.
func (g *game) fill() {
	g.terraform("apply -auto-approve")
	g.invite("icepanel", "grace@example.com")
	g.invite("snyk", "barbara.with.a.very.long.name.that.has.no.end.in.sight@subdomain.of.another.domain.example.com")
	g.invite("elastic_cloud", "<script>alert(1)</script>@example.com")
	g.invite("icepanel", "katherine@example.com")
	g.control("accept", `{"platform":"icepanel","email":"grace@example.com"}`)
	g.control("expire", `{"platform":"icepanel","email":"katherine@example.com"}`)
	g.control("revoke", `{"platform":"snyk","email":"ada@example.com"}`)
}

// contrasts returns what is hard to read: text whose contrast with its background is less than 4.5 to 1.
// See https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
const contrasts = `(() => {
	const rgb = (text) => text.match(/[\d.]+/g).map(Number);
	const light = (color) => {
		const [r, g, b] = color.slice(0, 3).map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const behind = (element) => {
		for (; element; element = element.parentElement) {
			const color = rgb(getComputedStyle(element).backgroundColor);
			if (color.length === 3 || color[3] > 0) {
				return color;
			}
		}
		return [255, 255, 255];
	};
	return [...document.querySelectorAll("body *")].filter((element) =>
		[...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== "")
	).map((element) => {
		const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))];
		return [element, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
	}).filter(([, ratio]) => ratio < 4.5).map(([element, ratio]) => ratio.toFixed(2) + " " + element.outerHTML.slice(0, 120));
})()`

func TestSizesAndColors(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.fill()
	p := open(t, g.inbox)
	p.do(chromedp.Click(chromedp.CSS("summary")))
	for _, scheme := range []string{"light", "dark"} {
		p.colors(scheme)
		brightness := value[float64](p, `getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).slice(0, 3).reduce((a, b) => a + Number(b), 0) / 765`)
		if dark := brightness < 0.5; dark != (scheme == "dark") {
			t.Errorf("%s: brightness %v", scheme, brightness)
		}
		if bad := value[[]string](p, contrasts); len(bad) > 0 {
			t.Errorf("%s: too little contrast:\n%s", scheme, strings.Join(bad, "\n"))
		}
		for _, width := range []int64{320, 400, 700, 1100, 1600} {
			p.size(width, 1000)
			if wide := value[int64](p, "document.documentElement.scrollWidth"); wide > width {
				t.Errorf("%s: %d pixels are %d wide", scheme, width, wide)
			}
			// A line of text that sticks out of its box does not make the page wider, but nobody can read it.
			if out := value[[]string](p, `[...document.querySelectorAll("h1, h2, h3, h4, p, dd, li, button, .status")]
				.filter((one) => !one.closest(".hidden, .skip") && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
				.map((one) => one.outerHTML.slice(0, 120))`); len(out) > 0 {
				t.Errorf("%s, %d pixels: sticks out:\n%s", scheme, width, strings.Join(out, "\n"))
			}
			if thin := value[[]string](p, `[...document.querySelectorAll("dd")].filter((one) => one.clientWidth < 150).map((one) => one.outerHTML)`); len(thin) > 0 {
				t.Errorf("%s, %d pixels: too thin:\n%s", scheme, width, strings.Join(thin, "\n"))
			}
			name := fmt.Sprintf("inbox-%s-%d", scheme, width)
			p.scroll("0")
			p.screenshot(name)
			p.scroll("document.body.scrollHeight")
			p.screenshot(name + "-end")
		}
	}
}

// The picture in the documentation: copy it to templates/assets, and run `make generate`.
func TestPicture(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.terraform("apply -auto-approve")
	p := open(t, g.inbox)
	mails := p.mails()
	p.press("#accept-" + mails[len(mails)-1].Number)
	g.invite("icepanel", "grace@example.com")
	p.appears(".mails > li:nth-child(" + fmt.Sprint(len(mails)+1) + ")")
	p.press(".expire")
	p.colors("light")
	p.size(1100, 850)
	p.do(chromedp.Navigate(g.inbox))
	p.screenshot("inbox")
}

// What has the focus keeps it when the page replaces it, and a screen reader says what is new.
func TestLiveUpdate(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.terraform("apply -auto-approve")
	p := open(t, g.inbox)
	mails := p.mails()
	last := mails[len(mails)-1]
	p.do(chromedp.Focus(chromedp.CSS("#revoke-" + last.Number)))
	if news := value[string](p, `document.getElementById("news").textContent`); news != "" {
		t.Errorf("news before anything happened: %q", news)
	}
	g.invite("icepanel", "grace@example.com")
	p.appears(fmt.Sprintf("#mail-%d .status.pending", len(mails)+1))
	g.control("accept", `{"platform":"icepanel","email":"grace@example.com"}`)
	p.appears(".status.accepted")
	if focused := value[string](p, "document.activeElement.id"); focused != "revoke-"+last.Number {
		t.Errorf("the focus is at %q", focused)
	}
	if news := value[string](p, `document.getElementById("news").textContent`); !strings.Contains(news, "pending") {
		t.Errorf("what a screen reader says: %q", news)
	}
	if people := p.text("#people"); !strings.Contains(people, "grace@example.com") {
		t.Errorf("the organizations: %s", people)
	}
	if n := value[int](p, `document.querySelectorAll("#journal tbody tr").length`); n == 0 {
		t.Error("no requests")
	}
}

func TestKeyboard(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.terraform("apply -auto-approve")
	p := open(t, g.inbox)
	wanted := value[[]string](p, `[...document.querySelectorAll("a, input:not([type=hidden]), button, summary")].map((one) => one.id || one.textContent.trim())`)
	var reached, invisible []string
	for range wanted {
		p.do(chromedp.KeyEvent(kb.Tab))
		reached = append(reached, value[string](p, `document.activeElement.id || document.activeElement.textContent.trim()`))
		if value[bool](p, `(() => {
			const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
			return style.outlineStyle === "none" || box.right <= 0 || box.bottom <= 0 || box.top >= innerHeight;
		})()`) {
			invisible = append(invisible, reached[len(reached)-1])
		}
	}
	if !slices.Equal(reached, wanted) {
		t.Errorf("the order of the focus: %q\nwant that of the page: %q", reached, wanted)
	}
	if len(invisible) > 0 {
		t.Errorf("where the focus cannot be seen: %q", invisible)
	}

	p.do(chromedp.Reload(), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	if at := value[string](p, "document.activeElement.id"); at != "mails" {
		t.Errorf("the first link leads to %q", at)
	}
	first := p.mails()[0]
	p.do(chromedp.Focus(chromedp.CSS("#accept-" + first.Number)))
	if _, err := chromedp.RunResponse(p.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
	if text := p.text("#mail-" + first.Number); !strings.Contains(text, "accepted the invitation") {
		t.Errorf("Enter on a button: %s", text)
	}
}

// What a screen reader has: landmarks, and a name for all that can be used.
func TestAccessibilityTree(t *testing.T) {
	t.Parallel()
	g := play(t)
	g.fill()
	p := open(t, g.inbox)
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	text := func(v *accessibility.Value) string {
		if v == nil {
			return ""
		}
		return strings.Trim(string(v.Value), `"`)
	}
	roles, names := map[string]int{}, map[string]int{}
	for _, node := range tree.Nodes {
		if node.Ignored {
			continue
		}
		role, name := text(node.Role), text(node.Name)
		roles[role]++
		if slices.Contains([]string{"button", "link", "searchbox", "region", "article", "navigation", "complementary"}, role) && name == "" {
			t.Errorf("a %s has no name", role)
		}
		if role == "button" {
			names[name]++
		}
	}
	for _, role := range []string{"banner", "main", "complementary", "search", "contentinfo", "status", "article", "heading"} {
		if roles[role] == 0 {
			t.Errorf("no %s: %v", role, roles)
		}
	}
	for name, n := range names {
		if n > 1 {
			t.Errorf("%d buttons are called %q", n, name)
		}
	}
}
