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
from .spreadsheet import neutral

#: The columns of the measures; all but the first three become attributes of the nodes.
COLUMNS: Final = (
    "iri",
    "label",
    "class",
    "links",  # other things it is linked to
    "degree_centrality",  # their share of all other things
    "betweenness",  # the share of shortest paths that lead through it
    "pagerank",  # how often a walk along links at random is there
    "community",  # 1 is the largest
    "bridges",  # its links without which a part falls off
)

#: Digits that are kept: fewer than what sums in another order could change.
_DIGITS: Final = 6

#: Of a larger network betweenness is estimated from so many nodes, drawn with a fixed seed: it grows with the square.
EXACT: Final = 1500
PIVOTS: Final = 300

#: After so many rounds PageRank no longer changes within the digits kept: 0.85 to the power of 100 is 0.0000001.
_ROUNDS: Final = 100


def network_measures(graph: nx.MultiDiGraph[str]) -> Rows:
    """A row a node with its measures, the most central first; ``to_dataframe()`` gives a table."""
    names, plain = _plain(graph)
    share: dict[int, float] = nx.degree_centrality(plain)
    pivots = PIVOTS if len(plain) > EXACT else None
    between: dict[int, float] = nx.betweenness_centrality(plain, k=pivots, seed=0)
    rank = _pagerank(plain)
    community = _communities(plain)
    bridges = Counter(end for link in nx.bridges(plain) for end in link)
    rows: list[tuple[Any, ...]] = []
    for node, name in enumerate(names):
        data = graph.nodes[name]
        central = (round(values[node], _DIGITS) for values in (share, between, rank))
        rows.append((name, data["label"], data["cls"], plain.degree(node), *central, community[node], bridges[node]))
    rows.sort(key=lambda row: (-row[5], -row[3], row[1], row[0]))
    return Rows(COLUMNS, tuple(rows))


def bridges(graph: nx.MultiDiGraph[str]) -> frozenset[frozenset[str]]:
    """The pairs of things between which there is a link without which a part falls off."""
    names, plain = _plain(graph)
    return frozenset(frozenset((names[one], names[other])) for one, other in nx.bridges(plain))


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
    table.writerows([neutral(str(value)) for value in row] for row in rows)
    return text.getvalue().encode()


def _plain(graph: nx.MultiDiGraph[str]) -> tuple[list[str], nx.Graph[int]]:
    """The names in order, and the network of things with numbers: the order of a set of texts differs between runs."""
    names = sorted(graph)
    number = {name: index for index, name in enumerate(names)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(names)))
    plain.add_edges_from(
        sorted((number[s], number[o]) for s, o, kind in graph.edges(data="kind") if kind in WALKED and s != o)
    )
    return names, plain


def _pagerank(plain: nx.Graph[int]) -> dict[int, float]:
    """As networkx has it, with the usual 0.85; written out, since networkx's own needs SciPy."""
    count = len(plain)
    near = {node: sorted(plain.adj[node]) for node in plain}
    rank = dict.fromkeys(plain, 1.0 / count) if count else {}
    for _ in range(_ROUNDS):
        idle = sum(rank[node] for node in plain if not near[node])
        base = (0.15 + 0.85 * idle) / count if count else 0.0
        rank = {node: base + 0.85 * sum(rank[other] / len(near[other]) for other in near[node]) for node in plain}
    return rank


def _communities(plain: nx.Graph[int]) -> dict[int, int]:
    """The community of each node by Louvain's method with a fixed seed, numbered by size."""
    found: list[set[int]] = nx.community.louvain_communities(plain, seed=0) if len(plain) else []
    found.sort(key=lambda members: (-len(members), min(members)))
    return {node: place for place, members in enumerate(found, 1) for node in members}
