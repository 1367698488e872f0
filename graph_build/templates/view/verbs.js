// Words on the lines: those of the selected node always, others where there is room for them.
const LETTER = 0.56; // the width of a letter, in sizes of the font
const CROWD = 90; // with more lines than this on the screen, only what is denied or open and the counts of groups have room
const MOST_WORDS = 70; // beyond the selected node's, words on more lines are noise

// "efficacy in: unfavourable"; of a bundle the number of its links and, when chosen, what most of them say.
function wordsOf(line) {
  if (!line.bundle) return clipped([...new Set(line.members.map((link) => words(link, false) + (link.appraisal ? ": " + link.appraisal.toLowerCase() : "")))].join(", "), 48);
  if (line.members.length === 1 && line.chosen) return words(line.members[0], false);
  const negated = line.members.filter((link) => link.negated).length;
  if (!line.chosen) return negated ? `${line.members.length} (${negated} negated)` : String(line.members.length);
  const count = new Map();
  for (const link of line.members) count.set(words(link, false), (count.get(words(link, false)) || 0) + 1);
  const most = [...count].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const named = most.slice(0, 2).map(([verb, number]) => `${number} × ${verb}`).join(", ");
  return clipped(most.length > 2 ? named + ", …" : named, 60);
}

// The line from a to b as vis draws it: the points of its curve, none in between for a straight one.
function course(line, a, b) {
  if (!line.smooth) return [a, b];
  if (line.smooth.type === "cubicBezier") {
    const bend = line.smooth.roundness * (b.x - a.x);
    return [a, { x: a.x + bend, y: a.y }, { x: b.x - bend, y: b.y }, b];
  }
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + (0.5 + line.smooth.roundness / 2) * Math.PI;
  const reach = (0.5 + line.smooth.roundness / 2) * Math.hypot(b.x - a.x, b.y - a.y);
  return [a, { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) }, b];
}

// The point of a curve a share of the way along it.
function along(points, share) {
  if (points.length === 1) return points[0];
  return along(points.slice(1).map((point, at) => ({ x: points[at].x + (point.x - points[at].x) * share, y: points[at].y + (point.y - points[at].y) * share })), share);
}

// Large enough to be read on the screen when the picture is small.
function letterSize() {
  return Math.round(Math.min(22, Math.max(11, 10.5 / picture.getScale())));
}

// The middle of a label, its direction and small boxes that cover it.
function laidOut(line, points, share, label, size, aside) {
  const [before, place, after] = [share - 0.02, share, share + 0.02].map((part) => along(points, part));
  let turn = state.lanes || (line.bundle && !line.chosen) ? 0 : Math.atan2(after.y - before.y, after.x - before.x);
  if (turn > Math.PI / 2) turn -= Math.PI;
  if (turn < -Math.PI / 2) turn += Math.PI;
  const half = (LETTER * size * label.length) / 2;
  const middle = { x: place.x - aside * Math.sin(turn), y: place.y + aside * Math.cos(turn) };
  const count = Math.max(1, Math.ceil((2 * half) / size));
  const boxes = Array.from({ length: count }, (_, at) => {
    const away = -half + ((at + 0.5) * 2 * half) / count;
    const [x, y] = [middle.x + away * Math.cos(turn), middle.y + away * Math.sin(turn)];
    return { left: x - size * 0.55, right: x + size * 0.55, top: y - size * 0.6, bottom: y + size * 0.6 };
  });
  return { ...middle, turn, half, boxes };
}

