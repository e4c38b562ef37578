// Asks as a visitor does, with a server and without, and reports what happened, as JSON.
// Usage: node ask.mjs CHROMIUM SERVER SITE QUERIES [SCREENSHOTS]
// SERVER and SITE are addresses on loopback; QUERIES is a JSON file of queries for the engine in the browser.

import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [, , executablePath, server, site, queries, shots] = process.argv;
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PATIENCE = 40_000;
const SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }";
const FILMS = "SELECT ?film ?name ?year { ?film a schema:Movie ; schema:name ?name ; fld:startYear ?year } ORDER BY ?name";

const browser = await chromium.launch({
  executablePath,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  ],
});
const report = { complaints: [], violations: [] };

async function open(address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE);
  tab.on("console", (message) => {
    const isRefusal = message.text().startsWith("Failed to load resource: the server responded with a status of 400");
    if (message.type() === "error" && !isRefusal) report.complaints.push(message.text());
  });
  tab.on("pageerror", (error) => report.complaints.push(String(error)));
  tab.on("request", (request) => {
    const isHere = [server, site, "blob:", "data:"].some((known) => request.url().startsWith(known));
    if (!isHere) report.complaints.push(`asked for ${request.url()}`);
  });
  await tab.goto(address);
  return tab;
}

async function look(tab, name) {
  // Without preload: axe would copy the sheets of the editor's shadow root into style elements, against the policy.
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate((only) => window.axe.run(document, { runOnly: only, preload: false }), rules);
  const found = violations.flatMap((one) => one.nodes.map((node) => `${name}: ${one.id}: ${node.target.join(" ")}`));
  report.violations.push(...found);
  const isWide = await tab.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  if (isWide) report.violations.push(`${name}: scrolls sideways`);
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await tab.screenshot({ path: join(shots, `${name}.png`), fullPage: true, caret: "initial" });
}

const status = (tab) => tab.locator("p.status, #answer p[role=status]").first();
const said = async (tab, words) => {
  await tab.waitForFunction(
    (sought) => document.querySelector("p.status, #answer p[role=status]")?.textContent.includes(sought),
    words,
  );
  return status(tab).innerText();
};

async function write(tab, query) {
  await tab.locator(".cm-content").click();
  await tab.keyboard.press("Control+a");
  // Typed over a selection, Chromium itself would try to keep the style of what was there.
  await tab.keyboard.press("Delete");
  await tab.keyboard.insertText(query);
}

async function asked(address, name, options) {
  const tab = await open(address, options);
  await write(tab, FILMS);
  await tab.keyboard.press("Control+Enter");
  const found = { status: await said(tab, "row") };
  found.rows = await tab.locator("#answer tbody tr").count();
  found.link = await tab.locator("#answer tbody a").first().getAttribute("href");
  found.languages = await tab.locator("#answer td sup").allInnerTexts();
  found.address = tab.url();
  await look(tab, `${name}-table`);
  await tab.locator("#answer .sort", { hasText: "year" }).click();
  found.sorted = await tab.locator("#answer tbody tr td:nth-child(3)").allInnerTexts();
  await tab.locator("#filter").fill("zzz");
  found.filtered = await tab.locator("#answer tbody tr").count();
  await tab.locator("#filter").fill("");
  await tab.locator("[data-view=bar]").click();
  await tab.locator("#answer .chart svg").waitFor();
  found.bars = await tab.locator("#answer .chart svg .mark-rect path").count();
  await look(tab, `${name}-bars`);
  await tab.locator("[data-view=timeline]").click();
  await tab.locator("#answer .chart svg .mark-symbol path").first().waitFor();
  found.shared = await tab.locator(".downloads a", { hasText: "Link" }).getAttribute("href");
  const shared = await open(new URL(found.shared, tab.url()).href, options);
  await shared.locator("#answer .chart svg").waitFor();
  found.again = await shared.locator("#answer .chart").getAttribute("aria-label");
  await shared.context().close();
  const waiting = tab.waitForEvent("download");
  await tab.locator(".downloads :is(a, button)", { hasText: "csv" }).click();
  found.csv = await readFile(await (await waiting).path(), "utf8");
  return { tab, found };
}

async function mistaken(tab, name) {
  await write(tab, "SELECT * {\n  ?film a schema:Movie .\n  ?film schema:name ; }\n}");
  await tab.keyboard.press("Control+Enter");
  await tab.locator("#error").waitFor();
  const found = { error: await tab.locator("#error").innerText() };
  found.marks = await tab.locator(".cm-lintRange-error, .cm-lintPoint-error").count();
  found.line = await tab.evaluate(() => {
    const root = document.querySelector(".editor").shadowRoot;
    const lines = [...root.querySelectorAll(".cm-line")];
    return 1 + lines.findIndex((line) => line.querySelector(".cm-lintRange-error, .cm-lintPoint-error"));
  });
  await look(tab, `${name}-mistake`);
  return found;
}

