import { type Engine, MEDIA_TYPES, Refusal, wantsGraph } from "./engine.ts";
import { language, say } from "./said.ts";
import type { Settings } from "./settings.ts";
import { type Answer, fromResults } from "./terms.ts";
import type { Asking, Told } from "./worker.ts";

const MEBIBYTE = 2 ** 20;

/** Asks Oxigraph in this browser, over the files of the site, which are loaded with the first question. */
export class LocalEngine implements Engine {
  onProgress: (note: string) => void = () => undefined;
  readonly #settings: Settings;
  #ready: Promise<Worker> | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async ask(query: string, signal: AbortSignal): Promise<Answer> {
    const graph = wantsGraph(query);
    const text = await this.#told(query, graph ? "text/turtle" : "json", signal);
    if (graph) return { kind: "graph", text };
    return fromResults(JSON.parse(text));
  }

  async write(query: string, format: string, signal: AbortSignal): Promise<Blob> {
    const media = MEDIA_TYPES[format] ?? format;
    return new Blob([await this.#told(query, media, signal)], { type: media });
  }

  /** One question at a time: another waits until the one before it is answered. */
  async #told(query: string, format: string, signal: AbortSignal): Promise<string> {
    const mine = this.#last.then(() => this.#next(query, format, signal));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #next(query: string, format: string, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const worker = await this.#started(signal);
    const { text, shift } = declared(query, this.#settings.prefixes);
    const asking: Asking = { query: text, format, base: this.#settings.base };
    const told = await this.#hear(worker, signal, asking);
    if ("failure" in told) throw refusal(told.failure, shift);
    if (!("answer" in told)) throw new Refusal("the engine has said something else");
    return String(told.answer);
  }

  #started(signal: AbortSignal): Promise<Worker> {
    this.#ready ??= this.#start(signal).catch((error: unknown) => {
      this.#ready = null;
      throw error;
    });
    return this.#ready;
  }

  async #start(signal: AbortSignal): Promise<Worker> {
    this.onProgress(say("loading"));
    const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    const absolute = (address: string) => new URL(address, document.baseURI).href;
    const told = await this.#hear(worker, signal, {
      wasm: new URL("oxigraph.wasm", import.meta.url).href,
      dumps: this.#settings.dumps.map(absolute),
    });
    if ("failure" in told) {
      worker.terminate();
      throw new Refusal(told.failure);
    }
    return worker;
  }

  /** Waits for what the worker has to say; stopped, the worker is ended, and a later question starts another. */
  #hear(worker: Worker, signal: AbortSignal, message: object): Promise<Told> {
    return new Promise((resolve, reject) => {
      const done = () => {
        signal.removeEventListener("abort", stop);
        worker.onmessage = worker.onerror = null;
      };
      const stop = () => {
        done();
        worker.terminate();
        this.#ready = null;
        reject(signal.reason);
      };
      worker.onmessage = ({ data }: MessageEvent<Told>) => {
        if ("loading" in data) {
          this.onProgress(say("loading_size", (data.loading / MEBIBYTE).toLocaleString(language, { maximumFractionDigits: 1 })));
          return;
        }
        done();
        resolve(data);
      };
      worker.onerror = (event) => {
        done();
        worker.terminate();
        this.#ready = null;
        reject(new Refusal(event.message || say("no_engine")));
      };
      signal.addEventListener("abort", stop);
      worker.postMessage(message);
    });
  }
}

/** The query with the prefixes that it uses without declaring them, all before its first character. */
export function declared(query: string, prefixes: Record<string, string>): { text: string; shift: number } {
  const own = new Set([...query.matchAll(/\bprefix\s+([\w-]*):/gi)].map((found) => found[1]));
  const missing = Object.entries(prefixes).filter(([prefix]) => !own.has(prefix));
  const head = missing.map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}> `).join("");
  return { text: head + query, shift: head.length };
}

function refusal(failure: string, shift: number): Refusal {
  const place = /at (\d+):(\d+)/.exec(failure);
  if (!place) return new Refusal(failure);
  const row = Number(place[1]);
  const column = Number(place[2]) - (row === 1 ? shift : 0);
  return new Refusal(
    say("not_sparql", row, Math.max(1, column)),
    say("not_sparql_hint"),
    [row, Math.max(1, column)],
  );
}
