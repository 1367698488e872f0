"""A network with all that a page shows of it, and that page.

pyvis is the interface and the data model; its page is not used, because that
loads scripts from elsewhere and turns some titles into live HTML.  Ours lies in
``templates/view`` and carries everything it needs.  Its content security policy
forbids every request; scripts and style are admitted by their hashes.  Data
come as JSON and are shown with ``textContent`` alone.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any, Final

import networkx as nx
import pyvis
from pyvis.network import Network

from . import __version__
from .around import WALKED
from .group_layout import Arrangement, arrangement
from .groups import Group, groups
from .layout import LANES, group_size, lane_positions, size
from .measures import COLUMNS, EXACT, PIVOTS, bridges, network_measures
from .replace import whole_file
from .styles import KINDS, STYLES

_TEMPLATES: Final = Path(__file__).parent / "templates" / "view"

#: Our scripts, in the order in which they build on each other.
_SCRIPTS: Final = (
    "../shared/text.js",
    "data.js",
    "groups.js",
    "measures.js",
    "picture.js",
    "verbs.js",
    "panel.js",
    "tables.js",
    "vector.js",
    "legend.js",
    "page.js",
)

#: The drawing library that pyvis brings.
_LIBRARY: Final = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

#: More nodes than this make a picture that nobody can read; they are shown in groups at the start.
LIMIT: Final = 300

#: The columns of :data:`graph_build.measures.COLUMNS` that every node of the page carries.
MEASURES: Final = COLUMNS[3:]

#: So many communities have a colour of their own: more hues than these nobody tells apart.
COLOURED: Final = 7

#: What the page knows of a link, as the network has it.
_SAID: Final = (
    "verb",
    "inverse",
    "predicate",
    "kind",
    "curated",
    "negated",
    "certainty",
    "appraisal",
    "context",
    "note",
)

#: So few nodes, the answer to a question say, are all shown at once.
FEW: Final = 60


class EvidenceNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's network with our page: positions from Python, physics off, no request.

    ``generate_html`` and ``write_html`` are pyvis's own entry points, so
    ``show`` and ``save_graph`` work as well.
    """

    def __init__(
        self, graph: nx.MultiDiGraph[str], title: str, *, limit: int = LIMIT, focus: str = "", note: str = ""
    ) -> None:
        super().__init__(directed=True, heading=title, cdn_resources="in_line")
        self.toggle_physics(False)
        self.notes = [note] if note else []
        if len(graph) > EXACT:
            self.notes.append(f"Betweenness is estimated from {PIVOTS} of the {len(graph):,} nodes.")
        self.grouped = len(graph) > limit
        self.number = {node: index for index, node in enumerate(sorted(graph))}
        self.focus = self.number.get(focus)
        self.quotes: dict[tuple[str, ...], int] = {}
        self.groups: list[dict[str, Any]] = []
        self.communities: list[dict[str, Any]] = []
        self._add(graph)

    def _add(self, graph: nx.MultiDiGraph[str]) -> None:
        made = groups(graph) if len(graph) > FEW else ()
        optional = [style.cls for style in STYLES if not style.on and len(graph) > FEW]
        places = arrangement(graph, made, optional)
        self._add_nodes(graph, places)
        self._add_groups(made, places)
        self._add_links(graph)

    def _add_nodes(self, graph: nx.MultiDiGraph[str], places: Arrangement) -> None:
        styles = {style.cls: style for style in STYLES}
        lanes = lane_positions(graph)
        rows = network_measures(graph)
        measures = {row[0]: dict(zip(MEASURES, row[3:], strict=True)) for row in rows}
        for node, number in self.number.items():
            values = graph.nodes[node]
            (x, y), (lane, row) = places.nodes[node], lanes[node]
            options: dict[str, Any] = {"x": x, "y": y, "lane": lane, "row": row, "size": size(graph, node)}
            options |= {key: values[key] for key in ("cls", "description", "iri", "year")}
            options |= {key: list(values[key]) for key in ("links", "synonyms")}
            options["measures"] = measures[node]
            if node in places.closed:
                options["alone"] = [*places.closed[node], places.rows[node][1]]
            else:
                options["inside"] = list(places.members[node])
            style = styles[values["cls"]]
            self.add_node(number, values["label"], shape=style.shape, color=style.light, **options)
        counts = Counter(values["community"] for values in measures.values())
        for community in sorted(counts)[:COLOURED]:
            first = next(row[1] for row in rows if measures[row[0]]["community"] == community)  # the most central
            self.communities.append({"number": community, "name": first, "count": counts[community]})

    def _add_groups(self, made: Sequence[Group], places: Arrangement) -> None:
        for group in made:
            name = f"group {group.key}"
            (x, y), (wide, high), (lane, row) = places.closed[name], places.frames[name], places.rows[name]
            options: dict[str, Any] = {"x": x, "y": y, "wide": wide, "high": high, "lane": lane, "row": row}
            options |= {
                "key": group.key,
                "cls": group.cls,
                "label": group.label,
                "size": group_size(len(group.members)),
            }
            self.groups.append(options | {"members": [self.number[node] for node in group.members]})

    def _add_links(self, graph: nx.MultiDiGraph[str]) -> None:
        falling = bridges(graph)
        links = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
        for s, o, _, values in links:
            for quote in values["evidence"]:
                self.quotes.setdefault(tuple(quote), len(self.quotes))
            said: dict[str, Any] = {key: values[key] for key in _SAID} | {"word": values["appraisal_word"]}
            said["quotes"] = [self.quotes[tuple(quote)] for quote in values["evidence"]]
            said["bridge"] = values["kind"] in WALKED and frozenset((s, o)) in falling
            self.add_edge(self.number[s], self.number[o], **said)

    def data(self) -> dict[str, Any]:
        """All that the page shows, as it is written into it."""
        lane_of = {cls: lane for lane, classes in enumerate(LANES) for cls in classes}
        counts = Counter(node["cls"] for node in self.nodes)
        kinds = [edge["kind"] for edge in self.edges]
        all_on = len(self.nodes) <= FEW or self.grouped
        return {
            "title": self.heading,
            "notes": self.notes,
            "version": __version__,
            "focus": self.focus,
            "grouped": self.grouped,
            "groups": self.groups,
            "communities": self.communities,
            "classes": [
                style._asdict() | {"lane": lane_of[style.cls], "count": counts[style.cls], "on": style.on or all_on}
                for style in STYLES
            ],
            "kinds": [{"kind": kind, "name": name, "on": on, "count": kinds.count(kind)} for kind, name, on in KINDS],
            "nodes": self.nodes,
            "edges": self.edges,
            "quotes": [list(quote) for quote in self.quotes],
        }

    def generate_html(self, *_: object, **__: object) -> str:
        """The whole page; pyvis's arguments are taken and have no effect."""
        style = "\n" + (_TEMPLATES / "page.css").read_text(encoding="utf-8")
        ours = "".join((_TEMPLATES / script).read_text(encoding="utf-8") for script in _SCRIPTS)
        script = f'\n"use strict";\n(() => {{\n{ours}}})();\n'
        library = _LIBRARY.read_text(encoding="utf-8").split("//# sourceMappingURL")[0]  # else a debugger asks for it
        policy = (
            f"default-src 'none'; script-src {_source(library)} {_source(script)}; style-src {_source(style)}; "
            "base-uri 'none'; form-action 'none'"
        )
        self.html = Template((_TEMPLATES / "page.html").read_text(encoding="utf-8")).substitute(
            policy=policy,
            title=html.escape(self.heading.encode("utf-8", "replace").decode()),
            style=style,
            data=_json(self.data()),
            library=library,
            script=script,
        )
        return self.html

    def write_html(self, name: str, *_: object, **__: object) -> None:
        """Writes the page, whole or not at all; pyvis's other arguments are taken and have no effect."""
        whole_file(Path(name), self.generate_html().encode())


def _source(text: str) -> str:
    """A script or style as a content security policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: object) -> str:
    """JSON that can stand inside a ``<script>``: pure ASCII, without ``<``, ``>`` and ``&``."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), sort_keys=True)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def render(graph: nx.MultiDiGraph[str], title: str, *, limit: int = LIMIT, focus: str = "", note: str = "") -> str:
    """A network of :func:`graph_build.network.network` as one HTML page; the same bytes for the same network.

    With more than ``limit`` nodes it opens in groups; ``focus`` is the node that is selected then, ``note`` what
    a reader has to know of the picture.
    """
    return str(EvidenceNetwork(graph, title, limit=limit, focus=focus, note=note).generate_html())
