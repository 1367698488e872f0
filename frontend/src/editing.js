// The CodeMirror editor: SPARQL in colours, and names of our ontology while one types.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, LanguageSupport, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { SparqlLanguage } from "codemirror-lang-sparql";
import { make } from "./dom.js";

const LANGUAGE = SparqlLanguage.configure({ props: [styleTags({ "Pname_ln Pname_ns PrefixedName": tags.namespace, Langtag: tags.annotation })] });

// Colours are the page's; variables of CSS reach into the shadow tree, in which CodeMirror may set its styles
// without a `<style>` element, which the page's policy would refuse.
const COLOURS = HighlightStyle.define([
  { tag: tags.comment, color: "var(--sparql-comment)" },
  { tag: [tags.keyword, tags.operatorKeyword, tags.definitionKeyword], color: "var(--sparql-keyword)", fontWeight: "600" },
  { tag: [tags.string, tags.literal, tags.number, tags.bool], color: "var(--sparql-literal)" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--sparql-variable)" },
  { tag: [tags.url, tags.namespace, tags.propertyName, tags.typeName], color: "var(--sparql-name)" },
]);
const SHAPE = EditorView.theme({
  "&": { color: "inherit", backgroundColor: "var(--sparql-back)", fontSize: "14px", maxHeight: "min(60vh, 26rem)" },
  "&.cm-focused": { outline: "2px solid var(--sparql-link)" },
  ".cm-scroller": { overflow: "auto", fontFamily: "ui-monospace, monospace" },
  ".cm-content, .cm-gutter": { minHeight: "12rem" },
  ".cm-content": { caretColor: "var(--sparql-text)" },
  ".cm-cursor": { borderLeftColor: "var(--sparql-text)" },
  ".cm-gutters": { backgroundColor: "var(--sparql-soft)", color: "var(--sparql-quiet)", border: "0" },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "var(--sparql-line-here)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--sparql-selected)" },
  ".cm-tooltip": { backgroundColor: "var(--sparql-back)", color: "var(--sparql-text)", border: "1px solid var(--sparql-line)", maxWidth: "90vw" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--sparql-link)", color: "var(--sparql-back)" },
  ".cm-completionInfo": { padding: ".4rem .6rem" },
  ".cm-matchingBracket": { backgroundColor: "var(--sparql-selected)" },
});

/** An editor inside `parent`; `run()` is called by Ctrl-Enter. */
export function editor(parent, { text, names, run }) {
  const host = make("div", { className: "editor" });
  parent.append(host);
  const root = host.attachShadow({ mode: "open" });
  const plain = [
    Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
    lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
    autocompletion({ override: [completions(names)], icons: false }),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]), // Tab leaves the editor
    syntaxHighlighting(COLOURS), SHAPE, EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "SPARQL query", spellcheck: "false", autocapitalize: "off" }),
  ];
  let coloured = true;

  /** A state with colours or, where the text is nested too deeply for the parser's stack, without. */
  function begin(given) {
    try {
      coloured = true;
      return EditorState.create({ ...given, extensions: [...plain, new LanguageSupport(LANGUAGE)] });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      coloured = false;
      return EditorState.create({ ...given, extensions: plain });
    }
  }

  function update(transactions, view) {
    try {
      view.update(transactions);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { newDoc: doc, newSelection: selection } = transactions.at(-1);
      view.setState(begin({ doc, selection }));
    }
  }

  const view = new EditorView({ parent: root, root, state: begin({ doc: text }), dispatchTransactions: update });
  return {
    get text() { return view.state.doc.toString(); },
    set text(value) {
      if (coloured) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value }, selection: { anchor: 0 } });
      else view.setState(begin({ doc: value }));
    },
    focus: () => view.focus(),
  };
}

function completions({ prefixes, terms }) {
  const declared = Object.entries(prefixes).map(([prefix, base]) => ({ label: `${prefix}:`, detail: base, apply: `${prefix}: <${base}>` }));
  const known = terms.map((term) => ({
    label: term.name, detail: term.label, info: term.definition || undefined, boost: term.name.startsWith("her2:") ? 1 : 0, apply: declaring(prefixes),
  }));
  return (context) => {
    const word = context.matchBefore(/[\w-]*:?[\w-]*/);
    const before = context.state.sliceDoc(Math.max(0, word.from - 40), word.from);
    if (/[?$<"']$/.test(before) || inComment(context, word.from) || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: /\bPREFIX\s+$/i.test(before) ? declared : known, validFor: /^[\w-]*:?[\w-]*$/ };
  };
}

function inComment(context, place) {
  const line = context.state.doc.lineAt(place);
  return /(^|\s)#/.test(line.text.slice(0, place - line.from));
}

/** Puts a name in, and the declaration of its prefix at the top when the query has none. */
function declaring(prefixes) {
  return (view, { label }, from, to) => {
    const prefix = label.split(":")[0];
    const has = new RegExp(`\\bPREFIX\\s+${prefix}:`, "i").test(view.state.doc.toString());
    const changes = [{ from, to, insert: label }];
    if (!has) changes.unshift({ from: 0, insert: `PREFIX ${prefix}: <${prefixes[prefix]}>\n` });
    const added = has ? 0 : changes[0].insert.length;
    view.dispatch({ changes, selection: { anchor: from + label.length + added }, userEvent: "input.complete" });
  };
}
