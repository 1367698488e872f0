// The side panel: what a node or a link is, who says it in which words, and what it is linked to.
const panel = document.getElementById("panel");
const SECTIONS = { title: "title", abstract: "abstract", keywords: "keywords", mesh: "MeSH indexing", substances: "substances",
  reference: "cited title", related: "related article", metadata: "metadata" };
const ROLES = { OwnConclusion: "own conclusion", ReviewSynthesis: "review synthesis", CitedTitle: "title only", Indexing: "indexing",
  Mention: "mention" };
const TONES = { Favourable: "yes", Unfavourable: "no", Limited: "doubt", Inconclusive: "doubt" };
const MANY = 10;

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  Object.assign(element, properties);
  element.append(...children);
  return element;
}
const text = (tag, value, name) => make(tag, { textContent: shown(value), className: name || "" });
const badge = (value, tone) => text("span", value, "badge " + (tone || ""));

function nodeButton(id, label) {
  return make("button", { type: "button", className: "plain text", textContent: shown(label ?? nodes[id].label),
    onclick: () => select(id, true) });
}

// Negation, certainty and appraisal, each as a badge; the hue only repeats the words.
function badges(link) {
  const list = [];
  if (link.negated) list.push(badge("negated", "no"));
  if (link.certainty === "OpenQuestion") list.push(badge("open question", "doubt"));
  if (link.certainty === "Hedged") list.push(badge("hedged", "doubt"));
  if (link.appraisal) list.push(badge(link.appraisal.toLowerCase() + (link.word ? ` “${link.word}”` : ""), TONES[link.appraisal]));
  if (link.context) list.push(badge("in " + link.context));
  if (link.note) list.push(badge(link.note));
  if (link.bridge) list.push(badge("bridge"));
  return list;
}

function sentence(link) {
  return make("li", { className: "says" }, nodeButton(link.from), ` ${words(link, false)} `, nodeButton(link.to), ...badges(link));
}

// What a statement is before anybody reads it: nobody shall take a denied one for a claim.
function kindOf(link) {
  const reserves = [...(link.negated ? ["negated"] : []), ...({ Hedged: ["hedged"], OpenQuestion: ["open question"] }[link.certainty] || [])];
  return reserves.length ? `Statement: ${reserves.join(", ")}` : link.curated ? "Curated link" : link.kind === "claim" || link.kind === "study" ? "Statement" : "Link";
}

function quoteCard(index, members) {
  const [words_, section, paper, iri, role] = data.quotes[index];
  const owner = nodes.findIndex((node) => node.iri === iri);
  const from = make("p", { className: "from" }, owner >= 0 ? nodeButton(owner, paper) : text("span", paper),
    " · " + (SECTIONS[section] || shown(section)), badge(ROLES[role] || role));
  const card = make("li", { className: "quote" + (role === "CitedTitle" ? " cited" : "") }, text("blockquote", words_, "text"), from);
  const claims = members.filter((link) => link.kind !== "mention");
  if (claims.length) card.append(limited(claims.map((link) => () => sentence(link)), 4));
  return card;
}

// A list that shows its first entries and, on demand, the rest.
function limited(makers, most) {
  const list = make("ul", {});
  list.append(...makers.slice(0, most).map((maker) => maker()));
  if (makers.length <= most) return list;
  const more = make("button", { type: "button", className: "more", textContent: `Show all ${makers.length}` });
  more.onclick = () => {
    more.replaceWith();
    list.append(...makers.slice(most).map((maker) => maker()));
  };
  return make("div", {}, list, more);
}

// Each quote once, with the links that rest on it; claims before study facts before mentions.
function evidence(members) {
  const byQuote = new Map();
  for (const link of members) for (const quote of link.quotes) byQuote.set(quote, [...(byQuote.get(quote) || []), link]);
  const weight = (list) => Math.min(...list.map((link) => ({ claim: 0, study: 1 })[link.kind] ?? 2));
  const entries = [...byQuote].sort((a, b) => weight(a[1]) - weight(b[1]) || a[0] - b[0]);
  if (!entries.length) return [];
  return [text("h3", `Evidence (${entries.length})`), limited(entries.map(([quote, list]) => () => quoteCard(quote, list)), MANY)];
}

function relations(id, members) {
  const groups = new Map();
  for (const link of members) {
    const backwards = link.from !== id;
    const name = (backwards ? "← " : "") + words(link, backwards);
    groups.set(name, [...(groups.get(name) || []), [backwards ? link.from : link.to, link]]);
  }
  return [...groups].flatMap(([name, list]) => {
    const entries = new Map(); // one entry a neighbour, with the badges of all its links
    for (const [other, link] of list) entries.set(other, [...(entries.get(other) || []), link]);
    const curated = list.every(([, link]) => link.curated);
    const heading = text("h3", `${name} (${entries.size})`);
    if (curated) heading.append(badge("curated, no quote"));
    const makers = [...entries].map(([other, own]) => () => {
      const unique = new Map(own.flatMap(badges).map((item) => [item.textContent, item]));
      return make("li", {}, mark(nodes[other].cls), make("span", {}, nodeButton(other), ...unique.values()));
    });
    return [heading, relationList(makers)];
  });
}

