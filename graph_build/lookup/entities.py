"""One thing with all that the graph says of it, and the dataset as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from pyoxigraph import Literal, NamedNode

from ..prefixes import PREFIXES, curie
from ..vocabulary import DATASET, HER2
from .names import CLOSE, NAMES, SAME, Names, resolve
from .reader import RDFS, TYPE, UPWARDS, Reader
from .records import Dataset, Entity, Link, Relation, Thing
from .statements import listed, naming, paper, predicates

#: So many of a kind are given with a thing; the rest is found by searching.
LISTED: Final = 100
_DCTERMS: Final = PREFIXES["dcterms"]
_WIDER: Final = (*UPWARDS, RDFS + "subClassOf")
#: What stands elsewhere in an entity, or is no link between things.
_ELSEWHERE: Final = (
    *NAMES,
    *_WIDER,
    *SAME,
    *CLOSE,
    TYPE,
    HER2 + "hasSection",
    HER2 + "hasHeading",
    _DCTERMS + "creator",
)


def entity(graph: Names, name: str, limit: int = LISTED, offset: int = 0) -> Entity:
    """A thing by its IRI, an identifier or any of its names, with its statements from ``offset`` on.

    Raises :class:`graph_build.lookup.reader.NoSuchThing`.
    """
    return described(graph, resolve(graph, name), limit, offset)


def described(graph: Names, iri: str, limit: int = LISTED, offset: int = 0) -> Entity:
    """A thing of which it is known that it is in the graph."""
    kinds = graph.kinds(iri)
    values: dict[str, list[str]] = defaultdict(list)
    relations: dict[bool, list[Relation]] = {True: [], False: []}
    links = []
    for quad in graph.quads(iri, None, None):
        predicate, value = quad.predicate.value, quad.object
        short = curie(predicate) or predicate
        if predicate in (*SAME, *CLOSE) and isinstance(value, NamedNode):
            links.append(Link(relation=short, iri=value.value, curie=curie(value.value) or ""))
        elif predicate in _WIDER or predicate not in _ELSEWHERE:
            if isinstance(value, Literal):
                values[short].append(value.value)
            elif isinstance(value, NamedNode):
                said = Relation(
                    predicate=short, iri=value.value, label=graph.label(value.value), graphs=graph.graphs(quad)
                )
                relations[predicate in _WIDER].append(said)
    below = {s for way in _WIDER for s in graph.subjects(way, iri)}
    studies = _studies(graph, iri)
    return Entity(
        iri=iri,
        label=graph.label(iri),
        kind=next(iter(kinds), ""),
        kinds=kinds,
        names=tuple(sorted({v for name in NAMES for v in graph.objects(iri, name)} - {graph.label(iri)})),
        values={name: tuple(sorted(found)) for name, found in sorted(values.items())},
        above=_ordered(relations[True]),
        below=_things(graph, below),
        below_total=len(below),
        relations=_ordered(relations[False])[:LISTED],
        links=tuple(sorted(links, key=lambda link: (link.relation, link.iri))),
        studies=_things(graph, studies),
        studies_total=len(studies),
        statements=listed(graph, naming(graph, iri), limit, offset),
        paper=paper(graph, iri) if "Publication" in kinds else None,
    )


def _ordered(relations: list[Relation]) -> tuple[Relation, ...]:
    return tuple(sorted(relations, key=lambda one: (one.predicate, one.label, one.iri)))


def _things(graph: Reader, iris: set[str]) -> tuple[Thing, ...]:
    """The first of some things by label."""
    things = [Thing(iri=iri, label=graph.label(iri)) for iri in iris]
    return tuple(sorted(things, key=lambda one: (one.label.casefold(), one.iri))[:LISTED])


def _studies(graph: Reader, iri: str) -> set[str]:
    """The studies that have to do with a thing, or with what belongs to it."""
    every = graph.subjects(TYPE, HER2 + "Study")
    return {study for one in graph.below(iri) for study in graph.subjects(None, one)} & every - {iri}


def dataset(graph: Names, report: Mapping[str, Any]) -> Dataset:
    """What this graph is, by its own description and the report of its build."""
    software = report.get("software", {})
    documents = sorted(graph.subjects(TYPE, HER2 + "Document"))
    return Dataset(
        iri=DATASET,
        title=graph.one(DATASET, _DCTERMS + "title") or "",
        version=graph.one(DATASET, PREFIXES["dcat"] + "version") or str(software.get("version", "")),
        licence=graph.one(DATASET, _DCTERMS + "license") or "",
        software=" ".join(str(software[name]) for name in ("name", "version") if name in software),
        triples=int(report.get("quads", 0)),
        counts={str(name): int(count) for name, count in sorted(report.get("counts", {}).items())},
        kinds=graph.concept_kinds,
        predicates=predicates(graph),
        documents=tuple(paper(graph, iri) for iri in documents[:LISTED]),
        examples=tuple(
            Thing(iri=iri, label=graph.label(iri))
            for iri in graph.objects(DATASET, PREFIXES["void"] + "exampleResource")
        ),
    )
