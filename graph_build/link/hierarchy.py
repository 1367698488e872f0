"""Is our hierarchy that of the vocabularies?  Each of our lines is compared with each vocabulary, and theirs with ours.

A line of ours is a concept with one above it: broader, the class of a drug, the family of a gene, and what follows
from these.  It is compared where both ends are mapped, as the same or nearly the same (``matched``).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Final

from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId
from ..sssom import CLOSE, EXACT, Row
from ..vocabulary import BASE, concept_iri
from .order import Order
from .terms import VocabularyFile

#: What a comparison can find; the first is no difference.
AGREES, NO_LINE, REVERSE, SAME, MISSING = FINDINGS = (
    "agrees",
    "not there",
    "reverse there",
    "one entry there",
    "missing here",
)
#: Links that lead up, beside ``skos:broader``.
_UP: Final = frozenset({"inClass", "memberOf"})
#: What is compared.  Designs, outcomes, populations and topics are mapped to headings of what a paper can be about,
#: whose trees are those of subjects ("Retrospective Studies" below "Case-Control Studies").
_COMPARED: Final = frozenset(
    {ConceptClass.DISEASE, ConceptClass.DRUG_CLASS, ConceptClass.GENE_FAMILY, ConceptClass.ALTERATION}
    | {ConceptClass.METHOD}
)
#: Classes whose concepts stand in one hierarchy.
_TOGETHER: Final = {ConceptClass.DRUG: ConceptClass.DRUG_CLASS, ConceptClass.GENE: ConceptClass.GENE_FAMILY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A child and a parent, in our hierarchy or in a vocabulary's."""

    child: str
    parent: str
    vocabulary: str  # the prefix of its identifiers
    child_id: str
    parent_id: str
    matched: str  # exact, or close when either end is only nearly the same
    ours: str  # direct, indirect or none
    theirs: str  # below, above, same or none
    finding: str
    edition: str
    note: str = ""  # why we depart, by a curator

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two lines the same, whatever they say."""
        return (self.child, self.parent, self.vocabulary)


COLUMNS: Final = tuple(f.name for f in fields(Line))


class Ours:
    """Our hierarchy."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.groups = {_curie(c): _TOGETHER.get(c.cls, c.cls) for c in lexicon.concepts}
        self.up: dict[str, tuple[str, ...]] = {
            _curie(c.id): tuple(map(_curie, (*c.broader, *(to for link, to in c.links if link in _UP))))
            for c in lexicon.concepts.values()
        }

    @cached_property
    def above(self) -> dict[str, frozenset[str]]:
        """All concepts above each."""
        found: dict[str, frozenset[str]] = {}

        def climb(one: str) -> frozenset[str]:
            if one not in found:
                found[one] = frozenset()  # a circle ends here; the loader of the lexicon refuses one
                direct = self.up.get(one, ())
                found[one] = frozenset(direct).union(*(climb(up) for up in direct))
            return found[one]

        for one in self.up:
            climb(one)
        return found

    def relation(self, child: str, parent: str) -> str:
        """direct, indirect or none."""
        return "direct" if parent in self.up[child] else "indirect" if parent in self.above[child] else "none"


def _curie(concept: ConceptId) -> str:
    return "her2kg:" + concept_iri(concept).removeprefix(BASE)


def compare(lexicon: Lexicon, mappings: Iterable[Row], files: Iterable[VocabularyFile]) -> list[Line]:
    """The lines of ours and of the vocabularies, sorted; those that follow from others are left out.

    A drug that does not stand below its class there is no difference: MeSH and ChEBI order substances by structure,
    and what they do is another relation, which is not in the files.
    """
    ours = Ours(lexicon)
    ends = mapped_ends(mappings, ours)
    orders = _orders(files, {identifier for found in ends.values() for ids in found.values() for identifier, _ in ids})
    lines: list[Line] = []
    for vocabulary, order in sorted(orders.items()):
        known = {c: [e for e in ids if e[0] in order.editions] for c, ids in ends[vocabulary].items()}
        one = _Comparison(ours, vocabulary, order, {c: ids for c, ids in known.items() if ids})
        lines += [*one.of_ours(), *one.only_theirs()]
    return sorted(lines, key=astuple)


