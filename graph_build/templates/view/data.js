// What the page carries: read once, never changed.
const data = JSON.parse(document.getElementById("data").textContent);
// Groups come after the nodes, so that one number names a node or a group.
const nodes = [...data.nodes, ...data.groups.map((group) => ({ ...group, iri: "", description: "", synonyms: [], links: [] }))];
const isGroup = (id) => id >= data.nodes.length;
const links = data.edges.map((edge, id) => ({ ...edge, id }));
const classOf = Object.fromEntries(data.classes.map((item) => [item.cls, item]));
const homeOf = data.nodes.map(() => null); // the group of each node
data.groups.forEach((group, at) => group.members.forEach((id) => { homeOf[id] = data.nodes.length + at; }));
const linksOf = nodes.map(() => []); // of a group: those that lead out of it
for (const link of links) {
  linksOf[link.from].push(link);
  if (link.to !== link.from) linksOf[link.to].push(link);
  const [one, other] = [homeOf[link.from], homeOf[link.to]];
  if (one !== null && one !== other) linksOf[one].push(link);
  if (other !== null && one !== other) linksOf[other].push(link);
}

function clipped(text, length) {
  const letters = Array.from(shown(text));
  return letters.length > length ? letters.slice(0, length - 1).join("") + "…" : letters.join("");
}

// "no gold standard in", "oncogenic driver in ?", "efficacy in (hedged)": a link in words, from either end.
function words(link, backwards) {
  let verb = backwards ? link.inverse : link.verb;
  if (link.negated) verb = (/^(consensus|gold standard)/.test(verb) ? "no " : "not ") + verb;
  if (link.certainty === "Hedged") verb += " (hedged)";
  return link.certainty === "OpenQuestion" ? verb + " ?" : verb;
}

// How a link is drawn; also the key of the legend.
function manner(link) {
  if (link.negated) return "negated";
  if (link.certainty === "OpenQuestion") return "open";
  return link.kind;
}

const names = nodes.map((node) => [node.label, ...node.synonyms].map((name) => [name, folded(name)]));

// The nodes that match, best first: a whole name, a beginning, a part; then the most linked.
function found(query) {
  const wanted = folded(query);
  if (!wanted) return [];
  const hits = [];
  nodes.forEach((node, id) => {
    let best = null;
    for (const [name, key] of names[id]) {
      const at = key.indexOf(wanted);
      if (at < 0) continue;
      const rank = key === wanted ? 0 : at === 0 ? 1 : 2;
      if (!best || rank < best.rank) best = { id, rank, name };
    }
    if (best) hits.push(best);
  });
  return hits.sort((a, b) => a.rank - b.rank || linksOf[b.id].length - linksOf[a.id].length || a.id - b.id);
}
