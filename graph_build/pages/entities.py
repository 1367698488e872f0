"""What the graph says about one IRI: bounded lookups in the store, no queries."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store, Triple

from ..answers import Term
from ..model import Her2kgError
from ..prefixes import PREFIXES, curie
from ..vocabulary import BASE, HER2
from .labels import called

#: Of one kind of link so many are shown on a page, and counted.
SHOWN: Final = 25
COUNTED: Final = 5_000
#: The largest description as data, in triples.
LARGEST: Final = 100_000
_NAMES_LISTED: Final = 50_000

_SKOS, _RDFS, _BIOLINK, _OA = PREFIXES["skos"], PREFIXES["rdfs"], PREFIXES["biolink"], PREFIXES["oa"]
TYPE: Final = PREFIXES["rdf"] + "type"
NAMES: Final = (_SKOS + "prefLabel", _SKOS + "altLabel", HER2 + "notation", _SKOS + "hiddenLabel")
MATCHES: Final = tuple(_SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch"))
BROADER: Final = (_SKOS + "broader", _RDFS + "subClassOf", HER2 + "inClass", HER2 + "memberOf")
#: From a paper by its DOI to the same by its PMID.
SAME_WORK: Final = PREFIXES["owl"] + "sameAs"
_LABELS: Final = (_RDFS + "label", _SKOS + "prefLabel", PREFIXES["dcterms"] + "title")
_STATED: Final = (_BIOLINK + "subject", _BIOLINK + "object")


class TooMuch(Her2kgError):
    """A description is too large to be given at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a page shows of a thing.  ``links_in`` has a count with each kind of link, which may end at COUNTED."""

    iri: str
    triples_out: dict[str, list[Term]]
    links_in: dict[str, tuple[int, list[str]]]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A mention by its place in the document, and what it names."""

    start: int
    end: int
    exact: str
    body: str