def mapped_ends(mappings: Iterable[Row], ours: Ours) -> dict[str, dict[str, list[tuple[str, str]]]]:
    """For each vocabulary and each of our concepts, the entries it is mapped to, exact ones first."""
    ends: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for row in mappings:
        if row.predicate_id in (EXACT, CLOSE) and not row.rejected and ours.groups.get(row.subject_id) in _COMPARED:
            vocabulary = row.object_id.partition(":")[0]
            matched = "exact" if row.predicate_id == EXACT else "close"
            ends.setdefault(vocabulary, {}).setdefault(row.subject_id, []).append((row.object_id, matched))
    for found in ends.values():
        for ids in found.values():
            ids.sort(key=lambda end: (end[1] != "exact", end[0]))
    return ends


def _orders(files: Iterable[VocabularyFile], wanted: set[str]) -> dict[str, Order]:
    """The hierarchies in the files; a vocabulary without one is left out."""
    orders: dict[str, Order] = {}
    prefixes = {identifier.partition(":")[0] for identifier in wanted}
    for file in files:
        if not file.prefixes & prefixes:
            continue
        for term in file.terms():
            # What has neither a tree nor parents stands above nothing that is asked for: supplementary records.
            if (
                not term.obsolete
                and (term.id in wanted or not term.mapped_to)
                and term.id.partition(":")[0] in prefixes
            ):
                orders.setdefault(term.id.partition(":")[0], Order()).add(term, file.version)
    return {vocabulary: order for vocabulary, order in orders.items() if order.up or order.trees}


@dataclass(frozen=True, slots=True)
class _Comparison:
    ours: Ours
    vocabulary: str
    order: Order
    ends: Mapping[str, Sequence[tuple[str, str]]]

    def of_ours(self) -> Iterator[Line]:
        """What the vocabulary says of our lines."""
        for child in self.ends:
            above = self.ours.above[child] & self.ends.keys()
            lines = {parent: self._line(child, parent) for parent in above}
            for parent, line in lines.items():
                if line.finding == AGREES and line.ours == "direct":
                    yield line
                elif line.finding == NO_LINE and not child.startswith("her2kg:drug/"):
                    between = {z for z in above if parent in self.ours.above[z]}
                    if all(lines[z].finding != NO_LINE and self._theirs_of(z, parent) == "below" for z in between):
                        yield line
                elif line.finding in (REVERSE, SAME):
                    yield line

    def only_theirs(self) -> Iterator[Line]:
        """The lines that the vocabulary has and we have not, neither so nor the other way round."""
        theirs = {child: {p for p in self.ends if p != child and self._together(child, p)} for child in self.ends}
        theirs = {c: {p for p in found if self._theirs_of(c, p) == "below"} for c, found in theirs.items()}
        for child, parents in theirs.items():
            direct = parents - {far for near in parents for far in theirs[near]}
            for parent in direct:
                if self.ours.relation(child, parent) == self.ours.relation(parent, child) == "none":
                    yield self._line(child, parent)

    def _together(self, child: str, parent: str) -> bool:
        return self.ours.groups[child] == self.ours.groups[parent]

    def _theirs_of(self, child: str, parent: str) -> str:
        return self._line(child, parent).theirs

    def _line(self, child: str, parent: str) -> Line:
        pairs = [(self._theirs(c, p), c, p, {one, two}) for c, one in self.ends[child] for p, two in self.ends[parent]]
        rank = ("below", "same", "above", "none")
        theirs, child_id, parent_id, matched = min(pairs, key=lambda pair: ("close" in pair[3], rank.index(pair[0])))
        ours = self.ours.relation(child, parent)
        return Line(
            child=child,
            parent=parent,
            vocabulary=self.vocabulary,
            child_id=child_id,
            parent_id=parent_id,
            matched="close" if "close" in matched else "exact",
            ours=ours,
            theirs=theirs,
            finding=_finding(ours, theirs),
            edition=self.order.editions[child_id],
        )

    def _theirs(self, child: str, parent: str) -> str:
        if child == parent:
            return "same"
        if parent in self.order.above(child):
            return "below"
        return "above" if child in self.order.above(parent) else "none"


def _finding(ours: str, theirs: str) -> str:
    if ours == "none":
        return MISSING
    return {"below": AGREES, "above": REVERSE, "same": SAME, "none": NO_LINE}[theirs]


def with_notes(lines: Iterable[Line], noted: Iterable[Line]) -> list[Line]:
    """The lines with the notes of earlier ones on the same pair."""
    notes = {line.key: line.note for line in noted if line.note}
    return [replace(line, note=notes.get(line.key, "")) for line in lines]


def read_lines(path: Path) -> list[Line]:
    """The lines of a table that :func:`table` made."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Line(**row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def table(lines: Iterable[Line]) -> str:
    """Lines as tab-separated text with a header."""
    return "".join("\t".join(cells) + "\n" for cells in (COLUMNS, *map(astuple, lines)))