async function stopped(tab) {
  await write(tab, SLOW);
  await tab.keyboard.press("Control+Enter");
  await said(tab, "Asking");
  await tab.waitForTimeout(300);
  const busy = workers().filter((pid) => state(pid) === "R");
  await tab.keyboard.press("Escape");
  const told = await said(tab, "Stopped");
  if (!process.env.SERVER_PID) return { told };
  const began = Date.now();
  while (busy.some((pid) => workers().includes(pid)) && Date.now() - began < 8_000) await tab.waitForTimeout(20);
  return { told, worked: busy.length > 0, ended: !busy.some((pid) => workers().includes(pid)) };
}

/** The processes that answer queries: forked by the one that the server has started. */
function workers() {
  const children = (pid) => {
    try {
      return readFileSync(`/proc/${pid}/task/${pid}/children`, "ascii").split(" ").filter(Boolean);
    } catch {
      return [];
    }
  };
  return children(process.env.SERVER_PID ?? 0).flatMap(children);
}

function state(pid) {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const states = tasks.map((task) => /\) (\w)/.exec(readFileSync(`/proc/${pid}/task/${task}/stat`, "ascii"))[1]);
    return states.includes("R") ? "R" : "S";
  } catch {
    return "";
  }
}

async function completed(tab) {
  const text = () => tab.locator(".cm-content").innerText();
  await write(tab, "SELECT * { ?film sch");
  await tab.keyboard.type("ema:dire");
  await tab.locator(".cm-tooltip-autocomplete li", { hasText: "schema:director" }).first().waitFor();
  await tab.waitForTimeout(150);
  await tab.keyboard.press("Enter");
  const found = { property: await text() };
  await write(tab, "SELECT * { ?film schema:director ");
  await tab.keyboard.type("<summer a");
  await tab.locator(".cm-tooltip-autocomplete li", { hasText: "Summer at the Lock" }).first().waitFor();
  await tab.waitForTimeout(150);
  await tab.keyboard.press("Enter");
  found.name = await text();
  await tab.keyboard.press("Tab");
  found.left = await tab.evaluate(() => !document.activeElement?.classList.contains("editor"));
  return found;
}

async function copied(tab) {
  await tab.locator("button", { hasText: "Copy as curl" }).click();
  await tab.waitForFunction(() => document.querySelector(".copying")?.textContent.includes("Copied"));
  return tab.evaluate(() => navigator.clipboard.readText());
}

async function journey() {
  const tab = await open(server);
  await tab.locator("nav a", { hasText: "Questions" }).click();
  await look(tab, "questions");
  await tab.locator("a", { hasText: "Which countries make films together" }).click();
  await tab.locator("#answer .chart svg").waitFor();
  await look(tab, "question-network");
  await tab.locator("[data-view=bar]").click();
  await tab.locator("#answer .chart svg .mark-rect path").first().waitFor();
  await look(tab, "question-bars");
  const found = {
    chart: await tab.locator("#answer .chart").getAttribute("aria-label"),
    labels: await tab.locator("#answer .chart svg text").allTextContents(),
  };
  await tab.goto(`${server}queries/06-share-of-co-productions`);
  found.country = await tab.locator("input[name=country]").inputValue();
  await tab.locator("input[name=country]").fill("France");
  await Promise.all([tab.waitForNavigation(), tab.locator("button", { hasText: "Ask again" }).click()]);
  found.other = await tab.locator("input[name=country]").inputValue();
  found.query = await tab.locator("#query-heading ~ pre").innerText();
  await tab.goto(`${server}queries/08-distributors`);
  await tab.locator("#answer .chart svg").waitFor();
  await look(tab, "question-map");
  await tab.context().close();
  return found;
}

/** The answers of the engine in the browser, straight from the thread that the page uses. */
async function engine(tab) {
  const asking = JSON.parse(await readFile(queries, "utf8"));
  return tab.evaluate(async (texts) => {
    const worker = new Worker("../assets/web/worker.js", { type: "module" });
    const told = (message) =>
      new Promise((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) => {
          if (!("loading" in data)) resolve(data);
        };
        worker.postMessage(message);
      });
    const { dumps, base } = JSON.parse(document.getElementById("settings").textContent);
    const here = (path) => new URL(path, location.href).href;
    const loaded = await told({ wasm: here("../assets/web/oxigraph.wasm"), dumps: dumps.map(here) });
    const answers = {};
    for (const [name, query] of Object.entries(texts)) answers[name] = await told({ query, format: "json", base });
    worker.terminate();
    return { loaded, answers };
  }, asking);
}

