// The page of a question: its chart, and its parameters with names in place of IRIs.

import { Views } from "./answer.ts";
import { make } from "./dom.ts";
import { LocalEngine } from "./local.ts";
import { Names } from "./names.ts";
import { duration, rows, say } from "./said.ts";
import { block, type ChartChoice, type GivenAnswer, settings } from "./settings.ts";
import { folded } from "./shards.ts";
import { type Answer, fromResults } from "./terms.ts";
import { Vocabulary } from "./vocabulary.ts";

const PAUSE_MS = 150;

class Question {
  readonly #settings = settings();
  readonly #vocabulary = new Vocabulary(this.#settings);
  readonly #names = new Names(this.#settings);
  readonly #answer = document.getElementById("answer") ?? make("section");
  readonly #status = this.#answer.querySelector("[role=status]") ?? make("p", { role: "status" });
  readonly #form = document.querySelector<HTMLFormElement>("#question");

  constructor() {
    const given = block<GivenAnswer>("results");
    if (given) {
      this.#names.take(given.names ?? {});
      this.#show(fromResults(given.answer), this.#settings.chart, this.#settings.partial);
    }
    if (!this.#form) return;
    for (const input of this.#form.querySelectorAll<HTMLInputElement>("input[data-name]")) this.#propose(input);
    if (this.#settings.endpoint === null) this.#answerHere(this.#form);
  }

  #show(answer: Answer, chart: ChartChoice | null, partial = false): void {
    if (answer.kind !== "solutions") return;
    const views = new Views(answer, this.#names, chart, () => undefined, partial);
    // Of a part the bars without script are drawn from all rows, where the build knows them: they stay.
    for (const old of this.#answer.querySelectorAll(partial ? ".table, .views" : ".bars, .table, .views")) old.remove();
    if (answer.rows.length) this.#status.after(...[...this.#answer.querySelectorAll(".bars")], views.element);
  }

  /** Proposes the things that there are by their names, once the field is used. */
  #propose(input: HTMLInputElement): void {
    const list = make("datalist", { id: `${input.id}-names` });
    input.after(list);
    input.setAttribute("list", list.id);
    let waiting = 0;
    const propose = async () => {
      const sought = input.value.trim();
      const { terms } = await this.#vocabulary.words();
      const fitting = terms.filter(([, name]) => folded(name).includes(folded(sought)));
      const things = sought ? await this.#vocabulary.named(sought) : [];
      if (input.value.trim() !== sought) return;
      const found = [...fitting.map(([, name]) => [name, ""]), ...things.map(([, name, kind]) => [name, kind])];
      list.replaceChildren(...found.map(([name, kind]) => make("option", { value: name ?? "" }, kind ?? "")));
    };
    input.addEventListener("focus", () => void propose(), { once: true });
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => void propose(), PAUSE_MS);
    });
  }

  /** Where there is no server, this browser answers. */
  #answerHere(form: HTMLFormElement): void {
    form.hidden = false;
    const engine = new LocalEngine(this.#settings);
    engine.onProgress = (note) => (this.#status.textContent = note);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      this.#status.textContent = say("asking");
      const started = performance.now();
      try {
        const answer = await engine.ask(await this.#query(form), AbortSignal.timeout(600_000));
        if (answer.kind !== "solutions") return;
        await this.#names.learn(answer.rows, engine, this.#vocabulary);
        this.#show(answer, this.#settings.chart);
        const time = duration((performance.now() - started) / 1000);
        const slim = this.#settings.slim ? ` ${say("slim", this.#settings.slim)}` : "";
        const told = say("took_here", rows(answer.rows.length), time);
        this.#status.textContent = `${told}${answer.rows.length ? "" : ` ${say("nothing")}`}${slim}`;
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
    const thing = await this.#vocabulary.called(typed);
    if (!thing) throw new Error(say("nobody", typed));
    return thing;
  }
}

function integer(typed: string): string {
  if (!/^[+-]?\d{1,18}$/.test(typed)) throw new Error(say("not_whole", typed));
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
