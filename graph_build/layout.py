"""Where the nodes of a picture stand: a force layout and layered lanes.

Both are pure functions of the graph.  The force layout is ForceAtlas2 in
spirit, written here with additions, multiplications, divisions and square
roots alone and in a fixed order, so that every machine gets the same bits;
networkx's own calls BLAS, whose sums differ between processors.
"""

from __future__ import annotations

import math
import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Any, Final, NamedTuple

import networkx as nx
import numpy as np
import numpy.typing as npt

#: The columns of the lanes, from left to right.
LANES: Final[tuple[tuple[str, ...], ...]] = (
    ("DrugClass",),
    ("Drug", "Regimen"),
    ("Study",),
    ("Alteration",),
    ("DetectionMethod", "Gene", "GeneFamily", "Topic"),
    ("Disease",),
    ("StudyDesign", "Population", "Outcome"),
    ("Publication",),
    ("MeshTerm",),
)

#: How strongly a kind of link draws its ends together; a citation does not.
_PULL: Final = {"study": 1.0, "claim": 1.0, "curated": 0.5, "mention": 0.35, "indexing": 0.3, "citation": 0.0}

#: The height of a row in a lane, in pixels at scale 1.
_ROW: Final = 27

#: The area of the picture, in areas of all its labels; few nodes leave room for the words on their links.
_ROOM: Final = 1.5
_MORE_ROOM: Final = 4.5
_FEW: Final = 60

Positions = dict[str, tuple[int, int]]
Point = tuple[float, float]


def size(graph: nx.MultiDiGraph[str], node: str) -> int:
    """The radius of a node: by the square root of its links, citations and indexing left out; a group has its own."""
    if count := graph.nodes[node].get("count"):
        return group_size(count)
    links = [kind for edges in (graph.in_edges, graph.out_edges) for *_, kind in edges(node, data="kind")]
    return int(min(9.5 + 2.2 * sum(kind not in ("citation", "indexing") for kind in links) ** 0.5, 30.0))


def group_size(count: int) -> int:
    """The radius of a closed group."""
    return int(min(15.0 + 2.0 * count**0.5, 34.0))


def network_positions(
    graph: nx.MultiDiGraph[str], optional: Collection[str] = (), room: float | None = None
) -> Positions:
    """A force layout without overlapping labels; ``room`` is its area in areas of all labels.

    Nodes of the ``optional`` classes are hidden at the start: each takes the
    free place nearest to its neighbours, and none of the others moves for it.
    """
    boxes = {node: box_of(graph, node) for node in sorted(graph)}
    order = [node for node in boxes if graph.nodes[node]["cls"] not in optional]
    room = room or (_ROOM if len(order) > _FEW else _MORE_ROOM)
    at = pushed_apart(_compact(_forces(graph, order), boxes, room), boxes) if order else {}
    taken: dict[str, Point] = {}
    filled = np.empty((len(boxes), 4))  # the middles and half sizes of the boxes that stand
    for node in sorted(order, key=lambda node: (-boxes[node].wide, node)) + [node for node in boxes if node not in at]:
        near = [taken[other] for other in nx.all_neighbors(graph, node) if other in taken] or [(0.0, 0.0)]
        x, y = (sum(place[axis] for place in near) / len(near) for axis in (0, 1))
        box = boxes[node]
        x, y = taken[node] = _free_place(at.get(node, (x, y)), box, filled[: len(taken)])
        filled[len(taken) - 1] = (x, y + box.below, box.wide, box.high)
    return {node: (round(x), round(y)) for node, (x, y) in sorted(taken.items())}


class Box(NamedTuple):
    """Half the width and height of a node with its label, and how far its middle lies below the node's."""

    wide: float
    high: float
    below: float


def box_of(graph: nx.MultiDiGraph[str], node: str) -> Box:
    """The room of a node with its label, which the page clips at 46 letters, a group's at 80, and breaks at 24."""
    radius, group = size(graph, node), "count" in graph.nodes[node]
    small = graph.nodes[node]["cls"] == "Publication" and not group
    label = graph.nodes[node]["label"][: 80 if group else 46]
    lines = textwrap.wrap(label, 24, break_long_words=False, break_on_hyphens=False) or [""]
    text = 17.0 * len(lines)
    wide = (8.4 if group else 6.3 if small else 8.2) * max(map(len, lines)) / 2
    return Box(max(radius, wide) + 3, radius + text / 2 + 3, text / 2)


