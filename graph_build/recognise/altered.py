"""The alterations of a zone as hits: those that the grammar composes, and protein changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..lexicon import Lexicon
from ..model import Concept, ConceptClass, ConceptId, Section, SectionType, Span
from .alterations import AND, find_alterations, find_bare, gene_of
from .names import Hit, hit_of, longest
from .page import Page
from .sentences import sentences
from .variants import changes, known_variant

#: What a change is called beside it.
_VARIANT: Final = r"(?:mutations?|mutants?|variants?|polymorphisms?|substitutions?)"
#: What may part a gene from a change of it that stands behind it, or before it.
_BEFORE: Final = re.compile(rf"(?:\s+(?:gene|{_VARIANT})){{1,2}}(?:\s+|:\s*|\s*\()")
_BEHIND: Final = re.compile(rf"\)?(?:\s+{_VARIANT})?\s+(?:in|of)\s+(?:the\s+)?")
#: What looks like the symbol of a gene, right before or behind a change.
_SYMBOL_BEFORE: Final = re.compile(r"(?<![\w-])(?P<symbol>[A-Z][A-Z\d]{2,})(?:\s+gene)?[\s:(]{1,2}$")
_SYMBOL_BEHIND: Final = re.compile(rf"{_BEHIND.pattern}(?P<symbol>[A-Z][A-Z\d]{{2,}})(?![\w-])")


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
        between = text[gene.span.end : hit.span.start] if gene.span.end < hit.span.start else ""
        closed = "(" in between and text.startswith(")", hit.span.end)
        beside = re.fullmatch(r"\s?\(" if closed else r"[\s:]{1,2}", between)
        if beside and gene_of(hit.name.concept, lexicon) == gene.name.concept:
            return Hit(Span(gene.span.start, hit.span.end + closed), hit.name)
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
    found: list[Hit] = []
    last: tuple[int, str] | None = None  # where the change before ends, and its gene
    for span, hgvs, marked in changes(text, sentence):
        held = [h for h in hits if h.name.concept.cls is ConceptClass.ALTERATION and span in h.span]
        if held:
            of = gene_of(held[0].name.concept, lexicon)
            last = (span.end, of.label) if of else None
            continue
        beside = [h for h in hits if _is_gene(h) and re.fullmatch(r"[\s:(-]{1,2}", text[h.span.end : span.start])]
        start = beside[0].span.start if beside else span.start
        if beside and "(" in text[beside[0].span.end : span.start] and text.startswith(")", span.end):
            span = Span(span.start, span.end + 1)
        known = known_variant(hgvs, lexicon)
        if known:
            found.append(hit_of(Span(start, span.end), known, text))
            of = gene_of(known, lexicon)
            last = (span.end, of.label) if of else None
            continue
        gene = beside[0].name.concept.label if beside else _gene_near(text, span, hits, last)
        if gene is None and len(genes) == 1 and marked:
            gene = None if _of_another(text, span, hits) else next(iter(genes))
        if gene is None:
            if hgvs in page.changes:
                found.append(hit_of(span, page.changes[hgvs], text))
            continue
        last = (span.end, gene)
        concept = ConceptId(ConceptClass.ALTERATION, f"{lexicon.display.get(gene, gene)} {hgvs}")
        page.changes[hgvs] = concept
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


def _is_gene(hit: Hit) -> bool:
    return hit.name.concept.cls is ConceptClass.GENE


def _gene_near(text: str, change: Span, hits: Sequence[Hit], last: tuple[int, str] | None) -> str | None:
    """The gene that the words beside a change give it: "PIK3CA gene (Q546R", "T999I in the ATM gene", a list."""
    if last and re.fullmatch(rf"\)?{AND}\(?", text[last[0] : change.start]):
        return last[1]
    for hit in hits:
        if _is_gene(hit) and hit.span.end < change.start and _BEFORE.fullmatch(text[hit.span.end : change.start]):
            return hit.name.concept.label
        if _is_gene(hit) and hit.span.start > change.end and _BEHIND.fullmatch(text[change.end : hit.span.start]):
            return hit.name.concept.label
    return None


def _of_another(text: str, change: Span, hits: Sequence[Hit]) -> bool:
    """Whether what looks like the symbol of an unknown gene stands beside a change."""
    before = _SYMBOL_BEFORE.search(text, max(0, change.start - 24), change.start)
    behind = _SYMBOL_BEHIND.match(text, change.end)
    places = [Span(*match.span("symbol")) for match in (before, behind) if match]
    return any(not any(place.overlaps(hit.span) for hit in hits) for place in places)
