// The page of a question: its chart, and its parameters with names in place of IRIs.

import { Views } from "./answer.ts";
import { counted, make } from "./dom.ts";
import { LocalEngine } from "./local.ts";
import { Names } from "./names.ts";
import { block, type ChartChoice, type GivenAnswer, settings } from "./settings.ts";
import { type Answer, fromResults } from "./terms.ts";
import { Vocabulary } from "./vocabulary.ts";

const MOST_PROPOSED = 2000;

class Question {
  readonly #settings = settings();
  readonly #vocabulary = new Vocabulary(this.#settings.vocabulary);
  readonly #names = new Names(this.#settings);
  readonly #answer = document.getElementById("answer") ?? make("section");
  readonly #status = this.#answer.querySelector("[role=status]") ?? make("p", { role: "status" });
  readonly #form = document.querySelector<HTMLFormElement>("#question");

  constructor() {
    const given = block<GivenAnswer>("results");
    if (given) {
      this.#names.take(given.names ?? {});
      this.#show(fromResults(given.answer), this.#settings.chart);
    }
    if (!this.#form) return;
    for (const input of this.#form.querySelectorAll<HTMLInputElement>("input[data-name]")) this.#propose(input);
    if (this.#settings.endpoint === null) this.#answerHere(this.#form);
  }

  #show(answer: Answer, chart: ChartChoice | null): void {
    if (answer.kind !== "solutions") return;
    const views = new Views(answer, this.#names, chart, () => undefined);
    for (const old of this.#answer.querySelectorAll(".bars, .table, .views")) old.remove();
    this.#status.after(views.element);
  }

  /** Proposes the things that there are by their names, once the field is used. */
  #propose(input: HTMLInputElement): void {
    const list = make("datalist", { id: `${input.id}-names` });
    input.after(list);
    input.setAttribute("list", list.id);
    input.addEventListener(
      "focus",
      async () => {
        const { terms } = await this.#vocabulary.words();
        const things = (await this.#vocabulary.things()).map(([, name, kind]) => make("option", { value: name }, kind));
        list.append(...terms.map(([, name]) => make("option", { value: name })), ...things.slice(0, MOST_PROPOSED));
      },
      { once: true },
    );
  }

  /** Where there is no server, this browser answers. */
  #answerHere(form: HTMLFormElement): void {
    form.hidden = false;
    const engine = new LocalEngine(this.#settings);
    engine.onProgress = (note) => (this.#status.textContent = note);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      this.#status.textContent = "Asking …";
      const started = performance.now();
      try {
        const answer = await engine.ask(await this.#query(form), AbortSignal.timeout(600_000));
        if (answer.kind !== "solutions") return;
        await this.#names.learn(answer.rows, engine, this.#vocabulary);
        this.#show(answer, this.#settings.chart);
        const time = Math.round(performance.now() - started);
        this.#status.textContent = `${counted(answer.rows.length, "row")}, in ${time.toLocaleString("en")} ms, from this browser${this.#settings.slim ? `, ${this.#settings.slim}` : ""}.`;
        for (const link of this.#answer.querySelectorAll(".downloads")) link.remove();
      } catch (error) {
        this.#status.textContent = error instanceof Error ? error.message : String(error);
      }
    });
  }

  /** The query of the page with the values of the form in its marked places. */
  async #query(form: HTMLFormElement): Promise<string> {
    const values = new Map<string, string>();
    for (const { name, kind } of this.#settings.parameters ?? []) {
      const typed = String(new FormData(form).get(name) ?? "").trim();
      values.set(name, kind === "iri" ? `<${await this.#meant(typed)}>` : kind === "integer" ? integer(typed) : quoted(typed));
    }
    const query = document.querySelector("#query-heading ~ pre")?.textContent ?? "";
    return query.replace(/^( *VALUES \?(\w+) \{ ).*( \} # parameter)$/gm, (line, before, name, after) =>
      values.has(name) ? before + values.get(name) + after : line,
    );
  }

  /** The thing that somebody calls so. */
  async #meant(typed: string): Promise<string> {
    if (/^\w+:\/\/[^\s<>"{}|^`\\]+$/.test(typed)) return typed;
    const term = (await this.#vocabulary.words()).terms.find(([, name]) => name === typed);
    if (term) return term[0];
    const thing = (await this.#vocabulary.things()).find(([, name]) => name === typed);
    if (!thing) throw new Error(`Nothing here is called ‘${typed}’.`);
    return new URL(thing[0], this.#settings.base).href;
  }
}

function integer(typed: string): string {
  if (!/^[+-]?\d{1,18}$/.test(typed)) throw new Error(`‘${typed}’ is not a whole number.`);
  return String(BigInt(typed));
}

/**
 * A text as SPARQL has it. Escapes such as `\u0022` are replaced before anything else (SPARQL 1.1
 * §19.2), by some readers even behind a doubled backslash: so a `u` there is itself escaped.
 */
function quoted(typed: string): string {
  const safe = typed
    .replace(/[\\"]/g, "\\$&")
    .replace(/[\n\r\t]/g, " ")
    .replace(/(\\\\)([uU])/g, (_, slash, letter) => `${slash}\\U000000${letter.charCodeAt(0).toString(16)}`);
  return `"${safe}"`;
}

new Question();
