// Lets Python call what the scripts of the pages do: bundles one module, and maps its function over standard input.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, job] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const { build } = require("esbuild");

const JOBS = {
  charts: [
    'export { fromResults } from "./src/terms.ts"; export { choices, columns } from "./src/chart.ts";',
    ({ fromResults, choices, columns }, results) => Object.fromEntries(choices(columns(fromResults(results)))),
  ],
  copies: [
    'export { LANGUAGES } from "./src/code.ts";',
    ({ LANGUAGES }, { endpoint, query }) => Object.fromEntries(LANGUAGES.map(([name, write]) => [name, write(endpoint, query)])),
  ],
};

const [contents, work] = JOBS[job];
const { outputFiles } = await build({
  stdin: { contents, resolveDir: folder, loader: "ts" },
  bundle: true,
  format: "esm",
  write: false,
});
const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
let text = "";
for await (const piece of process.stdin) text += piece;
console.log(JSON.stringify(JSON.parse(text).map((each) => work(module, each))));
