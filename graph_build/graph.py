"""A built graph from Python: questions, rdflib, networkx, pictures."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from .query import Names, Network, QueryError, Rows, StoredQuery, find, names_of, rows, run
from .store import REPORT, find_graph, open_store

if TYPE_CHECKING:
    import networkx
    import rdflib
    from pyoxigraph import Store

    from .around import Part
    from .entity import Entity
    from .view import View

#: The folder that ``her2kg build`` writes when none is named.
DEFAULT_GRAPH: Final = "her2kg-graph"


def default_folder() -> Path:
    """``$HER2KG_GRAPH``, else ``./her2kg-graph``."""
    return Path(os.environ.get("HER2KG_GRAPH") or DEFAULT_GRAPH)


class KnowledgeGraph:
    """A graph that ``her2kg build`` wrote, opened for reading."""

    def __init__(self, folder: str | os.PathLike[str] | None = None, *, network: bool | Network = False) -> None:
        """Open a folder; the default one when none is named.

        With ``network`` its questions may ask other endpoints; a :class:`graph_build.query.Network` says with
        which mirrors and how long.  Raises :class:`graph_build.store.GraphNotFound` when there is no graph in it.
        """
        self.leave = network if isinstance(network, Network) else Network() if network else None
        self.folder = find_graph(Path(folder) if folder is not None else default_folder())

    @cached_property
    def store(self) -> Store:
        """The Oxigraph store, read-only."""
        return open_store(self.folder)

    @cached_property
    def names(self) -> Names:
        """What the things of the graph are called; gathered once, since the store does not change."""
        return names_of(self.store)

    @cached_property
    def report(self) -> dict[str, Any]:
        """What ``report.json`` says of the build."""
        found: dict[str, Any] = json.loads((self.folder / REPORT).read_text(encoding="utf-8"))
        return found

    @cached_property
    def graph(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store; its default graph holds every triple once."""
        import rdflib
        from oxrdflib import OxigraphStore

        return rdflib.Dataset(store=OxigraphStore(store=self.store), default_union=False)

    def query(self, question: str, **parameters: str | int) -> Rows:
        """Ask a stored question by name, or SPARQL text.

        Parameters go in as bindings: ``kg.query("drugs-by-alteration", drug="T-DXd")``.  A question that
        asks other endpoints needs a graph opened with leave to.  Raises :class:`graph_build.query.QueryError`.
        """
        is_text = "{" in question
        query = StoredQuery(name="query", text=question, summary="") if is_text else find(question)
        by_name = any(p.kind == "label" and p.name in parameters for p in query.parameters)
        values = {k: str(v) for k, v in parameters.items()}
        return rows(run(self.store, query, values, self.leave, self.names if by_name else None))

    def network(
        self,
        question: str | None = None,
        *,
        around: str | None = None,
        hops: int = 1,
        path: tuple[str, str] | None = None,
        measures: bool = False,
        **parameters: str | int,
    ) -> networkx.MultiDiGraph:
        """The graph as a networkx graph, or a part of it.

        A part is what a question's answer names, what lies ``around`` a thing (``hops`` links far), or the
        shortest evidence ``path`` between two things, each called by any of its names.  With ``measures``
        every node carries :data:`graph_build.measures.COLUMNS`.  Raises :class:`graph_build.query.QueryError`.
        """
        from .measures import measured

        graph = self._part(question, around, hops, path, parameters).graph
        return measured(graph) if measures else graph

    def view(
        self,
        question: str | None = None,
        *,
        around: str | None = None,
        hops: int = 1,
        path: tuple[str, str] | None = None,
        **parameters: str | int,
    ) -> View:
        """The network, or a part of it as in :meth:`network`, as an interactive page, shown inline in a notebook."""
        from .view import View

        part = self._part(question, around, hops, path, parameters)
        return View(part.graph, part.title, focus=part.focus, note=part.note)

    def _part(
        self,
        question: str | None,
        around: str | None,
        hops: int,
        path: tuple[str, str] | None,
        parameters: Mapping[str, str | int],
    ) -> Part:
        from .around import Part, evidence_paths, neighbourhood
        from .network import network

        if sum(wish is not None for wish in (question, around, path)) > 1:
            raise QueryError("a picture is of a question, around a thing or of a path; ask for one of them")
        if around is not None:
            return neighbourhood(self.store, around, hops)
        if path is not None:
            return evidence_paths(self.store, *path)
        iris = None if question is None else iris_of(self.query(question, **parameters))
        return Part(network(self.store, iris), self.title(question))

    def entity(self, name: str) -> Entity:
        """A thing by any of its names, with what the documents say of it and in which words.

        Raises :class:`graph_build.query.QueryError`, with what was perhaps meant.
        """
        from .entity import entity

        return entity(self.store, name)

    def title(self, question: str | None = None) -> str:
        """What a picture of it is called."""
        return (
            find(question).summary if question and "{" not in question else "HER2-altered lung cancer: evidence graph"
        )

    def __repr__(self) -> str:
        counts = self.report["counts"]
        lines = [f"her2kg graph in {self.folder} ({self.report['quads']:,} statements of RDF)"]
        for entry in self.report["inputs"]:
            lines.append(f"  {entry['document']}: {sum(entry['mentions'].values())} mentions")
        shown = ("Study", "Statement", "Evidence", "Mention", "Drug", "Alteration", "Publication")
        lines.append("  " + ", ".join(f"{counts[name]:,} × {name}" for name in shown if name in counts))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return f"<pre>{escape(repr(self))}</pre>"


def iris_of(answer: Rows) -> list[str]:
    """The IRIs and names in an answer, for a picture of it."""
    return [v for row in answer for v in row if isinstance(v, str)]
