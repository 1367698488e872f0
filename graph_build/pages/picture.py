"""The small picture of a thing's neighbourhood: inline SVG, made here, the same for the same graph.

The thing stands in the middle, its neighbours in two columns in groups of one
relation, each with a row of its own, so that no label lies on another.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Iterator
from typing import Final

from ..styles import STYLES
from .around import Around, Group, kind_of
from .entities import Entities
from .frame import Setting, counted, folded
from .markup import Child, Html, tag, text, together

_WIDE: Final = 760
_ROW: Final = 22
_COLUMNS: Final = (_WIDE * 0.34, _WIDE * 0.66)
_NAMES: Final = {style.cls: style.name for style in STYLES}
_SHAPES: Final = {style.cls: style.shape for style in STYLES}
#: So many characters of a label fit beside its node.
_LETTERS: Final = 34
_STATUS: Final = {"denied": "denied", "limited": "limited or unfavourable", "open": "open", "disputed": "texts differ"}
#: The corners of a shape, and the angle of the first.
_CORNERS: Final = {
    "square": (4, 45),
    "diamond": (4, 90),
    "triangle": (3, -90),
    "triangleDown": (3, 90),
    "hexagon": (6, 0),
}

Point = tuple[float, float]


def network_picture(found: Around, setting: Setting) -> Html:
    """The picture with its legend and the same as a list; nothing for a thing without neighbours."""
    if not found.groups:
        return Html("")
    label = setting.entities.label(found.centre)
    left, right = _columns(found.groups)
    high = max(_height(left), _height(right), 4 * _ROW) + _ROW
    middle: Point = (_WIDE / 2, high / 2)
    at: dict[str, Point] = {}
    columns = [*_column(left, 0, high, setting, at), *_column(right, 1, high, setting, at)]
    status = {iri: group.status for group in found.groups for iri in group.shown}
    edges = [_edge(middle, place, status[iri]) for iri, place in at.items()]
    among = [_between(at[one], at[other]) for one, _, other in found.among]
    lines = textwrap.wrap(label, 22, max_lines=2, placeholder="…")
    name = [
        tag("text", line, x=_number(middle[0]), y=_number(middle[1] - 16 * (len(lines) - number)), class_="centre")
        for number, line in enumerate(lines)
    ]
    centre = [_node(middle, kind_of(found.centre, setting.entities), 9), name]
    about = f"{label} and {counted(len(at), 'neighbour')}: the list below says the same."
    picture = tag(
        "svg",
        tag("title", f"What {label} is linked to"),
        tag("desc", about),
        tag("g", among, class_="among"),
        tag("g", edges, class_="edges"),
        columns,
        centre,
        viewBox=f"0 0 {_WIDE} {_number(high)}",
        role="img",
        aria_label=f"What {label} is linked to. {about}",
    )
    frame = tag("div", picture, class_="wide", role="region", aria_label="Picture of the neighbourhood", tabindex="0")
    return tag("figure", frame, _legend([found.centre, *at], setting.entities), _list(found, setting), class_="network")


def _columns(groups: Iterable[Group]) -> tuple[list[Group], list[Group]]:
    """The groups in two columns of about the same height, what stands first on the left."""
    every = list(groups)
    half, left, taken = _height(every) / 2, [], 0.0
    for group in every:
        if taken and taken + _height([group]) / 2 > half:
            break
        left.append(group)
        taken += _height([group])
    return left, every[len(left) :]


def _height(groups: list[Group]) -> float:
    return sum((len(group.shown) + 1.6 + bool(group.more)) * _ROW for group in groups)


def _column(groups: list[Group], side: int, high: float, setting: Setting, at: dict[str, Point]) -> Iterator[Html]:
    """The rows of a column from top to bottom; the places of its nodes are noted in ``at``."""
    x, y = _COLUMNS[side], (high - _height(groups)) / 2 + _ROW
    to_text = x - 14 if side == 0 else x + 14
    end = "end" if side == 0 else "start"
    for group in groups:
        status = f" ({_STATUS[group.status]})" if group.status else ""
        kind = f"relation {group.status}".strip()
        yield tag("text", group.words + status, x=_number(to_text), y=_number(y), text_anchor=end, class_=kind)
        for iri in group.shown:
            y += _ROW
            at[iri] = (x, y - 4)
            label = setting.entities.short(iri) if kind_of(iri, setting.entities) == "Publication" else ""
            label = label or setting.entities.label(iri)
            shape = _node(at[iri], kind_of(iri, setting.entities), 6)
            name = tag("text", _short(label, _LETTERS), x=_number(to_text), y=_number(y), text_anchor=end)
            address = setting.addresses.thing(iri)
            inside: list[Child] = [tag("title", label), shape, name]
            yield tag("a", inside, href=address, tabindex="-1") if address else tag("g", inside)
        if group.more:
            y += _ROW
            yield tag(
                "text", f"and {group.more:,} more", x=_number(to_text), y=_number(y), text_anchor=end, class_="relation"
            )
        y += 1.6 * _ROW


def _node(place: Point, kind: str, radius: float) -> Html:
    """The shape of a class, in its colour (by the style of the page)."""
    x, y = place
    shape = _SHAPES.get(kind, "dot")
    look = f"node k-{kind}" if kind else "node"
    if shape == "star":
        turns = [(-90.0 + 36 * corner, radius * (1.25 if corner % 2 == 0 else 0.55)) for corner in range(10)]
    elif shape in _CORNERS:
        corners, first = _CORNERS[shape]
        turns = [(first + 360 * corner / corners, radius * 1.2) for corner in range(corners)]
    else:
        return tag("circle", cx=_number(x), cy=_number(y), r=_number(radius), class_=look)
    points = [
        f"{_number(x + r * math.cos(math.radians(a)))} {_number(y + r * math.sin(math.radians(a)))}" for a, r in turns
    ]
    return tag("path", d=f"M{'L'.join(points)}Z", class_=look)


def _edge(start: Point, end: Point, status: str) -> Html:
    bend = (start[0] + end[0]) / 2
    return tag("path", d=_curve(start, end, bend, bend), class_=status or None)


def _between(start: Point, end: Point) -> Html:
    """A link between neighbours: across, or bent towards the middle within a column."""
    pull = 0.6 if start[0] == end[0] else 0.25
    bends = [x + (_WIDE / 2 - x) * pull for x, _ in (start, end)]
    return tag("path", d=_curve(start, end, *bends))


def _curve(start: Point, end: Point, bend: float, to_bend: float) -> str:
    """A line that leaves and arrives level."""
    (x, y), (to_x, to_y) = start, end
    points = ((x, y), (bend, y), (to_bend, to_y), (to_x, to_y))
    first, *others = (f"{_number(across)} {_number(down)}" for across, down in points)
    return f"M{first}C{' '.join(others)}"


def _number(value: float) -> str:
    """A length with one decimal, the same on every machine."""
    return f"{value:.1f}".removesuffix(".0")


def _short(label: str, letters: int) -> str:
    return label if len(label) <= letters else label[: letters - 1].rstrip() + "…"


def _legend(iris: Iterable[str], entities: Entities) -> Html:
    """The classes that occur, by shape and colour."""
    kinds = {kind_of(iri, entities) for iri in iris}
    entries = [
        tag("li", tag("svg", _node((8, 8), kind, 6), viewBox="0 0 16 16", aria_hidden="true"), text(name))
        for kind, name in _NAMES.items()
        if kind in kinds
    ]
    return tag("ul", entries, class_="legend", aria_label="Classes in the picture")


def _list(found: Around, setting: Setting) -> Html:
    """The picture as a list, for those who do not see it and for the keyboard."""

    def links(group: Group) -> Html:
        parts = [setting.link(iri, setting.entities.short(iri)) for iri in group.shown]
        return Html(", ".join(parts) + (f" and {group.more:,} more" if group.more else ""))

    lines = [
        tag("li", f"{group.words}{f' ({_STATUS[group.status]})' if group.status else ''}: ", links(group))
        for group in found.groups
    ]
    short = setting.entities.short
    among = [tag("li", f"{short(one)} {words} {short(other)}") for one, words, other in found.among]
    inner = tag("li", "Among these:", tag("ul", among)) if among else None
    return folded("The same as a list", together([tag("ul", lines, inner)]))
