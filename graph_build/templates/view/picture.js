// The picture: what is visible, how it looks, and where it stands.
const SVG = "http://www.w3.org/2000/svg";
const darkness = matchMedia("(prefers-color-scheme: dark)");
function theme() {
  const css = getComputedStyle(document.documentElement);
  const colour = (name) => css.getPropertyValue("--" + name).trim();
  return { paper: colour("paper"), ink: colour("ink"), soft: colour("soft"), line: colour("line"),
    accent: colour("accent"), bridge: colour("bridge"), no: colour("no"), doubt: colour("doubt"), card: colour("card") };
}

// A colour laid thinly over the paper: 0 is paper, 1 the colour.
function tint(colour, paper, share) {
  const parts = (hex) => [1, 3, 5].map((at) => parseInt((hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex).slice(at, at + 2), 16));
  const [under, over] = [parts(paper), parts(colour)];
  return "rgb(" + under.map((value, i) => Math.round(value + (over[i] - value) * share)).join(",") + ")";
}

// Links between things that are shown, by themselves or within a closed group.
function visibleLinks() {
  const own = state.selected === null ? new Set() : new Set(linksOf[state.selected]);
  return links.filter((link) => isShown(link.from) && isShown(link.to) && (!state.offKinds.has(link.kind) || own.has(link)));
}

function nearby() {
  if (state.selected === null) return null;
  const near = new Set([state.selected, ...(isGroup(state.selected) ? nodes[state.selected].members : [])]);
  for (const link of linksOf[state.selected]) near.add(standsFor(link.from)).add(standsFor(link.to));
  return near;
}

