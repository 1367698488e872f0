"""Parts of the network: what lies around a thing, and which evidence leads from one thing to another.

Both stay with what is specific.  Nearly everything in this field is linked to the
same few classes, genes, diseases and papers, so a walk through one of those ends
anywhere: a neighbourhood shows them and goes no further, a path takes them last.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx
from pyoxigraph import QuerySolutions, Store

from .fold import fold
from .network import network
from .query import Parameter, QueryError, StoredQuery, bind
from .vocabulary import PREFIXES

#: The kinds of links along which a walk goes on; mentions, citations and indexing say nothing of the things themselves.
WALKED: Final = ("claim", "study", "curated")

#: The classes whose members are linked to nearly everything.
GENERIC: Final = frozenset(
    {"DrugClass", "Gene", "GeneFamily", "Disease", "StudyDesign", "Population", "Outcome", "Publication", "MeshTerm"}
)

#: A neighbourhood goes no further from a node with more neighbours than this: the page would hold little else.
CROWDED: Final = 25

#: What a link costs on a path: a statement or study fact has a quote, what is curated has none, the rest says less.
_COST: Final = {"claim": 1, "study": 1, "curated": 2, "mention": 4, "citation": 6, "indexing": 6}

#: What it costs to step through a generic node: more than any detour over a trial or two.
_DETOUR: Final = 4


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network, what it is called, and what a reader has to know of it."""

    graph: nx.MultiDiGraph[str]
    title: str
    note: str = ""
    focus: str = ""  # the node it is about


def neighbourhood(store: Store, name: str, hops: int = 1) -> Part:
    """What is linked to a thing, and what is linked to that, ``hops`` links far.

    All links of the thing itself are followed; from there on only those of :data:`WALKED`, and none
    from a generic or crowded node, which the note names.  Among the nodes found every link is kept.
    Raises :class:`graph_build.query.QueryError` for an unknown name or a number of links below one.
    """
    if hops < 1:
        raise QueryError(f"--hops {hops}: a neighbourhood is at least one link wide")
    graph = network(store)
    centre, generic = find_node(store, graph, name, "around"), _generic(store, graph)
    reached, last, ends = {centre}, {centre}, set[str]()
    for step in range(hops):
        if step:
            ends |= {node for node in last if node in generic or len(_near(graph, node)) > CROWDED}
        found = {
            other
            for node in last - ends
            for other, kinds in _near(graph, node).items()
            if step == 0 or not kinds.isdisjoint(WALKED)
        }
        last, reached = found - reached, reached | found
    part = graph.copy()
    part.remove_nodes_from([node for node in graph if node not in reached])  # keeps the order; a subgraph may not
    title = f"Around {graph.nodes[centre]['label']}, {'one link' if hops == 1 else f'{hops} links'} far"
    return Part(part, title, _unfollowed(graph, ends), centre)


def _unfollowed(graph: nx.MultiDiGraph[str], ends: Collection[str]) -> str:
    crowded = sorted((-len(_near(graph, node)), graph.nodes[node]["label"]) for node in ends)
    names = [f"{label} ({-count} neighbours)" for count, label in crowded if -count > CROWDED]
    return f"Shown and not followed further: {', '.join(names)}" if names else ""


