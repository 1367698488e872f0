"""What MeSH says of the records that the graph uses, in the words of MeSH RDF.

This is the vocabulary's knowledge and stands with the mappings; what a document prints stays in the document's graph.
Every record in use gets its name and class; one that our tables do not have, whose number a record of PubMed gives
beside its name, gets the class that its number shows.  Those that a document is indexed with, or to which a concept
that a document names is mapped, get their place in the trees too, with all headings above, so that a question about
a branch of MeSH needs no other source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from ..mesh import Mesh, above
from ..vocabulary import GRAPH, MESH
from ..write import GraphWriter, Quad, iri, text

_RECORD: Final = re.compile("<" + re.escape(MESH) + r"([CDQ]\d{6,})(Q\d{6,})?>")  # a tree number, C04, is no record
_MESH: Final = f"<{MESH}"
_LABEL: Final = iri("rdfs:label")
#: By what a document names a concept: mentions, and statements, where an elided head is made whole.
_NAMES: Final = frozenset(map(iri, ("oa:hasBody", "biolink:subject", "biolink:object", "her2:context")))
#: What a number is, by its letter.
_CLASSES: Final = {"D": "meshv:Descriptor", "C": "meshv:SupplementaryConceptRecord", "Q": "meshv:Qualifier"}
_DOCUMENTS: Final = f"<{GRAPH}document/"


@dataclass(frozen=True, slots=True)
class Uses:
    """The MeSH records that a document's graph leads to, and how the document prints their names."""

    used: set[tuple[str, str]] = field(default_factory=set)  # records, and pairs of a heading and a qualifier
    printed: dict[str, set[str]] = field(default_factory=dict)

    def add(self, other: Uses) -> None:
        """Take in those of another document."""
        self.used.update(other.used)
        for identifier, labels in other.printed.items():
            self.printed.setdefault(identifier, set()).update(labels)


def uses_of(graph: Iterable[Quad]) -> tuple[Uses, set[str]]:
    """The records that the graph of a document leads to, and all that it names."""
    uses, named = Uses(), set()
    for subject, predicate, target, _ in graph:
        if target.startswith(_MESH) and (found := _record(target)):
            uses.used.add(found)
        if predicate == _LABEL and subject.startswith(_MESH) and (found := _record(subject)):
            uses.printed.setdefault(found[0], set()).add(target)
        if predicate in _NAMES:
            named.add(target)
    return uses, named


def mesh_quads(graph: Iterable[Quad], mesh: Mesh) -> set[Quad]:
    """The triples about the MeSH records in a graph of documents, concepts and mappings."""
    documents: list[Quad] = []
    others: list[Quad] = []
    for quad in graph:
        (documents if quad[3].startswith(_DOCUMENTS) else others).append(quad)
    uses, named = uses_of(documents)
    return used_mesh_quads(uses, named, others, mesh)


def used_mesh_quads(uses: Uses, named: Collection[str], others: Iterable[Quad], mesh: Mesh) -> set[Quad]:
    """The same from what documents use and name, and the quads of concepts and mappings."""
    writer = GraphWriter(GRAPH + "mappings")
    used = set(uses.used)
    placed = {one for one, _ in used if one[0] != "Q"}
    for subject, _, target, _ in others:
        if found := _record(target):
            used.add(found)
            if subject in named and found[0][0] != "Q":
                placed.add(found[0])
    placed |= {h for i in placed if i in mesh.records for h in mesh.records[i].mapped_to}
    trees = {tree for i in placed if i in mesh.records for tree in mesh.records[i].trees}
    ways = {step for tree in trees for step in above(tree)}
    trees |= {parent for _, parent in ways}
    headings = {mesh.at[tree] for tree in trees if tree in mesh.at}
    pairs = {(one, two) for one, two in used if two}
    single = {one for one, two in used if not two} | {i for pair in pairs for i in pair} | headings | placed
    for identifier in single:
        if identifier not in mesh.records:
            writer.type(MESH + identifier, _CLASSES[identifier[0]])
            continue
        _add_record(writer, mesh, identifier, uses.printed.get(identifier, set()))
        if identifier in placed:
            for heading in mesh.records[identifier].mapped_to:
                writer.link(MESH + identifier, "meshv:mappedTo", MESH + heading)
    for tree in trees & set(mesh.at):
        writer.link(MESH + mesh.at[tree], "meshv:treeNumber", MESH + tree)
    for tree, parent in ways:
        writer.link(MESH + tree, "meshv:parentTreeNumber", MESH + parent)
    for one, two in pairs:
        _add_pair(writer, mesh, one, two, uses.printed)
    return writer.quads


def _record(term: str) -> tuple[str, str] | None:
    """The record that a term names, or the pair; a tree number is none."""
    match = _RECORD.fullmatch(term)
    return (match[1], match[2] or "") if match else None


def _add_record(writer: GraphWriter, mesh: Mesh, identifier: str, printed: set[str]) -> None:
    """Class and name; where a document prints another name, MeSH's own is the preferred one beside it.

    So a record has one ``rdfs:label`` for each way in which documents print it, and never a second for the same.
    """
    node, name = MESH + identifier, text(mesh.records[identifier].label, "en")
    writer.type(node, mesh.type_of(identifier))
    if not printed:
        writer.add(node, "rdfs:label", name)
    elif printed != {name}:
        writer.add(node, "skos:prefLabel", name)


def _add_pair(
    writer: GraphWriter, mesh: Mesh, descriptor: str, qualifier: str, printed: Mapping[str, set[str]]
) -> None:
    node = MESH + descriptor + qualifier
    allowed = mesh.allows(descriptor, qualifier)
    writer.type(node, "meshv:AllowedDescriptorQualifierPair" if allowed else "meshv:DescriptorQualifierPair")
    writer.link(node, "meshv:hasDescriptor", MESH + descriptor)
    writer.link(node, "meshv:hasQualifier", MESH + qualifier)
    names = [_name(mesh, identifier, printed.get(identifier, ())) for identifier in (descriptor, qualifier)]
    if all(names):
        writer.add(node, "rdfs:label", f'"{"/".join(names)}"@en')


def _name(mesh: Mesh, identifier: str, printed: Iterable[str]) -> str:
    """MeSH's name of a record, else the first of those that documents print; between the quotes of a literal."""
    known = mesh.records.get(identifier)
    return (text(known.label, "en") if known else min(printed, default='""@en'))[1 : -len('"@en')]
