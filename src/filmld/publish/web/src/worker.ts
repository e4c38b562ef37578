// Oxigraph in a thread of its own, over the files of this site. Ended from outside when it takes too long.

import init, { Store } from "oxigraph/web.js";

export interface Loading {
  wasm: string;
  dumps: string[];
}

export interface Asking {
  query: string;
  format: string;
  base: string;
}

export type Told =
  | { loading: number }
  | { loaded: number }
  | { answer: string | boolean }
  | { failure: string };

let store: Store | null = null;

function tell(told: Told): void {
  postMessage(told);
}

/** Reads a file as it comes, and unpacks it, unless the host has had that done already. */
async function unpacked(address: string, read: (bytes: number) => void): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok || !response.body) throw new Error(`${address} cannot be loaded: ${response.status}`);
  const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
  const bytes = new Uint8Array(await new Response(response.body.pipeThrough(counter)).arrayBuffer());
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

async function load({ wasm, dumps }: Loading): Promise<void> {
  await init({ module_or_path: wasm });
  const filled = new Store();
  let total = 0;
  for (const address of dumps) {
    const data = await unpacked(address, (bytes) => tell({ loading: (total += bytes) }));
    filled.load(data, { format: "application/n-quads", no_transaction: true });
  }
  store = filled;
  tell({ loaded: filled.size });
}

function ask({ query, format, base }: Asking): void {
  if (store === null) throw new Error("nothing is loaded yet");
  const answer = store.query(query, { results_format: format, use_default_graph_as_union: true, base_iri: base });
  tell({ answer: answer as string | boolean });
}

addEventListener("message", async ({ data }: MessageEvent<Loading | Asking>) => {
  try {
    if ("wasm" in data) await load(data);
    else ask(data);
  } catch (error) {
    tell({ failure: error instanceof Error ? error.message : String(error) });
  }
});
