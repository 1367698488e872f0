// The evidence: each quote with what it says, who says it and how surely.
const STEP = 40;
let most = STEP;
const SORTS = {
  newest: ["newest first", (a, b) => b.quote.year.localeCompare(a.quote.year) || a.quote.id - b.quote.id],
  oldest: ["oldest first", (a, b) => a.quote.year.localeCompare(b.quote.year) || a.quote.id - b.quote.id],
  reviews: ["reviews first", (a, b) => isSynthesis(b) - isSynthesis(a) || b.quote.year.localeCompare(a.quote.year) || a.quote.id - b.quote.id],
  paper: ["by paper", (a, b) => things[a.quote.paper].label.localeCompare(things[b.quote.paper].label, "en") || a.quote.id - b.quote.id],
};

function isSynthesis(hit) {
  return hit.says.some((said) => REVIEW_ROLES.has(said.role)) ? 1 : 0;
}

function quoted(quote) {
  return make("blockquote", {}, ...quote.parts.map(([part, id]) => {
    if (id < 0) return document.createTextNode(shown(part));
    const named = things[id];
    return make("mark", { className: "of-" + named.cls, title: `${classOf[named.cls]?.name || ""}: ${shown(named.label)}` }, shown(part));
  }));
}

function chip(id) {
  return make("span", { className: "chip of-" + things[id].cls }, thingLink(things[id]));
}

// The order in which the facts of a study are told.
const FACTS = ["partOf", "pools", "investigates", "enrols", "condition", "population", "design"];

// What a study is, verb by verb; a claim as a sentence with its verdict.
function sayings(says) {
  const claims = [];
  const facts = new Map();
  for (const { what, word } of says) {
    if (what.p === "reportedIn") continue; // the paper stands beside it
    if (things[what.s].cls !== "Study" || what.appraisal || what.negated || what.certainty !== "Asserted") claims.push([what, word]);
    else {
      if (!facts.has(what.s)) facts.set(what.s, new Map());
      const verbs = facts.get(what.s);
      verbs.set(what.p, [...(verbs.get(what.p) || []), what]);
    }
  }
  const list = make("ul", { className: "says" });
  for (const [claim, word] of claims) {
    const context = claim.context.flatMap((id) => [" · in ", chip(id)]);
    const link = claim.href ? make("a", { href: claim.href, className: "verb", title: "the statement" }, verb(claim)) : make("span", { className: "verb" }, verb(claim));
    list.append(make("li", { className: claim.negated ? "denied" : "" }, chip(claim.s), " ", link, " ", chip(claim.o), ...context, " ", ...badges(claim, word).flatMap((badge) => [badge, " "])));
  }
  for (const verbs of facts.values()) {
    const ordered = [...verbs].sort(([a], [b]) => FACTS.indexOf(a) - FACTS.indexOf(b));
    list.append(make("li", {}, ...ordered.flatMap(([, whats]) =>
      [make("span", { className: "verb", textContent: whats[0].verb }), " ", ...whats.flatMap((what) => [chip(what.o), " "])])));
  }
  return list;
}

function paperCell(quote) {
  const paper = things[quote.paper];
  const address = webAddress(paper.url || "");
  const out = address ? outward(address, address.startsWith("https://doi.org/") ? "DOI" : "PubMed") : null;
  const via = quote.document !== quote.paper ? make("p", { className: "quiet" }, "cited by ", thingLink(things[quote.document]), quote.reference ? ` as [${quote.reference}]` : "") : null;
  const kind = paper.review ? make("span", { className: "badge", textContent: "review" }) : null;
  return make("td", { "data-name": "Paper" }, make("p", {}, thingLink(paper), " ", kind, " ", out), via);
}

// The numbers that papers report of a study; the words that print them are on its page.
function numbers(study, isNamed) {
  if (!study.results) return null;
  const lines = study.results.map(([outcome, kind, value, precision, group, hedged]) => make("li", {},
    text(outcome), kind ? make("span", { className: "quiet" }, " ", text(kind)) : null, " ", make("b", {}, text(value)),
    make("span", { className: "quiet" }, ...[precision, group].filter(Boolean).flatMap((words) => [" · ", text(words)])),
    hedged ? make("span", { className: "badge reserve" }, "≈ hedged") : null));
  return make("details", { className: "numbers" }, make("summary", {}, plural(lines.length, "number"), ...(isNamed ? [" of ", text(study.label)] : [])), make("ul", {}, ...lines));
}

