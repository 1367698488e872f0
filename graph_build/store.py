"""The Oxigraph store beside ``graph.nq``: an index, made from it, never the truth itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

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
    store.bulk_extend(_in_default_graph(parse(path=folder / NQUADS, format=RdfFormat.N_QUADS)))
    store.optimize()  # without it queries are several times slower, and readers cannot catch up
    store.flush()


def merge(store: Store) -> Store:
    """Put every triple of a store in memory once into its default graph, which is what queries ask.

    Oxigraph's own union of graphs returns a triple as often as there are graphs that
    hold it, so counts and joins would multiply where two documents say the same.
    """
    store.bulk_extend(_in_default_graph(list(store)))
    return store


def _in_default_graph(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)


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
