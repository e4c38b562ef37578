// Opens a page of `filmld serve --watch`, edits its record, and reports what the open page shows, as JSON.
// Usage: node watch.mjs CHROMIUM ADDRESS FILE

import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";

const [, , executablePath, address, file] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const context = await browser.newContext();
const tabs = [];
for (let count = 0; count < 8; count += 1) tabs.push(await context.newPage());
const tab = tabs[0];
const complaints = [];
tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
tab.on("pageerror", (error) => complaints.push(String(error)));
for (const one of tabs) await one.goto(address);
await tab.bringToFront();
await tab.getByText(/remark|No findings/).first().waitFor(); // the first check is over
await tab.evaluate(() => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  scrollTo(0, 300);
});

const before = await readFile(file, "utf8");
const report = { complaints };

async function shows(text, words) {
  const started = performance.now();
  await writeFile(file, text);
  await tab.getByText(words).first().waitFor({ timeout: 20_000 });
  await tab.waitForLoadState("load"); // the script that unfolds what was unfolded has run
  return Math.round(performance.now() - started);
}

report.edit = await shows(before.replace('"Winter Harbour"@en', '"Winter Haven"@en'), "Winter Haven");
report.scroll = await tab.evaluate(() => scrollY);
report.open = await tab.evaluate(() => [...document.querySelectorAll("details")].every((one) => one.open));
report.finding = await shows(before.replace("schema:duration", "schema:durration"), "has no property ‘durration’");
report.mistake = await shows(`${before}film:x a`, "‘a’ has no value");
report.heading = await tab.locator("main h2").first().textContent();
report.title = await tab.locator("h1").innerText();
await writeFile(file, before);
await tab.waitForFunction(() => !document.getElementById("page-outdated"), null, { timeout: 20_000 });
report.others = await Promise.all(tabs.map((one) => one.locator("h1").innerText()));
await browser.close();
console.log(JSON.stringify(report));
