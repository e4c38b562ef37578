/** Terms and answers, as SPARQL 1.1 Query Results JSON has them. */
export interface Term {
  type: "uri" | "literal" | "bnode" | "triple";
  value: string;
  datatype?: string;
  "xml:lang"?: string;
}

export type Row = Record<string, Term | undefined>;

export interface Solutions {
  kind: "solutions";
  variables: string[];
  rows: Row[];
}

export type Answer = Solutions | { kind: "boolean"; value: boolean } | { kind: "graph"; text: string };

interface Results {
  head: { vars?: string[] };
  boolean?: boolean;
  results?: { bindings: Row[] };
}

const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "gYear"]);

export function fromResults(results: unknown): Answer {
  const { head, boolean, results: table } = results as Results;
  if (boolean !== undefined) return { kind: "boolean", value: boolean };
  return { kind: "solutions", variables: head.vars ?? [], rows: table?.bindings ?? [] };
}

export function isNumber(term: Term | undefined): boolean {
  const type = term?.datatype?.split("#")[1];
  return term?.type === "literal" && type !== undefined && NUMBERS.has(type) && Number.isFinite(Number(term.value));
}

export function prefixed(iri: string, prefixes: Record<string, string>): string {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    const local = iri.slice(namespace.length);
    if (iri.startsWith(namespace) && /^[\p{L}\d][\p{L}\d_-]*$/u.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

/** A term as it can be written into a query. */
export function written(term: Term): string {
  if (term.type === "uri") return `<${term.value}>`;
  const text = JSON.stringify(term.value);
  return term["xml:lang"] ? `${text}@${term["xml:lang"]}` : text;
}
