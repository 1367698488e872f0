// The page: selection, legend, search, buttons, keys.
const search = document.getElementById("search");
const matches = document.getElementById("matches");
const root = document.documentElement;

// Selecting what is inside a closed group opens the group.
function select(id, move) {
  if (id !== null && !isGroup(id) && isClosed(homeOf[id])) state.open.add(homeOf[id]);
  else if (isGroup(id ?? 0) && !state.grouped) return;
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

// Opens or closes a group in place; it stays selected.
function toggle(id, open) {
  if (open) state.open.add(id);
  else state.open.delete(id);
  state.selected = id;
  draw();
  showNode(id);
  panel.scrollTop = 0;
  panel.focus({ preventScroll: true });
  if (fit() < 0.5 && open && !state.lanes) fill(nodes[id].members.filter(isVisible), 0.8);
  report();
}

function openAll() {
  data.groups.forEach((_, at) => state.open.add(data.nodes.length + at));
  state.selected = null;
  draw();
  showStart();
  fit();
  report();
}

// Everything in groups, all of them closed, or every node by itself.
function regroup(grouped) {
  setGrouped(grouped);
  showLegend();
  arrange(state.lanes);
  select(state.selected, false);
}

// What a person sees as numbers, and what a test reads.
function report() {
  const inPicture = data.nodes.map((_, id) => id).filter(isShown);
  const inGroups = new Set(inPicture.map(standsFor).filter(isGroup)).size;
  const drawn = visibleLinks().length;
  const count = (some, all, word) => (some === all ? `${all} ${word}` : `${some} of ${all} ${word}`);
  document.getElementById("count").textContent = [count(inPicture.length, data.nodes.length, "nodes"),
    ...(inGroups ? [`${inGroups} closed ${inGroups === 1 ? "group" : "groups"}`] : []), count(drawn, links.length, "links")].join(" · ");
  Object.assign(root.dataset, { nodes: inPicture.length, links: drawn, groups: inGroups, view: state.lanes ? "lanes" : "network",
    selected: state.selected === null ? "" : nodes[state.selected].label });
  document.getElementById("groups").setAttribute("aria-pressed", String(state.grouped));
  remember();
}

// The address always leads back to what is shown: layout, open groups, selection, size and colour.
function remember() {
  const place = new URLSearchParams();
  if (state.lanes) place.set("view", "lanes");
  if (state.grouped !== data.grouped) place.set("groups", state.grouped ? "on" : "off");
  if (state.open.size && state.open.size === data.groups.length) place.set("open", "all");
  else for (const id of [...state.open].sort((a, b) => a - b)) place.append("open", nodes[id].key);
  if (state.selected !== null) place.set("node", isGroup(state.selected) ? nodes[state.selected].key : nodes[state.selected].label);
  else if (data.focus !== null) place.set("node", "");
  if (state.size !== "links") place.set("size", state.size);
  if (state.colour !== "class") place.set("colour", state.colour);
  if (state.bridges) place.set("bridges", "on");
  try {
    history.replaceState(null, "", "#" + place);
  } catch {
    // a page inside a notebook has no address of its own
  }
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
    const inside = !isGroup(hit.id) && isClosed(homeOf[hit.id]) ? "in " + nodes[homeOf[hit.id]].label : "";
    const also = hit.name !== nodes[hit.id].label ? hit.name : inside;
    const item = make("li", { id: "match-" + row, onclick: () => choose(hit.id) }, mark(nodes[hit.id].cls), text("bdi", nodes[hit.id].label),
      ...(also ? [text("small", clipped(also, 40))] : []));
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
  } else if (event.key === "Enter" && isGroup(state.selected ?? 0) && !event.target.closest("button, input, select, summary, a")) {
    toggle(state.selected, !state.open.has(state.selected));
  } else if (event.key === "Escape") {
    search.value = "";
    for (const menu of menus) menu.open = false;
    closeSearch();
    select(null, false);
    fit();
  }
});
picture.on("click", ({ nodes: [node], edges: [line], pointer }) => {
  const heading = headingAt(pointer.canvas);
  if (node !== undefined && isGroup(node)) toggle(node, true);
  else if (node !== undefined) select(node, false);
  else if (heading !== null) toggle(heading, false);
  else if (line !== undefined) showLink(drawing.edges.get(line).members);
  else select(null, false);
});
const menus = document.querySelectorAll("#tools details");
addEventListener("pointerdown", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
const button = (id, act) => { document.getElementById(id).onclick = act; };
button("as-network", () => arrange(false));
button("as-lanes", () => arrange(true));
button("groups", () => regroup(!state.grouped));
button("fit", fit);
for (const [id, act] of Object.entries({ png: savePicture, svg: saveVector, csv: () => saveTable(linksTable(), "_links.csv"),
  "csv-nodes": () => saveTable(nodesTable(), "_nodes.csv") })) {
  button(id, () => {
    act();
    for (const menu of menus) menu.open = false;
  });
}
darkness.addEventListener("change", () => {
  showLegend();
  select(state.selected, false);
});
addEventListener("resize", () => {
  if (state.selected === null) fit();
});

// page.html#view=lanes&node=trastuzumab deruxtecan opens there
const wish = new URLSearchParams(location.hash.slice(1));
document.getElementById("notes").replaceChildren(...data.notes.map((note) => text("p", note)));
document.getElementById("groups").hidden = !data.groups.length;
if (data.groups.length && wish.has("groups")) state.grouped = wish.get("groups") === "on";
for (const key of wish.getAll("open")) {
  nodes.forEach((node, id) => {
    if (state.grouped && isGroup(id) && [node.key, "all"].includes(key)) state.open.add(id);
  });
}
if (wish.get("size") in SIZES) state.size = wish.get("size");
if (wish.get("colour") === "community") state.colour = "community";
state.bridges = wish.get("bridges") === "on";
showLegend();
showStart();
const wanted = wish.has("node") ? nodes.findIndex((node) => [node.label, node.iri, node.key].includes(wish.get("node"))) : data.focus ?? -1;
arrange(wish.get("view") === "lanes");
if (wanted >= 0) select(wanted, wish.has("node"));
root.dataset.ready = "true";
