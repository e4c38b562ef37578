// Searches a built site in Chromium, straight from the disk, and reports what is found, as JSON.
// Usage: node search.mjs CHROMIUM PAGE QUERY...

import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [, , executablePath, page, ...queries] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const tab = await browser.newPage();
const report = {};
for (const query of queries) {
  await tab.goto(`${pathToFileURL(page)}?q=${encodeURIComponent(query)}`);
  await tab.waitForSelector("#page-results > *", { timeout: 10_000 });
  const links = await tab.locator("#page-results a").all();
  report[query] = await Promise.all(links.map((link) => link.getAttribute("href")));
}
await browser.close();
console.log(JSON.stringify(report));
