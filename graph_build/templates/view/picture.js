// The picture: what is visible, how it looks, and where it stands.
const SVG = "http://www.w3.org/2000/svg";
const darkness = matchMedia("(prefers-color-scheme: dark)");
const state = {
  off: new Set(data.classes.filter((item) => !item.on).map((item) => item.cls)),
  offKinds: new Set(data.kinds.filter((item) => !item.on).map((item) => item.kind)),
  selected: null,
  lanes: false,
};

function theme() {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue("--" + name).trim();
  return { paper: colour("paper"), ink: colour("ink"), soft: colour("soft"), line: colour("line"),
    accent: colour("accent"), no: colour("no"), doubt: colour("doubt"), card: colour("card") };
}

// A colour laid thinly over the paper: 0 is paper, 1 the colour.
function tint(colour, paper, share) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt((hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex).slice(at, at + 2), 16));
  const [under, over] = [parts(paper), parts(colour)];
  return "rgb(" + under.map((value, i) => Math.round(value + (over[i] - value) * share)).join(",") + ")";
}

function isVisible(id) {
  return !state.off.has(nodes[id].cls) || id === state.selected;
}

function visibleLinks() {
  return links.filter((link) => isVisible(link.from) && isVisible(link.to) &&
    (!state.offKinds.has(link.kind) || (state.selected !== null && linksOf[state.selected].includes(link))));
}

function nearby() {
  if (state.selected === null) return null;
  const near = new Set([state.selected]);
  for (const link of linksOf[state.selected]) near.add(link.from).add(link.to);
  return near;
}

// Columns close up over hidden classes; each is as wide as its longest label.
function lanePlaces() {
  const widths = new Map();
  nodes.forEach((node, id) => {
    if (isVisible(id)) widths.set(node.lane, Math.max(widths.get(node.lane) || 0, Math.min(node.label.length, 27) * 7.6));
  });
  const middle = new Map();
  let x = 0;
  for (const lane of [...widths.keys()].sort((a, b) => a - b)) {
    middle.set(lane, x + widths.get(lane) / 2);
    x += widths.get(lane) + 95;
  }
  return middle;
}

// Lines of at most 24 letters, as the layout has reckoned with.
function broken(label) {
  const lines = [""];
  for (const word of label.split(" ")) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length + 1 > 24) lines.push(word);
    else lines[lines.length - 1] = last ? last + " " + word : word;
  }
  return lines.join("\n");
}

function drawnNode(id, look, near, middle) {
  const node = nodes[id];
  const style = classOf[node.cls];
  const lit = !near || near.has(id);
  const small = node.cls === "Publication" && id !== state.selected;
  const colour = look.dark ? style.dark : style.light;
  const text = lit ? look.ink : tint(look.inkHex, look.paperHex, 0.16);
  const drawn = {
    id, hidden: !isVisible(id), opacity: lit ? 1 : 0.13, label: broken(clipped(node.label, 46)), size: node.size,
    shape: style.shape, x: node.x, y: node.y, borderWidth: id === state.selected ? 3 : 1,
    font: { size: small ? 11 : 14, color: text, strokeWidth: lit ? 3 : 0, strokeColor: look.paper, vadjust: 0 },
    color: { background: colour, border: id === state.selected ? look.ink : tint(colour, look.inkHex, 0.75) },
  };
  if (state.lanes) {
    Object.assign(drawn, { shape: "box", x: middle.get(node.lane) || 0, y: node.row, label: clipped(node.label, 27), margin: 5 });
    drawn.font.size = 14;
    drawn.font.strokeWidth = 0;
    drawn.color = { background: tint(colour, look.paperHex, 0.2), border: id === state.selected ? look.ink : colour };
  }
  return drawn;
}

// "efficacy in: unfavourable": what a line says when its node is chosen.
function withVerdict(link) {
  return words(link, false) + (link.appraisal ? ": " + link.appraisal.toLowerCase() : "");
}

// Parallel links of one manner are one line; its label names them all.
function drawnLinks(look) {
  const lines = new Map();
  for (const link of visibleLinks()) {
    const key = [link.from, link.to, manner(link)].join(" ");
    if (!lines.has(key)) lines.set(key, { id: key, from: link.from, to: link.to, manner: manner(link), members: [] });
    lines.get(key).members.push(link);
  }
  const chosen = [...lines.values()].filter((line) => state.selected !== null && [line.from, line.to].includes(state.selected));
  const labelled = chosen.length <= 24;
  return [...lines.values()].map((line) => {
    const lit = chosen.includes(line);
    const faint = { curated: 0.7, mention: 0.45, citation: 0.45, indexing: 0.45 }[line.manner] || 1;
    const colour = line.manner === "negated" ? look.no : line.manner === "open" ? look.doubt : lit ? look.accent : look.link;
    const special = line.manner === "negated" || line.manner === "open";
    return {
      id: line.id, from: line.from, to: line.to, members: line.members,
      color: { color: colour, opacity: lit ? 1 : state.selected !== null ? 0.08 : special ? 0.75 : 0.6 * faint },
      width: lit ? 1.8 : special ? 1.4 : faint < 1 ? 0.6 : 1,
      dashes: line.manner === "negated" ? [9, 5] : line.manner === "open" ? [2, 5] : false,
      label: lit && labelled ? clipped([...new Set(line.members.map(withVerdict))].join(", "), 48) : undefined,
      font: { size: 11, color: special ? colour : look.ink, strokeWidth: 4, strokeColor: look.paper, align: state.lanes ? "horizontal" : "middle" },
      smooth: state.lanes ? { enabled: true, type: nodes[line.from].lane === nodes[line.to].lane ? "curvedCW" : "cubicBezier",
        forceDirection: "horizontal", roundness: 0.45 } : special || lines.size < 40 ? { enabled: true, type: "curvedCW", roundness: special ? 0.2 : 0.1 } : false,
    };
  });
}

