// What is asked for: kept in one object, written into the address, compared with each quote.
// Within a filter any choice will do, between filters all must hold.
const FACETS = [
  { key: "drug", name: "Drug", classes: ["Drug", "Regimen"] },
  { key: "class", name: "Drug class", classes: ["DrugClass"] },
  { key: "alteration", name: "Alteration", classes: ["Alteration"] },
  { key: "method", name: "Method", classes: ["DetectionMethod"] },
  { key: "disease", name: "Disease", classes: ["Disease"] },
  { key: "design", name: "Design", classes: ["StudyDesign"] },
  { key: "population", name: "Population", classes: ["Population"] },
  { key: "phase", name: "Phase", of: (quote) => quote.phases },
  { key: "certainty", name: "Certainty", ofSaid: (said) => certainties(said.what) },
  { key: "role", name: "Role", ofSaid: (said) => [said.role], label: (value) => ROLES[value] || value },
  // found through the search alone
  { key: "study", name: "Study", classes: ["Study"], hidden: true },
  { key: "paper", name: "Paper", classes: ["Publication"], of: (quote) => [quote.paper], hidden: true },
  { key: "about", name: "About", classes: ["Gene", "GeneFamily", "Topic", "Outcome"], hidden: true },
];
const facetOf = Object.fromEntries(FACETS.map((facet) => [facet.key, facet]));
const facetOfClass = Object.fromEntries(FACETS.flatMap((facet) => (facet.classes || []).map((cls) => [cls, facet])));

function blank() {
  const chosen = Object.fromEntries(FACETS.map((facet) => [facet.key, new Set()]));
  return { chosen, unknown: [], from: "", to: "", text: "", cell: null, sort: "newest", others: false };
}
let state = blank();

// A cell of the map: studies that give a therapy to patients with an alteration, and claims about the two.
// Without an alteration: studies whose text names none.
function inCell(statement, [therapy, alteration]) {
  if (investigated.get(statement.s)?.has(therapy)) {
    const enrols = enrolled.get(statement.s);
    return alteration === null ? !enrols : Boolean(enrols?.has(alteration));
  }
  if (statement.s !== therapy || !THERAPY.has(statement.p)) return false;
  const named = [statement.o, ...statement.context];
  return alteration === null ? !named.some((end) => things[end].cls === "Alteration") : named.includes(alteration);
}

// A filter of which nothing is known lets nothing through: an old link must not show more than it did.
function lost(key) {
  return state.chosen[key].size === 0 && state.unknown.some((one) => one[0] === key);
}

// What a quote says that is asked for; nothing when the quote itself is not.
function matching(quote, without = "") {
  const wanted = (key) => key !== without && state.chosen[key].size > 0;
  for (const facet of FACETS) {
    if (facet.key !== without && lost(facet.key)) return [];
    if (facet.ofSaid || !wanted(facet.key)) continue;
    const has = facet.of ? new Set(facet.of(quote)) : quote.about;
    if (![...state.chosen[facet.key]].some((value) => has.has(value))) return [];
  }
  if (without !== "year" && ((state.from && quote.year < state.from) || (state.to && quote.year > state.to))) return [];
  if (state.text && !quote.lower.includes(state.text.toLowerCase())) return [];
  return quote.says.filter((said) =>
    (without === "cell" || !state.cell || inCell(said.what, state.cell)) &&
    FACETS.every((facet) => !facet.ofSaid || !wanted(facet.key) || facet.ofSaid(said).some((value) => state.chosen[facet.key].has(value))));
}

function hits(without = "") {
  return quotes.map((quote) => ({ quote, says: matching(quote, without) })).filter((hit) => hit.says.length);
}

// The address: readable, and the same for the same choices.
function written() {
  const parts = [];
  const put = (key, value) => { if (value) parts.push(key + "=" + encodeURIComponent(value).replaceAll("%2F", "/").replaceAll("%2C", ",")); };
  for (const facet of FACETS) {
    const unknown = state.unknown.filter((one) => one[0] === facet.key).map((one) => one[1]);
    const values = [...[...state.chosen[facet.key]].map((value) => (facet.classes ? things[value].key : value)), ...unknown].sort();
    put(facet.key, values.map((value) => value.replaceAll(",", "%2C")).join(","));
  }
  put("from", state.from);
  put("to", state.to);
  put("text", state.text);
  if (state.cell) put("cell", state.cell.map((id) => (id === null ? "none" : things[id].key.replaceAll(",", "%2C"))).join(","));
  put("sort", state.sort === "newest" ? "" : state.sort);
  put("others", state.others ? "yes" : "");
  return parts.join("&");
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// The values that a filter without classes can have.
const valuesKnown = Object.fromEntries(FACETS.filter((facet) => !facet.classes).map((facet) =>
  [facet.key, new Set(quotes.flatMap((quote) => (facet.of ? [...facet.of(quote)] : quote.says.flatMap(facet.ofSaid))))]));

function valueOf(facet, item) {
  if (!facet.classes) return valuesKnown[facet.key].has(item) ? item : undefined;
  const thing = thingOf.get(item);
  return thing && facet.classes.includes(thing.cls) ? thing.id : undefined;
}

function cellOf([therapy, alteration]) {
  const [one, other] = [thingOf.get(therapy), thingOf.get(alteration)];
  if (!one || !["Drug", "DrugClass"].includes(one.cls)) return null;
  if (alteration === "none") return [one.id, null];
  return other?.cls === "Alteration" ? [one.id, other.id] : null;
}

// What is not known is kept and named, and lets nothing through.
function read(address) {
  const next = blank();
  for (const part of address.split("&")) {
    const [key, ...rest] = part.split("=");
    const value = decoded(rest.join("="));
    const list = value.split(",").map((item) => item.replaceAll("%2C", ","));
    if (Object.hasOwn(facetOf, key)) {
      for (const item of list) {
        const one = valueOf(facetOf[key], item);
        if (one !== undefined) next.chosen[key].add(one);
        else if (item) next.unknown.push([key, item]);
      }
    } else if (key === "cell" && cellOf(list)) {
      next.cell = cellOf(list);
    } else if (key === "cell") {
      next.unknown.push(["drug", value]);
    } else if ((key === "from" || key === "to") && /^\d{4}$/.test(value)) {
      next[key] = value;
    } else if (key === "text") {
      next.text = value;
    } else if (key === "sort" && Object.hasOwn(SORTS, value)) {
      next.sort = value;
    } else if (key === "others") {
      next.others = value === "yes";
    }
  }
  return next;
}
