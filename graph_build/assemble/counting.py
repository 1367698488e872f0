"""True counts of a graph of any size, from its sorted lines: one pass, and memory for classes and properties only.

Sorting brings the lines of a subject together, and within them those of a predicate and of a triple; only the
different objects must be kept apart in another way (:class:`~graph_build.parts.sorting.Distinct`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from ..vocabulary import BASE, GRAPH
from ..write import iri

_TYPE: Final = iri("rdf:type").encode()
_CONCEPT: Final = iri("skos:Concept").encode()
_DOCUMENTS: Final = f"<{GRAPH}document/".encode()


class Distinct(Protocol):
    """What counts different things of several kinds."""

    def add(self, kind: int, value: bytes) -> None:
        """Take a thing."""

    def counts(self) -> tuple[int, dict[int, int]]:
        """How many values there are, and how many of each kind."""


@dataclass(slots=True)
class OfProperty:
    """How often a property is used."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0


@dataclass(slots=True)
class Counts:
    """How much of what there is; terms are N-Quads terms."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    properties: dict[str, OfProperty] = field(default_factory=dict)
    graphs: Counter[str] = field(default_factory=Counter)  # without those of documents
    concepts: set[str] = field(default_factory=set)  # those of our own that were asked for
    first_concept: str = ""  # the first of all, without the base of ours


class Counting:
    """Counts the lines that pass through it."""

    def __init__(self, distinct: Distinct, wanted: Iterable[str]) -> None:
        self.counts = Counts()
        self._distinct = distinct
        self._wanted = {iri(BASE + name).encode(): name for name in wanted}
        self._numbers: dict[bytes, int] = {}

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines; once the last has passed, :attr:`counts` is complete."""
        triples = subjects = entities = 0
        classes: Counter[bytes] = Counter()
        graphs: Counter[bytes] = Counter()
        triples_of: list[int] = []
        subjects_of: list[int] = []
        last_triple = last_subject = last_predicate = last_entity = b""
        numbers, add = self._numbers, self._distinct.add
        number = 0
        for line in lines:
            triple, _, graph = line[:-3].rpartition(b" ")
            if not graph.startswith(_DOCUMENTS):
                graphs[graph] += 1
            if triple != last_triple:
                last_triple = triple
                triples += 1
                subject, predicate, value = triple.split(b" ", 2)
                if subject != last_subject:
                    last_subject, last_predicate = subject, b""
                    subjects += 1
                if predicate != last_predicate:
                    last_predicate = predicate
                    found = numbers.get(predicate)
                    if found is None:
                        found = numbers[predicate] = len(numbers)
                        triples_of.append(0)
                        subjects_of.append(0)
                    number = found
                    subjects_of[number] += 1
                triples_of[number] += 1
                add(number, value)
                if predicate == _TYPE:
                    classes[value] += 1
                    if subject != last_entity:
                        last_entity = subject
                        entities += 1
                    if value == _CONCEPT:
                        self._concept(subject)
            yield line
        objects, of_kind = self._distinct.counts()
        counts = self.counts
        counts.triples, counts.subjects, counts.objects, counts.entities = triples, subjects, objects, entities
        counts.classes = Counter({term.decode(): many for term, many in classes.items()})
        counts.graphs = Counter({term.decode(): many for term, many in graphs.items()})
        counts.properties = {
            term.decode(): OfProperty(triples_of[number], subjects_of[number], of_kind.get(number, 0))
            for term, number in numbers.items()
        }

    def _concept(self, subject: bytes) -> None:
        if subject in self._wanted:
            self.counts.concepts.add(self._wanted[subject])
        plain = subject.decode().strip("<>").removeprefix(BASE)
        if not self.counts.first_concept or plain < self.counts.first_concept:
            self.counts.first_concept = plain
