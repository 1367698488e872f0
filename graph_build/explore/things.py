"""The concepts, studies and papers that an explorer names, numbered, with what lies above each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import Store

from ..addresses import Addresses
from ..export.bibtex import entry
from ..export.papers import Paper, papers_of
from ..export.ris import record
from ..export.values import Node, nodes
from ..network import GENERAL
from ..pages.ask import Row
from ..pages.results import group_of, kind_of, precision_of, results_of, value_of
from ..styles import STYLES
from ..vocabulary import HER2

#: The classes that have a colour and a shape.
CLASSES: Final = frozenset(style.cls for style in STYLES)
#: Studies of studies.
_POOLING: Final = frozenset({"her2:PooledAnalysis", "her2:MetaAnalysis"})
#: Along these a thing is a kind of another.
_UPWARDS: Final = ("skos:broader", "her2:inClass")


@dataclass(frozen=True, slots=True)
class Things:
    """Every concept, study and paper of a graph by IRI, and the ones above each, nearest and farther."""

    nodes: dict[str, Node]
    above: dict[str, frozenset[str]]
    papers: dict[str, Paper]
    results: dict[str, list[Row]]  # of a study, as its page shows them

    def cls(self, iri: str) -> str:
        """The class it is shown as, ``Alteration`` for a mutation say."""
        return _cls(self.nodes[iri])

    def label(self, iri: str) -> str:
        """Its label, the title of a paper without one; else the IRI."""
        node = self.nodes.get(iri)
        return (node.one("rdfs:label") or node.one("dcterms:title") if node else "") or iri


def things(store: Store) -> Things:
    """Read a graph's concepts, studies and papers."""
    found = nodes(store, "skos:Concept") | nodes(store, "Study") | nodes(store, "Publication")
    found = {iri: node for iri, node in found.items() if _cls(node)}
    up = {iri: [o for p in _UPWARDS for o in node.all(p) if o in found] for iri, node in found.items()}
    above = {iri: frozenset(_reached(iri, up.__getitem__)) - {iri} for iri in found}
    results = {iri: results_of(store, iri) for iri, node in found.items() if node.all("her2:hasResult")}
    return Things(found, above, {paper.iri: paper for paper in papers_of(store)}, results)


def _cls(node: Node) -> str:
    names = [cls.removeprefix("her2:") for cls in node.classes]
    general = [GENERAL.get(name, name) for name in names]
    return "Publication" if "Publication" in names else next((name for name in general if name in CLASSES), "")


def _reached(start: str, next_of: Callable[[str], list[str]]) -> Iterator[str]:
    """All that can be reached from a node."""
    seen, waiting = {start}, [start]
    while waiting:
        for iri in next_of(waiting.pop()):
            if iri not in seen:
                seen.add(iri)
                waiting.append(iri)
                yield iri


class Numbers:
    """Numbers things in the order in which they are first named, so that a page carries no IRI twice."""

    def __init__(self, known: Things) -> None:
        self.known = known
        self._order: dict[str, int] = {}

    def __call__(self, iri: str) -> int:
        """The number of a thing; what lies above it is numbered as well."""
        if iri not in self._order:
            self._order[iri] = len(self._order)
            for up in sorted(self.known.above.get(iri, ())):
                self(up)
        return self._order[iri]

    def written(self, addresses: Addresses) -> list[dict[str, Any]]:
        """The numbered things as a page carries them."""
        return [self._written(iri, addresses) for iri in list(self._order)]

    def _written(self, iri: str, addresses: Addresses) -> dict[str, Any]:
        node = self.known.nodes.get(iri)
        if node is None:
            return {"iri": iri, "label": iri, "cls": "", "href": addresses.thing(iri), "names": [], "up": []}
        label = self.known.label(iri)
        names = sorted({*node.all("skos:altLabel"), *node.all("her2:notation")} - {label}, key=str.casefold)
        thing: dict[str, Any] = {
            "iri": iri,
            "label": label,
            "cls": _cls(node),
            "href": addresses.thing(iri),
            "names": names,
            "up": [self(up) for up in sorted(self.known.above[iri])],
        }
        if node.all("her2:phase"):
            thing["phases"] = list(node.all("her2:phase"))
        if _POOLING.intersection(node.classes):
            thing["pooled"] = True
        if iri in self.known.results:
            thing["results"] = [self._result(row) for row in self.known.results[iri]]
        if codes := _codes(node):
            thing["codes"] = codes
        paper = self.known.papers.get(iri)
        return thing | _paper(node, paper) if paper else thing

    def _result(self, row: Row) -> list[str]:
        """A number of a study: its outcome, the value, and what belongs to it, for whom it is and how sure."""
        outcome, kind = self.known.label(row["outcome"]), kind_of(row)
        group = group_of(row) if row["group"] or row["comparator"] else ""
        hedged = "hedged" if row["certainty"] == HER2 + "Hedged" else ""
        return [outcome, "" if outcome.endswith(kind) else kind, value_of(row), precision_of(row), group, hedged]


def _codes(node: Node) -> list[str]:
    """What a thing is filed under elsewhere, for those who search by it: register numbers, DOI, PMID, identifiers."""
    elsewhere = [*node.all("her2:registeredAs"), *node.all("skos:exactMatch")]
    numbers = [re.split(r"[/#]", iri.rstrip("/"))[-1].replace("_", ":") for iri in elsewhere]
    return sorted({*numbers, *node.all("prism:doi"), *node.all("her2:pmid")})


def _paper(node: Node, paper: Paper) -> dict[str, Any]:
    """What a paper has beside a label: its date, where it is on the web, and how reference managers read it."""
    return {
        "title": paper.title,
        "date": paper.date,
        "url": paper.url,
        "review": "fabio:ReviewArticle" in node.classes,
        "document": bool(node.one("her2:sha256")),
        "ris": record(paper),
        "bib": entry(paper),
    }
