"""The alterations of a zone as hits: those that the grammar composes, and protein changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..lexicon import Lexicon
from ..model import ConceptClass, Section, SectionType, Span
from .alterations import find_alterations, gene_of
from .bare import find_bare
from .changed import Told, changed
from .fusions import fused
from .names import Hit, hit_of, longest
from .page import Page
from .sentences import sentences


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


def altered(page: Page, told: Told, section: Section, hits: Sequence[Hit], genes: Sequence[Hit]) -> list[Hit]:
    """The alterations that a section's zone names beside those of the lexicon, of the genes found in it."""
    zone = section.zone
    assert zone is not None
    text, lexicon = page.text, page.lexicon
    places = [(hit.span, hit.name.concept.label) for hit in genes]
    if not places and not told.places.get(zone):
        return []
    composed = fused(text, places, find_alterations(text, places, zone, lexicon), lexicon)
    found = [hit_of(f.span, page.compose(f.gene, f.pattern), text) for f in composed]
    whole = sentences(text, zone) if section.type is SectionType.ABSTRACT else [zone]
    for sentence in whole:
        inside = {gene for span, gene in places if span in sentence}
        if len(inside) == 1:
            gene = next(iter(inside))
            for bare in find_bare(text, sentence, gene, places, lexicon):
                if not any(bare.span.overlaps(hit.span) for hit in found):
                    found.append(hit_of(bare.span, page.compose(gene, bare.pattern), text))
        found += changed(page, told, section, sentence, inside, [*hits, *found])
    return found
