/** What the page says of itself in its data block. */
export interface Settings {
  /** The address of the endpoint, relative to the page; none where there is no server. */
  endpoint: string | null;
  /** The files to load where there is no server, relative to the page. */
  dumps: string[];
  /** What these files lack, in words, where they are not all of the data. */
  slim: string | null;
  /** The classes, properties and named things to complete with; none where there is nothing. */
  vocabulary: string | null;
  /** The way to the top of the site. */
  root: string;
  /** The ending of pages: none where a server negotiates. */
  suffix: string;
  /** What is said in the language of the page. */
  words: Record<string, string>;
  /** What the kinds of records are called. */
  kinds: Record<string, string>;
  /** The language of the page. */
  language: string;
  /** Whether the rows that came with the page are not the whole answer. */
  partial?: boolean;
  /** What the IRIs of this archive begin with. */
  base: string;
  /** The languages of the archive, the preferred one first. */
  languages: string[];
  /** Prefixes that need no declaration. */
  prefixes: Record<string, string>;
  /** How the answer is best shown, and of which columns; none where nobody has said. */
  chart: ChartChoice | null;
  /** What a question leaves open. */
  parameters?: { name: string; kind: "iri" | "text" | "integer" }[];
  limits: { seconds: number; characters: number };
}

export type ChartKind = "bar" | "line" | "timeline" | "map" | "network";

export interface ChartChoice {
  kind: ChartKind;
  x: string;
  y: string | null;
  by: string | null;
}

/** An answer that came with the page. */
export interface GivenAnswer {
  query: string;
  answer: unknown;
  seconds: number;
  names?: Record<string, [text: string, href: string | null, language: string | null]>;
}

export function block<Value>(id: string): Value | null {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as Value) : null;
}

export function settings(): Settings {
  const found = block<Settings>("settings");
  if (found === null) throw new Error("this page has no settings");
  return found;
}
