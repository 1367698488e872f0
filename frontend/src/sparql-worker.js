// The engine with the graph in it, apart from the page, so that a query can be ended by ending the worker.
import start, { Store } from "oxigraph";

let store;

self.addEventListener("message", async ({ data }) => {
  try {
    self.postMessage(data.engine ? await load(data) : ask(data.query));
  } catch (error) {
    // What ends the engine in the middle (no memory, no stack) leaves it unusable; the page then takes a new one.
    const broken = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ error: broken ? `the query was too much for the browser (${message})` : message, broken });
  }
});

async function load({ engine, quads }) {
  await start({ module_or_path: engine });
  store = new Store();
  store.load(new Uint8Array(quads), { format: "application/n-quads", lenient: true, no_transaction: true });
  // The default graph holds every triple once, as everywhere in this project; the engine's own union repeats them.
  store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }");
  return { ready: true };
}

function ask(query) {
  const begin = performance.now();
  const answer = isGraph(query) ? triples(store.query(query)) : JSON.parse(store.query(query, { results_format: "json" }));
  return { answer, milliseconds: performance.now() - begin };
}

/** Whether a query answers with a graph: by its first word after the declarations. */
function isGraph(query) {
  const plain = query.replace(/<[^<>"{}|^`\\\s]*>|#.*/g, " ");
  return /(?<![\w:?$-])(SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:-])/i.exec(plain)?.[1].toUpperCase().match(/^[CD]/) != null;
}

function triples(quads) {
  const bindings = quads.map(({ subject, predicate, object }) => ({ subject: json(subject), predicate: json(predicate), object: json(object) }));
  const key = (row) => Object.values(row).map((value) => JSON.stringify(value)).join(" ");
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings: bindings.sort((a, b) => (key(a) < key(b) ? -1 : 1)) } };
}

function json(term) {
  switch (term.termType) {
    case "NamedNode":
      return { type: "uri", value: term.value };
    case "BlankNode":
      return { type: "bnode", value: term.value };
    case "Literal":
      return term.language
        ? { type: "literal", value: term.value, "xml:lang": term.language }
        : { type: "literal", value: term.value, datatype: term.datatype.value };
    default:
      return { type: "triple", value: { subject: json(term.subject), predicate: json(term.predicate), object: json(term.object) } };
  }
}