/** What is proposed for a person, and what comes of taking it: only the files of names are loaded that begin so. */
async function named(tab, address) {
  await tab.goto(address);
  const loaded = [];
  tab.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await tab.locator("input[name=person]").fill("ilse");
  await tab.locator("datalist option[value='Ilse Brandt']").waitFor({ state: "attached" });
  const proposed = await tab.locator("datalist option").evaluateAll((all) => all.map((one) => one.value));
  await tab.locator("input[name=person]").fill("Ilse Brandt");
  const found = { proposed, loaded: loaded.filter((path) => path.startsWith("/search/")) };
  if (!address.startsWith(site)) return found;
  await tab.locator("button[type=submit]", { hasText: "Ask again" }).click();
  found.status = await said(tab, "from this browser");
  await tab.locator("input[name=person]").fill("Nobody At All");
  await tab.locator("button[type=submit]", { hasText: "Ask again" }).click();
  found.nobody = await said(tab, "Nobody At All");
  return found;
}

/** An answer a page at a time. */
async function paged() {
  const tab = await open(`${server}queries/05-co-productions?rows=4`);
  await tab.locator("#answer .views .table").waitFor();
  const found = { first: await tab.locator("#answer .views tbody tr").count(), said: await status(tab).innerText() };
  await look(tab, "paged");
  await tab.locator("nav.pager a", { hasText: "Next" }).click();
  await tab.locator("#answer .views .table").waitFor();
  found.next = await status(tab).innerText();
  await tab.locator("[data-view=bar]").click();
  await tab.locator("#answer .chart svg").waitFor();
  found.remark = await tab.locator("#answer .views .remark").innerText();
  await tab.goto(`${server}queries/17-titles?text=zzzz`);
  found.empty = await status(tab).innerText();
  await look(tab, "empty");
  found.named = await named(tab, `${server}queries/01-filmography`);
  await tab.context().close();
  return found;
}

async function withoutServer() {
  const { tab, found } = await asked(`${site}sparql/index.html`, "static", { colorScheme: "dark" });
  found.mistake = await mistaken(tab, "static");
  found.stopped = await stopped(tab);
  found.engine = await engine(tab);
  found.completed = await completed(tab);
  await tab.goto(`${site}queries/06-share-of-co-productions.html`);
  await tab.locator("input[name=country]").fill("France");
  await tab.locator("button", { hasText: "Ask again" }).click();
  found.parameter = await said(tab, "from this browser");
  await look(tab, "static-question");
  found.named = await named(tab, `${site}queries/01-filmography.html`);
  await tab.goto(`${site}fi/queries/05-co-productions.html`);
  await tab.locator("#answer .chart svg").waitFor();
  found.finnish = {
    heading: await tab.locator("h1").innerText(),
    chart: await tab.locator("#answer .chart").getAttribute("aria-label"),
    buttons: await tab.locator("[data-view]").allInnerTexts(),
    link: await tab.locator("nav.tongues a").getAttribute("href"),
  };
  await look(tab, "static-finnish");
  await tab.context().close();
  return found;
}

async function narrow() {
  for (const colorScheme of ["light", "dark"]) {
    const tab = await open(`${server}queries/05-co-productions`, { viewport: { width: 390, height: 844 }, colorScheme });
    await tab.locator("#answer .chart svg").waitFor();
    await look(tab, `narrow-question-${colorScheme}`);
    await tab.goto(`${server}sparql?query=${encodeURIComponent(FILMS)}`);
    await tab.locator("#answer .sort").first().waitFor();
    await look(tab, `narrow-sparql-${colorScheme}`);
    await tab.context().close();
  }
}

async function withoutScript() {
  const tab = await open(`${server}queries/05-co-productions`, { javaScriptEnabled: false });
  if (shots) await tab.screenshot({ path: join(shots, "plain-question.png"), fullPage: true, caret: "initial" });
  const found = { text: await tab.locator("#answer").innerText(), bars: await tab.locator(".bars rect").count() };
  await tab.context().close();
  return found;
}

try {
  const { tab, found } = await asked(`${server}sparql`, "server", { colorScheme: "light" });
  report.server = found;
  report.server.copied = await copied(tab);
  report.server.mistake = await mistaken(tab, "server");
  report.server.stopped = await stopped(tab);
  report.server.completed = await completed(tab);
  await tab.context().close();
  report.journey = await journey();
  report.paged = await paged();
  report.site = await withoutServer();
  report.plain = await withoutScript();
  await narrow();
} catch (error) {
  report.failure = String(error?.stack ?? error);
}
await browser.close();
console.log(JSON.stringify(report));
