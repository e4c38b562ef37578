import type { Settings } from "./settings.ts";
import { type Entry, Shards } from "./shards.ts";

/** A class, property or other term: its IRI, what it is called, and how often it is used. */
export type Word = [iri: string, label: string, count: number];

/** A named thing: its IRI without the base, its name, and what it is. */
export type Thing = [path: string, name: string, kind: string];

const MOST_NAMES = 50;

interface Words {
  classes: Word[];
  properties: Word[];
  terms: Word[];
}

/** What this data set has to ask for. Of its names only those are loaded that begin as is asked. */
export class Vocabulary {
  readonly #settings: Settings;
  readonly #words: Promise<Words>;
  readonly #shards: Shards;
  readonly #asked = new Map<string, Promise<Thing[]>>();
  #pages: Promise<Record<string, string>> | null = null;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#words = fetched<Words>(settings.vocabulary, { classes: [], properties: [], terms: [] });
    this.#shards = new Shards(`${settings.root}search/`);
  }

  words(): Promise<Words> {
    return this.#words;
  }

  /** The things of whose names a word begins with each word that is sought: a server, or the files of the site, know. */
  named(sought: string): Promise<Thing[]> {
    const known = this.#asked.get(sought);
    if (known) return known;
    const asking = this.#settings.endpoint === null ? this.#inShards(sought) : this.#atServer(sought);
    this.#asked.set(sought, asking);
    return asking;
  }

  /** The IRI of the one thing that is called exactly so. */
  async called(name: string): Promise<string | null> {
    const { base } = this.#settings;
    const term = (await this.#words).terms.find(([, label]) => label === name);
    if (term) return term[0];
    const found = await this.#shards.find(name, MOST_NAMES).catch(() => []);
    const same = found.find((entry) => entry.names.some(([text]) => text === name) || entry.forms.includes(name));
    return same ? new URL(placeOf(same), base).href : null;
  }

  /** Pages whose addresses are not those of what they describe. */
  pages(): Promise<Record<string, string>> {
    this.#pages ??= fetched<Record<string, string>>(`${this.#settings.root}sparql/pages.json`, {});
    return this.#pages;
  }

  async #inShards(sought: string): Promise<Thing[]> {
    const { kinds, language } = this.#settings;
    const found = await this.#shards.find(sought, MOST_NAMES).catch(() => []);
    return found.map((entry) => {
      const name = entry.names.find(([, tag]) => tag === language) ?? entry.names[0];
      return [placeOf(entry), name?.[0] ?? entry.path, [kinds[entry.kind] ?? entry.kind, entry.year].filter(Boolean).join(", ")];
    });
  }

  async #atServer(sought: string): Promise<Thing[]> {
    const { root, language } = this.#settings;
    const address = `${root}sparql/names.json?${new URLSearchParams({ q: sought, language })}`;
    return (await fetched<{ things: Thing[] }>(address, { things: [] })).things;
  }
}

function placeOf(entry: Entry): string {
  return entry.place || entry.path.replace(/\.html$/, "");
}

/** Without these lists the page is still of use, so whatever stands in the way is passed over. */
async function fetched<Value>(address: string | null, otherwise: Value): Promise<Value> {
  if (address === null) return otherwise;
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as Value) : otherwise;
  } catch {
    return otherwise;
  }
}
