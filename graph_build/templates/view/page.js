// The page: selection, legend, search, buttons, keys.
const search = document.getElementById("search");
const matches = document.getElementById("matches");
const root = document.documentElement;

function select(id, move) {
  state.selected = id;
  draw();
  if (id === null) showStart();
  else {
    showNode(id);
    panel.scrollTop = 0;
    if (move) {
      focusOn(id);
      panel.focus({ preventScroll: true });
    }
  }
  report();
}

// What a person sees as numbers, and what a test reads.
function report() {
  const drawnNodes = nodes.filter((_, id) => isVisible(id)).length;
  const drawn = visibleLinks().length;
  const count = (some, all, word) => (some === all ? `${all} ${word}` : `${some} of ${all} ${word}`);
  document.getElementById("count").textContent = `${count(drawnNodes, nodes.length, "nodes")} · ${count(drawn, links.length, "links")}`;
  Object.assign(root.dataset, { nodes: drawnNodes, links: drawn, view: state.lanes ? "lanes" : "network",
    selected: state.selected === null ? "" : nodes[state.selected].label });
}

function legendButton(set, key, drawnMark, name, count) {
  const button = make("button", { type: "button" }, drawnMark, text("bdi", name), text("span", count));
  button.setAttribute("aria-pressed", String(!set.has(key)));
  button.onclick = () => {
    if (!set.delete(key)) set.add(key);
    button.setAttribute("aria-pressed", String(!set.has(key)));
    if (state.selected === null) showStart();
    draw();
    report();
    if (state.lanes) fit();
  };
  return button;
}

function stroke(kind) {
  const svg = document.createElementNS(SVG, "svg");
  const line = document.createElementNS(SVG, "line");
  const look = theme();
  const colour = { negated: look.no, open: look.doubt }[kind] || look.soft;
  const values = { x1: 0, y1: 4, x2: 22, y2: 4, stroke: colour, "stroke-width": ["curated", "mention", "citation", "indexing"].includes(kind) ? 0.8 : 1.8,
    "stroke-dasharray": { negated: "6 3", open: "2 3" }[kind] || "none" };
  for (const [key, value] of Object.entries({ width: 22, height: 8, "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries(values)) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

function showLegend() {
  const classes = data.classes.filter((item) => item.count);
  document.getElementById("classes").replaceChildren(...classes.map((item) =>
    legendButton(state.off, item.cls, mark(item.cls), item.name, item.count)));
  const kinds = data.kinds.filter((item) => item.count);
  const signs = [["negated", "negated: “not”"], ["open", "open question: “?”"]].filter(([key]) => links.some((link) => manner(link) === key));
  document.getElementById("kinds").replaceChildren(
    ...kinds.map((item) => legendButton(state.offKinds, item.kind, stroke(item.kind), item.name, item.count)),
    ...signs.map(([key, name]) => make("p", {}, stroke(key), text("bdi", name))));
}

function arrange(lanes) {
  state.lanes = lanes;
  document.getElementById("legend").open = innerWidth > 760 && !lanes; // lanes have headings
  document.getElementById("as-network").setAttribute("aria-pressed", String(!lanes));
  document.getElementById("as-lanes").setAttribute("aria-pressed", String(lanes));
  draw();
  fit();
  report();
}

let active = 0;
function suggest() {
  const hits = found(search.value).slice(0, 9);
  active = Math.min(active, Math.max(hits.length - 1, 0));
  matches.replaceChildren(...hits.map((hit, row) => {
    const item = make("li", { id: "match-" + row, onclick: () => choose(hit.id) }, mark(nodes[hit.id].cls), text("bdi", nodes[hit.id].label),
      ...(hit.name !== nodes[hit.id].label ? [text("small", clipped(hit.name, 40))] : []));
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", String(row === active));
    return item;
  }));
  matches.hidden = !hits.length;
  search.setAttribute("aria-expanded", String(hits.length > 0));
  if (hits.length) search.setAttribute("aria-activedescendant", "match-" + active);
  else search.removeAttribute("aria-activedescendant");
  return hits;
}

function closeSearch() {
  matches.hidden = true;
  search.setAttribute("aria-expanded", "false");
}

function choose(id) {
  search.value = shown(nodes[id].label);
  closeSearch();
  select(id, true);
}

search.oninput = () => {
  active = 0;
  suggest();
};
search.onblur = () => setTimeout(closeSearch, 200);
search.onkeydown = (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    active = Math.max(0, active + (event.key === "ArrowDown" ? 1 : -1));
    suggest();
    event.preventDefault();
  } else if (event.key === "Enter") {
    const hit = suggest()[active];
    if (hit) choose(hit.id);
  }
};
addEventListener("keydown", (event) => {
  if (event.key === "/" && event.target !== search && !event.ctrlKey && !event.metaKey && !event.altKey) {
    search.focus();
    search.select();
    event.preventDefault();
  } else if (event.key === "Escape") {
    search.value = "";
    closeSearch();
    select(null, false);
    fit();
  }
});
picture.on("click", ({ nodes: [node], edges: [line] }) => {
  if (node !== undefined) select(node, false);
  else if (line !== undefined) showLink(drawing.edges.get(line).members);
  else select(null, false);
});
document.getElementById("as-network").onclick = () => arrange(false);
document.getElementById("as-lanes").onclick = () => arrange(true);
document.getElementById("fit").onclick = fit;
document.getElementById("png").onclick = savePicture;
document.getElementById("csv").onclick = saveTable;
darkness.addEventListener("change", () => {
  showLegend();
  select(state.selected, false);
});
addEventListener("resize", () => {
  if (state.selected === null) fit();
});

// page.html#view=lanes&node=trastuzumab deruxtecan opens there
const wish = new URLSearchParams(location.hash.slice(1));
showLegend();
showStart();
arrange(wish.get("view") === "lanes");
const wanted = nodes.findIndex((node) => node.label === wish.get("node") || node.iri === wish.get("node"));
if (wanted >= 0) select(wanted, true);
root.dataset.ready = "true";
