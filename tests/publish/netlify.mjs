// What Netlify's own parsers make of the rules in a folder: the headers of each path, and the redirects.
//     node netlify.mjs FOLDER < JSON array of paths
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parseAllHeaders } from "@netlify/headers-parser"
import { parseAllRedirects } from "@netlify/redirect-parser"

const folder = process.argv[2]
const paths = JSON.parse(readFileSync(0, "utf8"))
const found = await parseAllHeaders({
  headersFiles: [join(folder, "_headers")], configHeaders: [], minimal: false,
})
const moved = await parseAllRedirects({
  redirectsFiles: [join(folder, "_redirects")], configRedirects: [], minimal: false,
})
const headers = paths.map((path) =>
  Object.assign({}, ...found.headers.filter((rule) => rule.forRegExp.test(path)).map((rule) => rule.values)),
)
process.stdout.write(JSON.stringify({
  errors: [...found.errors, ...moved.errors].map(String),
  headers,
  redirects: moved.redirects.map((rule) => [rule.path, rule.to, rule.status, rule.force, rule.query]),
}))