def evidence_paths(store: Store, start: str, end: str) -> Part:
    """All shortest ways from one thing to another, along statements and study facts.

    A curated link, and all the more a mention or a step through a generic node, is taken only where no
    evidence leads on more directly.  Things that a statement links directly are shown with what links
    both as well: the studies that gave the drug to these patients.  Raises
    :class:`graph_build.query.QueryError` for an unknown name, and when nothing links the two.
    """
    graph = network(store)
    one, other = find_node(store, graph, start, "from"), find_node(store, graph, end, "to")
    labels = [graph.nodes[node]["label"] for node in (one, other)]
    if one == other:
        raise QueryError(f"--from {start} --to {end}: both are {labels[0]}; name two different things")
    generic = _generic(store, graph) - {one, other}
    steps = {node: _DETOUR if node in generic else 0 for node in graph}
    there, back = _costs(graph, steps, one), _costs(graph, steps, other)
    if other not in there:
        raise QueryError(f"--from {start} --to {end}: nothing in the graph links {labels[0]} and {labels[1]}")

    def cost(s: str, o: str, kind: str) -> float:
        """What the cheapest path costs that takes this link in this direction."""
        return there.get(s, math.inf) + steps[s] + _COST[kind] + steps[o] + back.get(o, math.inf)

    longest = max(there[other], 2 * _COST["study"])
    edges = [
        (s, o, key, data)
        for s, o, key, data in graph.edges(keys=True, data=True)
        if min(cost(s, o, data["kind"]), cost(o, s, data["kind"])) <= longest
    ]
    ends = {node for s, o, *_ in edges for node in (s, o)}
    paths: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    paths.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node in ends)
    paths.add_edges_from(edges)
    return Part(paths, f"From {labels[0]} to {labels[1]}")


def find_node(store: Store, graph: nx.MultiDiGraph[str], name: str, option: str) -> str:
    """The node of a thing, by its IRI, its label in the network ("Li 2022") or any of its names.

    ``option`` is the parameter that the name was given for.  Raises :class:`graph_build.query.QueryError`,
    with what was perhaps meant.
    """
    if name in graph:
        return name
    by_label = {node: data for node, data in graph.nodes(data=True) if data["cls"] != "MeshTerm"}
    found = _called(by_label, name)
    if found:
        return found
    question = StoredQuery(
        name="view", text="", summary="", parameters=(Parameter(name=option, kind="label", description="label"),)
    )
    try:
        (label,) = bind(question, {option: name}, store).values()
    except QueryError as error:
        papers = sorted(data["label"] for data in by_label.values() if data["cls"] == "Publication")
        near = [paper for paper in papers if paper.startswith(f"{name} (")]
        near = near or difflib.get_close_matches(name, papers, n=3, cutoff=0.8)
        if near:
            raise QueryError(
                f"--{option} {name}: nothing in the graph is called so; did you mean {' or '.join(near)}?"
            ) from error
        raise
    written = str(getattr(label, "value", ""))
    found = _called(by_label, written) or _called(dict(graph.nodes(data=True)), written)
    if not found:
        raise QueryError(f"--{option} {name}: no document speaks of {written}, so nothing is linked to it")
    return found


def _called(nodes: Mapping[str, Mapping[str, Any]], label: str) -> str | None:
    wanted = fold(label).text
    return min((node for node, data in nodes.items() if fold(data["label"]).text == wanted), default=None)


def _generic(store: Store, graph: nx.MultiDiGraph[str]) -> set[str]:
    """The nodes that are linked to nearly everything by what they are; an alteration of no gene is one too."""
    found = store.query("SELECT ?alteration WHERE { ?alteration her2:alterationOf ?gene }", prefixes=PREFIXES)
    assert isinstance(found, QuerySolutions)
    specific = {str(getattr(row[0], "value", "")) for row in found}
    return {
        node
        for node, cls in graph.nodes(data="cls")
        if cls in GENERIC or (cls == "Alteration" and node not in specific)
    }


def _near(graph: nx.MultiDiGraph[str], node: str) -> dict[str, set[str]]:
    """What a node is linked to in either direction, and by which kinds of links."""
    near: dict[str, set[str]] = {}
    for s, o, kind in [*graph.out_edges(node, data="kind"), *graph.in_edges(node, data="kind")]:
        near.setdefault(o if s == node else s, set()).add(kind)
    return near


def _costs(graph: nx.MultiDiGraph[str], steps: Mapping[str, int], source: str) -> dict[str, int]:
    """What the cheapest way from a node to each other costs, with the steps through what lies between."""
    ways: nx.DiGraph[str] = nx.DiGraph()
    for node in graph:
        for other, kinds in _near(graph, node).items():
            ways.add_edge(node, other, weight=steps[node] + min(_COST[kind] for kind in kinds))
    ways.add_node(source)
    costs: dict[str, int] = nx.single_source_dijkstra_path_length(ways, source)
    return costs
