"""A network as an interactive page: inline in a notebook, or as a file."""

from __future__ import annotations

import html
import os
from functools import cached_property
from pathlib import Path

import networkx as nx

from .evidence_network import LIMIT, render
from .evidence_network import EvidenceNetwork as EvidenceNetwork
from .replace import whole_file
from .styles import STYLES as STYLES  # pages take them from here, too


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

    def __init__(
        self,
        graph: nx.MultiDiGraph[str],
        title: str,
        *,
        height: int = 640,
        limit: int = LIMIT,
        focus: str = "",
        note: str = "",
    ) -> None:
        self.graph, self.title, self.height, self.limit = graph, title, height, limit
        self.focus, self.note = focus, note

    @cached_property
    def html(self) -> str:
        """The whole page."""
        return render(self.graph, self.title, limit=self.limit, focus=self.focus, note=self.note)

    def __repr__(self) -> str:
        nodes, links = self.graph.number_of_nodes(), self.graph.number_of_edges()
        return f'View of {nodes:,} nodes and {links:,} links; save("FILE.html") writes it'

    def _repr_html_(self) -> str:
        return inline(self.html, self.height)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Writes the page, whole or not at all, and returns where."""
        return whole_file(Path(path), self.html.encode())
