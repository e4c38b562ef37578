import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { folded } from "./shards.ts";
import { prefixed } from "./terms.ts";
import type { Thing, Vocabulary, Word } from "./vocabulary.ts";

const KEYWORDS =
  "SELECT DISTINCT WHERE OPTIONAL FILTER UNION BIND VALUES GRAPH GROUP BY ORDER HAVING LIMIT OFFSET COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT AS ASC DESC ASK CONSTRUCT DESCRIBE MINUS EXISTS NOT IN LANG STR CONTAINS LCASE STRSTARTS REGEX IF COALESCE BOUND YEAR"
    .split(" ")
    .map((label): Completion => ({ label, type: "keyword", boost: -50 }));

export interface Knowledge {
  vocabulary: Vocabulary;
  prefixes: Record<string, string>;
  base: string;
}

/** Completes with what this data set has: classes, properties, and things by their names. */
export function source(known: Knowledge) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    if (/^\s*#|#\s/.test(before)) return null;
    const open = /<([^<>"{}|^`\\]*)$/.exec(before);
    if (open) return named(known, open[1] ?? "", context.pos);
    const word = /[\p{L}\d_:?-]+$/u.exec(before)?.[0] ?? "";
    if (word.startsWith("?")) return variables(context, word);
    if (!context.explicit && word.replace(/^.*:/, "").length < 2 && !word.includes(":")) return null;
    return spelled(known, word, context.pos);
  };
}

function variables(context: CompletionContext, word: string): CompletionResult {
  const all = new Set(context.state.doc.toString().match(/\?[\p{L}_][\p{L}\d_]*/gu) ?? []);
  all.delete(word);
  return { from: context.pos - word.length, options: [...all].sort().map((label) => ({ label, type: "variable" })) };
}

async function spelled(known: Knowledge, word: string, position: number): Promise<CompletionResult> {
  const { classes, properties, terms } = await known.vocabulary.words();
  const from = position - word.length;
  const options = [
    ...classes.map((one) => term(known, one, "class", from)),
    ...properties.map((one) => term(known, one, "property", from)),
    ...terms.map((one) => term(known, one, "constant", from)),
    ...KEYWORDS,
  ];
  const sought = folded(word.replace(/^.*:/, ""));
  const prefix = /^(.*:)/.exec(word)?.[1] ?? "";
  const suitable = options.filter(
    ({ label, detail }) =>
      label.startsWith(prefix) &&
      [label.replace(/^.*:/, ""), label, detail ?? ""].some((text) =>
        folded(text).split(" ").some((part) => part.startsWith(sought)),
      ),
  );
  const things = sought.length > 2 && !prefix ? await known.vocabulary.named(sought) : [];
  return { from, options: [...suitable, ...things.map((one) => thing(known, one, from))], filter: false };
}

async function named(known: Knowledge, typed: string, position: number): Promise<CompletionResult | null> {
  if (/^\w+:/.test(typed)) return null;
  const found = await known.vocabulary.named(typed.trim());
  const from = position - typed.length - 1;
  return { from, options: found.map((one) => thing(known, one, from)), filter: false };
}

function term(known: Knowledge, [iri, label, count]: Word, type: string, from: number): Completion {
  const short = prefixed(iri, known.prefixes);
  return {
    label: short,
    detail: label,
    type,
    boost: Math.min(40, Math.log2(count + 1)),
    apply: (view: EditorView) => insert(view, known, from, short === iri ? `<${iri}>` : short),
  };
}

function thing(known: Knowledge, [path, name, kind]: Thing, from: number): Completion {
  return {
    label: name,
    detail: kind,
    type: "text",
    boost: -20,
    apply: (view: EditorView) => insert(view, known, from, `<${new URL(path, known.base).href}>`),
  };
}

/** Puts a term in place of what was typed, and declares its prefix, so that the query runs elsewhere too. */
function insert(view: EditorView, known: Knowledge, from: number, text: string): void {
  const position = view.state.selection.main.head;
  const after = view.state.sliceDoc(position, position + 1);
  const to = text.startsWith("<") && after === ">" ? position + 1 : position;
  const changes = [{ from, to, insert: text }];
  const prefix = /^([\w-]+):/.exec(text)?.[1];
  const document = view.state.doc.toString();
  const isDeclared = prefix && new RegExp(`\\bprefix\\s+${prefix}:`, "i").test(document);
  const declaration = prefix && !isDeclared ? `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n` : "";
  const head = /^(?:[ \t]*#[^\n]*\n|[ \t]*\n)*/.exec(document)?.[0].length ?? 0;
  const declareAt = Math.min(head, from);
  if (declaration) changes.unshift({ from: declareAt, to: declareAt, insert: declaration });
  view.dispatch({
    changes,
    selection: { anchor: from + declaration.length + text.length },
    userEvent: "input.complete",
  });
}
