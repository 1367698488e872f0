"""What one document gives to a graph, so that it need not be read again: the work of one worker, as plain bytes.

A part holds the finished lines of the document's own graph, its entry in the report, and what the graphs for all
documents must know of it (which concepts it names, which MeSH records it uses, which studies it reports).
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from ..assemble import document_quads
from ..assemble.mesh_records import Uses, uses_of
from ..ground import VocabularyGrounder
from ..lexicon import Lexicon
from ..mesh import Mesh, load_mesh
from ..model import Document, Reading
from ..relate import interpret
from ..relate.clashes import Report, reports, same_works
from ..sssom import MappingSet
from ..vocabulary import concept_iri, document_slug, publication_iri
from ..write import Quad, iri, nquads
from .sealed import seal

_TYPE: Final = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Tools:
    """What every document is read with."""

    lexicon: Lexicon
    grounder: VocabularyGrounder | None
    mesh: Mesh
    mapped: frozenset[str]  # what the mappings map, as N-Quads terms
    known: frozenset[str]  # these, and the lexicon's concepts

    @classmethod
    def of(cls, lexicon: Lexicon, mappings: MappingSet, grounder: VocabularyGrounder | None) -> Tools:
        """The tools for a lexicon, mappings and, where there are any, vocabularies."""
        mapped = frozenset(iri(mappings.expand(row.subject_id)) for row in mappings.rows if not row.rejected)
        known = mapped | {iri(concept_iri(concept)) for concept in lexicon.concepts}
        return cls(lexicon, grounder, load_mesh(), mapped, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a document gives to the graph."""

    lines: bytes  # sorted N-Quads, packed
    quads: int
    text: bytes  # of the document, packed
    entry: str  # in the report, as JSON
    uses: str  # what the graphs for all documents must know, as JSON
    concepts: bytes | None  # composed, or of a vocabulary; sealed
    reading: bytes | None  # of a document with studies, whose names may clash with those of another; sealed
    reports: tuple[Report, ...]
    same_works: tuple[tuple[str, str], ...]  # the IRIs by PMID and by DOI of a publication


@dataclass(frozen=True, slots=True)
class Used:
    """What the graphs for all documents must know of one."""

    mapped: frozenset[str]  # the subjects of mappings that its graph has
    named: frozenset[str]  # the concepts that it names
    mesh: Uses
    external: int  # mentions of concepts of the user's vocabularies
    ambiguous: dict[str, list[str]]

    def written(self) -> str:
        """As JSON, so that equal ones are equal strings."""
        return json.dumps(
            [
                sorted(self.mapped),
                sorted(self.named),
                sorted(map(list, self.mesh.used)),
                {name: sorted(labels) for name, labels in sorted(self.mesh.printed.items())},
                self.external,
                self.ambiguous,
            ],
            ensure_ascii=False,
        )

    @classmethod
    def read(cls, written: str) -> Used:
        """The value of :meth:`written`."""
        mapped, named, used, printed, external, ambiguous = json.loads(written)
        uses = Uses({(one, two) for one, two in used}, {name: set(labels) for name, labels in printed.items()})
        return cls(frozenset(mapped), frozenset(named), uses, external, ambiguous)


def part_of(document: Document, tools: Tools) -> Part:
    """Read a document and write its graph."""
    return part_of_reading(interpret(document, tools.lexicon, tools.grounder), tools)


def part_of_reading(reading: Reading, tools: Tools) -> Part:
    """Write the graph of a reading."""
    quads, unresolved = document_quads(reading, tools.mesh)
    written = sorted(nquads(quads))
    composed = {iri(concept_iri(concept.id)) for concept in reading.concepts}
    uses, named = uses_of(quads)
    used = Used(
        mapped=tools.mapped & {quad[0] for quad in quads},
        named=frozenset(name for name in named if name in tools.known or name in composed),
        mesh=uses,
        external=sum(bool(mention.concept.iri) for mention in reading.mentions),
        ambiguous=reading.ambiguous,
    )
    reported = tuple(reports(reading))
    return Part(
        lines=zlib.compress(b"".join(written), 1),
        quads=len(written),
        text=zlib.compress(reading.document.text.encode(), 1),
        entry=json.dumps(_entry(reading, quads, unresolved), ensure_ascii=False),
        uses=used.written(),
        concepts=seal(reading.concepts) if reading.concepts else None,
        reading=seal(reading) if reported else None,
        reports=reported,
        same_works=tuple(same_works(reading)),
    )


def _entry(reading: Reading, quads: Iterable[Quad], unresolved: list[str]) -> dict[str, Any]:
    """What the report says of a document, but for the file in which it stands."""
    document = reading.document
    return {
        "sha256": document.sha256,
        "format": document.format,
        "document": document_slug(document.publication),
        "publication": publication_iri(document.publication),
        "counts": class_counts(Counter(local_name(o) for _, p, o, _ in quads if p == _TYPE)),
        "mentions": class_counts(Counter(mention.cls.value for mention in reading.mentions)),
        "warnings": list(document.warnings),
        "unresolved": unresolved,
    }


def local_name(term: str) -> str:
    """The name of a class without what stands before it.

    >>> local_name("<https://w3id.org/her2kg/ontology#Study>")
    'Study'
    """
    return term.strip("<>").rpartition("/")[2].rpartition("#")[2]


def class_counts(counts: Counter[str]) -> dict[str, int]:
    """Counts by name, in the order of the names."""
    return dict(sorted(counts.items()))
