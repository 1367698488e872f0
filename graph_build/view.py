"""One self-contained, interactive page from a network.

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
import os
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any, Final, NamedTuple

import networkx as nx
import pyvis
from pyvis.network import Network

from .layout import LANES, lane_positions, network_positions, size
from .replace import whole_file

_TEMPLATES: Final = Path(__file__).parent / "templates" / "view"

#: Our scripts, in the order in which they build on each other.
_SCRIPTS: Final = ("data.js", "picture.js", "panel.js", "export.js", "page.js")

#: The drawing library that pyvis brings.
_LIBRARY: Final = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"

#: More nodes than this make a picture that nobody can read; the most connected are kept.
LIMIT: Final = 600

#: So few nodes, the answer to a question say, are all shown at once.
FEW: Final = 60


class Style(NamedTuple):
    """How the nodes of a class look.  The hues are Okabe and Ito's; every class has a pair of its own."""

    cls: str
    name: str
    light: str
    dark: str
    shape: str
    on: bool = True  # shown at the start


STYLES: Final = (
    Style("Drug", "Drug", "#0072B2", "#3FA2DE", "dot"),
    Style("DrugClass", "Drug class", "#56B4E9", "#56B4E9", "triangleDown"),
    Style("Regimen", "Regimen", "#0072B2", "#3FA2DE", "star"),
    Style("Study", "Study", "#D55E00", "#E8772E", "diamond"),
    Style("Alteration", "Alteration", "#009E73", "#1FBF92", "triangle"),
    Style("DetectionMethod", "Detection method", "#CC79A7", "#DB92BB", "hexagon"),
    Style("Gene", "Gene", "#E69F00", "#E69F00", "square"),
    Style("GeneFamily", "Gene family", "#E69F00", "#E69F00", "hexagon"),
    Style("Topic", "Topic", "#3A3A3A", "#D0D0D0", "diamond"),
    Style("Disease", "Disease", "#D9C300", "#F0E442", "dot"),
    Style("StudyDesign", "Design", "#D55E00", "#E8772E", "triangleDown", on=False),
    Style("Population", "Population", "#CC79A7", "#DB92BB", "dot", on=False),
    Style("Outcome", "Outcome", "#009E73", "#1FBF92", "star", on=False),
    Style("Publication", "Paper", "#7A828A", "#98A1AA", "square"),
    Style("MeshTerm", "MeSH term", "#D9C300", "#F0E442", "triangle", on=False),
)

#: The kinds of links of :mod:`graph_build.network`, and whether they are drawn at the start.
KINDS: Final = (
    ("claim", "claim of a text", True),
    ("study", "study fact", True),
    ("curated", "curated", True),
    ("mention", "mention", True),
    ("citation", "citation", False),
    ("indexing", "indexing", False),
)


class EvidenceNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's network with our page: positions from Python, physics off, no request.

    ``generate_html`` and ``write_html`` are pyvis's own entry points, so
    ``show`` and ``save_graph`` work as well.
    """

    def __init__(self, graph: nx.MultiDiGraph[str], title: str, *, limit: int = LIMIT) -> None:
        super().__init__(directed=True, heading=title, cdn_resources="in_line")
        self.toggle_physics(False)
        self.note = ""
        if len(graph) > limit:
            kept = sorted(graph, key=lambda node: (-graph.degree(node), node))[:limit]
            self.note = f"The {limit} most connected of {len(graph)} nodes are shown."
            graph = nx.MultiDiGraph(graph.subgraph(kept))
        self.quotes: dict[tuple[str, ...], int] = {}
        self._add(graph)

    def _add(self, graph: nx.MultiDiGraph[str]) -> None:
        order = sorted(graph)
        number = {node: index for index, node in enumerate(order)}
        styles = {style.cls: style for style in STYLES}
        optional = [style.cls for style in STYLES if not style.on and len(graph) > FEW]
        places = network_positions(graph, optional)
        lanes = lane_positions(graph)
        for node in order:
            values = graph.nodes[node]
            (x, y), (lane, row) = places[node], lanes[node]
            options: dict[str, Any] = {"x": x, "y": y, "lane": lane, "row": row, "size": size(graph, node)}
            options |= {key: values[key] for key in ("cls", "description", "iri", "year")}
            options |= {key: list(values[key]) for key in ("links", "synonyms")}
            style = styles[values["cls"]]
            self.add_node(number[node], values["label"], shape=style.shape, color=style.light, **options)
        links = sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3])
        for s, o, _, values in links:
            for quote in values["evidence"]:
                self.quotes.setdefault(tuple(quote), len(self.quotes))
            keys = (
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
            said: dict[str, Any] = {key: values[key] for key in keys} | {"word": values["appraisal_word"]}
            said["quotes"] = [self.quotes[tuple(quote)] for quote in values["evidence"]]
            self.add_edge(number[s], number[o], **said)

    def data(self) -> dict[str, Any]:
        """All that the page shows, as it is written into it."""
        lane_of = {cls: lane for lane, classes in enumerate(LANES) for cls in classes}
        classes = [node["cls"] for node in self.nodes]
        kinds = [edge["kind"] for edge in self.edges]
        few = len(self.nodes) <= FEW
        return {
            "title": self.heading,
            "note": self.note,
            "classes": [
                style._asdict() | {"lane": lane_of[style.cls], "count": classes.count(style.cls), "on": style.on or few}
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


def render(graph: nx.MultiDiGraph[str], title: str, *, limit: int = LIMIT) -> str:
    """A network of :func:`graph_build.network.network` as one HTML page; the same bytes for the same network."""
    return str(EvidenceNetwork(graph, title, limit=limit).generate_html())


def inline(page: str, height: int = 640) -> str:
    """A page inside a frame, for a notebook: it runs its own scripts and reaches nothing of the notebook."""
    return (
        f'<iframe srcdoc="{html.escape(page)}" sandbox="allow-scripts allow-downloads allow-popups '
        f'allow-popups-to-escape-sandbox" width="100%" height="{int(height)}" title="Network" '
        'style="border:1px solid #8886;border-radius:8px;box-sizing:border-box;display:block"></iframe>'
    )


class View:
    """A network as a page: shown inline in a notebook, or saved as a file.

    >>> View(nx.MultiDiGraph(), "Nothing")
    View of 0 nodes and 0 links; save("FILE.html") writes it
    """

    def __init__(self, graph: nx.MultiDiGraph[str], title: str, *, height: int = 640, limit: int = LIMIT) -> None:
        self.graph, self.title, self.height, self.limit = graph, title, height, limit

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return render(self.graph, self.title, limit=self.limit)

    def __repr__(self) -> str:
        nodes, links = self.graph.number_of_nodes(), self.graph.number_of_edges()
        return f'View of {nodes:,} nodes and {links:,} links; save("FILE.html") writes it'

    def _repr_html_(self) -> str:
        return inline(self.html, self.height)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the page, whole or not at all, and returns where."""
        return whole_file(Path(path), self.html.encode())
