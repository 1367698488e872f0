"""Names in the text and the concepts they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..lexicon import Lexicon, Name
from ..model import Concept, ConceptClass, ConceptId, Document, Mention, Section, SectionType, Span
from .alterations import find_alterations, find_bare, gene_of
from .context import enumerated, settle_ambiguous, spelled_out, study_labels, without_nested_diseases
from .external import Grounder, external_names
from .fold import fold
from .names import Finder, Hit, finder, longest
from .page import Page
from .patterns import drug_code_after, drug_names, study_alias, study_names
from .regimens import Therapy, as_concept, based_on, combinations
from .sentences import sentences
from .variants import changes, known_variant

__all__ = ["Recognition", "recognise", "sentences"]

_THERAPIES = (ConceptClass.DRUG, ConceptClass.DRUG_CLASS, ConceptClass.REGIMEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The mentions of a document and the concepts they brought that no lexicon row has."""

    mentions: tuple[Mention, ...]
    concepts: tuple[Concept, ...]
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names of vocabularies → what they could stand for

    silent: frozenset[ConceptId] = frozenset()  # of vocabularies, those of which no statement is made

    def inside(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in a span, of concepts that statements can be made of."""
        return tuple(m for m in self.mentions if m.span in span and m.concept not in self.silent)


def recognise(document: Document, lexicon: Lexicon, grounder: Grounder | None = None) -> Recognition:
    """Find all names in the zones of a document, those of the lexicon first and then those of vocabularies.

    Within one class the longest span wins and no two overlap; what lies inside the
    name of a study is no mention of its own.
    """
    page = Page(document, lexicon)
    search = finder(lexicon)
    zones = [(i, s, _find(search, document.text, s.zone)) for i, s in enumerate(document.sections) if s.zone]
    settled = settle_ambiguous([hit for _, _, hits in zones for hit in hits], document, lexicon, search)
    labels = study_labels(document, zones)
    zones = [(i, s, [hit for hit in hits if settled(hit)]) for i, s, hits in zones]
    grounding = external_names(page, zones, grounder)
    mentions: list[Mention] = []
    for index, section, hits in zones:
        found = _zone(
            page,
            section,
            [*hits, *(h for h in grounding.hits if section.zone and h.span in section.zone)],
            labels,
            search,
        )
        mentions += [Mention(concept=hit.name.concept, span=hit.span, section=index) for hit in found]
    return Recognition(
        mentions=tuple(sorted(mentions, key=lambda m: (m.span, m.concept))),
        concepts=tuple(page.composed[key] for key in sorted(page.composed)),
        ambiguous=grounding.ambiguous,
        silent=grounding.silent,
    )


def _find(search: Finder, text: str, zone: Span | None) -> list[Hit]:
    assert zone is not None
    return [
        Hit(Span(hit.span.start + zone.start, hit.span.end + zone.start), hit.name)
        for hit in search.find(zone.of(text))
    ]


def _zone(page: Page, section: Section, hits: list[Hit], labels: dict[str, str], search: Finder) -> list[Hit]:
    zone = section.zone
    assert zone is not None
    text = page.text
    hits = [page.ground(hit) for hit in longest(hits)]
    studies = [hit for hit in hits if hit.name.concept.cls is ConceptClass.STUDY]
    others = [hit for hit in hits if hit.name.concept.cls is not ConceptClass.STUDY]
    if section.type is not SectionType.KEYWORDS:
        studies += _new_studies(text, section, studies, others, labels)
    studies = longest(studies)
    others = [hit for hit in others if not any(hit.span in study.span for study in studies)]
    others += _new_drugs(page, zone, [*studies, *others])
    genes = _merge_slashed(text, [hit for hit in others if hit.name.concept.cls is ConceptClass.GENE])
    others += spelled_out(text, zone, genes, search, page.lexicon)
    genes = longest([*genes, *enumerated(text, genes, search)])
    others = [hit for hit in others if hit.name.concept.cls is not ConceptClass.GENE] + genes
    others = [_with_gene(text, hit, genes, page.lexicon) for hit in others]
    others += _alterations(page, section, others, genes)
    others = without_nested_diseases(longest(others))
    others += _regimens(page, others)
    return longest([*studies, *others])


def _hit(span: Span, concept: ConceptId, text: str) -> Hit:
    return Hit(span, Name(text=span.of(text), concept=concept))


def _new_studies(
    text: str, section: Section, known: Sequence[Hit], others: Sequence[Hit], labels: dict[str, str]
) -> list[Hit]:
    found: list[Hit] = []
    zone = section.zone
    assert zone is not None
    for span in study_names(text, zone, title=section.type is not SectionType.ABSTRACT):
        if (
            fold(span.of(text)).text not in labels
            or any(span.overlaps(hit.span) for hit in known)
            or any(span in hit.span or _is_altered_gene(span, hit) for hit in others)
        ):
            continue
        found.append(_hit(span, ConceptId(ConceptClass.STUDY, labels[fold(span.of(text)).text]), text))
    for hit in [*known, *found]:
        alias = study_alias(text, hit.span)
        if alias:
            found.append(_hit(alias, hit.name.concept, text))
    return found


def _is_altered_gene(span: Span, hit: Hit) -> bool:
    """Whether what looks like a study begins with a gene: "HER2-overexpressing cohort"."""
    return hit.name.concept.cls is ConceptClass.GENE and span.start == hit.span.start


def _new_drugs(page: Page, zone: Span, hits: Sequence[Hit]) -> list[Hit]:
    text = page.text
    found: list[Hit] = []
    for hit in hits:  # "zongertinib (BI 1810631)"
        code = drug_code_after(text, hit.span) if hit.name.concept.cls is ConceptClass.DRUG else None
        if code and not any(code.overlaps(other.span) for other in hits):
            found.append(_hit(code, hit.name.concept, text))
    for span in drug_names(text, zone):
        if not any(span.overlaps(hit.span) for hit in [*hits, *found]):
            concept = ConceptId(ConceptClass.DRUG, _drug_label(span.of(text)))
            page.note(Concept(id=concept, type="Drug", unresolved=True))
            found.append(_hit(span, concept, text))
    return found


def _drug_label(surface: str) -> str:
    """Codes keep their capitals, INN-like names are lower case."""
    return surface if any(c.isdigit() for c in surface) else surface.lower()


def _merge_slashed(text: str, genes: list[Hit]) -> list[Hit]:
    """ "HER2/ERBB2/neu" is one mention of one gene."""
    merged: list[Hit] = []
    for hit in longest(genes):
        if merged and merged[-1].name.concept == hit.name.concept and text[merged[-1].span.end : hit.span.start] == "/":
            merged[-1] = _hit(Span(merged[-1].span.start, hit.span.end), hit.name.concept, text)
        else:
            merged.append(hit)
    return merged


def _with_gene(text: str, hit: Hit, genes: Sequence[Hit], lexicon: Lexicon) -> Hit:
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


def _alterations(page: Page, section: Section, hits: Sequence[Hit], genes: Sequence[Hit]) -> list[Hit]:
    zone = section.zone
    assert zone is not None
    text, lexicon = page.text, page.lexicon
    places = [(hit.span, hit.name.concept.label) for hit in genes]
    found = [_hit(f.span, page.compose(f.gene, f.pattern), text) for f in find_alterations(text, places, zone, lexicon)]
    whole = sentences(text, zone) if section.type is SectionType.ABSTRACT else [zone]
    for sentence in whole:
        inside = {gene for span, gene in places if span in sentence}
        if len(inside) == 1:
            gene = next(iter(inside))
            for bare in find_bare(text, sentence, gene, lexicon):
                if not any(bare.span.overlaps(hit.span) for hit in found):
                    found.append(_hit(bare.span, page.compose(gene, bare.pattern), text))
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
            found.append(_hit(Span(start, span.end), known, text))
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
        found.append(_hit(Span(start, span.end), concept, text))
    return found


def _regimens(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    text = page.text
    therapies = [Therapy(h.span, h.name.concept) for h in hits if h.name.concept.cls in _THERAPIES]
    based = list(based_on(text, therapies))
    outer = [t for t in therapies if not any(t.span in b.span for b in based)]
    outer += [Therapy(b.span, b.concept) for b in based]
    outer = [t for t in outer if not any(t.span != o.span and t.span in o.span for o in outer)]
    combined = combinations(text, sorted(outer, key=lambda t: t.span))
    made_of = {b.concept: b.parts for b in based}
    for concept, known in page.lexicon.concepts.items():
        if concept.cls is ConceptClass.REGIMEN:
            made_of[concept] = tuple(part for link, part in known.links if link == "hasComponent")
    for combination in [*based, *combined]:
        page.note(as_concept(combination, made_of))
    return [_hit(c.span, c.concept, text) for c in [*based, *combined]]
