// Shows a saved edit in a page that is open. Only `filmld serve --watch` sends this script.
"use strict";

const own = document.currentScript.dataset;
const OPEN = `opened:${location.pathname}`;
const PAUSE = 3000;

// What was unfolded stays unfolded; the browser itself keeps the place on the page.
const folds = [...document.querySelectorAll("details")];
for (const at of JSON.parse(sessionStorage.getItem(OPEN) ?? "[]")) if (folds[at]) folds[at].open = true;
sessionStorage.removeItem(OPEN);

const isWriting = () => document.activeElement?.matches("input:not([readonly]), textarea, select");

async function look() {
  if (document.hidden) {
    document.addEventListener("visibilitychange", look, { once: true });
    return;
  }
  let page;
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return; // the server is away; when it is back, it says so
  }
  const version = page.querySelector("script[data-version]")?.dataset.version;
  if (!version || version === own.version) return;
  if (isWriting()) {
    document.activeElement.addEventListener("blur", look, { once: true });
    return;
  }
  const open = folds.map((fold, at) => (fold.open ? at : -1)).filter((at) => at >= 0);
  sessionStorage.setItem(OPEN, JSON.stringify(open));
  location.reload();
}

function listen() {
  const changes = new EventSource(own.changes);
  changes.addEventListener("message", () => {
    look();
    others.postMessage("changed");
  });
  changes.addEventListener("error", () => {
    if (changes.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE);
  });
}

// Browsers have few connections to a host: of all pages that are open one listens, and tells the others.
// When it is closed, the next one takes its turn; where there are no locks, each listens for itself.
const others = new BroadcastChannel("filmld-changes");
others.addEventListener("message", look);
if (navigator.locks) {
  navigator.locks.request("filmld-changes", () => {
    listen();
    return new Promise(() => {});
  });
} else listen();
