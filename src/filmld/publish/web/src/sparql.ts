// The page of the endpoint: what its form does without script, this does in place.

import { copying, DOWNLOADS, save, Views } from "./answer.ts";
import { button, make } from "./dom.ts";
import { Editor } from "./editor.ts";
import { type Engine, Refusal } from "./engine.ts";
import { LocalEngine } from "./local.ts";
import { Names } from "./names.ts";
import { ServerEngine } from "./server.ts";
import { duration, rows, say } from "./said.ts";
import { block, type ChartChoice, type ChartKind, type GivenAnswer, settings } from "./settings.ts";
import { type Answer, fromResults } from "./terms.ts";
import { Vocabulary } from "./vocabulary.ts";

const KEPT = "filmld-query";
const LONGEST_SHOWN = 200_000;

class Page {
  readonly #settings = settings();
  readonly #vocabulary = new Vocabulary(this.#settings);
  readonly #names = new Names(this.#settings);
  readonly #engine: Engine = this.#settings.endpoint ? new ServerEngine(this.#settings.endpoint) : new LocalEngine(this.#settings);
  readonly #form = element("question", HTMLFormElement);
  readonly #status = make("p", { role: "status", "aria-live": "polite", class: "status" });
  readonly #stop = button(say("stop"), () => this.#stopped(), { hidden: true, class: "quiet" });
  readonly #editor: Editor;
  #answer = element("answer", HTMLElement);
  #running: AbortController | null = null;