class Entities:
    """Lookups in a store, for pages and data."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.label = lru_cache(maxsize=20_000)(self._label)
        self.marks = lru_cache(maxsize=2_000)(self._marks)
        self._sorted = lru_cache(maxsize=20_000)(self._values)
        self.called = lru_cache(maxsize=20_000)(partial(called, store))  # the one thing with a label

    def short(self, iri: str) -> str:
        """A paper as it is cited in a line: its first author or journal and year; other things by their labels."""
        labels = self.values(iri, _RDFS + "label")
        return labels[0] if labels else self.label(iri)

    def _marks(self, section: str) -> tuple[Mark, ...]:
        """What a section names, and where."""
        found = []
        for mention in self.subjects(HER2 + "inSection", section):
            body = self.values(mention, _OA + "hasBody")
            place = [self.values(mention, HER2 + name) for name in ("start", "end", "exact")]
            if body and all(place) and place[0][0].isdecimal() and place[1][0].isdecimal():
                found.append(Mark(int(place[0][0]), int(place[1][0]), place[2][0], body[0]))
        return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.body)))

    def around(self, annotation: str) -> tuple[str, str]:
        """What stands before and after a quote in its text."""
        for target in self.values(annotation, _OA + "hasTarget"):
            for selector in self.values(target, _OA + "hasSelector"):
                before, after = self.values(selector, _OA + "prefix"), self.values(selector, _OA + "suffix")
                if before or after:
                    return " ".join(before), " ".join(after)
        return "", ""

    def is_value(self, iri: str, predicates: Iterable[str]) -> bool:
        """Whether anything has an IRI as the value of one of some properties."""
        node = _node(iri)
        return node is not None and any(
            next(self._subjects(predicate, node), None) is not None for predicate in predicates
        )

    def exists(self, iri: str) -> bool:
        """Whether the graph says anything about an IRI, links to it, or has a graph of this name."""
        node = _node(iri)
        if node is None:
            return False
        found = (
            quad
            for subject, object in ((node, None), (None, node))
            for quad in self.store.quads_for_pattern(subject, None, object, DefaultGraph())
        )
        return next(found, None) is not None or self.store.contains_named_graph(node)

    def described(self, iri: str) -> bool:
        """Whether the graph says anything about an IRI, so that its page shows more than links to it."""
        node = _node(iri)
        return node is not None and any(self.store.quads_for_pattern(node, None, None, DefaultGraph()))

    def _label(self, iri: str) -> str:
        """Its label, in English when there are several; else the words it stands for, else what is short of its IRI."""
        for name in _LABELS:
            labels = [o for o in self._objects(iri, name) if isinstance(o, Literal)]
            if labels:
                return min(labels, key=lambda o: (o.language != "en", o.value)).value
        exact = self.values(iri, HER2 + "exact")
        if exact:
            return f"“{exact[0][:100]}”" if len(exact[0]) <= 100 else f"“{exact[0][:100]}…”"
        if iri.startswith(BASE) and not iri.startswith(HER2):
            return iri.removeprefix(BASE)
        return curie(iri) or iri

    def _objects(self, iri: str, predicate: str) -> Iterator[Term]:
        node = _node(iri)
        if node is not None:
            for quad in self.store.quads_for_pattern(node, NamedNode(predicate), None, DefaultGraph()):
                yield quad.object

    def _subjects(self, predicate: str | None, node: NamedNode) -> Iterator[str]:
        """What links to a node."""
        property = NamedNode(predicate) if predicate else None
        for quad in self.store.quads_for_pattern(None, property, node, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def values(self, iri: str, predicate: str) -> list[str]:
        """The objects of a property as strings, sorted."""
        return list(self._sorted(iri, predicate))

    def _values(self, iri: str, predicate: str) -> tuple[str, ...]:
        return tuple(sorted(o.value for o in self._objects(iri, predicate) if isinstance(o, NamedNode | Literal)))

    def works(self, papers: Iterable[str]) -> set[str]:
        """Papers, each once: not by its PMID what is there by its DOI."""
        given = set(papers)
        return given.difference(*(self._sorted(paper, SAME_WORK) for paper in given))

    def description(self, iri: str) -> Description:
        """What a page shows of a thing."""
        out: dict[str, list[Term]] = defaultdict(list)
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
            out[quad.predicate.value].append(quad.object)
        links: dict[str, list[str]] = defaultdict(list)
        for predicate, subject in self._links_in(iri):
            links[predicate].append(subject)
        return Description(
            iri=iri,
            triples_out={p: sorted(objects, key=str) for p, objects in sorted(out.items())},
            links_in={p: (len(found), sorted(found)[:SHOWN]) for p, found in sorted(links.items())},
            parts=tuple(sorted(self.parts(iri))),
        )

    def _links_in(self, iri: str) -> Iterator[tuple[str, str]]:
        """What links to an IRI: the first of a hub's, but not the statements, which a page shows by themselves."""
        node = NamedNode(iri)
        counts: dict[str, int] = defaultdict(int)
        for quad in islice(self.store.quads_for_pattern(None, None, node, DefaultGraph()), LARGEST):
            predicate = quad.predicate.value
            counts[predicate] += 1
            if predicate not in _STATED and counts[predicate] <= COUNTED and isinstance(quad.subject, NamedNode):
                yield predicate, quad.subject.value

    def subjects(self, predicate: str, iri: str, limit: int = COUNTED) -> list[str]:
        """What has an IRI as the value of a property, sorted; of a hub, the first that the store gives."""
        node = _node(iri)
        return sorted(islice(self._subjects(predicate, node), limit)) if node else []

    def parts(self, iri: str) -> set[str]:
        """The ``#``-IRIs that belong to one: in the graph of its name, and linked with it."""
        beginning, node = iri + "#", NamedNode(iri)
        found = {t.subject.value for t in islice(self._graph(node), LARGEST) if isinstance(t.subject, NamedNode)}
        found.update(islice(self._subjects(None, node), LARGEST))
        for quad in self.store.quads_for_pattern(node, None, None, DefaultGraph()):
            if isinstance(quad.object, NamedNode):
                found.add(quad.object.value)
        return {part for part in found if part.startswith(beginning)}

    def _graph(self, node: NamedNode) -> Iterator[Triple]:
        return (quad.triple for quad in self.store.quads_for_pattern(None, None, None, node))

    def data(self, iri: str) -> set[Triple]:
        """A thing as data: what it and its parts are, and the statements about it with their evidence.

        For the name of a graph it is also what that graph holds.  Raises :class:`TooMuch`.
        """
        node = NamedNode(iri)
        found: set[Triple] = set()

        def add(triples: Iterator[Triple]) -> None:
            found.update(islice(triples, LARGEST + 1 - len(found)))
            if len(found) > LARGEST:
                raise TooMuch(f"this is more than {LARGEST:,} triples; ask /sparql for a part of it")

        add(self._about(iri))
        add(self._graph(node))
        for part in self.parts(iri):
            add(self._about(part))
        for name in _STATED:
            for statement in self._subjects(name, node):
                add(self._about(statement))
                for evidence in self.values(statement, HER2 + "hasEvidence"):
                    add(self._about(evidence))
        for evidence in self.values(iri, HER2 + "hasEvidence"):
            add(self._about(evidence))
        return found

    def alone(self, iri: str) -> set[Triple]:
        """What the graph says of a thing itself."""
        return set(self._about(iri))

    def _about(self, iri: str) -> Iterator[Triple]:
        return (q.triple for q in self.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()))

    @cached_property
    def _named(self) -> dict[str, str]:
        """Things by their names in lower case, for those who mistype one; read when that first happens."""
        names: dict[str, str] = {}
        for name in (*_LABELS, _SKOS + "altLabel", HER2 + "notation"):
            for quad in self.store.quads_for_pattern(None, NamedNode(name), None, DefaultGraph()):
                if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, Literal):
                    continue
                iri = quad.subject.value
                if iri.startswith(BASE) and "#" not in iri and "/statement/" not in iri:
                    names.setdefault(quad.object.value.lower(), iri)
                    names.setdefault(iri.removeprefix(BASE).lower(), iri)
                if len(names) >= _NAMES_LISTED:
                    return names
        return names

    def near(self, wanted: str) -> list[str]:
        """The things whose names or IRIs are nearest to what was looked for, best first."""
        path = wanted.removeprefix(BASE)[:80].lower()
        words = path.rpartition("/")[2].replace("-", " ")
        found = [
            (difflib.SequenceMatcher(None, wanted, name).ratio(), name)
            for wanted in (path, words)
            for name in difflib.get_close_matches(wanted, self._named, n=5, cutoff=0.6)
        ]
        return list(dict.fromkeys(self._named[name] for _, name in sorted(found, reverse=True)))[:5]


def _node(iri: str) -> NamedNode | None:
    """The node of an IRI; nothing for what is none."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None
