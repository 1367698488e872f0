"""How the network hangs together: what is central, what belongs together, what hangs by one link.

Computed by networkx on the plain network of things: two things are linked when a
text, a study or the vocabularies say something of both.  Mentions, citations and
MeSH indexing are left out, else the reviews would be the centre of everything.
Nothing depends on the order of the nodes or on the machine.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any, Final

import networkx as nx

from .answers import Rows
from .around import WALKED
from .export.table import safe

#: The columns of the measures; all but the first three become attributes of the nodes.
COLUMNS: Final = (
    "iri",
    "label",
    "class",
    "links",  # other things it is linked to
    "degree_centrality",  # their share of all other things
    "betweenness",  # the share of shortest paths that lead through it
    "community",  # 1 is the largest
    "bridges",  # its links without which a part falls off
)

#: Digits that are kept: fewer than what sums in another order could change.
_DIGITS: Final = 6


def network_measures(graph: nx.MultiDiGraph[str]) -> Rows:
    """A row a node with its measures, the most central first; ``to_dataframe()`` gives a table."""
    names = sorted(graph)
    number = {name: index for index, name in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(names)))  # numbers, since the order of a set of texts differs between runs
    plain.add_edges_from(
        sorted((number[s], number[o]) for s, o, kind in graph.edges(data="kind") if kind in WALKED and s != o)
    )
    share: dict[int, float] = nx.degree_centrality(plain)
    between: dict[int, float] = nx.betweenness_centrality(plain)
    community = _communities(plain)
    bridges = Counter(end for link in nx.bridges(plain) for end in link)
    rows: list[tuple[Any, ...]] = []
    for node, name in enumerate(names):
        data = graph.nodes[name]
        values = plain.degree(node), round(share[node], _DIGITS), round(between[node], _DIGITS)
        rows.append((name, data["label"], data["cls"], *values, community[node], bridges[node]))
    rows.sort(key=lambda row: (-row[5], -row[3], row[1], row[0]))
    return Rows(COLUMNS, tuple(rows))


def measured(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph itself, its nodes with their measures as attributes."""
    for row in network_measures(graph):
        graph.nodes[row[0]].update(zip(COLUMNS[3:], row[3:], strict=True))
    return graph


def as_csv(rows: Rows) -> bytes:
    """The measures as CSV (UTF-8, RFC 4180); no cell is run as a formula by a spreadsheet."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(rows.columns)
    table.writerows([safe(str(value)) for value in row] for row in rows)
    return text.getvalue().encode()


def _communities(plain: nx.Graph[int]) -> dict[int, int]:
    """The community of each node by Louvain's method with a fixed seed, numbered by size."""
    found: list[set[int]] = nx.community.louvain_communities(plain, seed=0) if len(plain) else []
    found.sort(key=lambda members: (-len(members), min(members)))
    return {node: place for place, members in enumerate(found, 1) for node in members}
