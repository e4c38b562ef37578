/** The same question as a program asks it. */
export const LANGUAGES: [name: string, write: (endpoint: string, query: string) => string][] = [
  ["curl", curl],
  ["Python", python],
  ["R", r],
];

function curl(endpoint: string, query: string): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  return `curl -H 'Accept: text/csv' --data-urlencode ${quoted(`query=${query}`)} ${quoted(endpoint)}\n`;
}

function python(endpoint: string, query: string): string {
  // Python reads the escapes that JSON writes.
  const lines = query.split("\n").map((line) => `    ${JSON.stringify(`${line}\n`)}`);
  return `import urllib.parse
import urllib.request

import pandas

query = (
${lines.join("\n")}
)
data = urllib.parse.urlencode({"query": query}).encode()
request = urllib.request.Request(${JSON.stringify(endpoint)}, data, {"Accept": "text/csv"})
with urllib.request.urlopen(request) as answer:
    table = pandas.read_csv(answer)
print(table)
`;
}

function r(endpoint: string, query: string): string {
  const quoted = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  return `library(httr2)

query <- ${quoted(query)}
answer <- request(${quoted(endpoint)}) |>
  req_headers(Accept = "text/csv") |>
  req_body_form(query = query) |>
  req_perform()
table <- read.csv(text = resp_body_string(answer))
print(table)
`;
}
