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
  // R alone, without packages. Of the arguments, `repeated` has a query with %20 in it encoded, too.
  return `query <- ${quoted(query)}
encoded <- URLencode(enc2utf8(query), reserved = TRUE, repeated = TRUE)
address <- paste0(${quoted(`${endpoint}?query=`)}, encoded)
answer <- url(address, headers = c(Accept = "text/csv"), method = "libcurl", encoding = "UTF-8")
table <- read.csv(answer, na.strings = "")
print(table)
`;
}
