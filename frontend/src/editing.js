// The CodeMirror editor: SPARQL in colours, and names of our ontology while one types.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, LanguageSupport, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, Prec } from "@codemirror/state";
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

const COLOURED = new LanguageSupport(LANGUAGE);
const PLAIN = [];
/** So deep may brackets be nested; the parser recurses, and would run out of stack in texts of many thousands. */
const DEEPEST = 200;

/** An editor inside `parent`; `run()` is called by Ctrl-Enter. */
export function editor(parent, { text, names, run }) {
  const host = make("div", { className: "editor" });
  parent.append(host);
  const root = host.attachShadow({ mode: "open" });
  const language = new Compartment();
  const view = new EditorView({
    parent: root,
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(), history(), drawSelection(), highlightActiveLine(), bracketMatching(), closeBrackets(),
        language.of(languageOf(text)), ...adapting(language),
        autocompletion({ override: [completions(names)], icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...defaultKeymap, ...historyKeymap]), // Tab leaves the editor
        syntaxHighlighting(COLOURS), SHAPE, EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "SPARQL query", spellcheck: "false", autocapitalize: "off" }),
      ],
    }),
  });
  return {
    get text() { return view.state.doc.toString(); },
    set text(value) { view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value }, selection: { anchor: 0 } }); },
    focus: () => view.focus(),
  };
}

/** Colours, but for a text that is nested too deeply. */
function languageOf(text) {
  let depth = 0;
  for (const [bracket] of text.matchAll(/<<|>>|[{}()[\]]/g)) {
    depth = Math.max(0, depth + (/[{([<]/.test(bracket) ? 1 : -1));
    if (depth > DEEPEST) return PLAIN;
  }
  return COLOURED;
}

/** Takes the colours away with the change that nests too deeply, and gives them back after the one that does not. */
function adapting(language) {
  const wanted = (change, doc) => (change.docChanged ? languageOf(doc.toString()) : language.get(change.startState));
  return [
    EditorState.transactionExtender.of((change) => {
      const away = wanted(change, change.newDoc) === PLAIN && language.get(change.startState) !== PLAIN;
      return away ? { effects: language.reconfigure(PLAIN) } : null;
    }),
    EditorView.updateListener.of((update) => { // not with the change itself: the new language would read the old text first
      const back = wanted(update, update.state.doc) === COLOURED && language.get(update.state) !== COLOURED;
      if (back) update.view.dispatch({ effects: language.reconfigure(COLOURED) });
    }),
  ];
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