def _forces(graph: nx.MultiDiGraph[str], order: Sequence[str]) -> dict[str, Point]:
    """Repulsion between all nodes, attraction along links, a little gravity, and cooling."""
    count, index = len(order), {node: i for i, node in enumerate(order)}
    pulls: dict[tuple[int, int], float] = defaultdict(float)
    for s, o, kind in graph.edges(data="kind"):
        if s in index and o in index and s != o:
            ends = (min(index[s], index[o]), max(index[s], index[o]))
            pulls[ends] = max(pulls[ends], _PULL.get(kind, 1.0))
    pairs = sorted(pulls)
    s_ends, o_ends = (np.array([pair[side] for pair in pairs], dtype=np.intp) for side in (0, 1))
    pull = np.array([pulls[pair] for pair in pairs], dtype=np.float64)
    mass = 1.0 + np.bincount(np.concatenate((s_ends, o_ends)), minlength=count)
    x, y = (np.array(values, dtype=np.float64) for values in zip(*islice(_spiral(60.0), count), strict=True))
    rounds = max(60, min(500, 40_000_000 // (count * count)))
    for step in range(rounds):
        dx, dy = x[None, :] - x[:, None], y[None, :] - y[:, None]
        push = 2800.0 * (mass[:, None] * mass[None, :]) / (dx * dx + dy * dy + 25.0)
        # sums along the first axis add row by row, in the same order everywhere
        fx, fy = (push * dx).sum(axis=0), (push * dy).sum(axis=0)
        ex, ey = x[o_ends] - x[s_ends], y[o_ends] - y[s_ends]
        drawn = pull * np.sqrt(ex * ex + ey * ey) / 32.0
        for side, sign in ((s_ends, 1.0), (o_ends, -1.0)):
            np.add.at(fx, side, sign * drawn * ex)
            np.add.at(fy, side, sign * drawn * ey)
        fx -= 1.5 * (mass + 2.0) * x  # gravity, stronger downwards: a window is wider than high
        fy -= 2.0 * (mass + 2.0) * y
        force = np.sqrt(fx * fx + fy * fy) + 1e-9
        reach = np.minimum(force, 180.0 * (1.0 - step / rounds) + 0.5) / force
        x, y = x + fx * reach, y + fy * reach
    return {node: (float(x[i]), float(y[i])) for node, i in index.items()}


def _spiral(step: float) -> Iterator[Point]:
    """The places of a square grid, from the middle outwards."""
    x, y, dx, dy = 0, 0, 0, -1
    while True:
        yield x * step, y * step
        if x == y or (x < 0 and x == -y) or (x > 0 and x == 1 - y):
            dx, dy = -dy, dx
        x, y = x + dx, y + dy


def _compact(at: Mapping[str, Point], boxes: Mapping[str, Box], room: float) -> dict[str, Point]:
    """The same arrangement, drawn together until the labels have about the room they need."""
    needed = 4.0 * sum(boxes[node].wide * boxes[node].high for node in at)
    spread = [sum(place[axis] * place[axis] for place in at.values()) / max(len(at), 1) for axis in (0, 1)]
    taken = 12.0 * math.sqrt(spread[0] * spread[1]) + 1.0  # the area of a rectangle of this variance
    factor = math.sqrt(room * needed / taken)
    return {node: (x * factor, y * factor) for node, (x, y) in at.items()}


def pushed_apart(at: Mapping[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """The same arrangement with overlapping boxes pushed apart, the shorter way, as far as patience reaches."""
    order = sorted(at)
    x, y, wide, high = (
        np.array(values, dtype=np.float64)
        for values in zip(*((at[n][0], at[n][1] + boxes[n].below, *boxes[n][:2]) for n in order), strict=True)
    )
    later = np.arange(len(order))[None, :] > np.arange(len(order))[:, None]
    for _ in range(min(300, 20_000_000 // len(order) ** 2 + 1)):
        dx, dy = x[None, :] - x[:, None], y[None, :] - y[:, None]
        across, down = wide[None, :] + wide[:, None] - abs(dx), high[None, :] + high[:, None] - abs(dy)
        touching = (across > 0) & (down > 0)
        np.fill_diagonal(touching, val=False)
        if not touching.any():
            break
        upright = down <= across
        for values, apart, gap, chosen in ((x, dx, across, ~upright), (y, dy, down, upright)):
            forward = np.where(apart == 0, later, apart > 0)
            step = np.where(forward, 0.4, -0.4) * (gap + 1.0)
            values += np.where(touching & chosen, step, 0.0).sum(axis=0)
    return {node: (float(x[i]), float(y[i]) - boxes[node].below) for i, node in enumerate(order)}


def _free_place(wish: Point, box: Box, filled: npt.NDArray[np.float64]) -> Point:
    """The first place on a spiral around ``wish`` where the box overlaps none of those that stand."""
    wide, high = filled[:, 2] + box.wide, filled[:, 3] + box.high
    spiral = _spiral(12.0)
    while True:
        places = np.array(list(islice(spiral, 64))) + np.array(wish)
        beside = abs(filled[None, :, 0] - places[:, 0, None]) >= wide
        beyond = abs(filled[None, :, 1] - places[:, 1, None] - box.below) >= high
        free = (beside | beyond).all(axis=1)
        if free.any():
            x, y = places[int(free.argmax())]
            return float(x), float(y)


def lane_positions(graph: nx.MultiDiGraph[str]) -> Positions:
    """A column a class and a row a node, ``(lane, y)``, ordered so that links cross little.

    Papers stand by year; the other lanes are sorted by the mean height of what
    they are linked to, back and forth until it settles.
    """
    lane_of = {cls: number for number, lane in enumerate(LANES) for cls in lane}
    lanes: dict[int, list[str]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        lanes[lane_of.get(data["cls"], len(LANES) - 1)].append(node)
    papers = lane_of["Publication"]
    for lane, nodes in lanes.items():
        nodes.sort(
            key=lambda node: _by_year(graph.nodes[node]) if lane == papers else (0, graph.nodes[node]["label"], node)
        )
    near: dict[str, list[str]] = defaultdict(list)
    for s, o, kind in graph.edges(data="kind"):
        if kind != "citation":
            near[s].append(o)
            near[o].append(s)
    tallest = max(map(len, lanes.values()), default=0)
    height = _heights(lanes, tallest)
    for sweep in range(12):
        for lane in sorted(lanes, reverse=sweep % 2 == 1):
            if lane == papers:
                continue
            middle = {
                node: sum(height[other] for other in near[node]) / len(near[node]) if near[node] else height[node]
                for node in lanes[lane]
            }
            lanes[lane].sort(key=lambda node: (middle[node], node))
            height |= _heights({lane: lanes[lane]}, tallest)
    return {node: (lane, height[node]) for lane, nodes in sorted(lanes.items()) for node in nodes}


def _by_year(data: Mapping[str, Any]) -> tuple[int, str, str]:
    return data["year"] or 0, data["label"], data["iri"]


def _heights(lanes: Mapping[int, Sequence[str]], tallest: int) -> dict[str, int]:
    """Rows spread over the whole height, at most three rows apart, centred."""
    heights: dict[str, int] = {}
    for nodes in lanes.values():
        step = min(3 * _ROW, max(_ROW, tallest * _ROW // max(len(nodes), 1)))
        heights |= {node: round(step * (row - (len(nodes) - 1) / 2)) for row, node in enumerate(nodes)}
    return heights


def crossings(graph: nx.MultiDiGraph[str], lanes: Positions) -> int:
    """How many pairs of links between neighbouring lanes cross."""
    columns = sorted({lane for lane, _ in lanes.values()})
    count = 0
    for left, right in pairwise(columns):
        links = sorted(
            (lanes[a][1], lanes[b][1])
            for s, o in set(graph.edges())
            for a, b in ((s, o), (o, s))
            if lanes[a][0] == left and lanes[b][0] == right
        )
        count += sum(one[0] < other[0] and one[1] > other[1] for i, one in enumerate(links) for other in links[i + 1 :])
    return count
