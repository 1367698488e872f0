// Groups: what is drawn for a node, and where, when some groups are open and others closed.
const state = {
  off: new Set(data.classes.filter((item) => !item.on).map((item) => item.cls)),
  offKinds: new Set(data.kinds.filter((item) => !item.on).map((item) => item.kind)),
  selected: null,
  lanes: false,
  grouped: data.grouped,
  open: new Set(),
  size: "links",
  colour: "class",
  bridges: false,
};
const TITLE = 26; // the height of the heading of an open group
const ROW = 27;

function isClosed(id) {
  return id !== null && state.grouped && !state.open.has(id);
}

// The node itself, or the closed group that is drawn in its place.
function standsFor(id) {
  return isClosed(homeOf[id]) ? homeOf[id] : id;
}

function isVisible(id) {
  const drawn = isGroup(id) ? isClosed(id) : standsFor(id) === id;
  return drawn && (!state.off.has(nodes[id].cls) || id === state.selected);
}

// Shown by itself or within a closed group.
function isShown(id) {
  return isVisible(standsFor(id));
}

// Half the width and height of what stands at a place, labels included, and how far its middle lies below the place.
function roomOf(id) {
  const node = nodes[id];
  if (isGroup(id) && state.open.has(id)) return { wide: node.wide + 24, high: node.high + 24, below: 0 };
  const lines = broken(clipped(node.label, isGroup(id) ? 80 : 46)).split("\n");
  const text = 17 * lines.length;
  return { wide: Math.max(node.size, 4.2 * Math.max(...lines.map((line) => line.length))) + 8, high: node.size + text / 2 + 6, below: text / 2 };
}

// Groups and single nodes, pushed apart the shorter way until no open group covers another; members keep their places.
function unitPlaces() {
  const units = nodes.map((_, id) => id).filter((id) => (isGroup(id) || homeOf[id] === null) && !state.off.has(nodes[id].cls));
  const share = state.open.size / Math.max(1, data.groups.length); // the more are open, the more room at once
  const boxes = units.map((id) => {
    const [x, y] = isGroup(id) ? [nodes[id].x, nodes[id].y] : nodes[id].alone;
    const room = roomOf(id);
    return { id, x: x * (1 + 1.4 * share), y: y * (1 + 0.4 * share) + room.below, ...room };
  });
  for (let round = 0; round < (state.open.size ? 400 : 0); round += 1) {
    let touching = false;
    const steps = boxes.map(() => [0, 0]);
    for (let i = 0; i < boxes.length; i += 1) {
      for (let j = i + 1; j < boxes.length; j += 1) {
        const [one, other] = [boxes[i], boxes[j]];
        const across = one.wide + other.wide - Math.abs(other.x - one.x);
        const down = one.high + other.high - Math.abs(other.y - one.y);
        if (across <= 0 || down <= 0) continue;
        touching = true;
        const axis = down <= across ? 1 : 0;
        const step = 0.4 * ((axis ? down : across) + 1) * ((axis ? other.y >= one.y : other.x >= one.x) ? 1 : -1);
        steps[i][axis] -= step;
        steps[j][axis] += step;
      }
    }
    if (!touching) break;
    boxes.forEach((box, at) => {
      box.x += steps[at][0];
      box.y += steps[at][1];
    });
  }
  return new Map(boxes.map((box) => [box.id, { x: box.x, y: box.y - box.below }]));
}

// The heights of a lane's rows when groups are among them: an open group's members stand where it stood.
function laneRows() {
  const lanes = new Map();
  nodes.forEach((node, id) => {
    if (!isVisible(id)) return;
    const home = isGroup(id) ? null : homeOf[id];
    const order = home !== null ? [nodes[home].row, node.row] : [isGroup(id) ? node.row : node.alone[2], 0];
    lanes.set(node.lane, [...(lanes.get(node.lane) || []), { id, order }]);
  });
  const tallest = Math.max(0, ...[...lanes.values()].map((list) => list.length));
  const rows = new Map();
  for (const list of lanes.values()) {
    list.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1] || a.id - b.id);
    const step = Math.min(3 * ROW, Math.max(ROW, Math.floor((tallest * ROW) / list.length)));
    list.forEach(({ id }, at) => rows.set(id, step * (at - (list.length - 1) / 2)));
  }
  return rows;
}

// Where everything stands now; the frames of open groups with it.
function arrangement() {
  if (!state.grouped) return { place: (id) => nodes[id], row: (id) => nodes[id].row, frames: [] };
  const rows = state.lanes ? laneRows() : null;
  const units = unitPlaces();
  const place = (id) => {
    const unit = isGroup(id) || homeOf[id] === null ? units.get(id) : units.get(homeOf[id]);
    if (!unit) return nodes[id]; // of a hidden class
    const [x, y] = isGroup(id) || homeOf[id] === null ? [0, 0] : nodes[id].inside;
    return { x: unit.x + x, y: unit.y + y };
  };
  const frames = [...state.open].filter((id) => units.has(id) && !state.lanes).sort((a, b) => a - b).map((id) => ({ id, ...units.get(id),
    wide: nodes[id].wide, high: nodes[id].high }));
  return { place, row: (id) => rows.get(id) ?? 0, frames };
}

function setGrouped(grouped) {
  state.grouped = grouped;
  state.open.clear();
  if (state.selected !== null && (isGroup(state.selected) !== grouped)) state.selected = null;
}
