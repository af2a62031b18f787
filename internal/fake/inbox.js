// Copyright (c) The terraform-provider-orginvite authors
// SPDX-License-Identifier: MPL-2.0

// Keeps the page up to date. The server renders it; this loads it again after each event, and replaces the parts that
// differ. Without this script, everything else works.
"use strict";

(() => {
  const address = new URL(location.href);
  address.hash = "";
  // What a button did is not to be said again when somebody reloads the page.
  const clean = new URL(location.href);
  clean.searchParams.delete("done");
  clean.searchParams.delete("mail");
  history.replaceState(null, "", clean);

  const shown = new Map();
  for (const region of document.querySelectorAll("[data-live]")) {
    shown.set(region.id, region.innerHTML);
  }
  let loading = false;
  let again = false;

  // The first mail that is visible stays where it is when mails appear above it.
  function anchor() {
    if (scrollY === 0) {
      return () => {};
    }
    const mail = [...document.querySelectorAll(".mails > li")].find((one) => one.getBoundingClientRect().bottom > 0);
    const top = mail?.getBoundingClientRect().top;
    return () => {
      const moved = mail && document.getElementById(mail.id);
      if (moved) {
        scrollBy(0, moved.getBoundingClientRect().top - top);
      }
    };
  }

  function replace(region, next) {
    const focused = region.contains(document.activeElement) ? document.activeElement : null;
    const inMail = focused?.closest(".mails > li")?.id;
    region.replaceChildren(...next.childNodes);
    if (focused) {
      (document.getElementById(focused.id) ?? document.getElementById(inMail))?.focus({ preventScroll: true });
    }
  }

  async function refresh() {
    if (loading) {
      again = true;
      return;
    }
    loading = true;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        update(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } catch {
      // The fake has stopped. The browser connects again, and the next event brings the page up to date.
    }
    loading = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  function update(page) {
    const keep = anchor();
    for (const region of document.querySelectorAll("[data-live]")) {
      const next = page.getElementById(region.id);
      const text = next.innerHTML;
      if (shown.get(region.id) !== text) {
        shown.set(region.id, text);
        replace(region, next);
      }
    }
    document.title = page.title;
    const news = document.getElementById("news");
    const text = page.getElementById("news").dataset.text;
    if (news.dataset.text !== text) {
      news.dataset.text = text;
      news.textContent = text;
    }
    keep();
  }

  const events = new EventSource("/_fake/events");
  events.addEventListener("message", refresh);
  addEventListener("pagehide", () => events.close());
})();
