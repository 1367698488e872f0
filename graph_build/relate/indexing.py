"""What the indexers say: a gene and a disease that are both main topics of the paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Document, Evidence, QuoteRole, SectionType, Statement
from ..recognise.names import finder
from .sureness import sureness


def indexed(document: Document, lexicon: Lexicon) -> Iterator[Statement]:
    """``studiedIn`` for each gene and disease among the starred headings; both lines are the evidence."""
    blocks = [(i, s.span) for i, s in enumerate(document.sections) if s.type is SectionType.MESH]
    starred = [
        (heading, concept)
        for heading in document.headings
        if heading.major
        for concept in _concepts(heading.descriptor, lexicon)
    ]
    for heading, gene in starred:
        for other, disease in starred:
            if gene.cls is not ConceptClass.GENE or disease.cls is not ConceptClass.DISEASE:
                continue
            for line, section in [(h, i) for h in (heading, other) for i, span in blocks if h.span in span]:
                yield Statement(
                    subject=gene,
                    predicate="studiedIn",
                    object=disease,
                    evidence=Evidence(
                        span=line.span,
                        section=section,
                        role=QuoteRole.INDEXING,
                        rule="indexed-together",
                        confidence=sureness("indexed-together"),
                    ),
                )


@lru_cache(maxsize=1 << 14)
def _concepts(descriptor: str, lexicon: Lexicon) -> tuple[ConceptId, ...]:
    """The genes and diseases whose name is the whole descriptor; the same descriptors come again and again."""
    return tuple(
        hit.name.concept
        for hit in finder(lexicon).find(descriptor)
        if len(hit.span) == len(descriptor) and hit.name.concept.cls in (ConceptClass.GENE, ConceptClass.DISEASE)
    )
