import type { Engine } from "./engine.ts";
import type { Settings } from "./settings.ts";
import { prefixed, type Row, type Term } from "./terms.ts";
import type { Vocabulary } from "./vocabulary.ts";

const MOST = 500;
const SECONDS = 3;
const NAME = "https://schema.org/name";

export interface Name {
  text: string;
  language: string | null;
}

/** Names with the pages and languages they have. */
export type Given = Record<string, [text: string, href: string | null, language: string | null]>;

/** What the things in an answer are called, and where their pages are. */
export class Names {
  readonly #names = new Map<string, Name>();
  readonly #links = new Map<string, string>();
  readonly #pages = new Map<string, string>();
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Takes the names that came with the page. */
  take(names: Given): void {
    for (const [iri, [text, href, language]] of Object.entries(names)) {
      this.#names.set(iri, { text, language });
      if (href) this.#links.set(iri, href);
    }
  }

  /** Finds the names of what is in these rows, if that is quick. */
  async learn(rows: Row[], engine: Engine, vocabulary: Vocabulary): Promise<void> {
    for (const [iri, label] of (await vocabulary.words()).terms) {
      this.#names.set(iri, { text: label, language: null });
    }
    const asked = this.#unknown(rows);
    if (asked.length === 0) return;
    if (this.#settings.suffix) await this.#findPages(asked, engine, vocabulary);
    const query = `SELECT ?thing ?name { VALUES ?thing { ${asked.map((iri) => `<${iri}>`).join(" ")} } ?thing <${NAME}> ?name }`;
    try {
      const answer = await engine.ask(query, AbortSignal.timeout(SECONDS * 1000));
      if (answer.kind === "solutions") this.#choose(answer.rows);
    } catch {
      // A table without names is still an answer.
    }
  }

  of(term: Term | undefined): Name | null {
    return term?.type === "uri" ? (this.#names.get(term.value) ?? null) : null;
  }

  /** A term in words: the name of a thing, the text of a literal. */
  text(term: Term | undefined): string {
    if (term === undefined) return "";
    const name = this.of(term);
    if (name) return name.text;
    if (term.type === "triple") return "<<…>>";
    return term.type === "uri" ? this.#short(term.value) : term.value;
  }

  /** Where a thing is described: on its page here, else at its own address. */
  link(term: Term | undefined): string | null {
    if (term?.type !== "uri") return null;
    const given = this.#links.get(term.value);
    if (given) return given;
    const { base, root, suffix } = this.#settings;
    if (base && term.value.startsWith(base)) {
      const [path = "", fragment] = term.value.slice(base.length).split("#");
      const page = suffix ? this.#pages.get(path) : path;
      return page === undefined ? term.value : root + page + (fragment ? `#${fragment}` : "");
    }
    return /^https?:\/\//.test(term.value) ? term.value : null;
  }

  #short(iri: string): string {
    const { base, prefixes } = this.#settings;
    return base && iri.startsWith(base) ? iri.slice(base.length) : prefixed(iri, prefixes);
  }

  #unknown(rows: Row[]): string[] {
    const found = new Set<string>();
    for (const row of rows) {
      for (const term of Object.values(row)) {
        const isOurs = term?.type === "uri" && term.value.startsWith(this.#settings.base);
        if (isOurs && !this.#names.has(term.value)) found.add(term.value);
        if (found.size >= MOST) return [...found];
      }
    }
    return [...found];
  }

  #choose(rows: Row[]): void {
    const rank = (language: string | null) => {
      const place = this.#settings.languages.indexOf(language ?? "");
      return place < 0 ? this.#settings.languages.length : place;
    };
    for (const { thing, name } of rows) {
      if (!thing || !name) continue;
      const found: Name = { text: name.value, language: name["xml:lang"] ?? null };
      const known = this.#names.get(thing.value);
      const better = !known || rank(found.language) < rank(known.language);
      const same = known && rank(found.language) === rank(known.language);
      if (better || (same && found.text < known.text)) this.#names.set(thing.value, found);
    }
  }

  /** Whatever has a class has a record, and so a page; which is called like it, unless a list says otherwise. */
  async #findPages(asked: string[], engine: Engine, vocabulary: Vocabulary): Promise<void> {
    const { base, suffix } = this.#settings;
    const own = [...new Set(asked.map((iri) => iri.split("#")[0] ?? iri))];
    const query = `SELECT DISTINCT ?thing { VALUES ?thing { ${own.map((iri) => `<${iri}>`).join(" ")} } ?thing a ?class }`;
    try {
      const listed = await vocabulary.pages();
      const answer = await engine.ask(query, AbortSignal.timeout(SECONDS * 1000));
      for (const { thing } of answer.kind === "solutions" ? answer.rows : []) {
        const place = thing?.value.slice(base.length) ?? "";
        this.#pages.set(place, listed[place] ?? place + suffix);
      }
    } catch {
      // A name without a link is still a name.
    }
  }
}
