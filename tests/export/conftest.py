"""The graphs that are exported: of the packaged documents, and of the originals where they are here."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from graph_build.build import build
from graph_build.store import open_store
from graph_build.vocabulary import PREFIXES


@pytest.fixture(scope="session")
def originals(seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the two original documents."""
    folder = tmp_path_factory.mktemp("originals") / "graph"
    build(sorted(seeds.iterdir()), output=folder)
    return folder


@pytest.fixture(scope="session", params=["packaged", "originals"])
def graph(request: pytest.FixtureRequest) -> Path:
    """Each graph in turn."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def count(graph: Path) -> dict[str, int]:
    """How many of each of our classes the graph has, and of the kinds of statement that formats tell apart."""
    store = open_store(graph)
    answers = {row[0].value.rpartition("#")[2]: int(row[1].value) for row in store.query(_CLASSES)}
    return answers | {name: _number(store, pattern) for name, pattern in _KINDS.items()}


_CLASSES = "SELECT ?class (COUNT(DISTINCT ?node) AS ?n) WHERE { ?node a ?class } GROUP BY ?class"
_KINDS = {
    "hedged": "?s her2:certainty her2:Hedged",
    "open": "?s her2:certainty her2:OpenQuestion",
    "negated": "?s biolink:negated true ; her2:certainty her2:Asserted",
}


def _number(store: Store, pattern: str) -> int:
    query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a her2:Statement . {pattern} }}"
    return int(next(store.query(query, prefixes=PREFIXES))[0].value)
