"""her2kg: an evidence graph of HER2-altered lung cancer, and the tool that builds such a graph from literature."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .build import Outcome, Progress
    from .graph import KnowledgeGraph
    from .query import Network
    from .remote_graph import RemoteGraph

__version__: Final = "0.1.0"
__all__ = ["__version__", "add", "ontology", "open", "remote"]


def add(
    files: Sequence[str | os.PathLike[str]],
    graph: str | os.PathLike[str],
    *,
    strict: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Read files that are new or changed into a built graph; all else stays as it is (``docs/building.md``)."""
    from pathlib import Path

    from .build import add as added

    return added([Path(file) for file in files], Path(graph), strict=strict, jobs=jobs, progress=progress)


def open(folder: str | os.PathLike[str] | None = None, *, network: bool | Network = False) -> KnowledgeGraph:
    """Open the graph in a folder that ``her2kg build`` wrote; by default ``$HER2KG_GRAPH``, else ``./her2kg-graph``.

    Only with ``network`` may its questions ask other endpoints.
    """
    from .graph import KnowledgeGraph

    return KnowledgeGraph(folder, network=network)


def remote(url: str, *, timeout: float = 60.0, network: bool | Network = False) -> RemoteGraph:
    """The graph at a SPARQL endpoint, into whose store it was loaded (``her2kg load``), to ask the same questions."""
    from .remote_graph import RemoteGraph

    return RemoteGraph(url, timeout=timeout, network=network)


def ontology() -> Any:
    """The ontology as Python classes (an owlready2 ontology in a world of its own)."""
    from .reason import ontology as opened

    return opened()


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext graph_build`` calls: adds ``%%sparql`` and ``%her2kg`` to a notebook."""
    from .magic import register

    register(shell)
