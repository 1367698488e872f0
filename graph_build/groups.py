"""The network in groups: what a person reads of a graph that is too large to draw node by node.

Drugs and studies are grouped by the most special drug class that several of them
share, alterations by their gene, many papers by year, what is still many by letter,
the others by what they are.  Every node is in exactly one group or stands alone, so nothing is
left out.  Groups are a pure function of the network.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

import networkx as nx

#: What several nodes of a class are called.
PLURALS: Final = {
    "Drug": "drugs",
    "DrugClass": "drug classes",
    "Regimen": "regimens",
    "Study": "studies",
    "Alteration": "alterations",
    "DetectionMethod": "detection methods",
    "Gene": "genes",
    "GeneFamily": "gene families",
    "Topic": "topics",
    "Disease": "diseases",
    "StudyDesign": "designs",
    "Population": "populations",
    "Outcome": "outcomes",
    "Publication": "papers",
    "MeshTerm": "MeSH terms",
}

#: A group with more members than this is split, since nobody finds anything in it; more only when a graph is huge.
MOST: Final = 60

#: So few source documents stand alone: what they say is what the graph is about.
SOURCES: Final = 6

#: So many groups of one class are told apart by topic; what is left over is one group more.
_TOPICS: Final = 8

#: From a drug, a regimen or a class to what it is a kind of.
_UPWARDS: Final = ("inClass", "broader", "hasComponent")


class Group(NamedTuple):
    """Nodes of one class that are shown as one."""

    key: str  # stays the same when members come and go, for links to a picture
    cls: str
    label: str
    members: tuple[str, ...]


def groups(graph: nx.MultiDiGraph[str]) -> tuple[Group, ...]:
    """The groups of two or more nodes, in the order of their classes and topics; other nodes stand alone."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        by_class[data["cls"]].append(node)
    if len(sources := [node for node in by_class["Publication"] if graph.nodes[node]["type"] == "Document"]) <= SOURCES:
        by_class["Publication"] = [node for node in by_class["Publication"] if node not in sources]
    most = max(MOST, len(graph) // 20)
    made: list[Group] = []
    for cls, plural in PLURALS.items():
        members = sorted(by_class[cls], key=lambda node: _by_name(graph.nodes[node], node))
        for topic, part in _topics(graph, cls, members).items():
            for letters, piece in _pieces(graph, part, most):
                if len(piece) > 1:
                    label = f"{len(piece)} other {plural}" if topic == "other" else f"{len(piece)} {plural}"
                    label = f"{topic}: {label}" if topic not in ("", "other") else label
                    key = "/".join(filter(None, (cls, topic, letters)))
                    made.append(Group(key, cls, f"{label}, {letters}" if letters else label, tuple(piece)))
    return tuple(made)


def _by_name(data: Mapping[str, Any], node: str) -> tuple[int, str, str]:
    return (data["year"] or 0) if data["cls"] == "Publication" else 0, data["label"].casefold(), node


def _topics(graph: nx.MultiDiGraph[str], cls: str, members: Sequence[str]) -> dict[str, list[str]]:
    """The members under the words that tell them apart; without need for any, under the empty string."""
    if cls in ("Drug", "Study"):
        chosen = _by_drug_class(graph, members)
    elif cls == "Alteration":
        chosen = {node: _labels(graph, node, ("alterationOf",))[:1] for node in members}
    else:
        return {"": list(members)}
    count = Counter(chain.from_iterable(chosen.values()))
    kept = [topic for topic, number in sorted(count.items(), key=lambda item: (-item[1], item[0])) if number > 1][
        :_TOPICS
    ]
    found: dict[str, list[str]] = defaultdict(list)
    for node in members:
        found[next((topic for topic in chosen[node] if topic in kept), "other")].append(node)
    return dict(sorted(found.items(), key=lambda item: (item[0] == "other", item[0]))) if kept else {"": list(members)}


def _by_drug_class(graph: nx.MultiDiGraph[str], members: Sequence[str]) -> dict[str, list[str]]:
    """The most special drug class that enough of the members share, for each that has one."""
    above = {node: _classes(graph, node) for node in members}
    count = Counter(chain.from_iterable(above.values()))
    label = {cls: graph.nodes[cls]["label"] for cls in count}
    rank = {cls: (count[cls], -len(_classes(graph, cls)), label[cls], cls) for cls in count}  # the lower the narrower
    return {
        node: [label[cls] for cls in sorted(classes, key=rank.__getitem__) if count[cls] > 1][:1]
        for node, classes in above.items()
    }


def _classes(graph: nx.MultiDiGraph[str], node: str) -> set[str]:
    """All drug classes of a drug or class, or of what a study investigates."""
    ends, seen = [node], {node}
    while ends:
        for _, other, predicate in graph.out_edges(ends.pop(), data="predicate"):
            if predicate in (*_UPWARDS, "investigates") and other not in seen:
                seen.add(other)
                ends.append(other)
    return {other for other in seen if graph.nodes[other]["cls"] == "DrugClass"}


def _labels(graph: nx.MultiDiGraph[str], node: str, predicates: Iterable[str]) -> list[str]:
    return sorted({graph.nodes[o]["label"] for _, o, p in graph.out_edges(node, data="predicate") if p in predicates})


def _pieces(graph: nx.MultiDiGraph[str], members: Sequence[str], most: int) -> list[tuple[str, list[str]]]:
    """Members in pieces of about equal size, each with the names or years it runs from and to."""
    if len(members) <= most:
        return [("", list(members))]
    count = -(-len(members) // most)
    cuts = [len(members) * number // count for number in range(count + 1)]
    pieces = [list(members[start:end]) for start, end in pairwise(cuts)]
    ends = [[_end(graph.nodes[piece[at]]) for at in (0, -1)] for piece in pieces]
    names = [" – ".join(dict.fromkeys(words)) for words in ends]
    again = Counter(names)  # a year with very many papers has several pieces
    return [
        (f"{name} ({number})" if again[name] > 1 else name, piece)
        for number, (name, piece) in enumerate(zip(names, pieces, strict=True), 1)
    ]


def _end(data: Mapping[str, Any]) -> str:
    return str(data["year"] or "no year") if data["cls"] == "Publication" else str(data["label"])[:12].strip()


def aggregated(graph: nx.MultiDiGraph[str], made: Sequence[Group]) -> nx.MultiDiGraph[str]:
    """The network of the groups and of the nodes that stand alone; a link of each kind where members are linked."""
    home: Mapping[str, str] = {node: f"group {group.key}" for group in made for node in group.members}
    small: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    blank: dict[str, Any] = {"year": None}
    for group in made:
        name = f"group {group.key}"
        small.add_node(name, **blank, cls=group.cls, label=group.label, iri=name, count=len(group.members))
    small.add_nodes_from((node, data) for node, data in graph.nodes(data=True) if node not in home)
    for s, o, kind in sorted(graph.edges(data="kind")):
        start, end = home.get(s, s), home.get(o, o)
        if start != end:
            small.add_edge(start, end, key=kind, kind=kind)
    return small
