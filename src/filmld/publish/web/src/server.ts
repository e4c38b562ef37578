import { type Engine, MEDIA_TYPES, Refusal } from "./engine.ts";
import { type Answer, fromResults } from "./terms.ts";

const LONGEST_ADDRESS = 4000;
const ANY = `${MEDIA_TYPES.json}, ${MEDIA_TYPES.turtle};q=0.9`;

/** Asks the endpoint. To stop waiting closes the connection, upon which the server ends the work. */
export class ServerEngine implements Engine {
  onProgress: (note: string) => void = () => undefined;
  readonly #endpoint: string;

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  async ask(query: string, signal: AbortSignal): Promise<Answer> {
    const response = await this.#send(query, ANY, signal);
    if (response.headers.get("Content-Type")?.startsWith("text/turtle")) {
      return { kind: "graph", text: await response.text() };
    }
    return fromResults(await response.json());
  }

  async write(query: string, format: string, signal: AbortSignal): Promise<Blob> {
    return (await this.#send(query, MEDIA_TYPES[format] ?? "*/*", signal)).blob();
  }

  async #send(query: string, accept: string, signal: AbortSignal): Promise<Response> {
    const sent = new URLSearchParams({ query });
    const short = sent.toString().length < LONGEST_ADDRESS;
    const response = await fetch(short ? `${this.#endpoint}?${sent}` : this.#endpoint, {
      headers: { Accept: accept },
      signal,
      ...(short ? {} : { method: "POST", body: sent }),
    });
    if (response.ok) return response;
    const [message, hint] = (await response.text()).trim().split("\nhelp: ");
    throw new Refusal(message || `the server says ${response.status}`, hint ?? null);
  }
}
