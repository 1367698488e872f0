// What the page carries: read once, never changed.
const data = JSON.parse(document.getElementById("data").textContent);
const { things, statements, quotes } = data;
const BASE = "https://w3id.org/her2kg/";
const classOf = Object.fromEntries(data.classes.map((style) => [style.cls, style]));
const THERAPY = new Set(["efficacyIn", "safetyIn", "standardOfCareFor"]);
const REVIEW_ROLES = new Set(["ReviewSynthesis", "OwnConclusion"]);
// A document's own title is no conclusion of its authors.
const roleOf = (quote, said) => (said.role === "OwnConclusion" && quote.section === "title" ? "own title" : ROLES[said.role] || said.role);
const ROLES = { CitedTitle: "cited title", ReviewSynthesis: "review synthesis", OwnConclusion: "own conclusion", Indexing: "indexing" };

things.forEach((thing, id) => {
  thing.id = id;
  thing.key = thing.iri.startsWith(BASE) ? thing.iri.slice(BASE.length) : thing.iri;
  thing.self = [id, ...thing.up]; // itself and what lies above it
});
const thingOf = new Map(things.map((thing) => [thing.key, thing]));

const investigated = new Map(); // study → what it investigates
const reporting = new Set(); // papers that report a study
const enrolled = new Map(); // study → the alterations it enrols
statements.forEach((statement, id) => {
  statement.id = id;
  statement.context = statement.context || [];
  if (statement.p === "reportedIn" && !statement.negated) reporting.add(statement.o);
  const index = { investigates: investigated, enrols: enrolled }[statement.p];
  if (!index || statement.negated) return;
  if (!index.has(statement.s)) index.set(statement.s, new Set());
  index.get(statement.s).add(statement.o);
});

// How sure a text is of a statement; a denial may be hedged as well.
function certainties(statement) {
  const sure = { Asserted: "asserted", Hedged: "hedged", OpenQuestion: "open question" }[statement.certainty] || "asserted";
  if (!statement.negated) return [sure];
  return sure === "asserted" ? ["denied"] : ["denied", sure];
}

quotes.forEach((quote, id) => {
  quote.id = id;
  quote.text = quote.parts.map((part) => part[0]).join("");
  quote.lower = quote.text.toLowerCase();
  quote.year = (things[quote.paper].date || "").slice(0, 4);
  quote.about = new Set();
  quote.studies = new Set();
  for (const said of quote.says) {
    said.what = statements[said.statement];
    const { s, o, context } = said.what;
    for (const end of [s, o, ...context]) for (const up of things[end].self) quote.about.add(up);
    if (things[s].cls === "Study") quote.studies.add(s);
  }
  quote.phases = new Set([...quote.studies].flatMap((study) => things[study].phases || []));
});
const years = [...new Set(quotes.map((quote) => quote.year).filter(Boolean))].sort();