// The labels of the part of the picture that is on the screen, or of all of it.
function labels(everything) {
  const scale = picture.getScale();
  const { clientWidth, clientHeight } = document.getElementById("stage");
  const middle = picture.getViewPosition();
  const far = everything ? 1e9 : 0;
  const view = { left: middle.x - clientWidth / 2 / scale - far, right: middle.x + clientWidth / 2 / scale + far,
    top: middle.y - clientHeight / 2 / scale - far, bottom: middle.y + clientHeight / 2 / scale + far };
  const within = (box) => box.right > view.left && box.left < view.right && box.bottom > view.top && box.top < view.bottom;
  const apart = (box, other) => box.right < other.left || box.left > other.right || box.bottom < other.top || box.top > other.bottom;
  const size = everything ? 11 : letterSize();
  const places = picture.getPositions();
  const taken = visibleIds().map((id) => picture.getBoundingBox(id)).filter((box) => box && within(box));
  taken.push(...state.frames.map((frame) => ({ left: frame.x - frame.wide, right: frame.x + frame.wide, top: frame.y - frame.high, bottom: frame.y - frame.high + TITLE })));
  const rank = (line) => (line.own ? 0 : line.chosen ? 0.5 : ["negated", "open"].includes(line.manner) ? 1 : line.bundle ? 2 : 3);
  const order = drawing.edges.get().sort((a, b) => rank(a) - rank(b) || b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  const centre = (line) => ({ x: (places[line.from].x + places[line.to].x) / 2, y: (places[line.from].y + places[line.to].y) / 2 });
  const crowded = order.map(centre).filter(({ x, y }) => within({ left: x, right: x, top: y, bottom: y })).length > CROWD;
  const found = [];
  for (const line of order) {
    if (crowded && rank(line) === 3) break;
    if (!line.own && (scale < 0.3 || found.length >= MOST_WORDS || (state.selected !== null && (!few || state.lanes) && !line.chosen))) break;
    const points = course(line, places[line.from], places[line.to]);
    const label = wordsOf(line);
    // lines meet at the selected node: there is more room towards their other ends
    const shares = line.chosen ? [0.5, 0.6, 0.7, 0.78, 0.42, 0.85] : [0.5, 0.42, 0.58];
    const tries = (line.own ? [0, -1.1 * size, 1.1 * size] : [0]).flatMap((aside) => shares.map((share) =>
      laidOut(line, points, line.to === state.selected ? 1 - share : share, label, size, aside)));
    const long = Math.hypot(points.at(-1).x - points[0].x, points.at(-1).y - points[0].y);
    const covered = tries.map((one) => one.boxes.filter((box) => !within(box) || taken.some((other) => !apart(box, other))).length);
    const least = Math.min(...covered);
    const chosen = tries[covered.indexOf(least)];
    if (!line.own && (least > 0 || long < 2 * chosen.half + 40)) continue;
    const special = ["negated", "open"].includes(line.manner);
    found.push({ ...chosen, label, size, colour: special ? line.color.color : line.chosen || line.bundle ? state.look.ink : state.look.soft });
    taken.push(...chosen.boxes);
  }
  return found;
}

let waiting = 0;
function showVerbs() {
  clearTimeout(waiting);
  state.verbs = labels(false);
  document.documentElement.dataset.verbs = state.verbs.length;
  document.getElementById("picture").dataset.sight = JSON.stringify([picture.getViewPosition(), picture.getScale()]);
  picture.redraw();
}
for (const change of ["zoom", "dragEnd", "resize"]) {
  picture.on(change, () => {
    clearTimeout(waiting);
    waiting = setTimeout(showVerbs, 150);
  });
}

picture.on("afterDrawing", (canvas) => {
  for (const verb of state.verbs || []) {
    canvas.save();
    canvas.translate(verb.x, verb.y);
    canvas.rotate(verb.turn);
    canvas.font = `${verb.size}px system-ui, 'DejaVu Sans', sans-serif`;
    canvas.textAlign = "center";
    canvas.textBaseline = "middle";
    canvas.lineJoin = "round";
    canvas.lineWidth = 4;
    canvas.strokeStyle = state.look.paper;
    canvas.strokeText(verb.label, 0, 0);
    canvas.fillStyle = verb.colour;
    canvas.fillText(verb.label, 0, 0);
    canvas.restore();
  }
});