// Columns close up over hidden classes; each is as wide as its longest label.
function lanePlaces() {
  const widths = new Map();
  nodes.forEach((node, id) => {
    if (isVisible(id)) widths.set(node.lane, Math.max(widths.get(node.lane) || 0, Math.min(node.label.length, isGroup(id) ? 46 : 27) * 7.6));
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

const few = data.nodes.length <= 60; // of few nodes none fades out of sight

function drawnNode(id, look, near, where, middle) {
  const node = nodes[id];
  const lit = !near || near.has(id);
  const small = node.cls === "Publication" && id !== state.selected && !isGroup(id);
  const colour = colourOf(id, look.dark);
  const text = lit ? look.ink : tint(look.inkHex, look.paperHex, few ? 0.62 : 0.3);
  const place = where.place(id);
  const drawn = {
    id, hidden: !isVisible(id), opacity: lit ? 1 : few ? 0.5 : 0.16, label: broken(clipped(node.label, isGroup(id) ? 80 : 46)), size: radius(id),
    shape: classOf[node.cls].shape, x: place.x, y: place.y, borderWidth: id === state.selected ? 4 : isGroup(id) ? 2 : 1,
    shapeProperties: { borderDashes: isGroup(id) && id !== state.selected ? [4, 3] : false },
    font: { size: small ? 11 : isGroup(id) ? 15 : 14, color: text, strokeWidth: lit ? 3 : 0, strokeColor: look.paper, vadjust: 0 },
    color: { background: colour, border: id === state.selected || isGroup(id) ? (lit ? look.ink : text) : tint(colour, look.inkHex, 0.75) },
  };
  if (state.lanes) {
    Object.assign(drawn, { shape: "box", x: middle.get(node.lane) || 0, y: where.row(id) * where.stretch, label: clipped(node.label, isGroup(id) ? 46 : 27), margin: 5 });
    drawn.font.size = 14;
    drawn.font.strokeWidth = 0;
    drawn.borderWidth = id === state.selected ? 3 : isGroup(id) ? 2 : 1;
    drawn.color = { background: tint(colour, look.paperHex, 0.2), border: id === state.selected ? look.ink : colour };
  }
  return drawn;
}

// Parallel links of one manner are one line; all links of a closed group with one other thing are one line with their number.
function lines() {
  const found = new Map();
  for (const link of visibleLinks()) {
    const [from, to] = [standsFor(link.from), standsFor(link.to)];
    if (from === to) continue;
    const bundle = isGroup(from) || isGroup(to);
    const key = bundle ? [Math.min(from, to), Math.max(from, to), "bundle"].join(" ") : [from, to, manner(link)].join(" ");
    if (!found.has(key)) found.set(key, { id: key, from, to, bundle, members: [] });
    found.get(key).members.push(link);
  }
  const ofGroup = new Set(state.selected !== null && isGroup(state.selected) ? linksOf[state.selected] : []);
  for (const line of found.values()) {
    const manners = new Set(line.members.map(manner));
    line.manner = manners.size === 1 && (!line.bundle || ["negated", "open"].includes([...manners][0])) ? [...manners][0] : "bundle";
    line.bridge = line.members.some((link) => link.bridge);
    line.own = state.selected !== null && [line.from, line.to].includes(state.selected);
    line.chosen = line.own || line.members.some((link) => ofGroup.has(link));
  }
  return [...found.values()];
}

function drawnLink(line, look, count) {
  const faint = { curated: 0.7, mention: 0.45, citation: 0.45, indexing: 0.45 }[line.manner] || 1;
  const special = line.manner === "negated" || line.manner === "open";
  const marked = state.bridges && line.bridge;
  const colour = line.manner === "negated" ? look.no : line.manner === "open" ? look.doubt
    : marked ? look.bridge : line.chosen ? look.accent : look.link;
  const thick = line.bundle ? Math.min(6, 0.8 + 0.55 * Math.log2(line.members.length)) : special ? 1.4 : faint < 1 ? 0.6 : 1;
  return {
    ...line, color: { color: colour, opacity: line.chosen || marked ? 1 : state.selected !== null ? (few ? 0.3 : 0.1) : special ? 0.75 : 0.6 * faint },
    width: marked ? 3 : line.chosen ? Math.max(1.8, thick) : thick,
    dashes: line.manner === "negated" ? [9, 5] : line.manner === "open" ? [2, 5] : false,
    arrows: { to: { enabled: !line.bundle, scaleFactor: 0.45 } },
    smooth: state.lanes ? { enabled: true, type: nodes[line.from].lane === nodes[line.to].lane ? "curvedCW" : "cubicBezier",
      forceDirection: "horizontal", roundness: 0.45 } : special || count < 40 ? { enabled: true, type: "curvedCW", roundness: special ? 0.2 : 0.1 } : false,
  };
}

const drawing = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const picture = new vis.Network(document.getElementById("picture"), drawing, {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 3600000, keyboard: false },
  nodes: { scaling: { label: { drawThreshold: 4 } }, font: { face: "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" }, labelHighlightBold: false, chosen: false },
  edges: { arrows: { to: { enabled: true, scaleFactor: 0.45 } }, chosen: false, font: { face: "system-ui, 'DejaVu Sans', sans-serif" } },
});

// Few rows move apart until the lanes fill the window: that leaves room for words between them.
function rowStretch(where, middle) {
  const rows = visibleIds().map(where.row);
  const high = Math.max(...rows) - Math.min(...rows);
  const wide = Math.max(...middle.values()) - Math.min(...middle.values()) + 200;
  const stage = document.getElementById("stage");
  return high > 0 ? Math.min(4, Math.max(1, ((stage.clientHeight / stage.clientWidth) * wide - 160) / high)) : 1;
}

function draw() {
  const look = { ...theme(), dark: darkness.matches };
  Object.assign(look, { paperHex: look.paper, inkHex: look.ink, link: look.dark ? "#7d8894" : "#9aa4ae" });
  const near = nearby();
  const where = arrangement();
  const middle = state.lanes ? lanePlaces() : null;
  const order = nodes.map((_, id) => id).sort((a, b) => (near ? near.has(a) - near.has(b) : 0) || a - b);
  const drawnLines = lines();
  where.stretch = middle ? rowStretch(where, middle) : 1;
  drawing.edges.clear();
  drawing.nodes.clear();
  drawing.nodes.add(order.map((id) => drawnNode(id, look, near, where, middle)));
  drawing.edges.add(drawnLines.map((line) => drawnLink(line, look, drawnLines.length)));
  Object.assign(state, { look, middle, frames: where.frames });
  showVerbs();
}

// Moves the picture so that the nodes fill it, beside the legend when there is room for both.
function fill(ids, most) {
  const places = drawing.nodes.get(ids);
  if (!places.length) return 0;
  const stage = document.getElementById("stage");
  const legend = document.getElementById("legend");
  const beside = legend.open && stage.clientWidth > 700 ? legend.offsetWidth : 0;
  const ends = ids.length < visibleIds().length ? [] : state.frames;
  const rooms = new Map(ids.map((id) => [id, state.lanes ? { wide: 105, high: 20, below: 0 } : roomOf(id)]));
  const above = legend.open ? 0 : 44; // the closed legend
  const span = (axis, half) => [Math.min(...places.map((place) => place[axis] + (axis === "y" ? rooms.get(place.id).below : 0) - rooms.get(place.id)[half]), ...ends.map((frame) => frame[axis] - frame[half])),
    Math.max(...places.map((place) => place[axis] + (axis === "y" ? rooms.get(place.id).below : 0) + rooms.get(place.id)[half]), ...ends.map((frame) => frame[axis] + frame[half]))];
  const [[left, right], [first, bottom]] = [span("x", "wide"), span("y", "high")];
  const top = Math.min(first, ...(ids.length < visibleIds().length ? [] : laneHeadings().map((head) => head.y - 20)));
  const scale = Math.min((stage.clientWidth - beside) / (right - left + 30),
    (stage.clientHeight - above) / (bottom - top + 30), most);
  picture.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale,
    offset: { x: beside / 2, y: -above / 2 } });
  showVerbs();
  return scale;
}

