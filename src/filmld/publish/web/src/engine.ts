import type { Answer } from "./terms.ts";

/** Whatever answers queries: a server, or this browser itself. */
export interface Engine {
  /** What is being done, for a person; told while an answer is waited for. */
  onProgress: (note: string) => void;
  /** Asks; throws {@link Refusal} where there is no answer, and AbortError once it was stopped. */
  ask(query: string, signal: AbortSignal): Promise<Answer>;
  /** Makes the answer in a format to download. */
  write(query: string, format: string, signal: AbortSignal): Promise<Blob>;
}

/** Why there is no answer; with the place in the query, if there is one. */
export class Refusal extends Error {
  readonly row: number | null;
  readonly column: number | null;
  readonly hint: string | null;

  constructor(text: string, hint: string | null = null, place: [row: number, column: number] | null = null) {
    super(text);
    const said = /^line (\d+), column (\d+)/.exec(text);
    this.row = place?.[0] ?? (said ? Number(said[1]) : null);
    this.column = place?.[1] ?? (said ? Number(said[2]) : null);
    this.hint = hint;
  }
}

export const MEDIA_TYPES: Record<string, string> = {
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  turtle: "text/turtle",
  ntriples: "application/n-triples",
  jsonld: "application/ld+json",
};

/** Whether a query asks for a graph: what it begins with, comments and prologue aside. */
export function wantsGraph(query: string): boolean {
  const body = query.replace(/<[^<>\s]*>|"[^"\n]*"|#[^\n]*/g, " ");
  const word = /\b(select|ask|construct|describe)\b/i.exec(body);
  return /^(construct|describe)$/i.test(word?.[1] ?? "");
}
