// The evidence map: therapies by class, alterations, and in each cell how many studies and what the texts conclude.
function cells() {
  const found = new Map();
  const at = (therapy, alteration) => {
    const key = therapy + " " + alteration;
    if (!found.has(key)) found.set(key, { studies: new Set(), claims: new Set() });
    return found.get(key);
  };
  for (const { says } of hits("cell")) {
    for (const { what } of says) {
      for (const therapy of investigated.get(what.s) || []) {
        for (const alteration of enrolled.get(what.s) || [null]) at(therapy, alteration).studies.add(what.s);
      }
      if (!THERAPY.has(what.p)) continue;
      const named = [what.o, ...what.context].filter((end) => things[end].cls === "Alteration");
      for (const alteration of named.length ? named : [null]) at(what.s, alteration).claims.add(what);
    }
  }
  return found;
}

const verdicts = (claims) => [...claims].filter((claim) => claim.appraisal && !claim.negated).map((claim) => claim.appraisal.toLowerCase());

// One word for what several claims conclude; those that disagree are not pooled.
function verdict(claims) {
  const words = new Set([...claims].filter((claim) => claim.appraisal && !claim.negated).map((claim) => claim.appraisal));
  return words.size > 1 ? "mixed" : [...words][0] || "";
}

function spoken(claims) {
  return [...claims].map((claim) => {
    const reserve = certainties(claim).filter((sure) => sure !== "asserted" && sure !== "denied");
    return [verb(claim), (claim.appraisal || "").toLowerCase(), ...reserve].filter(Boolean).join(", ");
  }).sort().join("; ");
}

// "4 studies, 1 of them a pooled analysis" would count patients twice, so these stand apart.
function counted({ studies }) {
  const pooled = [...studies].filter((id) => things[id].pooled).length;
  return { own: studies.size - pooled, pooled };
}

function cellButton(therapy, alteration, cell) {
  const { claims } = cell;
  const { own, pooled } = counted(cell);
  const word = verdict(claims);
  const sign = SIGNS[word] || ([...claims].some((claim) => claim.negated) ? "✕" : "");
  const hedged = claims.size > 0 && [...claims].every((claim) => claim.certainty !== "Asserted");
  const where = alteration === null ? "no alteration named" : things[alteration].label;
  const parts = [own || !pooled ? (own ? plural(own, "study", "studies") : "no study") : "", pooled ? plural(pooled, "pooled analysis", "pooled analyses") : "",
    claims.size ? `texts conclude: ${spoken(claims)}` : ""].filter(Boolean);
  const on = state.cell && state.cell[0] === therapy && state.cell[1] === alteration;
  const studies = own || pooled;
  return make("button", {
    type: "button", "data-cell": `${therapy} ${alteration}`, "data-studies": own, "data-pooled": pooled, "data-verdicts": [...new Set(verdicts(claims))].sort().join("; "),
    className: studies ? `bubble size-${Math.min(own + pooled, 5)}` : `bubble size-0 ${word.toLowerCase()}${hedged ? " hedged" : ""}`,
    "aria-pressed": String(Boolean(on)), "aria-label": `${shown(things[therapy].label)}, ${shown(where)}: ${parts.join("; ")}`,
    title: parts.join("\n"), onclick: () => change({ cell: on ? null : [therapy, alteration] }),
  }, own ? String(own) : pooled ? "P" : "",
  sign ? make("span", { className: `sign ${word.toLowerCase()}${hedged ? " hedged" : ""}`, textContent: sign }) : "");
}

function empty(id, column) {
  const key = id + " " + column;
  if (everything.has(key)) return make("span", { className: "left-out", role: "img", title: "not with these filters", "aria-label": "not with these filters" });
  return make("span", { className: "gap", textContent: "·", role: "img", "aria-label": "nothing in these texts" });
}

// "HER2 exon 20 insertion" under a head "HER2" is "exon 20 insertion".
function heads(columns) {
  const own = columns.filter((id) => data.columns.indexOf(id) < data.focus && id !== null);
  const gene = things[own[0]]?.label.split(" ")[0];
  const shared = own.length > 1 && own.every((id) => things[id].label.startsWith(gene + " "));
  const head = (id) => {
    if (id === null) return make("th", { scope: "col", title: "The text names no alteration" }, make("span", {}, "none named"));
    const label = shared && own.includes(id) ? things[id].label.slice(gene.length + 1) : things[id].label;
    return make("th", { scope: "col", title: shown(things[id].label) }, make("span", {}, thingLink(things[id], label)));
  };
  const names = make("tr", { className: "names" }, ...columns.map(head));
  const corner = make("th", { scope: "col", rowSpan: 2 }, "Therapy");
  const others = columns.length - own.length;
  const groups = make("tr", {}, corner, make("th", { scope: "colgroup", colSpan: own.length }, shared ? gene : "Alteration"),
    make("th", { scope: "colgroup", colSpan: others }, others > 1 ? "others" : ""));
  return make("thead", {}, groups, names);
}

const everything = cells(); // before any filter

function showMap() {
  const found = cells();
  const own = data.columns.slice(0, data.focus);
  const more = data.columns.slice(data.focus).filter((id) => data.rows.some(([row]) => found.has(row + " " + id)));
  const columns = [...own, ...(state.others ? more : []), null];
  const body = data.rows.flatMap(([id, depth, isClass], index) => {
    const name = make("th", { scope: "row" }, thingLink(things[id]));
    if (isClass && !data.columns.concat(null).some((column) => everything.has(id + " " + column))) {
      name.colSpan = columns.length + 1;
      name.scope = "rowgroup";
      const next = data.rows[index + 1];
      return next && !next[2] && next[1] > depth ? [make("tr", { className: "class" }, name)] : [];
    }
    const row = make("tr", { className: isClass ? "class" : depth ? "drug" : "" }, name);
    for (const column of columns) {
      const cell = found.get(id + " " + column);
      row.append(make("td", {}, cell ? cellButton(id, column, cell) : empty(id, column)));
    }
    return [row];
  });
  const table = make("table", {}, make("caption", { className: "unseen", textContent: "Studies and conclusions by therapy and alteration" }),
    heads(columns), make("tbody", {}, ...body));
  const focused = document.activeElement?.closest?.("#map-table button")?.dataset.cell;
  byId("map-table").replaceChildren(table);
  const buttons = [...table.querySelectorAll("button")];
  const stop = (focused && table.querySelector(`[data-cell="${focused}"]`)) || table.querySelector('[aria-pressed="true"]') || buttons[0];
  for (const button of buttons) button.tabIndex = button === stop ? 0 : -1; // one stop for Tab, arrows inside
  if (focused) stop?.focus();
  byId("others").checked = state.others;
  byId("others").parentElement.hidden = !more.length;
  byId("others-count").textContent = `alterations of other genes (${more.length})`;
}

// Arrows go to the nearest bubble that way.
function mapKeys(event) {
  const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  const here = document.activeElement?.closest?.("#map-table button");
  if (!way || !here) return;
  event.preventDefault();
  const middle = (element) => { const box = element.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
  const [x, y] = middle(here);
  const others = [...byId("map-table").querySelectorAll("button")].map((button) => {
    const [dx, dy] = middle(button).map((value, axis) => value - [x, y][axis]);
    const along = dx * way[0] + dy * way[1];
    return [button, along, Math.abs(dx * way[1]) + Math.abs(dy * way[0])];
  }).filter(([, along]) => along > 3).sort((a, b) => a[1] + 3 * a[2] - b[1] - 3 * b[2]);
  const next = others[0]?.[0];
  if (!next) return;
  here.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}
