// The legend: kinds of nodes and links, each shown or hidden, and what size and colour say.
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
  const colour = { negated: look.no, open: look.doubt, bridge: look.bridge }[kind] || look.soft;
  const thin = ["curated", "mention", "citation", "indexing"].includes(kind);
  const values = { x1: 0, y1: 4, x2: 22, y2: 4, stroke: colour, "stroke-width": { bundle: 4, bridge: 4 }[kind] || (thin ? 0.8 : 1.8),
    "stroke-dasharray": { negated: "6 3", open: "2 3" }[kind] || "none" };
  for (const [key, value] of Object.entries({ width: 22, height: 8, "aria-hidden": "true" })) svg.setAttribute(key, value);
  for (const [key, value] of Object.entries(values)) line.setAttribute(key, value);
  svg.append(line);
  return svg;
}

// What the colours of the picture mean: classes, or communities by their most central member.
function legendItems() {
  const dark = darkness.matches;
  const inPicture = new Set(visibleIds().map((id) => nodes[id].cls));
  if (state.colour === "class") {
    return data.classes.filter((item) => inPicture.has(item.cls)).map((item) => ({ name: item.name, shape: item.shape, colour: dark ? item.dark : item.light }));
  }
  const named = data.communities.filter((item) => item.count > 1).map((item) => ({ name: `around ${item.name} (${item.count})`, shape: "dot",
    colour: communityColour(item.number, dark) }));
  return [...named, { name: "smaller communities", shape: "dot", colour: communityColour(0, dark) }];
}

function showLegend() {
  const classes = data.classes.filter((item) => item.count);
  const plain = state.colour === "class" ? undefined : theme().soft;
  document.getElementById("classes").replaceChildren(...classes.map((item) =>
    legendButton(state.off, item.cls, mark(item.cls, plain), item.name, item.count)));
  document.getElementById("communities").replaceChildren(...(state.colour === "class" ? [] : legendItems().map((item) =>
    make("p", {}, mark("Drug", item.colour), text("bdi", clipped(item.name, 44))))));
  const kinds = data.kinds.filter((item) => item.count);
  const signs = [["negated", "negated: “not”"], ["open", "open question: “?”"]].filter(([key]) => links.some((link) => manner(link) === key));
  if (state.grouped) signs.push(["bundle", "links of a group, counted"]);
  document.getElementById("kinds").replaceChildren(
    ...kinds.map((item) => legendButton(state.offKinds, item.kind, stroke(item.kind), item.name, item.count)),
    ...signs.map(([key, name]) => make("p", {}, stroke(key), text("bdi", name))));
  document.getElementById("size").value = state.size;
  document.getElementById("colour").value = state.colour;
  document.getElementById("bridges").checked = state.bridges;
}

function changed(apply) {
  return (event) => {
    apply(event.target);
    showLegend();
    draw();
    report();
  };
}
document.getElementById("size").onchange = changed((control) => { state.size = control.value; });
document.getElementById("colour").onchange = changed((control) => { state.colour = control.value; });
document.getElementById("bridges").onchange = changed((control) => { state.bridges = control.checked; });