function visibleIds() {
  return nodes.map((_, id) => id).filter(isVisible);
}

function fit() {
  return fill(visibleIds(), 1.5);
}

// Shows the selected node with its neighbours; alone when they lie too far apart to be read.
function focusOn(id) {
  if (few) fit();
  else if (fill([...nearby()].filter(isVisible), 1.2) < 0.6) fill([id], 0.8);
}

// The frame of each open group, with its name as heading.
function drawFrames(canvas) {
  for (const frame of state.frames) {
    canvas.beginPath();
    canvas.roundRect(frame.x - frame.wide, frame.y - frame.high, 2 * frame.wide, 2 * frame.high, 12);
    canvas.fillStyle = state.look.card;
    canvas.strokeStyle = frame.id === state.selected ? state.look.accent : state.look.soft;
    canvas.lineWidth = frame.id === state.selected ? 2.5 : 1.2;
    canvas.fill();
    canvas.stroke();
    canvas.font = "600 15px system-ui, 'DejaVu Sans', sans-serif";
    canvas.textAlign = "left";
    canvas.fillStyle = state.look.ink;
    canvas.fillText("− " + shown(nodes[frame.id].label), frame.x - frame.wide + 12, frame.y - frame.high + 21);
  }
}

// The open group whose heading lies at a place.
function headingAt({ x, y }) {
  const hit = state.frames.find((frame) => Math.abs(x - frame.x) < frame.wide && y > frame.y - frame.high && y < frame.y - frame.high + TITLE + 6);
  return hit ? hit.id : null;
}

// The classes of each lane, above it.
function laneHeadings() {
  if (!state.lanes || !state.middle) return [];
  const top = Math.min(...drawing.nodes.get({ filter: (item) => !item.hidden }).map((item) => item.y)) - 50;
  return [...state.middle].flatMap(([lane, x]) => {
    const titles = data.classes.filter((item) => item.lane === lane && !state.off.has(item.cls) && item.count);
    return titles.map((item, row) => ({ x, y: top - 20 * (titles.length - 1 - row), text: item.name }));
  });
}

picture.on("beforeDrawing", (canvas) => {
  if (!state.look) return;
  drawFrames(canvas);
  canvas.font = "600 16px system-ui, 'DejaVu Sans', sans-serif";
  canvas.textAlign = "center";
  canvas.fillStyle = state.look.soft;
  for (const head of laneHeadings()) canvas.fillText(head.text, head.x, head.y);
});
document.querySelector("#picture .vis-network").tabIndex = -1; // nothing to do there with keys
picture.on("hoverNode", () => { picture.canvas.body.container.style.cursor = "pointer"; });
picture.on("blurNode", () => { picture.canvas.body.container.style.cursor = ""; });

// A class's mark as a small drawing, for legend and lists.
function mark(cls, hue) {
  const style = classOf[cls];
  const colour = hue || (darkness.matches ? style.dark : style.light);
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
