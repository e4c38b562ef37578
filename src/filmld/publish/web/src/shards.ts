// Looks names up in the index of the search: small files by the first letters of words, of which one or two are
// loaded. filmld/publish/search.py and assets/search.js do the same; tests compare what they find.

/** What is found: the path of its page, its kind, its year, its names, other forms, and where its address is another. */
export interface Entry {
  path: string;
  kind: string;
  year: string;
  names: [text: string, language: string][];
  forms: string[];
  place: string;
}

type Line = [path: string, kind: string, year: string, names: [string, string][], forms: string[], letters: string, place?: string];

const MOST_WORDS = 12;
const MOST_FILES = 12;
const LETTERS: Record<string, string> = {
  æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ŧ: "t", ß: "ss", ς: "σ",
};
const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

const plain = (text: string) => Array.from(text, (char) => LETTERS[char] ?? char).join("");

export function folded(text: string): string {
  return plain(plain(text.toLowerCase()).normalize("NFKD").toLowerCase().replace(/\p{M}/gu, ""));
}

export function wordsOf(text: string): string[] {
  return [...new Set(folded(text).match(/[\p{L}\p{N}]+/gu) ?? [])];
}

function fileOf(key: string): string {
  const letters = Array.from(key.replace(/\$$/, ""), (char) => (/[a-z0-9]/i.test(char) ? char : `-${char.codePointAt(0)?.toString(16)}-`));
  return `s-${letters.join("")}${key.endsWith("$") ? "_" : ""}.js`;
}

function keysFor(word: string, keys: string[]): string[] {
  const shorter = keys.filter((key) => !key.endsWith("$") && word.startsWith(key));
  return shorter.length ? shorter : keys.filter((key) => key.startsWith(word));
}

/** The index of a site. */
export class Shards {
  readonly #folder: string;
  readonly #loaded = new Map<string, Promise<unknown[]>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Finds what has, for each word that is sought, a word that begins so; the names that begin so come first. */
  async find(sought: string, most: number): Promise<Entry[]> {
    const asked = wordsOf(sought).slice(0, MOST_WORDS);
    const longest = asked.reduce((best, word) => ([...word].length > [...best].length ? word : best), "");
    if (!longest) return [];
    const keys = (await this.#load("keys.js")) as string[];
    const found = new Map<string, Entry>();
    for (const key of keysFor(longest, keys).slice(0, MOST_FILES)) {
      for (const [path, kind, year, names, forms, letters, place] of (await this.#load(fileOf(key))) as Line[]) {
        const known = [...new Set([...names.map(([text]) => text), ...forms, letters, year].flatMap(wordsOf))];
        const fits = (word: string) => known.some((one) => one.startsWith(word) || (CJK.test(one) && one.includes(word)));
        if (asked.every(fits)) found.set(path, { path, kind, year, names, forms, place: place ?? "" });
      }
    }
    const whole = asked.join(" ");
    const rank = (entry: Entry) => {
      const texts = [...entry.names.map(([text]) => text), ...entry.forms].map((text) => wordsOf(text).join(" "));
      return texts.includes(whole) ? 0 : texts.some((text) => text.startsWith(whole)) ? 1 : 2;
    };
    const byName = new Intl.Collator("en").compare;
    const ranked = [...found.values()].map((entry): [number, Entry] => [rank(entry), entry]);
    ranked.sort(([one, a], [other, b]) => one - other || byName(a.names[0]?.[0] ?? "", b.names[0]?.[0] ?? "") || (a.path < b.path ? -1 : 1));
    return ranked.slice(0, most).map(([, entry]) => entry);
  }

  /** The files are scripts that call one function, so that pages from a disk can load them, too. */
  #load(name: string): Promise<unknown[]> {
    const known = this.#loaded.get(name);
    if (known) return known;
    const loading = fetch(this.#folder + name)
      .then((response) => (response.ok ? response.text() : "filmldNames([]);"))
      .then((text) => JSON.parse(text.trim().replace(/^filmldNames\(|\);$/g, "")) as unknown[]);
    this.#loaded.set(name, loading);
    loading.catch(() => this.#loaded.delete(name));
    return loading;
  }
}
