"""Changes of proteins and of the DNA as hits: which gene the words give each, and which variant it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ..fold import DASHES
from ..model import Concept, ConceptClass, ConceptId, Section, SectionType, Span
from .alterations import gene_of
from .dna_changes import BASE, TO, dna_changes
from .equated import equated, holding, same_names
from .gene_groups import AND
from .gene_of_change import VARIANT, beside, is_gene, near, of_another, unknown_gene
from .names import Hit, hit_of
from .page import Page
from .variants import THREE, Change, Level, apart, known_variants, protein_changes
from .worded import worded_variants

#: The end of the names of variants.
_NAMED_EXACTLY: Final = re.compile(r"(?:^rs\d+| [pcgmnr]\.\S+)$")
#: What parts the changes of a list: "S310F (n = 9), L755P".
_LISTED: Final = re.compile(rf"[)\]]?(?:\s?\([^()]{{1,25}}\))?(?:{AND}|/)(?:the\s)?[(\[]?")
#: Kinds of changes that are no other thing, whatever stands before them.
_UNMISTAKABLE: Final = re.compile(r"del|ins|dup|fs")
#: Words by which a title is about changes of its gene.
_ABOUT_CHANGES: Final = re.compile(
    rf"\b(?:{VARIANT}|mutated|deletions?|insertions?|duplications?|alleles?|genotypes?)\b", re.I
)
#: What every change holds, found faster than a whole one: a digit behind what it stands behind in a change, or before
#: what may happen there.
_LIKELY: Final = re.compile(
    rf"[0-9](?:(?<=[A-Za-z].)[0-9]{{0,3}}(?:[A-Z*=_>]|\s?(?:del|dup|ins)|fs|\s?[{DASHES}]\s?[A-Z][a-z]{{0,2}}\d)"
    rf"|(?<=[\s({DASHES}].)[0-9]{{0,3}}[\s){DASHES}]{THREE}(?![a-z])"
    rf"|(?<=rs.)|(?<=rs#.)|(?<=Rs.)|(?<=IVS.)|(?<=IVS\s.)|(?<=Ex.)"
    rf"|(?<=IVS[IVX][+{DASHES}].)|(?<=IVS[IVX]{{2}}[+{DASHES}].)"
    rf"|(?<=[cgmnr]\..)|(?<=[cgmnr]\.[-+*\s(\[{DASHES}{BASE[1:-1]}].)"
    rf"|\s?{BASE}{{1,30}}\s?{TO}|\s?{BASE}/{BASE}(?![/\w])|(?:del|ins|dup){BASE}|\)?{BASE}(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Told:
    """The changes that a document tells, and what it says of them together."""

    places: dict[Span, tuple[Change, ...]] = field(default_factory=dict)  # by zone
    groups: dict[Span, tuple[Span, int]] = field(default_factory=dict)  # of a change: its zone and group in it
    same: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a name → all of the same change
    genes: dict[str, str] = field(default_factory=dict)  # a name → the gene right before it at some place, if it is one
    named: frozenset[str] = frozenset()  # the genes of the document
    subject: str | None = None  # the gene that its title says it is about


def told_in(text: str, zones: Sequence[tuple[Section, Sequence[Hit]]]) -> Told:
    """What the zones of a document tell of changes."""
    told = Told()
    groups: list[tuple[Change, ...]] = []
    genes: dict[str, set[str]] = {}
    for section, hits in zones:
        zone = section.zone
        assert zone is not None
        ends = [h.span.end for h in hits if is_gene(h) and text[h.span.end : h.span.end + 1].isalpha()]
        if not ends and not _LIKELY.search(text, zone.start, zone.end):
            continue
        found = told.places[zone] = apart([*protein_changes(text, zone, ends), *dna_changes(text, zone)])
        together = equated(text, found) if len(found) > 1 else []
        told.groups.update({span: (zone, number) for span, number in holding(together).items()})
        groups += together
        for change in found:
            gene = beside(text, change.span, [h for h in hits if is_gene(h)])[1]
            genes.setdefault(change.name, set()).update({gene} if gene else ())
    if not told.places:
        return told
    told.same.update(same_names(groups))
    for names in [*told.same.values(), *((name,) for name in genes if name not in told.same)]:
        of = set().union(*(genes.get(name, set()) for name in names))
        if len(of) == 1:
            told.genes.update(dict.fromkeys(names, *of))
    named = frozenset(h.name.concept.label for _, hits in zones for h in hits if is_gene(h))
    return replace(told, named=named, subject=_subject(text, zones))


def further_names(told: Told, zone: Span, hit: Hit) -> tuple[str, ...]:
    """The changes of the DNA inside the name of a variant by which the document calls it beside its own."""
    label = hit.name.concept.label
    if hit.name.concept.cls is not ConceptClass.ALTERATION or not _NAMED_EXACTLY.search(label):
        return ()
    inside = (c for c in told.places.get(zone, ()) if c.span in hit.span and c.level is not Level.PROTEIN)
    return tuple(change.name for change in inside if not label.endswith(change.name))


def _subject(text: str, zones: Sequence[tuple[Section, Sequence[Hit]]]) -> str | None:
    for section, hits in zones:
        if section.type is SectionType.TITLE and section.zone and _ABOUT_CHANGES.search(section.zone.of(text)):
            genes = {hit.name.concept.label for hit in hits if is_gene(hit)}
            return next(iter(genes)) if len(genes) == 1 else None
    return None


def changed(
    page: Page, told: Told, section: Section, sentence: Span, genes: set[str], hits: Sequence[Hit]
) -> list[Hit]:
    """The variants that a sentence of a section names, beside those among the hits."""
    text, lexicon = page.text, page.lexicon
    assert section.zone is not None
    own = section.type in (SectionType.TITLE, SectionType.ABSTRACT)
    alterations = [h for h in hits if h.name.concept.cls is ConceptClass.ALTERATION]
    gene_hits = [h for h in hits if is_gene(h)]
    found: list[Hit] = []
    last: Change | None = None
    last_gene: str | None = None
    inside = [change for change in told.places.get(section.zone, ()) if change.span in sentence]
    for change in inside:
        held = next((h for h in alterations if change.span in h.span), None)
        if held:
            of = gene_of(held.name.concept, lexicon)
            last, last_gene = change, of.label if of else None
            continue
        span, gene = beside(text, change.span, gene_hits)
        gene = gene or near(text, change.span, gene_hits)
        if gene is None and last and _goes_on(text, told, last, change, gene_hits):
            gene = last_gene
        names = told.same.get(change.name, (change.name,))
        gene = gene or told.genes.get(change.name)
        if gene is None and change.doubtful and not any(name in page.changes for name in names):
            continue
        concept = _known(page, names, gene, genes)
        if concept is None and gene is None and change.level is not Level.DBSNP:
            alone = next(iter(genes)) if len(genes) == 1 else told.subject if own and not genes else None
            if alone and _is_told(change, subject=own and alone == told.subject):
                gene = None if of_another(text, change.span, gene_hits) else alone
        if concept is None and gene is None and change.level is not Level.DBSNP:
            gene = unknown_gene(text, change, hits)
        concept = concept or _noted(page, told, names, gene)
        last, last_gene = change, gene
        if concept is not None:
            of = gene_of(concept, lexicon)
            last_gene = of.label if of else gene
            found.append(hit_of(span, concept, text))
    for span, concept in worded_variants(text, sentence, lexicon):
        of = gene_of(concept, lexicon)
        if of and of.label in told.named | genes and not any(span.overlaps(hit.span) for hit in [*alterations, *found]):
            found.append(hit_of(span, concept, text))
    return found


def _is_told(change: Change, *, subject: bool) -> bool:
    """Whether a change is one of the only gene that its sentence names, or of the subject of the document."""
    unmistakable = change.level is Level.PROTEIN and _UNMISTAKABLE.search(change.name) is not None
    return change.marked or unmistakable or (subject and change.level is Level.PROTEIN)


def _goes_on(text: str, told: Told, last: Change, change: Change, genes: Sequence[Hit]) -> bool:
    """Whether a change is told of the gene of the one before: another name of it, or the next of a list."""
    group = told.groups.get(change.span)
    if group is not None and group == told.groups.get(last.span):
        return True
    between = Span(last.span.end, max(last.span.end, change.span.start))
    return bool(_LISTED.fullmatch(between.of(text))) and not any(h.span.overlaps(between) for h in genes)


def _known(page: Page, names: Sequence[str], gene: str | None, genes: set[str]) -> ConceptId | None:
    """The variant of the lexicon, or one that the document has named with its gene."""
    known = known_variants(names[0], page.lexicon) if names[0].startswith("p.") else ()
    if gene is None:
        among = [c for c in known if (of := gene_of(c, page.lexicon)) and of.label in genes]
        if known:
            return among[0] if among else known[0]
        return next((page.changes[name] for name in names if name in page.changes), None)
    return next((c for c in known if (of := gene_of(c, page.lexicon)) and of.label == gene), None)


def _noted(page: Page, told: Told, names: Sequence[str], gene: str | None) -> ConceptId | None:
    """The variant of a gene by its best name, noted as a concept; a number of dbSNP needs no gene."""
    number = next((name for name in names if name.startswith("rs")), None)
    known = gene if gene in told.named or gene in page.lexicon.display else None
    name = number if known is None and number else names[0]
    if gene is None and name != number:
        return None
    shown = page.lexicon.display.get(gene, gene) if gene else ""
    concept = ConceptId(ConceptClass.ALTERATION, name if name == number else f"{shown} {name}")
    in_hgvs = re.match(r"[cgmnpr]\.", name) is not None
    above = page.compose(known, "{gene} mutation") if known else ConceptId(ConceptClass.ALTERATION, "gene mutation")
    page.note(
        Concept(
            id=concept,
            type="Variant",
            broader=(above,),
            links=(("alterationOf", page.gene(known)),) if known else (),
            hgvs=name if in_hgvs else None,
            notation=None if in_hgvs else name,
            unresolved=known is None and name != number,
        )
    )
    if gene:
        page.changes.update(dict.fromkeys(names, concept))
    return concept
