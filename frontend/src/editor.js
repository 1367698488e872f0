// The server's query editor: yasgui with our questions, our names, and our table of results.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import { make, wish } from "./dom.js";
import { questionList } from "./questions.js";
import { csv, isText, outward, table } from "./rows.js";
import "./editor.css";

const { Yasqe, Yasr } = Yasgui;
const place = document.getElementById("editor");
const data = JSON.parse(document.getElementById("editor-data").textContent);
const { prefixes, terms } = data.names;
const LONGEST = 240; // signs of a label; longer texts are quotes, and the server takes no request of any size

/** Results as our table: yasgui's own writes markup, and knows nothing of the pages of things. */
class Rows {
  priority = 10;
  label = "Rows";

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.yasr.results?.getVariables()?.length);
  }

  async draw() {
    const names = this.yasr.results.getVariables();
    const rows = this.yasr.results.getBindings() ?? [];
    const terms = rows.flatMap((row) => Object.values(row));
    const [pages, labels] = await Promise.all([
      addresses(data.pages, terms.filter((term) => term?.type === "uri")),
      addresses(data.labels, terms.filter((term) => isText(term) && term.value.length <= LONGEST && /\p{L}/u.test(term.value))),
    ]);
    const found = (places, key) => (Object.hasOwn(places, key) ? { href: places[key], outward: false } : null);
    const link = (iri) => found(pages, iri) ?? outward(iri, data.names.base);
    const labelled = (text) => found(labels, text);
    this.yasr.resultsEl.replaceChildren(rows.length ? table(names, rows, data.names.short, link, labelled) : make("p", {}, "No rows."));
  }

  getIcon() {}

  download(name = "query") {
    const results = this.yasr.results;
    return {
      contentType: "text/csv;charset=utf-8",
      filename: `${name}.csv`,
      title: "Download as CSV",
      getData: () => `\ufeff${csv(results.getVariables(), results.getBindings() ?? [])}`,
    };
  }
}

/** Which of the terms of an answer, IRIs or labels, have a page here, and where; the server knows. */
async function addresses(service, terms) {
  const values = [...new Set(terms.map(({ value }) => value))].slice(0, data.most);
  if (!values.length) return {};
  try {
    const response = await fetch(service, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(values),
    });
    return response.ok ? await response.json() : {};
  } catch {
    return {}; // an answer without these links is still an answer
  }
}

function setUp() {
  delete Yasr.plugins.table;
  delete Yasr.defaults.plugins.table;
  Yasr.registerPlugin("rows", Rows);
  Object.assign(Yasr.defaults, { pluginOrder: ["rows", "boolean", "response", "error"], defaultPlugin: "rows", maxPersistentResponseSize: 0, prefixes });

  const known = { bulk: true, persistenceId: null, autoShow: true };
  const iris = (kinds) => () => terms.filter(({ kind }) => kinds.includes(kind)).map(({ iri }) => iri);
  Yasqe.forkAutocompleter("prefixes", { name: "our-prefixes", ...known, get: () => Promise.resolve(Object.entries(prefixes).map(([prefix, base]) => `${prefix}: <${base}>`)) });
  Yasqe.forkAutocompleter("class", { name: "our-classes", ...known, autoShow: false, get: iris(["class"]) });
  Yasqe.forkAutocompleter("property", { name: "our-properties", ...known, autoShow: false, get: iris(["property"]) });
  // The original ones ask sites elsewhere.
  Yasqe.defaults.autocompleters = ["our-prefixes", "our-classes", "our-properties", "variables"];

  Yasgui.Tab.prototype.getShareableLink = function () {
    return `${location.origin}${location.pathname}#query=${encodeURIComponent(this.getQuery())}`;
  };
}

async function begin() {
  setUp();
  const first = wish(data.questions);
  const work = make("div", { className: "work" });
  const list = questionList(data.questions, (question) => {
    history.replaceState(null, "", `#question=${encodeURIComponent(question.name)}`); // the address says what is open
    open(yasgui, question);
  });
  place.replaceChildren(list, work);
  // The library gives its field for the raw answer no name; a screen reader would call it “edit”.
  new MutationObserver(() => {
    for (const field of work.querySelectorAll(".yasr textarea:not([aria-label])")) field.ariaLabel = "The answer as it came";
  }).observe(work, { childList: true, subtree: true });
  const yasgui = new Yasgui(work, {
    persistenceId: "her2kg-1", // a change in what is stored gets another number
    populateFromUrl: false,
    autofocus: false,
    autoAddOnInit: !first,
    requestConfig: { endpoint: new URL(data.endpoint, location.href).href, method: "POST" },
    endpointCatalogueOptions: { getData: () => [], keys: [] },
    yasqe: {
      ...Yasqe.defaults,
      value: data.example,
      editorHeight: "22rem",
      screenReaderLabel: "SPARQL query",
      extraKeys: { ...Yasqe.defaults.extraKeys, Tab: false, "Shift-Tab": false }, // Tab leaves the editor
    },
    yasr: Yasr.defaults,
  });
  if (first) await open(yasgui, first);
  addEventListener("hashchange", () => {
    const wanted = wish(data.questions);
    if (wanted) open(yasgui, wanted);
  });
  place.dataset.ready = "true";
}

/** Opens a query in a tab of its own, or goes to the tab that has it. */
async function open(yasgui, question) {
  const text = question.text ?? (await textOf(question.name));
  const has = Object.values(yasgui._tabs).find((tab) => (tab.getYasqe()?.getValue() ?? tab.getPersistedJson().yasqe.value) === text);
  if (has) yasgui.selectTabId(has.getId());
  else yasgui.addTab(true, { ...Yasgui.Tab.getDefaults(yasgui), name: yasgui.createTabName(question.name || "Query"), yasqe: { value: text } });
  yasgui.getTab()?.getYasqe()?.focus();
}

/** A stored question with the values of its example; the server writes them. */
async function textOf(name) {
  try {
    const response = await fetch(data.question + encodeURIComponent(name));
    return await response.text();
  } catch {
    return "# The server does not answer; open the question again.";
  }
}

begin();
