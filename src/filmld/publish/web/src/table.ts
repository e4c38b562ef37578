import { button, choice, make } from "./dom.ts";
import type { Names } from "./names.ts";
import { number, rows, say } from "./said.ts";
import { isNumber, type Row, type Solutions, type Term } from "./terms.ts";

const SIZES = [25, 100, 500];

interface Sorting {
  variable: string;
  down: boolean;
}

/** The rows of an answer: sorted, filtered, a page at a time. */
export class Table {
  readonly element = make("div");
  readonly #answer: Solutions;
  readonly #names: Names;
  readonly #body = make("div");
  readonly #told = make("span", { role: "status" });
  #sorting: Sorting | null = null;
  #filter = "";
  #size = SIZES[1] ?? 100;
  #page = 0;

  constructor(answer: Solutions, names: Names) {
    this.#answer = answer;
    this.#names = names;
    this.element.append(this.#tools(), this.#body);
    this.#draw();
  }

  #tools(): HTMLElement {
    const filter = make("input", { id: "filter", type: "search", autocomplete: "off" });
    filter.addEventListener("input", () => this.#change(() => (this.#filter = filter.value)));
    return make(
      "div",
      { class: "tools" },
      make("span", { class: "field" }, make("label", { for: "filter" }, say("filter")), filter),
      choice(say("page_size"), SIZES.map((size) => [String(size), String(size)]), String(this.#size), (value) =>
        this.#change(() => (this.#size = Number(value))),
      ),
      this.#told,
    );
  }

  #change(what: () => void): void {
    what();
    this.#page = 0;
    this.#draw();
  }

  #rows(): Row[] {
    const sought = this.#filter.toLocaleLowerCase();
    const { variables, rows } = this.#answer;
    const text = (term: Term | undefined) => this.#names.text(term);
    const kept = sought
      ? rows.filter((row) => variables.some((name) => text(row[name]).toLocaleLowerCase().includes(sought)))
      : rows;
    if (this.#sorting === null) return kept;
    const { variable, down } = this.#sorting;
    const sorted = kept.toSorted((one, other) => this.#compare(one[variable], other[variable]));
    return down ? sorted.reverse() : sorted;
  }

  #compare(one: Term | undefined, other: Term | undefined): number {
    if (isNumber(one) && isNumber(other)) return Number(one?.value) - Number(other?.value);
    return this.#names.text(one).localeCompare(this.#names.text(other), undefined, { numeric: true });
  }

  #draw(): void {
    const kept = this.#rows();
    const pages = Math.max(1, Math.ceil(kept.length / this.#size));
    const first = this.#page * this.#size;
    const shown = kept.slice(first, first + this.#size);
    const { variables } = this.#answer;
    const table = make(
      "table",
      {},
      make("caption", { class: "unseen" }, say("rows_label")),
      make("thead", {}, make("tr", {}, ...variables.map((name) => this.#head(name)))),
      make("tbody", {}, ...shown.map((row) => make("tr", {}, ...variables.map((name) => this.#cell(row[name]))))),
    );
    const region = make("div", { class: "table", tabindex: 0, role: "region", "aria-label": say("rows_label") }, table);
    this.#body.replaceChildren(region, pages > 1 ? this.#pager(first, shown.length, kept.length, pages) : "");
    const all = this.#answer.rows.length;
    this.#told.textContent = kept.length < all ? say("rows_of", number(kept.length), rows(all)) : "";
  }

  #head(variable: string): HTMLElement {
    const sorting = this.#sorting?.variable === variable ? this.#sorting : null;
    const turn = () => {
      this.#sorting = sorting === null ? { variable, down: false } : sorting.down ? null : { variable, down: true };
      this.#page = 0;
      this.#draw();
      this.#body.querySelector<HTMLElement>(`[data-variable="${CSS.escape(variable)}"]`)?.focus();
    };
    const state = sorting === null ? null : sorting.down ? "descending" : "ascending";
    const mark = make("span", { "aria-hidden": "true", class: "order" }, sorting === null ? "↕" : sorting.down ? "↓" : "↑");
    const press = button(variable, turn, { class: "sort", "data-variable": variable });
    press.append(mark);
    return make("th", { scope: "col", "aria-sort": state }, press);
  }

  #cell(term: Term | undefined): HTMLElement {
    const text = this.#names.text(term);
    const language = this.#names.of(term)?.language ?? term?.["xml:lang"] ?? null;
    const href = this.#names.link(term);
    const shown = href
      ? make("a", { href, lang: language }, text)
      : language
        ? make("span", { lang: language }, text)
        : text;
    const isLiteral = term?.type === "literal";
    return make(
      "td",
      { class: isNumber(term) ? "number" : null, title: term?.type === "uri" ? term.value : null },
      shown,
      isLiteral && language ? make("sup", { title: say("language") }, language) : null,
    );
  }

  #pager(first: number, shown: number, all: number, pages: number): HTMLElement {
    const go = (page: number, which: string) => {
      this.#page = page;
      this.#draw();
      const next = [...this.#body.querySelectorAll<HTMLButtonElement>(".pager button")];
      (next.find((one) => one.textContent === which && !one.disabled) ?? next.find((one) => !one.disabled))?.focus();
    };
    const range = say("range_of", number(first + 1), number(first + shown), rows(all));
    return make(
      "nav",
      { class: "pager", "aria-label": say("pages_label") },
      button(say("previous"), () => go(this.#page - 1, say("previous")), { disabled: this.#page === 0 }),
      make("span", { role: "status" }, range),
      button(say("next"), () => go(this.#page + 1, say("next")), { disabled: this.#page >= pages - 1 }),
    );
  }
}
