// Search over names and synonyms: choosing one filters by it.
const searched = things.filter((thing) => facetOfClass[thing.cls]).map((thing) => ({
  thing, names: [thing.label, ...thing.names, ...(thing.codes || []), ...(thing.title ? [thing.title] : [])].map((name) => [name, folded(name)]),
}));
let at = -1;

function findings(query) {
  const wanted = folded(query);
  if (!wanted) return [];
  const found = [];
  for (const { thing, names } of searched) {
    let best = null;
    for (const [name, key] of names) {
      const place = key.indexOf(wanted);
      if (place < 0) continue;
      const rank = key === wanted ? 0 : place === 0 ? 1 : 2;
      if (!best || rank < best.rank) best = { thing, rank, name };
    }
    if (best) found.push(best);
  }
  const uses = (thing) => quotes.reduce((sum, quote) => sum + (quote.about.has(thing.id) || quote.paper === thing.id ? 1 : 0), 0);
  return found.map((one) => ({ ...one, uses: uses(one.thing) })).filter((one) => one.uses)
    .sort((a, b) => a.rank - b.rank || b.uses - a.uses || a.thing.id - b.thing.id).slice(0, 12);
}

function showFindings() {
  const query = byId("search").value.trim();
  const found = findings(query);
  const items = found.map(({ thing, name, uses }, index) => make("li", {
    id: "finding-" + index, role: "option", "aria-selected": String(index === at), onmousedown: (event) => event.preventDefault(),
    onclick: () => take(thing),
  }, make("span", { className: "dot of-" + thing.cls }), text(name.length > 90 ? name.slice(0, 89) + "…" : name),
  name === thing.label ? "" : make("span", { className: "quiet" }, " ", text(thing.label)),
  make("small", {}, `${facetOfClass[thing.cls].name} · ${plural(uses, "quote")}`)));
  const inText = query ? quotes.filter((quote) => quote.lower.includes(query.toLowerCase())).length : 0;
  if (query && !inText && !found.length) items.push(make("li", { className: "quiet", role: "option", "aria-disabled": "true", textContent: "nothing is called so, and no quote has these words" }));
  if (inText) items.push(make("li", { className: "quiet", role: "option", id: "finding-" + found.length, "aria-selected": String(at === found.length),
    onmousedown: (event) => event.preventDefault(), onclick: () => takeText(query) }, "quotes with the words “", text(query), "”", make("small", {}, plural(inText, "quote"))));
  byId("findings").replaceChildren(...items);
  const open = items.length > 0;
  byId("findings").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  byId("search").setAttribute("aria-activedescendant", at >= 0 && open ? "finding-" + at : "");
  return found;
}

function closeFindings() {
  at = -1;
  byId("search").value = "";
  showFindings();
}

function take(thing) {
  closeFindings();
  choose(facetOfClass[thing.cls].key, thing.id, true);
}

function takeText(query) {
  closeFindings();
  change({ text: query });
}

function searchKeys(event) {
  const items = byId("findings").children.length;
  if (event.key === "ArrowDown" && items) at = (at + 1) % items;
  else if (event.key === "ArrowUp" && items) at = (at + items - 1) % items;
  else if (event.key === "Escape") {
    closeFindings();
    byId("search").blur();
    return;
  } else if (event.key === "Enter" && items) {
    byId("findings").children[Math.max(at, 0)].click();
    return;
  } else return;
  event.preventDefault();
  showFindings();
}
