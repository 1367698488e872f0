"""The Oxigraph store beside ``graph.nq``: an index, made from it, never the truth itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store

from .model import Her2kgError
from .replace import recover

NQUADS = "graph.nq"
STORE = "store"
REPORT = "report.json"
DOCUMENTS = "documents"
#: So many quads are loaded at once, with some 200 MB of memory; larger pieces take no less time.
_PIECE: Final = 100_000


class GraphNotFound(Her2kgError):
    """There is no built graph where one was expected."""


def load_store(folder: Path) -> None:
    """Make ``folder/store`` from ``folder/graph.nq``, piece by piece, so that memory does not grow with the graph.

    Its IRIs are not checked again (``lenient``): they were written by :func:`graph_build.write.iri`.
    """
    store = Store(folder / STORE)
    with (folder / NQUADS).open("rb") as file:
        for piece in _pieces(file):
            store.bulk_load(piece, RdfFormat.N_QUADS, lenient=True)
    with (folder / NQUADS).open("rb") as file:
        for piece in _pieces(_triples(file)):
            store.bulk_load(piece, RdfFormat.N_TRIPLES, lenient=True)
    store.optimize()  # without it queries are several times slower, and readers cannot catch up
    store.flush()


def _pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Some lines at a time."""
    rest = iter(lines)
    while piece := b"".join(islice(rest, _PIECE)):
        yield piece


def _triples(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The triples of sorted quads, each once: what the default graph holds."""
    last = b""
    for line in lines:
        triple = line[:-3].rpartition(b" ")[0]  # without the graph's name and the full stop
        if triple != last:
            last = triple
            yield triple + b" .\n"


def merge(store: Store) -> Store:
    """Put every triple of a store in memory once into its default graph, which is what queries ask.

    Oxigraph's own union of graphs returns a triple as often as there are graphs that
    hold it, so counts and joins would multiply where two documents say the same.
    """
    store.bulk_extend(_in_default_graph(list(store)))
    return store


def _in_default_graph(quads: Iterable[Quad]) -> Iterator[Quad]:
    return (Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)


def find_graph(folder: Path, *, asked: bool = True) -> Path:
    """The folder, if ``her2kg build`` wrote it, and with a store, if it is to be ``asked``.

    Raises :class:`GraphNotFound` with what to do.
    """
    recover(folder)
    if not (folder / NQUADS).is_file():
        raise GraphNotFound(
            f"{folder}: no graph here; run “her2kg build -o {folder}” first, or name its folder with --graph"
        )
    if asked and not (folder / STORE).is_dir():
        raise GraphNotFound(
            f"{folder}: was built without a store to ask; build it again without --no-store, or load its {NQUADS} "
            "into a store of your own and name that with --endpoint"
        )
    return folder


def open_store(folder: Path) -> Store:
    """The store of a built graph, for reading only."""
    try:
        return Store.read_only(str(find_graph(folder) / STORE))
    except OSError as error:
        raise GraphNotFound(f"{folder}: the store cannot be read ({error}); build the graph again") from error
