"""What the indexers say: a gene and a disease that are both main topics of the paper."""

from __future__ import annotations

from collections.abc import Iterator

from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Document, Evidence, Heading, QuoteRole, SectionType, Statement
from ..recognise.names import finder


def indexed(document: Document, lexicon: Lexicon) -> Iterator[Statement]:
    """``studiedIn`` for each gene and disease among the starred headings; both lines are the evidence."""
    blocks = [(i, s.span) for i, s in enumerate(document.sections) if s.type is SectionType.MESH]
    starred = [
        (heading, concept) for heading in document.headings if heading.major for concept in _concepts(heading, lexicon)
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
                        confidence=0.7,
                    ),
                )


def _concepts(heading: Heading, lexicon: Lexicon) -> Iterator[ConceptId]:
    """The concepts whose name is the whole descriptor."""
    for hit in finder(lexicon).find(heading.descriptor):
        if len(hit.span) == len(heading.descriptor) and hit.name.concept.cls in (
            ConceptClass.GENE,
            ConceptClass.DISEASE,
        ):
            yield hit.name.concept
