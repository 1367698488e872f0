// The picture as SVG, written from what is drawn: whole, not only the part on the screen.
const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
const xml = (value) => shown(value).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, "\ufffd")
  .replace(/[&<>"']/g, (sign) => XML[sign]);
const tag = (name, values, inside) => `<${name}${Object.entries(values).map(([key, value]) =>
  ` ${key}="${xml(typeof value === "number" ? Math.round(value * 100) / 100 : value)}"`).join("")}${inside === undefined ? "/>" : `>${inside}</${name}>`}`;

// The corners of a mark around a place; null for a circle.
function cornersOf(shape, x, y, size) {
  const turned = (count, start, sizes) => Array.from({ length: count }, (_, at) => {
    const angle = start + (2 * Math.PI * at) / count;
    return [x + sizes[at % sizes.length] * Math.cos(angle), y + sizes[at % sizes.length] * Math.sin(angle)];
  });
  const up = -Math.PI / 2;
  return { square: [[x - size, y - size], [x + size, y - size], [x + size, y + size], [x - size, y + size]],
    diamond: turned(4, up, [size]), triangle: turned(3, up, [1.15 * size]), triangleDown: turned(3, -up, [1.15 * size]),
    hexagon: turned(6, 0, [size]), star: turned(10, up, [1.3 * size, 0.52 * size]) }[shape] || null;
}

function polygon(corners, values) {
  return tag("polygon", { points: corners.map((corner) => corner.map((value) => value.toFixed(1)).join(",")).join(" "), ...values });
}

function textAt(x, y, written, style) {
  const [first, step] = [y, 1.2 * style["font-size"]];
  const spans = written.split("\n").map((line, at) => tag("tspan", { x, y: first + at * step }, xml(line))).join("");
  return tag("text", { "text-anchor": "middle", ...style }, spans);
}

// A halo in the colour of the paper keeps a label readable over lines.
const halo = (paper, width) => ({ stroke: paper, "stroke-width": width, "stroke-linejoin": "round", "paint-order": "stroke" });

function lineAsSvg(line, places) {
  const points = course(line, places[line.from], places[line.to]);
  const [start, ...rest] = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  const parts = [tag("path", { d: `M${start}${["", "L", "Q", "C"][rest.length]}${rest.join(" ")}`, fill: "none", stroke: line.color.color,
    "stroke-opacity": line.color.opacity, "stroke-width": line.width, ...(line.dashes ? { "stroke-dasharray": line.dashes.join(" ") } : {}) })];
  if (line.arrows.to.enabled) {
    const [before, end] = points.slice(-2);
    const long = Math.hypot(end.x - before.x, end.y - before.y) || 1;
    const [ux, uy] = [(end.x - before.x) / long, (end.y - before.y) / long];
    const box = picture.getBoundingBox(line.to);
    const across = state.lanes ? Math.min((box.right - box.left) / 2 / Math.abs(ux || 1e-9), (box.bottom - box.top) / 2 / Math.abs(uy || 1e-9))
      : drawing.nodes.get(line.to).size + 2;
    const [x, y] = [end.x - ux * across, end.y - uy * across];
    parts.push(polygon([[x, y], [x - 9 * ux - 3.5 * uy, y - 9 * uy + 3.5 * ux], [x - 9 * ux + 3.5 * uy, y - 9 * uy - 3.5 * ux]],
      { fill: line.color.color, "fill-opacity": line.color.opacity }));
  }
  return tag("g", {}, tag("title", {}, xml(`${nodes[line.from].label} – ${wordsOf(line)} – ${nodes[line.to].label}`)) + parts.join(""));
}

function verbAsSvg(verb) {
  const turned = verb.turn ? { transform: `rotate(${((verb.turn * 180) / Math.PI).toFixed(1)} ${verb.x.toFixed(1)} ${verb.y.toFixed(1)})` } : {};
  return tag("text", { x: verb.x, y: verb.y + 0.35 * verb.size, "text-anchor": "middle", "font-size": verb.size, fill: verb.colour,
    ...halo(state.look.paper, 4), ...turned }, xml(verb.label));
}

function nodeAsSvg(node, place) {
  const paint = { fill: node.color.background, stroke: node.color.border, "stroke-width": node.borderWidth, opacity: node.opacity,
    ...(node.shapeProperties.borderDashes ? { "stroke-dasharray": "5 3" } : {}) };
  const font = { "font-size": node.font.size, fill: node.font.color };
  const parts = [tag("title", {}, xml(nodes[node.id].label))];
  if (state.lanes) {
    const box = picture.getBoundingBox(node.id);
    parts.push(tag("rect", { x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top, rx: 4, ...paint }),
      textAt(place.x, place.y + 5, node.label, font));
  } else {
    const corners = cornersOf(node.shape, place.x, place.y, node.size);
    parts.push(corners ? polygon(corners, paint)
      : tag("circle", { cx: place.x, cy: place.y, r: node.size, ...paint }),
    textAt(place.x, place.y + node.size + 5 + node.font.size, node.label, { ...font, ...halo(state.look.paper, 3) }));
  }
  return tag("g", {}, parts.join(""));
}

// The classes or communities of the picture with their marks, in rows below it.
function legendAsSvg(left, top, right) {
  const parts = [];
  let [x, y] = [left, top];
  for (const item of legendItems()) {
    const wide = 34 + 7.4 * item.name.length;
    if (x > left && x + wide > right) [x, y] = [left, y + 24];
    const corners = cornersOf(item.shape, x + 8, y, 7);
    parts.push(corners ? polygon(corners, { fill: item.colour })
      : tag("circle", { cx: x + 8, cy: y, r: 7, fill: item.colour }),
    tag("text", { x: x + 22, y: y + 5, "font-size": 13, fill: state.look.ink }, xml(item.name)));
    x += wide;
  }
  const manners = new Set(drawing.edges.get().map((line) => line.manner));
  for (const [key, name, dashes, colour] of [["negated", "negated: “not”", "9 5", state.look.no], ["open", "open question: “?”", "2 5", state.look.doubt]]) {
    if (!manners.has(key)) continue;
    if (x > left && x + 170 > right) [x, y] = [left, y + 24];
    parts.push(tag("line", { x1: x, y1: y, x2: x + 26, y2: y, stroke: colour, "stroke-width": 1.8, "stroke-dasharray": dashes }),
      tag("text", { x: x + 32, y: y + 5, "font-size": 13, fill: state.look.ink }, xml(name)));
    x += 170;
  }
  return { text: parts.join(""), bottom: y + 16 };
}

function asSvg() {
  const { look } = state;
  const drawn = drawing.nodes.get({ filter: (node) => !node.hidden });
  const places = picture.getPositions(drawn.map((node) => node.id));
  const boxes = drawn.map((node) => picture.getBoundingBox(node.id));
  const edge = (side, ends, pick) => pick(...boxes.map((box) => box[side]), ...ends);
  let left = edge("left", state.frames.map((frame) => frame.x - frame.wide), Math.min) - 30;
  let right = edge("right", state.frames.map((frame) => frame.x + frame.wide), Math.max) + 30;
  if (!drawn.length) [left, right] = [0, 400];
  const wide = Math.max(right - left, 620, 9.6 * data.title.length + 60);
  [left, right] = [(left + right - wide) / 2, (left + right + wide) / 2];
  const heads = laneHeadings();
  const top = drawn.length ? edge("top", [...state.frames.map((frame) => frame.y - frame.high), ...heads.map((head) => head.y - 16)], Math.min) - 70 : 0;
  const legend = legendAsSvg(left + 20, (drawn.length ? edge("bottom", state.frames.map((frame) => frame.y + frame.high), Math.max) : 80) + 40, right - 20);
  const high = legend.bottom + 34 - top;
  const frames = state.frames.map((frame) => tag("rect", { x: frame.x - frame.wide, y: frame.y - frame.high, width: 2 * frame.wide, height: 2 * frame.high,
    rx: 12, fill: look.card, stroke: look.soft }) + tag("text", { x: frame.x - frame.wide + 12, y: frame.y - frame.high + 21, "font-size": 15, "font-weight": 600,
    fill: look.ink }, xml(nodes[frame.id].label)));
  const parts = [
    tag("title", {}, xml(data.title)), tag("desc", {}, xml(sourceLine())),
    tag("rect", { x: left, y: top, width: wide, height: high, fill: look.paper }),
    tag("text", { x: left + 20, y: top + 34, "font-size": 18, "font-weight": 600, fill: look.ink }, xml(data.title)),
    ...frames, ...drawing.edges.get().map((line) => lineAsSvg(line, places)), ...drawn.map((node) => nodeAsSvg(node, places[node.id])),
    ...labels(true).map(verbAsSvg),
    ...heads.map((head) => textAt(head.x, head.y, head.text, { "font-size": 16, "font-weight": 600, fill: look.soft })),
    legend.text, tag("text", { x: left + 20, y: top + high - 12, "font-size": 12, fill: look.soft }, xml(sourceLine())),
  ];
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + tag("svg", { xmlns: SVG, viewBox: [left, top, wide, high].map((value) => value.toFixed(1)).join(" "),
    width: wide, height: high, "font-family": "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" }, "\n" + parts.join("\n") + "\n") + "\n";
}

function saveVector() {
  save(new Blob([asSvg()], { type: "image/svg+xml" }), fileName(".svg"));
}