function row(hit) {
  const { quote, says } = hit;
  const studies = [...new Set(says.map((said) => said.what.s).filter((id) => things[id].cls === "Study"))];
  const study = studies.map((id) => make("p", {}, thingLink(things[id]), ...(things[id].phases ? [make("span", { className: "quiet" }, " phase " + things[id].phases.join(", "))] : [])));
  const roles = [...new Set(says.map((said) => roleOf(quote, said)))];
  const sure = [...new Set(says.flatMap((said) => certainties(said.what)))];
  return make("tr", {},
    make("td", { className: "quote", "data-name": "" }, quoted(quote), sayings(says), ...studies.map((id) => numbers(things[id], studies.length > 1))),
    make("td", { "data-name": "Study", className: study.length ? "" : "absent" }, ...(study.length ? study : [make("span", { className: "quiet", textContent: "–", "aria-label": "none" })])),
    paperCell(quote),
    make("td", { "data-name": "Year" }, quote.year || "–"),
    make("td", { "data-name": "Role" }, make("p", {}, roles.join(", ")), make("p", { className: sure.some((one) => one !== "asserted") ? "reserve" : "quiet" }, sure.join(", "))));
}

function showTable(found) {
  const sorted = [...found].sort(SORTS[state.sort][1]);
  byId("rows").replaceChildren(...sorted.slice(0, most).map(row));
  byId("evidence-table").hidden = !sorted.length;
  byId("nothing").hidden = sorted.length > 0;
  byId("nothing").replaceChildren("No quote is left with these filters.", ...(sorted.length ? [] : wider()));
  byId("more").hidden = sorted.length <= most;
  byId("more").textContent = `Show ${Math.min(STEP, sorted.length - most)} more of ${sorted.length - most}`;
  byId("sort").value = state.sort;
}

// What would be left if a choice were replaced by what lies above it: a gap is not the end of a question.
function wider() {
  const before = state;
  const offers = [];
  for (const facet of FACETS.filter((one) => one.classes)) {
    for (const id of before.chosen[facet.key]) {
      for (const up of things[id].up) {
        if (!facet.classes.includes(things[up].cls)) continue;
        const chosen = { ...before.chosen, [facet.key]: new Set([...before.chosen[facet.key]].map((one) => (one === id ? up : one))) };
        state = { ...before, chosen };
        const count = hits().length;
        state = before;
        if (count) offers.push({ chosen, count, name: `${things[id].label} → ${things[up].label}`, depth: things[up].up.length });
      }
    }
  }
  offers.sort((a, b) => b.depth - a.depth || a.count - b.count || a.name.localeCompare(b.name, "en"));
  const buttons = offers.slice(0, 6).map(({ chosen, count, name }) =>
    make("li", {}, make("button", { type: "button", onclick: () => change({ chosen }) }, text(name), ` (${plural(count, "quote")})`)));
  return buttons.length ? [make("p", { textContent: "With something more general:" }), make("ul", { className: "offers" }, ...buttons)] : [];
}

// Studies and papers of primary work, and apart from them what reviews say.
function showSummary(found) {
  const studies = new Set();
  const primary = new Set();
  const reviews = new Set();
  const synthesis = new Set();
  for (const { quote, says } of found) {
    (things[quote.paper].review ? reviews : primary).add(quote.paper);
    for (const said of says) {
      if (things[said.what.s].cls === "Study") studies.add(said.what.s);
      if (things[quote.paper].review && REVIEW_ROLES.has(said.role) && roleOf(quote, said) !== "own title") synthesis.add(said.statement);
    }
  }
  const counts = (number, one, many) => make("span", {}, make("b", { textContent: number.toLocaleString("en") }), " " + (number === 1 ? one : many));
  byId("summary").replaceChildren(
    counts(found.length, "quote", "quotes"), ` of ${quotes.length.toLocaleString("en")}: `,
    counts(studies.size, "study", "studies"), " and ", counts(primary.size, "primary or other paper", "primary and other papers"),
    "; counted apart, ", counts(synthesis.size, "statement", "statements"), " of ", counts(reviews.size, "review", "reviews"), ".");
}
