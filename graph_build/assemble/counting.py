"""True counts of a graph of any size, from its sorted lines: one pass; memory holds classes and properties only.

Sorting brings the lines of a subject together, and within them those of a predicate and of a triple; only the
different objects must be kept apart in another way (:class:`~graph_build.parts.sorting.Distinct`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from ..vocabulary import BASE, GRAPH
from ..write import iri

_TYPE: Final = iri("rdf:type").encode()
_IS_CONCEPT: Final = b"%b %b <" % (_TYPE, iri("skos:Concept").encode())
_DOCUMENTS: Final = f"<{GRAPH}document/".encode()


class Distinct(Protocol):
    """What counts different things of several kinds."""

    def add(self, kind: int, values: Collection[bytes]) -> None:
        """Take some things of a kind."""

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
        self._uses: dict[bytes, OfProperty] = {}

    def passing(self, blocks: Iterable[list[bytes]]) -> Iterator[list[bytes]]:
        """The same sorted lines; once the last have passed, :attr:`counts` is complete.

        The lines of a subject must be in one block.
        """
        counts, graphs = self.counts, Counter[bytes]()
        for block in blocks:
            graphs.update(self._block(block))
            yield block
        counts.objects, of_kind = self._distinct.counts()
        counts.triples = sum(uses.triples for uses in self._uses.values())
        counts.graphs = Counter({graph.decode(): many for graph, many in graphs.items()})
        for number, (term, uses) in enumerate(self._uses.items()):
            uses.objects = of_kind[number]
            counts.properties[term.decode()] = uses
        if found := self._uses.get(_TYPE):
            counts.entities = found.subjects

    def _block(self, lines: list[bytes]) -> Counter[bytes]:
        """Count some lines; how many each graph has, but for those of documents, is returned."""
        subjects = 0
        last_subject = last_predicate = last_value = b""
        values: defaultdict[bytes, list[bytes]] = defaultdict(list)
        firsts: list[bytes] = []  # a predicate for each subject that has it
        graphs: list[bytes] = []
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            value, _, graph = rest[:-3].rpartition(b" ")
            graphs.append(graph)
            if subject != last_subject:
                last_subject = subject
                subjects += 1
            elif predicate == last_predicate:
                if value != last_value:
                    last_value = value
                    values[predicate].append(value)
                continue
            last_predicate, last_value = predicate, value
            firsts.append(predicate)
            values[predicate].append(value)
        self.counts.subjects += subjects
        for predicate, many in Counter(firsts).items():
            self._uses.setdefault(predicate, OfProperty()).subjects += many
        numbers = {predicate: number for number, predicate in enumerate(self._uses)}
        for predicate, those in values.items():
            self._uses[predicate].triples += len(those)
            self._distinct.add(numbers[predicate], set(those))
        self.counts.classes.update({term.decode(): many for term, many in Counter(values[_TYPE]).items()})
        for line in lines:
            if _IS_CONCEPT in line:
                subject, _, rest = line.partition(b" ")
                if rest.startswith(_IS_CONCEPT):
                    self._concept(subject)
        return Counter({graph: many for graph, many in Counter(graphs).items() if not graph.startswith(_DOCUMENTS)})

    def _concept(self, subject: bytes) -> None:
        if subject in self._wanted:
            self.counts.concepts.add(self._wanted[subject])
        plain = subject.decode().strip("<>").removeprefix(BASE)
        if not self.counts.first_concept or plain < self.counts.first_concept:
            self.counts.first_concept = plain
