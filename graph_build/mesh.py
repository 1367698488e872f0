"""MeSH as far as the project has it: names → identifiers for printed headings, and what MeSH says of its records.

``ontology/mesh.tsv`` holds the records with their tree numbers and mapped headings, ``ontology/mesh-qualifiers.tsv``
the qualifiers that headings allow; vocabulary files confirm each row (``tools/mesh_table.py``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from .resources import resource
from .terms import rows
from .vocabulary import BASE, MESH, slug


@dataclass(frozen=True, slots=True, kw_only=True)
class MeshRecord:
    """A descriptor, qualifier or supplementary record in its newest edition here."""

    id: str
    label: str
    kind: str
    trees: tuple[str, ...] = ()
    mapped_to: tuple[str, ...] = ()  # headings under which a supplementary record is filed
    qualifiers: str = ""  # the heading under which the set of its allowed qualifiers stands


@dataclass(frozen=True, slots=True)
class Mesh:
    """Labels → identifiers, qualifiers apart, and the records."""

    descriptors: Mapping[str, str]
    qualifiers: Mapping[str, str]
    records: Mapping[str, MeshRecord] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)  # tree number → descriptor
    allowed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # sets of qualifiers by MeshRecord.qualifiers
    printed: Mapping[tuple[str, bool], str] = field(default_factory=dict)  # by label, and whether it is a qualifier's

    def with_printed(self, printed: Iterable[tuple[str, str]]) -> Mesh:
        """The same with the numbers that a record of NLM gives beside names which the tables do not have."""
        return replace(self, printed={(label.casefold(), number[0] == "Q"): number for label, number in printed})

    def descriptor(self, label: str) -> tuple[str, bool]:
        """The IRI of a heading, supplementary concept or publication type, and whether its number is known."""
        return _iri(self._number(label), label)

    def qualifier(self, label: str) -> tuple[str, bool]:
        """The IRI of a qualifier, and whether its number is known."""
        return _iri(self._number(label, qualifier=True), label)

    def pair(self, descriptor: str, qualifier: str) -> str | None:
        """The IRI of a descriptor–qualifier pair, when both numbers are known."""
        one, two = self._number(descriptor), self._number(qualifier, qualifier=True)
        return f"{MESH}{one}{two}" if one and two else None

    def _number(self, label: str, *, qualifier: bool = False) -> str | None:
        name = label.casefold()
        return (self.qualifiers if qualifier else self.descriptors).get(name) or self.printed.get((name, qualifier))

    def allows(self, descriptor: str, qualifier: str) -> bool:
        """Whether MeSH lists the pair of these two identifiers as allowed."""
        record = self.records.get(descriptor)
        return record is not None and qualifier in self.allowed.get(record.qualifiers, ())

    def type_of(self, identifier: str) -> str:
        """The class that MeSH RDF gives a record, or the one above where our files do not tell which.

        * Only Male and Female, which stand in no tree, are check tags there; Humans and Animals are topics.
        * The files do not say what a supplementary record is; one whose headings are all chemicals (tree D) is one,
          since protocols, the other kind with drugs among its headings, have a heading of therapy too.
        """
        record = self.records[identifier]
        if record.kind == "qualifier":
            return "meshv:Qualifier"
        if record.kind == "supplementary":
            headings = [self.records[h] for h in record.mapped_to if h in self.records]
            chemical = bool(headings) and all(_in(h, "D") for h in headings)
            return "meshv:SCR_Chemical" if chemical else "meshv:SupplementaryConceptRecord"
        if not record.trees:
            return "meshv:CheckTag" if record.kind == "check-tag" else "meshv:Descriptor"
        letters = {tree[0] for tree in record.trees}
        if letters == {"V"}:
            return "meshv:PublicationType"
        if letters == {"Z"}:
            return "meshv:GeographicalDescriptor"
        return "meshv:TopicalDescriptor" if letters.isdisjoint("VZ") else "meshv:Descriptor"


def _in(record: MeshRecord, letter: str) -> bool:
    return any(tree.startswith(letter) for tree in record.trees)


def above(tree: str) -> Iterator[tuple[str, str]]:
    """The steps up from a tree number: each with the one above it.

    >>> list(above("C04.588.894"))
    [('C04.588.894', 'C04.588'), ('C04.588', 'C04')]
    """
    while "." in tree:
        parent = tree.rpartition(".")[0]
        yield tree, parent
        tree = parent


def split_pair(pair: str) -> tuple[str, str]:
    """Descriptor and qualifier of the IRI of a pair.

    >>> split_pair("http://id.nlm.nih.gov/mesh/D002289Q000188")
    ('D002289', 'Q000188')
    """
    descriptor, q, qualifier = pair.removeprefix(MESH).partition("Q")
    return descriptor, q + qualifier


def _iri(identifier: str | None, label: str) -> tuple[str, bool]:
    """An unknown heading gets an IRI of ours, never a guessed one."""
    return (MESH + identifier, True) if identifier else (f"{BASE}mesh-heading/{slug(label)}", False)


@cache
def load_mesh() -> Mesh:
    """The tables that the project ships."""
    descriptors: dict[str, str] = {}
    qualifiers: dict[str, str] = {}
    records: dict[str, MeshRecord] = {}
    editions: dict[str, str] = {}
    for _, row in rows(resource("ontology", "mesh.tsv")):
        (qualifiers if row["kind"] == "qualifier" else descriptors).setdefault(row["label"].casefold(), row["id"])
        if row["source"] > editions.get(row["id"], ""):  # "MeSH 2026 …" after "MeSH 2025 …": the newest name counts
            editions[row["id"]] = row["source"]
            records[row["id"]] = MeshRecord(
                id=row["id"],
                label=row["label"],
                kind=row["kind"],
                trees=_items(row["trees"]),
                mapped_to=_items(row["mapped_to"]),
                qualifiers=row["qualifiers"],
            )
    allowed = {
        row["heading"]: frozenset(_items(row["qualifiers"]))
        for _, row in rows(resource("ontology", "mesh-qualifiers.tsv"))
    }
    at = {tree: record.id for record in records.values() for tree in record.trees}
    return Mesh(descriptors, qualifiers, records, at, allowed)


def _items(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
