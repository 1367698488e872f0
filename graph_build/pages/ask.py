"""The queries behind the panels of a page: what a panel shows is what its query gives, and a reader can run it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, QuerySolutions, Store

_FILES: Final = Path(__file__).resolve().parent / "queries"
#: Of a hub a query takes so many studies, statements or mentions (the LIMIT in the files).
LIMIT: Final = 500

#: A row by its variables; what is not bound is the empty string.
Row = dict[str, str]


@cache
def _template(name: str) -> str:
    return (_FILES / f"{name}.rq").read_text(encoding="utf-8")


def query_of(name: str, iri: str) -> str:
    """The query of a panel for a thing, as it can be run anywhere.

    The IRI is written by pyoxigraph, which takes none that could end early.
    """
    return _template(name).replace("$thing", str(NamedNode(iri)))


def rows(store: Store, name: str, iri: str) -> list[Row]:
    """What a panel's query gives for a thing, sorted."""
    found = store.query(query_of(name, iri))
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    written = [tuple(str(getattr(term, "value", "")) for term in row) for row in found]
    return [dict(zip(names, row, strict=True)) for row in sorted(written)]
