// Bundles the scripts into dist/, with the outlines of the countries and the engine beside them.
// The names of the files are fixed: pages refer to them, and the files are sent with an ETag.

import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { build } from "esbuild";

const resolve = createRequire(import.meta.url).resolve;
const out = new URL("dist/", import.meta.url);

/** The outlines of today's countries, named by their codes of two letters (ISO 3166-1). */
async function countries() {
  const read = async (name) => JSON.parse(await readFile(resolve(name), "utf8"));
  const world = await read("world-atlas/countries-110m.json");
  const codes = new Map((await read("i18n-iso-countries/codes.json")).map((row) => [row[2], row[0].toLowerCase()]));
  for (const country of world.objects.countries.geometries) {
    country.properties = {};
    country.id = codes.get(country.id) ?? "";
  }
  delete world.objects.land;
  return JSON.stringify(world);
}

/** The licences of all that the bundle holds, which they ask to be handed on. */
async function licences({ inputs }) {
  const packages = new Set(["world-atlas", "i18n-iso-countries"]);
  for (const name of Object.keys(inputs)) {
    const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(name);
    if (found) packages.add(found[1]);
  }
  const texts = [];
  for (const name of [...packages].sort()) {
    const folder = new URL(`node_modules/${name}/`, import.meta.url);
    const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file ? await readFile(new URL(file, folder), "utf8") : "";
    texts.push(`${name} ${version}, ${license}\n\n${text.trim()}\n`);
  }
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

await rm(out, { recursive: true, force: true });
await mkdir(out);
const { metafile } = await build({
  absWorkingDir: new URL(".", import.meta.url).pathname,
  entryPoints: ["src/sparql.ts", "src/question.ts", "src/worker.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  metafile: true,
  chunkNames: "part-[hash]",
});
await writeFile(new URL("world.json", out), await countries());
await copyFile(resolve("oxigraph/web_bg.wasm"), new URL("oxigraph.wasm", out));
await writeFile(new URL("licences.txt", out), await licences(metafile));
const sizes = Object.entries(metafile.outputs).map(([name, { bytes }]) => `${name} ${Math.ceil(bytes / 1024)} KiB`);
console.log(sizes.sort().join("\n"));
