import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { type Knowledge, source } from "./completion.ts";
import type { Refusal } from "./engine.ts";
import { say } from "./said.ts";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number, tags.literal], color: "var(--text)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.variableName, tags.definition(tags.variableName)], color: "var(--variable)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--raised)", border: "1px solid var(--soft)", fontSize: "0.95rem" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "12rem", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--soft)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { boxShadow: "inset 0 0 0 1px var(--rule)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--rule)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--rule)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)" },
  ".cm-tooltip-autocomplete > ul > li": { padding: "0.2rem 0.5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": { color: "var(--paper)", backgroundColor: "var(--accent)" },
  ".cm-completionDetail": { fontStyle: "normal", fontFamily: "var(--sans)", opacity: "0.85" },
  ".cm-completionIcon": { display: "none" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--accent) 2px", backgroundColor: "var(--rule)" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--accent)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--accent)" },
});

export interface Commands {
  run: () => void;
  /** Stops what runs; says whether anything did. */
  stop: () => boolean;
  changed: () => void;
}

/**
 * The editor in place of the plain field, which keeps the text for the form.
 *
 * It lives in a shadow root: there its styles are sheets of their own, which the strict
 * policy of the page allows, and no style of the page disturbs it. Tab is not bound, so
 * that nobody is caught in it.
 */
export class Editor {
  readonly view: EditorView;
  readonly #field: HTMLTextAreaElement;

  constructor(field: HTMLTextAreaElement, known: Knowledge, commands: Commands) {
    this.#field = field;
    const host = document.createElement("div");
    host.className = "editor";
    const root = host.attachShadow({ mode: "open" });
    field.after(host);
    this.view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: field.value.trim(), extensions: this.#extensions(known, commands) }),
    });
    field.hidden = true;
    field.required = false;
    field.labels[0]?.addEventListener("click", () => this.view.focus());
    this.#save();
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Marks the place of a mistake, and goes there. */
  mark(refusal: Refusal): void {
    if (refusal.row === null) return;
    const { doc } = this.view.state;
    const line = doc.line(Math.min(refusal.row, doc.lines));
    const units = [...line.text].slice(0, (refusal.column ?? 1) - 1).join("").length;
    const from = Math.min(line.from + units, line.to);
    const to = Math.min(line.to, from + 1);
    const fault: Diagnostic = { from: from === to && from > line.from ? from - 1 : from, to, severity: "error", message: refusal.message };
    this.view.dispatch(setDiagnostics(this.view.state, [fault]), { selection: { anchor: from }, scrollIntoView: true });
    this.view.focus();
  }

  unmark(): void {
    this.view.dispatch(setDiagnostics(this.view.state, []));
  }

  #save(): void {
    this.#field.value = this.text;
  }

  #extensions(known: Knowledge, commands: Commands) {
    const run = () => {
      commands.run();
      return true;
    };
    return [
      lineNumbers(),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      highlightActiveLine(),
      EditorView.lineWrapping,
      sparql(),
      syntaxHighlighting(colours),
      autocompletion({ override: [source(known)], icons: false, maxRenderedOptions: 60 }),
      Prec.highest(keymap.of([{ key: "Mod-Enter", run }])),
      // Behind completion, whose list is closed by the first Escape.
      keymap.of([...completionKeymap, ...closeBracketsKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
      Prec.low(keymap.of([{ key: "Escape", run: commands.stop }])),
      keymap.of([{ key: "Alt-Enter", run: acceptCompletion }]),
      EditorView.contentAttributes.of({
        "aria-label": say("query_field"),
        "aria-description": say("keys_hint"),
        autocapitalize: "off",
      }),
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.#save();
        commands.changed();
      }),
      look,
    ];
  }
}
