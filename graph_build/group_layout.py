"""Where groups stand, closed and open, and their members within them.

All of it is computed here: the page only shifts whole groups apart when one of
them opens, and never a member within its group.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import networkx as nx

from .groups import Group, aggregated
from .layout import Box, Positions, box_of, lane_positions, network_positions, pushed_apart

#: Up to so many nodes the picture without groups has a force layout of its own; of more, the groups stand side by side.
FORCES: Final = 700

#: The area of the picture of closed groups, in areas of its labels: lines carry numbers only, and names must be large.
_ROOM: Final = 2.2

#: The room between the members of an open group and its frame, and the height of the frame's title.
MARGIN: Final = 14
TITLE: Final = 26


class Arrangement(NamedTuple):
    """Every place that the page needs, in pixels at scale 1."""

    nodes: Positions  # each node when nothing is grouped
    closed: Positions  # groups ("group KEY") and nodes that stand alone
    members: Positions  # each member from the middle of its open group
    frames: dict[str, tuple[int, int]]  # half the width and height of an open group
    rows: Positions  # the lane and height of groups and of nodes that stand alone


def arrangement(graph: nx.MultiDiGraph[str], made: Sequence[Group], optional: Collection[str] = ()) -> Arrangement:
    """The places of a network and its groups; the classes in ``optional`` are hidden while nothing is grouped."""
    small = aggregated(graph, made)
    closed = network_positions(small, room=_ROOM)
    members: Positions = {}
    frames: dict[str, tuple[int, int]] = {}
    for group in made:
        places, (wide, high) = _grid([box_of(graph, node) for node in group.members])
        members |= dict(zip(group.members, places, strict=True))
        frames[f"group {group.key}"] = round(max(wide, 5.0 * len(group.label))) + MARGIN, round(high) + MARGIN
    if len(graph) <= FORCES or not made:
        nodes = network_positions(graph, optional)
    else:
        nodes = _side_by_side(small, closed, made, members, frames)
    return Arrangement(nodes, closed, members, frames, lane_positions(small))


def _grid(boxes: Sequence[Box]) -> tuple[list[tuple[int, int]], tuple[float, float]]:
    """Members row by row below a title, about as wide as a window: the places, and half the width and height.

    Members of a group are seldom linked to each other, and in rows a name is found by its letter.
    """
    wide, high = 2 * max(box.wide for box in boxes) + 8, 2 * max(box.high for box in boxes) + 6
    columns = min(range(1, len(boxes) + 1), key=lambda n: (abs(n * wide - 1.6 * -(-len(boxes) // n) * high), n))
    rows = -(-len(boxes) // columns)
    places = []
    for number, box in enumerate(boxes):
        row, column = divmod(number, columns)
        x, y = (column - (columns - 1) / 2) * wide, (row - (rows - 1) / 2) * high + TITLE / 2
        places.append((round(x), round(y - box.below)))
    return places, (columns * wide / 2, (rows * high + TITLE) / 2)


def _side_by_side(
    small: nx.MultiDiGraph[str],
    closed: Positions,
    made: Sequence[Group],
    members: Positions,
    frames: dict[str, tuple[int, int]],
) -> Positions:
    """Every node when all groups are open: the frames pushed apart from where the closed groups stand."""
    boxes = {name: Box(*frames[name], 0.0) if name in frames else box_of(small, name) for name in closed}
    wanted = {name: (3.0 * x, 3.0 * y) for name, (x, y) in closed.items()}
    apart = pushed_apart(wanted, boxes)
    found = {name: (round(x), round(y)) for name, (x, y) in apart.items() if name not in frames}
    for group in made:
        x, y = apart[f"group {group.key}"]
        found |= {node: (round(x + members[node][0]), round(y + members[node][1])) for node in group.members}
    return found
