"""Names in the text and the concepts they stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..fold import fold
from ..lexicon import Lexicon
from ..model import Concept, ConceptClass, ConceptId, Document, Mention, Section, SectionType, Span
from .altered import altered, merge_slashed, with_gene
from .changed import Told, further_names, told_in
from .context import Abbreviations, enumerated, settle_ambiguous, spelled_out, study_labels, without_nested
from .coordinated import sharing_a_word
from .defined import short_forms
from .external import Grounder, external_names
from .names import Finder, Hit, finder, hit_of, longest
from .page import Page
from .patterns import drug_code_after, drug_names, study_alias, study_names
from .regimens import Therapy, as_concept, based_on, combinations, known_regimens
from .sentences import sentences

__all__ = ["Recognition", "recognise", "sentences"]

_THERAPIES = (ConceptClass.DRUG, ConceptClass.DRUG_CLASS, ConceptClass.REGIMEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The mentions of a document and the concepts they brought that no lexicon row has."""

    mentions: tuple[Mention, ...]  # in order of place
    concepts: tuple[Concept, ...]
    ambiguous: dict[str, list[str]] = field(default_factory=dict)  # names of vocabularies → what they could stand for

    silent: frozenset[ConceptId] = frozenset()  # of vocabularies, those of which no statement is made

    def inside(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in a span, of concepts that statements can be made of."""
        found = []
        for index in range(bisect_left(self.mentions, span.start, key=_start), len(self.mentions)):
            mention = self.mentions[index]
            if mention.span.start > span.end:
                break
            if mention.span.end <= span.end and mention.concept not in self.silent:
                found.append(mention)
        return tuple(found)


def _start(mention: Mention) -> int:
    return mention.span.start


def recognise(document: Document, lexicon: Lexicon, grounder: Grounder | None = None) -> Recognition:
    """Find all names in the zones of a document, those of the lexicon first and then those of vocabularies.

    Within one class the longest span wins and no two overlap; what lies inside the
    name of a study is no mention of its own.
    """
    page = Page(document, lexicon)
    search = finder(lexicon)
    zones = [(i, s, _find(search, document.text, s.zone)) for i, s in enumerate(document.sections) if s.zone]
    abbreviations = Abbreviations(document)
    settled = settle_ambiguous([hit for _, _, hits in zones for hit in hits], document, lexicon, search, abbreviations)
    shaped = {i: _shaped_like_studies(document.text, section) for i, section, _ in zones}
    labels = study_labels(document.text, shaped.values(), abbreviations)
    zones = [(i, s, _said(page, s, [hit for hit in hits if settled(hit)], search)) for i, s, hits in zones]
    grounding = external_names(page, zones, grounder)
    zones = [(i, s, [*hits, *(h for h in grounding.hits if s.zone and h.span in s.zone)]) for i, s, hits in zones]
    told = told_in(document.text, [(section, hits) for _, section, hits in zones])
    mentions: list[Mention] = []
    for index, section, hits in zones:
        found = _zone(
            page,
            told,
            section,
            hits,
            [(span, labels[key]) for span, key in shaped[index] if key in labels],
            search,
        )
        assert section.zone is not None
        mentions += [
            Mention(
                concept=hit.name.concept,
                span=hit.span,
                section=index,
                changes=further_names(told, section.zone, hit),
            )
            for hit in found
        ]
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


def _said(page: Page, section: Section, hits: list[Hit], search: Finder) -> list[Hit]:
    """The hits of a zone with those that only its own words allow: short forms, and diseases that share a word."""
    zone, text = section.zone, page.text
    assert zone is not None
    if not hits:
        return hits
    short = list(short_forms(text, zone, hits)) if text.find("(", zone.start, zone.end) >= 0 else []
    diseases = [hit for hit in hits if hit.name.concept.cls is ConceptClass.DISEASE]
    if any(text.endswith(("and ", "or ", "/"), zone.start, hit.span.start) for hit in diseases):
        short += sharing_a_word(text, zone, longest(diseases), search)
    return [*hits, *short] if short else hits


def _shaped_like_studies(text: str, section: Section) -> list[tuple[Span, str]]:
    """Places where the context shows a study, whatever its name, with the folded name."""
    if section.zone is None or section.type is SectionType.KEYWORDS:
        return []
    spans = study_names(text, section.zone, title=section.type is not SectionType.ABSTRACT)
    return [(span, fold(span.of(text)).text) for span in spans]


def _zone(
    page: Page, told: Told, section: Section, hits: list[Hit], shaped: Sequence[tuple[Span, str]], search: Finder
) -> list[Hit]:
    zone = section.zone
    assert zone is not None
    text = page.text
    if not (hits or shaped or told.places.get(zone) or any(drug_names(text, zone))):
        return []
    hits = [page.ground(hit) for hit in longest(hits)]
    studies = [hit for hit in hits if hit.name.concept.cls is ConceptClass.STUDY]
    others = [hit for hit in hits if hit.name.concept.cls is not ConceptClass.STUDY]
    if section.type is not SectionType.KEYWORDS:
        studies += _new_studies(text, shaped, studies, others)
    studies = longest(studies)
    others = [hit for hit in others if not any(hit.span in study.span for study in studies)]
    others += _new_drugs(page, zone, [*studies, *others])
    genes = merge_slashed(text, [hit for hit in others if hit.name.concept.cls is ConceptClass.GENE])
    others += spelled_out(text, zone, genes, search, page.lexicon)
    genes = longest([*genes, *enumerated(text, genes, search)])
    others = [hit for hit in others if hit.name.concept.cls is not ConceptClass.GENE] + genes
    others = [with_gene(text, hit, genes, page.lexicon) for hit in others]
    others += altered(page, told, section, others, genes)
    others = without_nested(longest(others))
    others += _regimens(page, others)
    return longest([*studies, *others])


def _new_studies(
    text: str, shaped: Sequence[tuple[Span, str]], known: Sequence[Hit], others: Sequence[Hit]
) -> list[Hit]:
    found: list[Hit] = []
    for span, label in shaped:
        if any(span.overlaps(hit.span) for hit in known) or any(
            span in hit.span or _is_altered_gene(span, hit) for hit in others
        ):
            continue
        found.append(hit_of(span, ConceptId(ConceptClass.STUDY, label), text))
    for hit in [*known, *found]:
        alias = study_alias(text, hit.span)
        if alias:
            found.append(hit_of(alias, hit.name.concept, text))
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
            found.append(hit_of(code, hit.name.concept, text))
    for span in drug_names(text, zone):
        if not any(span.overlaps(hit.span) for hit in [*hits, *found]):
            concept = ConceptId(ConceptClass.DRUG, _drug_label(span.of(text)))
            page.note(Concept(id=concept, type="Drug", unresolved=True))
            found.append(hit_of(span, concept, text))
    return found


def _drug_label(surface: str) -> str:
    """Codes keep their capitals, INN-like names are lower case."""
    return surface if any(c.isdigit() for c in surface) else surface.lower()


def _regimens(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    text = page.text
    therapies = [Therapy(h.span, h.name.concept) for h in hits if h.name.concept.cls in _THERAPIES]
    if not therapies:
        return []
    based = list(based_on(text, therapies))
    outer = [t for t in therapies if not any(t.span in b.span for b in based)]
    outer += [Therapy(b.span, b.concept) for b in based]
    outer = [t for t in outer if not any(t.span != o.span and t.span in o.span for o in outer)]
    combined = combinations(text, sorted(outer, key=lambda t: t.span))
    made_of = {b.concept: b.parts for b in based} | known_regimens(page.lexicon)
    for combination in [*based, *combined]:
        page.note(as_concept(combination, made_of))
    return [hit_of(c.span, c.concept, text) for c in [*based, *combined]]
