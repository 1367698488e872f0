"""What is collected while one document is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..lexicon import Lexicon, compose_by_label
from ..model import Concept, ConceptClass, ConceptId, Document
from .names import Hit


@dataclass(slots=True)
class Page:
    """What is collected while one document is read; lives no longer than the call."""

    document: Document
    lexicon: Lexicon
    composed: dict[ConceptId, Concept] = field(default_factory=dict)
    genes: dict[str, ConceptId] = field(default_factory=dict)  # by symbol, those that are not the lexicon's
    changes: dict[str, ConceptId] = field(default_factory=dict)  # names of changes whose gene the document has told

    @property
    def text(self) -> str:
        return self.document.text

    def compose(self, gene: str, pattern: str) -> ConceptId:
        """The alteration of a gene; its concept is noted when the lexicon has no row for it."""
        for concept in self.lexicon.compose(gene, pattern):
            if concept.id not in self.lexicon.concepts:
                self.composed[concept.id] = self.with_own_gene(concept)
        return self.lexicon.alteration(gene, pattern)

    def gene(self, symbol: str) -> ConceptId:
        """The gene of a symbol: the lexicon's, else that of a vocabulary."""
        return self.genes.get(symbol) or ConceptId(ConceptClass.GENE, symbol)

    def with_own_gene(self, concept: Concept) -> Concept:
        """The concept, an alteration's gene with the IRI of its vocabulary."""
        links = tuple(
            (link, self.gene(target.label) if target.cls is ConceptClass.GENE else target)
            for link, target in concept.links
        )
        return replace(concept, links=links) if links != concept.links else concept

    def ground(self, hit: Hit) -> Hit:
        """The hit; an alteration that no lexicon row has is composed first."""
        concept = hit.name.concept
        if concept.cls is ConceptClass.ALTERATION and concept not in self.lexicon.concepts:
            for composed in compose_by_label(self.lexicon, concept.label):
                self.note(composed)
        return hit

    def note(self, concept: Concept) -> None:
        """Remember a concept that the lexicon does not have."""
        if concept.id not in self.lexicon.concepts:
            self.composed.setdefault(concept.id, concept)