  constructor() {
    const field = element("query", HTMLTextAreaElement);
    if (!this.#asked() && !location.search) field.value = kept() ?? field.value;
    this.#editor = new Editor(
      field,
      { vocabulary: this.#vocabulary, prefixes: this.#settings.prefixes, base: this.#settings.base },
      { run: () => void this.run(), stop: () => this.#stopped(), changed: () => this.#changed() },
    );
    this.#form.querySelector("button")?.after(this.#stop);
    this.#answer.before(this.#status);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.run();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.#stopped();
    });
    window.addEventListener("popstate", () => void this.#arrive());
    for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-query]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.#editor.text = link.dataset.query ?? "";
        void this.run();
      });
    }
    void this.#arrive();
  }

  /** Asks, shows the answer, and keeps the question in the address. */
  async run(keep = true): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const query = this.#editor.text;
    if (keep) {
      const address = `?${new URLSearchParams({ query })}${location.hash && this.#asked() === query ? location.hash : ""}`;
      history.pushState(null, "", address);
    }
    this.#editor.unmark();
    this.#busy(true);
    const started = performance.now();
    const clock = setInterval(() => this.#tellTime(started), 1000);
    try {
      const answer = await this.#engine.ask(query, running.signal);
      const seconds = (performance.now() - started) / 1000;
      await this.#show(query, answer, seconds);
    } catch (error) {
      if (this.#running === running) this.#failed(error);
    } finally {
      clearInterval(clock);
      if (this.#running === running) {
        this.#running = null;
        this.#busy(false);
      }
    }
  }

  /** Shows what the address asks for; what the server has already answered is not asked again. */
  async #arrive(): Promise<void> {
    const query = this.#asked();
    if (query === null) return;
    const given = block<GivenAnswer>("results");
    if (this.#editor.text !== query) this.#editor.text = query;
    if (given && given.query.trim() === query.trim()) {
      this.#names.take(given.names ?? {});
      await this.#show(query, fromResults(given.answer), given.seconds);
      return;
    }
    const refused = document.querySelector("#error strong")?.textContent;
    if (refused && document.querySelector("#error")?.getAttribute("data-query") === query) {
      this.#editor.mark(new Refusal(refused));
      return;
    }
    await this.run(false);
  }

  #asked(): string | null {
    return new URLSearchParams(location.search).get("query");
  }

  #changed(): void {
    this.#editor.unmark();
    try {
      localStorage.setItem(KEPT, this.#editor.text);
    } catch {
      // Whoever keeps nothing between visits loses nothing now.
    }
  }

  #stopped(): boolean {
    if (this.#running === null) return false;
    this.#running.abort();
    this.#running = null;
    this.#busy(false);
    this.#status.textContent = say("stopped");
    return true;
  }

  #busy(busy: boolean): void {
    this.#stop.hidden = !busy;
    this.#answer.setAttribute("aria-busy", String(busy));
    if (busy) this.#status.textContent = say("asking");
    this.#engine.onProgress = (note) => (this.#status.textContent = note);
  }

  #tellTime(started: number): void {
    const passed = Math.round((performance.now() - started) / 1000);
    const { endpoint, limits } = this.#settings;
    this.#status.textContent = endpoint ? say("asking_limit", passed, limits.seconds) : say("asking_time", passed);
  }

  async #show(query: string, answer: Answer, seconds: number): Promise<void> {
    if (answer.kind === "solutions") await this.#names.learn(answer.rows, this.#engine, this.#vocabulary);
    const section = make("section", { id: "answer", "aria-labelledby": "answer-heading" }, make("h2", { id: "answer-heading" }, say("answer")));
    const slim = this.#settings.slim ? ` ${say("slim", this.#settings.slim)}` : "";
    const nothing = answer.kind === "solutions" && !answer.rows.length ? ` ${say("nothing")}` : "";
    this.#status.textContent = `${say("took", said(answer), duration(seconds))}${nothing}${slim}`;
    if (answer.kind === "solutions") {
      if (answer.rows.length) section.append(new Views(answer, this.#names, chartOf(location.hash), (chart) => keepChart(chart)).element);
    } else if (answer.kind === "graph") {
      section.append(...graph(answer.text));
    } else {
      section.append(make("p", { class: "yes-or-no" }, say(answer.value ? "yes" : "no")));
    }
    section.append(this.#downloads(query, answer));
    if (this.#settings.endpoint) section.append(copying(new URL(this.#settings.endpoint, document.baseURI).href, query));
    this.#answer.replaceWith(section);
    this.#answer = section;
  }

  #downloads(query: string, answer: Answer): HTMLElement {
    const make_ = async (format: string) => {
      try {
        save(await this.#engine.write(query, format, AbortSignal.timeout(600_000)), `answer.${format}`);
      } catch (error) {
        this.#failed(error);
      }
    };
    const links = DOWNLOADS[answer.kind].map((format) => {
      if (this.#settings.endpoint === null) return button(format, () => void make_(format), { class: "quiet" });
      const address = `${this.#settings.endpoint}?${new URLSearchParams({ format, query })}`;
      return make("a", { href: address, download: `answer.${format}` }, format);
    });
    const share = make("a", { href: location.search + location.hash }, say("link"));
    return make("ul", { class: "downloads" }, ...[...links, share].map((link) => make("li", {}, link)));
  }

  #failed(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    const refusal = error instanceof Refusal ? error : new Refusal(error instanceof Error ? error.message : String(error));
    this.#status.textContent = "";
    const text = make("p", { id: "error", role: "alert" }, make("strong", {}, refusal.message));
    if (refusal.hint) text.append(make("br"), refusal.hint);
    const section = make("section", { id: "answer", "aria-labelledby": "answer-heading" }, make("h2", { id: "answer-heading" }, say("no_answer")), text);
    this.#answer.replaceWith(section);
    this.#answer = section;
    this.#editor.mark(refusal);
  }
}

function said(answer: Answer): string {
  if (answer.kind === "boolean") return say(answer.value ? "yes" : "no");
  return answer.kind === "graph" ? say("graph") : rows(answer.rows.length);
}

function graph(text: string): HTMLElement[] {
  const shown = make("pre", { tabindex: 0, "aria-label": say("graph_label") }, make("code", {}, text.slice(0, LONGEST_SHOWN)));
  const more = make("p", {}, make("strong", {}, say("cut")));
  return text.length > LONGEST_SHOWN ? [more, shown] : [shown];
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/** The chart that the address names, as in `#chart=bar&x=decade&y=films`. */
function chartOf(hash: string): ChartChoice | null {
  const named = new URLSearchParams(hash.slice(1));
  const x = named.get("x");
  const kind = named.get("chart") as ChartKind | null;
  return kind && x ? { kind, x, y: named.get("y"), by: named.get("by") } : null;
}

function keepChart(chart: ChartChoice | null): void {
  const named = new URLSearchParams(chart ? { chart: chart.kind, x: chart.x } : {});
  if (chart?.y) named.set("y", chart.y);
  if (chart?.by) named.set("by", chart.by);
  history.replaceState(null, "", location.pathname + location.search + (chart ? `#${named}` : ""));
  const share = [...document.querySelectorAll<HTMLAnchorElement>(".downloads a")].at(-1);
  if (share) share.href = location.search + location.hash;
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`this page has no ${id}`);
  return found;
}

new Page();