function outwardName(address) {
  const { hostname, pathname } = new URL(address);
  const known = { "doi.org": "DOI", "pubmed.ncbi.nlm.nih.gov": "PubMed", "id.nlm.nih.gov": "MeSH", "clinicaltrials.gov": "ClinicalTrials.gov" };
  if (hostname === "purl.obolibrary.org") return pathname.split("/").pop().split("_")[0];
  if (hostname === "identifiers.org") return pathname.split("/")[1].toUpperCase();
  return known[hostname] || hostname;
}

const action = (label, onclick) => make("button", { type: "button", className: "action", textContent: label, onclick });

// A group: what is in it, what it is linked to, and the way in and out.
function showGroup(id) {
  const group = nodes[id];
  const open = state.open.has(id);
  const others = new Map();
  for (const link of linksOf[id]) {
    if (state.offKinds.has(link.kind)) continue;
    const other = standsFor(homeOf[link.from] === id ? link.to : link.from);
    if (!state.off.has(nodes[other].cls)) others.set(other, [...(others.get(other) || []), link]);
  }
  const linked = [...others].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  panel.replaceChildren(
    make("p", { className: "class" }, mark(group.cls), text("span", open ? "Open group" : "Group")),
    text("h2", group.label, "text"),
    make("p", { className: "links" }, open ? action("Collapse", () => toggle(id, false)) : action("Expand", () => toggle(id, true)),
      action("Expand all", openAll)),
    text("h3", `Members (${group.members.length})`),
    relationList(group.members.map((member) => () => make("li", {}, mark(group.cls), nodeButton(member), text("small", linksOf[member].length)))),
    text("h3", `Linked to (${linked.length})`),
    relationList(linked.map(([other, members]) => () => make("li", {}, mark(nodes[other].cls), nodeButton(other),
      make("button", { type: "button", className: "plain", textContent: `${members.length} ${members.length === 1 ? "link" : "links"}`, onclick: () => showLink(members) })))),
  );
}

function relationList(makers) {
  const list = limited(makers, 15);
  list.classList.add("relations");
  return list;
}

function showNode(id) {
  if (isGroup(id)) {
    showGroup(id);
    return;
  }
  const node = nodes[id];
  const own = linksOf[id];
  const addresses = node.links.map(webAddress).filter(Boolean);
  // for a paper: all that is said in it, also about things it has no line to
  const said = node.cls === "Publication" ? links.filter((link) => link.quotes.some((quote) => data.quotes[quote][3] === node.iri)) : own;
  const quoted = said.map((link) => (node.cls !== "Publication" ? link
    : { ...link, quotes: link.quotes.filter((quote) => data.quotes[quote][3] === node.iri) }));
  const order = (link) => ["claim", "study", "curated", "mention", "citation", "indexing"].indexOf(link.kind);
  panel.replaceChildren(
    make("p", { className: "class" }, mark(node.cls), text("span", classOf[node.cls].name)),
    text("h2", node.label, "text"),
    ...(node.description ? [text("p", node.description, "soft text")] : []),
    make("p", { className: "links" }, ...addresses.map((address) => make("a",
      { href: address, target: "_blank", rel: "noopener noreferrer", textContent: `${outwardName(address)} ↗` }))),
    text("p", node.iri, "iri text"),
    ...(measured(id) ? [text("p", measured(id), "iri")] : []),
    ...(state.grouped && homeOf[id] !== null ? [make("p", { className: "links" }, text("span", "In " + nodes[homeOf[id]].label, "soft"),
      action("Collapse", () => toggle(homeOf[id], false)))] : []),
    ...evidence(quoted),
    ...relations(id, [...own].sort((a, b) => order(a) - order(b) || a.id - b.id)),
  );
}

function showLink(members) {
  panel.replaceChildren(text("h2", members.length > 1 ? `${members.length} links` : kindOf(members[0])),
    limited(members.map((link) => () => sentence(link)), 12), ...evidence(members));
  if (members.every((link) => link.curated)) panel.append(text("p", "Curated knowledge: no document is quoted for it.", "soft"));
}

function showStart() {
  const shownNodes = data.nodes.map((_, id) => id).filter(isShown);
  const main = shownNodes.map((id) => [id, linksOf[id].filter((link) => !["citation", "indexing"].includes(link.kind)).length]);
  main.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const lead = "Click a node for its evidence and relations, a line for what it says. Press / to search, Esc to reset. Legend entries show and hide.";
  const groups = state.grouped ? [text("p", "A dashed mark is a group: a click opens it, its heading or Collapse closes it, "
    + "the search finds what is inside. The number on a line counts the links of a group.", "soft"),
  make("p", { className: "links" }, action("Expand all", openAll), ...(state.open.size ? [action("Collapse all", () => regroup(true))] : []))] : [];
  panel.replaceChildren(
    text("h2", nodes.length ? "Explore" : "Nothing to show"),
    text("p", nodes.length ? lead : "The question has no answer in the graph, or its answer names no node.", "soft"),
    ...groups,
    ...(main.length ? [text("h3", "Most connected")] : []),
    make("ul", { className: "relations" }, ...main.slice(0, 14).map(([id, count]) =>
      make("li", {}, mark(nodes[id].cls), nodeButton(id), text("small", count)))),
  );
}
