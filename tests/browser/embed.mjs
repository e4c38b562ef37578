// Opens a page of another site that uses the embed kit, and reports what a visitor meets, as JSON.
// Usage: node embed.mjs CHROMIUM SITE FOLDER-FOR-PICTURES RECORD...
// Both sites are answered from here; the page allows the archive's site for scripts and data, and nothing else.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [, , executablePath, site, pictures, ...records] = process.argv;
const films = "http://films.test/";
const blog = "http://blog.test/";
const policy = `default-src 'none'; script-src ${films}; connect-src ${films}; frame-src ${films}`;
const framed = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const types = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", jsonld: "application/ld+json" };

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A blog</title>
<script src="${films}embed.js" data-record="${records[0]}" defer></script></head><body><main><h1>A blog</h1>
${records.map((one) => `<filmld-card record="${one}"><a href="${films}${one}">${one}</a></filmld-card>`).join("\n")}
<iframe title="The film" src="${films}embed/${records[0]}.card.html" width="480" height="240"></iframe>
</main></body></html>`;

const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
});

async function open(options) {
  const asked = [];
  const complaints = [];
  const context = await browser.newContext({ viewport: { width: 720, height: 900 }, ...options });
  const tab = await context.newPage();
  tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  tab.on("pageerror", (error) => complaints.push(String(error)));
  await tab.route("**", async (route) => {
    const url = new URL(route.request().url());
    if (url.href === blog) {
      return route.fulfill({ body: page, headers: { "Content-Type": types.html, "Content-Security-Policy": policy } });
    }
    asked.push(url.href);
    const path = url.pathname.slice(1);
    try {
      const headers = { "Content-Type": types[path.split(".").at(-1)], "Access-Control-Allow-Origin": "*" };
      if (path.endsWith(".html")) headers["Content-Security-Policy"] = framed;
      return await route.fulfill({ body: await readFile(join(site, path)), headers });
    } catch {
      return route.fulfill({ status: 404, body: "", headers: { "Access-Control-Allow-Origin": "*" } });
    }
  });
  await tab.goto(blog, { waitUntil: "networkidle" });
  return { tab, asked, complaints };
}

const cards = () =>
  [...document.querySelectorAll("filmld-card")].map((one) => {
    const card = one.shadowRoot?.querySelector("article");
    return { text: card?.innerText ?? null, inside: one.innerText, href: card?.querySelector("a")?.href ?? null };
  });
const blocks = () =>
  [...document.querySelectorAll('script[type="application/ld+json"]')].map((one) => one.textContent);

const { tab, asked, complaints } = await open({});
const report = { cards: await tab.evaluate(cards), blocks: await tab.evaluate(blocks), asked, complaints };
report.elements = await tab.evaluate(() => [...document.head.children].map((one) => one.localName));
report.framed = await tab.frames()[1].evaluate(() => document.body.innerText);
await tab.screenshot({ path: join(pictures, "light.png") });
await tab.evaluate(axe);
const { violations } = await tab.evaluate((only) => window.axe.run(document, { runOnly: only }), rules);
report.violations = violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}`));
const dark = await open({ colorScheme: "dark" });
await dark.tab.screenshot({ path: join(pictures, "dark.png") });
const without = await open({ javaScriptEnabled: false });
report.plain = await without.tab.locator("main").innerText();
await browser.close();
console.log(JSON.stringify(report));
