"""The Oxigraph store beside ``graph.nq``: an index, made from it, never the truth itself."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat, Store

from .model import Her2kgError
from .replace import recover

NQUADS = "graph.nq"
STORE = "store"
REPORT = "report.json"
DOCUMENTS = "documents"


class GraphNotFound(Her2kgError):
    """There is no built graph where one was expected."""


def load_store(folder: Path) -> None:
    """Make ``folder/store`` from ``folder/graph.nq``."""
    store = Store(folder / STORE)
    store.bulk_load(path=folder / NQUADS, format=RdfFormat.N_QUADS)
    store.optimize()  # without it queries are several times slower, and readers cannot catch up
    store.flush()


def find_graph(folder: Path) -> Path:
    """The folder, if ``her2kg build`` wrote it.

    Raises :class:`GraphNotFound` with what to do.
    """
    recover(folder)
    if not (folder / NQUADS).is_file() or not (folder / STORE).is_dir():
        raise GraphNotFound(
            f"{folder}: no graph here; run “her2kg build -o {folder}” first, or name its folder with --graph"
        )
    return folder


def open_store(folder: Path) -> Store:
    """The store of a built graph, for reading only."""
    try:
        return Store.read_only(str(find_graph(folder) / STORE))
    except OSError as error:
        raise GraphNotFound(f"{folder}: the store cannot be read ({error}); build the graph again") from error
