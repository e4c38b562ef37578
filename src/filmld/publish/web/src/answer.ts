import { choices, columns, marks } from "./chart.ts";
import { LANGUAGES } from "./code.ts";
import { button, choice as field, make } from "./dom.ts";
import { draw, type Drawn } from "./lazy.ts";
import type { Names } from "./names.ts";
import { number, say } from "./said.ts";
import type { ChartChoice, ChartKind } from "./settings.ts";
import { Table } from "./table.ts";
import type { Answer, Solutions } from "./terms.ts";

const TABLE = "table";

export const DOWNLOADS: Record<Answer["kind"], string[]> = {
  solutions: ["csv", "tsv", "json", "xml"],
  boolean: ["json", "xml"],
  graph: ["turtle", "ntriples"],
};

/** The ways to look at rows: as a table, and as whatever charts suit them. */
export class Views {
  readonly element = make("div", { class: "views" });
  readonly #answer: Solutions;
  readonly #names: Names;
  readonly #charts: Map<ChartKind, ChartChoice>;
  readonly #choosing = make("div", { class: "choosing", role: "group", "aria-label": say("how") });
  readonly #shown = make("div", { class: "shown" });
  readonly #changed: (chart: ChartChoice | null) => void;
  readonly #partial: boolean;
  #drawn: Drawn | null = null;

  constructor(answer: Solutions, names: Names, chart: ChartChoice | null, changed: (chart: ChartChoice | null) => void, partial = false) {
    this.#answer = answer;
    this.#names = names;
    this.#changed = changed;
    this.#partial = partial;
    this.#charts = choices(columns(answer));
    if (chart && this.#fits(chart)) this.#charts.set(chart.kind, chart);
    const kinds = [TABLE, ...this.#charts.keys()];
    if (answer.rows.length && kinds.length > 1) {
      this.#choosing.append(...kinds.map((kind) => button(say(kind), () => this.show(kind), { "data-view": kind })));
      this.element.append(this.#choosing);
    }
    this.element.append(this.#shown);
    this.show(chart && this.#fits(chart) ? chart.kind : TABLE, false);
  }

  show(kind: string, told = true): void {
    for (const one of this.#choosing.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset.view === kind));
    }
    this.#drawn?.end();
    this.#drawn = null;
    const chart = this.#charts.get(kind as ChartKind) ?? null;
    if (chart) void this.#chart(chart);
    else this.#shown.replaceChildren(new Table(this.#answer, this.#names).element);
    if (told) this.#changed(chart);
  }

  #fits(chart: ChartChoice): boolean {
    return [chart.x, chart.y, chart.by].every((name) => name === null || this.#answer.variables.includes(name));
  }

  async #chart(chart: ChartChoice): Promise<void> {
    const host = make("div", { class: "chart" });
    const beside = make("div");
    const saved = button(say("save_chart"), () => void this.#save(), { class: "quiet" });
    const part = this.#partial ? make("p", { class: "remark" }, say("part")) : "";
    this.#shown.replaceChildren(this.#fields(chart), host, part, beside, make("p", {}, saved));
    try {
      const drawn = await draw(host, chart, marks(this.#answer, chart, this.#names));
      this.#drawn = drawn;
      if (drawn.beside.length) {
        const rows = drawn.beside.map(([name, value]) => make("li", {}, `${name}: ${number(value)}`));
        beside.append(make("p", {}, say("off_map")), make("ul", {}, ...rows));
      }
    } catch (error) {
      host.replaceWith(make("p", { role: "alert" }, say("no_chart", error instanceof Error ? error.message : String(error))));
    }
  }

  /** Which columns the chart is made of. */
  #fields(chart: ChartChoice): HTMLElement {
    const all = columns(this.#answer);
    const options = (kinds: string[], none: string | null): [string, string][] => [
      ...(none === null ? [] : ([["", none]] as [string, string][])),
      ...all.filter((column) => kinds.length === 0 || kinds.includes(column.kind)).map(({ name }): [string, string] => [name, name]),
    ];
    const change = (part: Partial<ChartChoice>) => {
      this.#charts.set(chart.kind, { ...chart, ...part });
      this.show(chart.kind);
    };
    const measure = field(say("number"), options(["number"], say("rows_number")), chart.y ?? "", (y) => change({ y: y || null }));
    switch (chart.kind) {
      case "map":
        return make("div", { class: "tools" }, field(say("country"), options(["country"], null), chart.x, (x) => change({ x })), measure);
      case "timeline":
        return make(
          "div",
          { class: "tools" },
          field(say("from"), options(["year"], null), chart.x, (x) => change({ x })),
          field(say("to"), options(["year"], say("same")), chart.y ?? "", (y) => change({ y: y || null })),
          field(say("each"), options([], say("each_row")), chart.by ?? "", (by) => change({ by: by || null })),
        );
      case "network":
        return make(
          "div",
          { class: "tools" },
          field(say("between"), options([], null), chart.x, (x) => change({ x })),
          field(say("and"), options([], null), chart.by ?? "", (by) => change({ by: by || null })),
          measure,
        );
      default:
        return make(
          "div",
          { class: "tools" },
          field(say("along"), options(chart.kind === "line" ? ["number", "year"] : [], null), chart.x, (x) => change({ x })),
          measure,
          field(say("apart"), options([], say("apart_nothing")), chart.by ?? "", (by) => change({ by: by || null })),
        );
    }
  }

  async #save(): Promise<void> {
    if (this.#drawn) save(new Blob([await this.#drawn.svg()], { type: "image/svg+xml" }), "chart.svg");
  }
}

export function save(data: Blob, name: string): void {
  const href = URL.createObjectURL(data);
  make("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** Buttons that copy the question as a program asks it. */
export function copying(endpoint: string, query: string): HTMLElement {
  const told = make("span", { role: "status" });
  const pressed = async (name: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      told.textContent = say("copied", name);
    } catch {
      told.textContent = say("no_copy");
      told.after(make("pre", { tabindex: 0 }, text));
    }
  };
  const buttons = LANGUAGES.map(([name, write]) =>
    button(say("copy_as", name), () => void pressed(name, write(endpoint, query)), { class: "quiet" }),
  );
  return make("p", { class: "copying" }, ...buttons, told);
}
