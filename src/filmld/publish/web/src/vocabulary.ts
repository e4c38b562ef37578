/** A class, property or other term: its IRI, what it is called, and how often it is used. */
export type Word = [iri: string, label: string, count: number];

/** A named thing: its IRI without the base, its name, what it is, and its page where that is not plain. */
export type Thing = [path: string, name: string, kind: string, page?: string];

interface Words {
  classes: Word[];
  properties: Word[];
  terms: Word[];
}

/** What this data set has to ask for. The names of things are loaded when first needed. */
export class Vocabulary {
  readonly #words: Promise<Words>;
  readonly #address: string | null;
  #things: Promise<Thing[]> | null = null;

  constructor(address: string | null) {
    this.#address = address;
    this.#words = fetched<Words>(address, { classes: [], properties: [], terms: [] });
  }

  words(): Promise<Words> {
    return this.#words;
  }

  things(): Promise<Thing[]> {
    const address = this.#address?.replace("vocabulary.json", "names.json") ?? null;
    this.#things ??= fetched<{ things: Thing[] }>(address, { things: [] }).then((found) => found.things);
    return this.#things;
  }
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
