// Opens pages of a built site in Chromium and reports what a visitor meets, as JSON.
// Usage: node look.mjs CHROMIUM SITE PAGE...
// The site is answered from the disk under a strict policy; nothing else can be reached.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const [, , executablePath, site, ...pages] = process.argv;
// A host that browsers trust as they trust https, so that what needs that trust is looked at, too.
const origin = "http://films.localhost/";
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'";
const types = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  ],
});

async function open(page, options, complaints) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  tab.on("dialog", (dialog) => {
    complaints.push(`a dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  tab.on("pageerror", (error) => complaints.push(String(error)));
  await tab.route("**", async (route) => {
    const url = new URL(route.request().url());
    if (!url.href.startsWith(origin)) {
      complaints.push(`asked for ${url.href}`);
      return route.abort();
    }
    const path = url.pathname.slice(1);
    return route.fulfill({
      body: await readFile(join(site, path)),
      headers: { "Content-Type": types[extname(path)], "Content-Security-Policy": policy },
    });
  });
  await tab.goto(origin + page);
  return tab;
}

// What a script adds is marked, so that pages can be compared with and without.
function words(tab) {
  return tab.evaluate(() => {
    const added = document.querySelectorAll("[data-by-script]");
    added.forEach((one) => (one.style.display = "none"));
    const text = document.body.innerText;
    added.forEach((one) => (one.style.display = ""));
    return text;
  });
}

async function settled(tab) {
  if (tab.url().includes("?q=")) await tab.waitForSelector("#page-results > *", { timeout: 10_000 });
}

async function look(page) {
  const complaints = [];
  const tab = await open(page, { viewport: { width: 1280, height: 900 } }, complaints);
  await settled(tab);
  await tab.evaluate(axe);
  const rows = [];
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      await tab.setViewportSize({ width, height: 900 });
      await tab.emulateMedia({ colorScheme });
      rows.push(await seen(tab, { page, width, colorScheme, complaints }));
    }
  }
  await tab.context().close();
  return rows;
}

async function seen(tab, { page, width, colorScheme, complaints }) {
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
  const text = await words(tab);
  const block = await tab.evaluate(() => document.getElementById("filmld")?.textContent ?? null);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  const { violations } = await tab.evaluate((only) => window.axe.run(document, { runOnly: only }), rules);
  const overflows = [];
  for (const narrower of [width, width / 2, 320]) {
    await tab.setViewportSize({ width: narrower, height: 900 });
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    if (wide && narrower >= 320) overflows.push(narrower);
  }
  const background = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const found = violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
  return { page, width, colorScheme, text, block, violations: found, overflows, background, complaints };
}

async function withoutScript(page) {
  const tab = await open(page, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false }, []);
  const text = await tab.locator("body").innerText();
  await tab.context().close();
  return text;
}

// Each page is looked at in a process of its own: two at a time keep two cores at work.
const report = new Map(pages.map((page) => [page, []]));
const waiting = report.keys();

async function takeTurns() {
  for (const page of waiting) {
    const plain = await withoutScript(page);
    report.set(
      page,
      (await look(page)).map((row) => ({ ...row, plain })),
    );
  }
}

await Promise.all([takeTurns(), takeTurns()]);
await browser.close();
console.log(JSON.stringify([...report.values()].flat()));