const drawing = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const picture = new vis.Network(document.getElementById("picture"), drawing, {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 3600000, keyboard: false },
  nodes: { scaling: { label: { drawThreshold: 4 } }, font: { face: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" }, labelHighlightBold: false, chosen: false },
  edges: { arrows: { to: { enabled: true, scaleFactor: 0.45 } }, chosen: false, font: { face: "system-ui, 'DejaVu Sans', sans-serif" } },
});

function draw() {
  const look = { ...theme(), dark: darkness.matches };
  Object.assign(look, { paperHex: look.paper, inkHex: look.ink, link: look.dark ? "#7d8894" : "#9aa4ae" });
  const near = nearby();
  const middle = state.lanes ? lanePlaces() : null;
  const order = nodes.map((_, id) => id).sort((a, b) => (near ? near.has(a) - near.has(b) : 0) || a - b);
  drawing.edges.clear();
  drawing.nodes.clear();
  drawing.nodes.add(order.map((id) => drawnNode(id, look, near, middle)));
  drawing.edges.add(drawnLinks(look));
  state.look = look;
  state.middle = middle;
}

// Moves the picture so that the nodes fill it, beside the legend when there is room for both.
function fill(ids, most) {
  const places = drawing.nodes.get(ids);
  if (!places.length) return 0;
  const stage = document.getElementById("stage");
  const legend = document.getElementById("legend");
  const beside = legend.open && stage.clientWidth > 700 ? legend.offsetWidth : 0;
  const span = (axis) => [Math.min(...places.map((place) => place[axis])), Math.max(...places.map((place) => place[axis]))];
  const [[left, right], [top, bottom]] = [span("x"), span("y")];
  const scale = Math.min((stage.clientWidth - beside) / (right - left + (state.lanes ? 235 : 200)),
    stage.clientHeight / (bottom - top + (state.lanes ? 130 : 80)), most);
  picture.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 - (state.lanes ? 30 : 0) }, scale,
    offset: { x: beside / 2, y: 0 } });
  return scale;
}

function fit() {
  fill(nodes.map((_, id) => id).filter(isVisible), 1.5);
}

// Shows the selected node with its neighbours; alone when they lie too far apart to be read.
function focusOn(id) {
  if (fill([...nearby()].filter(isVisible), 1.2) < 0.6) fill([id], 0.8);
}

picture.on("beforeDrawing", (canvas) => {
  if (!state.lanes || !state.middle) return;
  const top = Math.min(...nodes.flatMap((node, id) => (isVisible(id) ? [node.row] : []))) - 50;
  canvas.font = "600 16px system-ui, 'DejaVu Sans', sans-serif";
  canvas.textAlign = "center";
  canvas.fillStyle = state.look.soft;
  for (const [lane, x] of state.middle) {
    const titles = data.classes.filter((item) => item.lane === lane && !state.off.has(item.cls) && item.count);
    titles.forEach((item, row) => canvas.fillText(item.name, x, top - 20 * (titles.length - 1 - row)));
  }
});
document.querySelector("#picture .vis-network").tabIndex = -1; // nothing to do there with keys
picture.on("hoverNode", () => { picture.canvas.body.container.style.cursor = "pointer"; });
picture.on("blurNode", () => { picture.canvas.body.container.style.cursor = ""; });

// A class's mark as a small drawing, for legend and lists.
function mark(cls) {
  const style = classOf[cls];
  const colour = darkness.matches ? style.dark : style.light;
  const svg = document.createElementNS(SVG, "svg");
  const put = (name, values) => {
    const part = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(values)) part.setAttribute(key, value);
    svg.append(part);
  };
  for (const [key, value] of Object.entries({ width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" })) svg.setAttribute(key, value);
  const corners = {
    triangle: "7,1 13,12 1,12", triangleDown: "1,2 13,2 7,13", diamond: "7,0 14,7 7,14 0,7", square: "2,2 12,2 12,12 2,12",
    hexagon: "3.5,1.5 10.5,1.5 14,7 10.5,12.5 3.5,12.5 0,7", star: "7,0 8.8,4.8 14,5 10,8.3 11.4,13.5 7,10.5 2.6,13.5 4,8.3 0,5 5.2,4.8",
  }[style.shape];
  if (corners) put("polygon", { points: corners, fill: colour });
  else put("circle", { cx: 7, cy: 7, r: 6, fill: colour });
  return svg;
}
