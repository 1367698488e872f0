"""Names that stand in no lexicon but in a vocabulary of the user: what is asked of whoever knows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..model import Concept, ConceptClass, ConceptId, Document, Section, Span
from .names import Hit
from .page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounding:
    """What vocabularies add to a document."""

    hits: tuple[Hit, ...] = ()
    concepts: Mapping[ConceptId, Concept] = field(default_factory=dict)  # of the hits, where they are not ours
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names → the identifiers they could stand for
    silent: frozenset[ConceptId] = frozenset()  # concepts that are mentioned, but of which no statement is made


class Grounder(Protocol):
    """Grounds names in vocabularies (:class:`graph_build.ground.VocabularyGrounder`)."""

    def ground(self, document: Document, zones: Sequence[Span], known: Sequence[Hit]) -> Grounding:
        """What there is in the zones of a document beside the hits of the lexicon."""


def external_names(
    page: Page, zones: Sequence[tuple[int, Section, Sequence[Hit]]], grounder: Grounder | None
) -> Grounding:
    """What vocabularies add to the hits of the lexicon; the concepts are noted."""
    if grounder is None:
        return Grounding()
    known = [hit for _, _, hits in zones for hit in hits]
    grounding = grounder.ground(page.document, [s.zone for _, s, _ in zones if s.zone], known)
    for concept in grounding.concepts.values():
        page.note(concept)
        if concept.id.cls is ConceptClass.GENE:
            page.genes[concept.id.label] = concept.id
    return grounding
