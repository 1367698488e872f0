"""Vocabularies at work: the hits in a document, and the concepts that they stand for."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..lexicon import Name
from ..model import Concept, ConceptClass, ConceptId, Document, Span
from ..prefixes import PrefixError, vocabulary
from ..recognise.external import Grounding
from ..recognise.names import Hit
from ..vocabulary import DATASET, slug
from .gather import Vocabularies, iri_of
from .keys import name_key
from .kinds import is_tumour, prefix_of
from .support import settle


@dataclass(slots=True)
class VocabularyGrounder:
    """Grounds the names of documents in vocabularies."""

    vocabularies: Vocabularies

    def ground(self, document: Document, zones: Sequence[Span], known: Sequence[Hit]) -> Grounding:
        """The hits in the zones of a document that go well with those the lexicon already has there."""
        settled, ambiguous = settle(self.vocabularies.index, document, zones)
        hits: list[Hit] = []
        concepts: dict[ConceptId, Concept] = {}
        for span, entry in settled:
            concept = self.concept_id(entry)
            if _has_room(span, concept.cls, known):
                hits.append(Hit(span, Name(text=span.of(document.text), concept=concept)))
                if concept.iri and concept not in concepts:
                    concepts[concept] = self.concept(entry)
        silent = {
            c.id
            for c in concepts.values()
            if c.id.cls is ConceptClass.EXTERNAL
            or (c.id.cls is ConceptClass.DISEASE and not is_tumour((c.id.label, *c.synonyms)))
        }
        taken = {hit.span.of(document.text) for hit in known}
        return Grounding(
            hits=_outermost(hits),
            concepts=concepts,
            ambiguous={name: ids for name, ids in ambiguous.items() if name not in taken},
            silent=frozenset(silent),
        )

    def concept_id(self, entry: int) -> ConceptId:
        """Our concept where the entry is mapped to one, else one with the vocabulary's IRI."""
        index = self.vocabularies.index
        if entry in index.ours:
            return index.ours[entry]
        return ConceptId(index.kind(entry), index.labels[entry], iri_of(index.ids[entry]))

    def concept(self, entry: int) -> Concept:
        """The concept of an entry, with its names and its matches in the other vocabularies."""
        index = self.vocabularies.index
        this = self.concept_id(entry)
        synonyms = sorted({*index.names_of(entry)} - {this.label})
        return Concept(
            id=this,
            type=this.cls.value,
            synonyms=tuple(synonyms),
            scheme=scheme_iri(index.ids[entry]),
            matches=tuple(sorted(iri_of(index.ids[other]) for other in self._same(entry))),
        )

    def _same(self, entry: int) -> set[int]:
        """The entries of other vocabularies that share a name with this one and that a cross-reference joins to it."""
        index = self.vocabularies.index
        shared = {
            c.entry
            for name in index.names_of(entry)
            for c in index.candidates(name_key(name))
            if index.ranks[c.entry] != index.ranks[entry]
        }
        return {
            other
            for other in shared
            if index.ids[other] in index.xrefs.get(entry, ()) or index.ids[entry] in index.xrefs.get(other, ())
        }


def scheme_iri(identifier: str) -> str:
    """The node of the vocabulary of an entry; that of the dataset description where the vocabulary is registered."""
    prefix = prefix_of(identifier) or identifier.rpartition("/")[0].rpartition("//")[2] or "iri"
    with contextlib.suppress(PrefixError):
        prefix = vocabulary(prefix).prefix
    return f"{DATASET}#vocabulary-{slug(prefix)}"


def _has_room(span: Span, cls: ConceptClass, known: Sequence[Hit]) -> bool:
    """Whether a hit may stand beside those of the lexicon, which goes first.

    A longer name takes the place of a shorter one of its class ("small cell lung cancer" of "lung
    cancer"), but never that of a gene, an alteration or a population that the lexicon reads in it.
    """
    beside = [hit for hit in known if hit.span.overlaps(span)]
    return all(hit.name.concept.cls is cls and hit.span in span and len(hit.span) < len(span) for hit in beside)


def _outermost(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits without those inside of a longer one, and of two that cross the longer, then the earlier."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (-len(h.span), h.span, h.name.concept)):
        if not any(hit.span.overlaps(other.span) for other in kept):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: (h.span, h.name.concept)))
