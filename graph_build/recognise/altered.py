"""The alterations of a zone as hits: those that the grammar composes, and protein changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import Lexicon
from ..model import Concept, ConceptClass, ConceptId, Section, SectionType, Span
from .alterations import find_alterations, find_bare, gene_of
from .names import Hit, hit_of, longest
from .page import Page
from .sentences import sentences
from .variants import changes, known_variant


def merge_slashed(text: str, genes: list[Hit]) -> list[Hit]:
    """ "HER2/ERBB2/neu" is one mention of one gene."""
    merged: list[Hit] = []
    for hit in longest(genes):
        if merged and merged[-1].name.concept == hit.name.concept and text[merged[-1].span.end : hit.span.start] == "/":
            merged[-1] = hit_of(Span(merged[-1].span.start, hit.span.end), hit.name.concept, text)
        else:
            merged.append(hit)
    return merged


def with_gene(text: str, hit: Hit, genes: Sequence[Hit], lexicon: Lexicon) -> Hit:
    """A named variant with the gene right before it: "ERBB2 A775insYVMA"."""
    if hit.name.concept.cls is not ConceptClass.ALTERATION:
        return hit
    for gene in genes:
        beside = (
            re.fullmatch(r"[\s:]{1,2}", text[gene.span.end : hit.span.start])
            if gene.span.end < hit.span.start
            else None
        )
        if beside and gene_of(hit.name.concept, lexicon) == gene.name.concept:
            return Hit(Span(gene.span.start, hit.span.end), hit.name)
    return hit


def altered(page: Page, section: Section, hits: Sequence[Hit], genes: Sequence[Hit]) -> list[Hit]:
    """The alterations that a section's zone names beside those of the lexicon, of the genes found in it."""
    zone = section.zone
    assert zone is not None
    text, lexicon = page.text, page.lexicon
    places = [(hit.span, hit.name.concept.label) for hit in genes]
    if not places and not any(changes(text, zone)):
        return []
    found = [
        hit_of(f.span, page.compose(f.gene, f.pattern), text) for f in find_alterations(text, places, zone, lexicon)
    ]
    whole = sentences(text, zone) if section.type is SectionType.ABSTRACT else [zone]
    for sentence in whole:
        inside = {gene for span, gene in places if span in sentence}
        if len(inside) == 1:
            gene = next(iter(inside))
            for bare in find_bare(text, sentence, gene, lexicon):
                if not any(bare.span.overlaps(hit.span) for hit in found):
                    found.append(hit_of(bare.span, page.compose(gene, bare.pattern), text))
        found += _variants(page, sentence, inside, [*hits, *found])
    return found


def _variants(page: Page, sentence: Span, genes: set[str], hits: Sequence[Hit]) -> list[Hit]:
    text, lexicon = page.text, page.lexicon
    found = []
    for span, hgvs, marked in changes(text, sentence):
        if any(span in hit.span for hit in hits if hit.name.concept.cls is ConceptClass.ALTERATION):
            continue
        before = [
            h
            for h in hits
            if h.name.concept.cls is ConceptClass.GENE and re.fullmatch(r"[\s:(-]{1,2}", text[h.span.end : span.start])
        ]
        start = before[0].span.start if before else span.start
        known = known_variant(hgvs, lexicon)
        if known:
            found.append(hit_of(Span(start, span.end), known, text))
            continue
        gene = before[0].name.concept.label if before else next(iter(genes)) if marked and len(genes) == 1 else None
        if gene is None:
            continue
        concept = ConceptId(ConceptClass.ALTERATION, f"{lexicon.display.get(gene, gene)} {hgvs}")
        page.note(
            Concept(
                id=concept,
                type="Variant",
                broader=(page.compose(gene, "{gene} mutation"),),
                links=(("alterationOf", page.gene(gene)),),
                hgvs=hgvs,
            )
        )
        found.append(hit_of(Span(start, span.end), concept, text))
    return found
