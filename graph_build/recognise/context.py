"""What the text around a name says about it: ambiguous, defined as something else, spelled out, enumerated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from abbreviation_extractor import AbbreviationDefinition, extract_abbreviation_definition_pairs

from ..fold import DASHES
from ..lexicon import Lexicon
from ..model import ConceptClass, ConceptId, Document, Section, SectionType, Span
from .gene_groups import named_together
from .names import Finder, Hit

#: Names of so many letters are looked up among the short forms that a document defines.
_SHORT: Final = 5
#: Classes in whose names a disease is no mention: "anaplastic lymphoma kinase", "cancer vaccine".
_HOLDING: Final = (
    ConceptClass.GENE, ConceptClass.GENE_FAMILY, ConceptClass.DRUG, ConceptClass.DRUG_CLASS, ConceptClass.METHOD,
    ConceptClass.STUDY,
)  # fmt: skip


#: Words that only a gene's spelled-out name has, and words that only stand behind the symbol of a gene: whatever the
#: lexicon knows of the long form, "mesenchymal-epithelial transition (MET) exon 14 skipping" is of the gene.
_SPELLED_OUT: Final = re.compile(
    r"oncogene|\b(?:homolog(?:ue)?|transition factor|during transfection)\b", re.IGNORECASE
)
_OF_A_GENE: Final = re.compile(
    rf"\)[\s{DASHES}]*(?:genes?|(?:proto-?)?oncogenes?|exon|mutations?|mutant|mutated|amplifi\w+|fusions?|rearrange\w+|"
    r"alterations?|altered|tyrosine kinase|receptor tyrosine)\b",
    re.IGNORECASE,
)


class Abbreviations:
    """What a document's abstract defines its short forms to mean; worked out when first asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._pairs: list[tuple[Section, list[AbbreviationDefinition]]] | None = None

    def pairs(self) -> list[tuple[Section, list[AbbreviationDefinition]]]:
        """The sections that are abstracts, each with the short forms that it defines."""
        if self._pairs is None:
            self._pairs = [
                (section, extract_abbreviation_definition_pairs(section.zone.of(self.document.text)))
                for section in self.document.sections
                if section.type is SectionType.ABSTRACT and section.zone
            ]
        return self._pairs


def settle_ambiguous(
    hits: Sequence[Hit], document: Document, lexicon: Lexicon, search: Finder, abbreviations: Abbreviations
) -> Callable[[Hit], bool]:
    """A test whether a hit counts: ambiguous names need a clear one of their concept in the document,
    and a short name that the document defines as something else does not count."""
    clear: set[ConceptId] = set()
    if any(hit.name.ambiguous for hit in hits):
        clear = {hit.name.concept for hit in hits if not hit.name.ambiguous}
        clear |= {up for concept in clear for up in lexicon.ancestors(concept)}
    redefined: set[tuple[str, ConceptId]] = set()
    short_hits = [hit for hit in hits if len(hit.span) <= _SHORT and hit.span.of(document.text).isalpha()]
    for section, pairs in abbreviations.pairs() if short_hits else ():
        for pair in pairs:
            named = [hit for hit in short_hits if hit.span.of(document.text) == pair.abbreviation]
            meant = {hit.name.concept for hit in search.find(pair.definition)} if named else set()
            for hit in named:
                if hit.name.concept not in meant:
                    before = document.text.find(f"({pair.abbreviation})", section.zone.start if section.zone else 0)
                    known = any(h.name.concept == hit.name.concept and h.span.end == before - 1 for h in hits)
                    if not known and not _names_a_gene(hit, pair, document.text, before):
                        redefined.add((pair.abbreviation, hit.name.concept))

    def settled(hit: Hit) -> bool:
        if (hit.span.of(document.text), hit.name.concept) in redefined:
            return False
        return not hit.name.ambiguous or hit.name.concept in clear

    return settled


def _names_a_gene(hit: Hit, pair: AbbreviationDefinition, text: str, before: int) -> bool:
    if hit.name.concept.cls not in (ConceptClass.GENE, ConceptClass.GENE_FAMILY):
        return False
    behind = before + 1 + len(pair.abbreviation)
    return bool(_SPELLED_OUT.search(pair.definition) or (before >= 0 and _OF_A_GENE.match(text, behind)))


def study_labels(
    text: str, shaped: Iterable[Sequence[tuple[Span, str]]], abbreviations: Abbreviations
) -> dict[str, str]:
    """Folded name → label, for studies told by pattern: the form with most hyphens and capitals names them all."""
    forms: dict[str, set[str]] = {}
    for places in shaped:
        for span, folded in places:
            forms.setdefault(folded, set()).add(span.of(text))
    short = _defined(abbreviations) if forms else frozenset()
    return {
        key: max(names, key=lambda n: (len(n), sum(c.isupper() for c in n), n))
        for key, names in forms.items()
        if not any(name in short for name in names)
    }


def _defined(abbreviations: Abbreviations) -> frozenset[str]:
    """The short forms that the abstract defines as something other than a study (EBUS-TBNA, OSCC)."""
    return frozenset(
        pair.abbreviation
        for _, pairs in abbreviations.pairs()
        for pair in pairs
        if not re.search(r"trial|study|cohort|registry", pair.definition, re.IGNORECASE)
    )


def spelled_out(text: str, zone: Span, genes: Sequence[Hit], search: Finder, lexicon: Lexicon) -> Iterator[Hit]:
    """Classes and families whose gene is spelled out: "epidermal growth factor receptor 2 (HER2)-directed therapy"."""
    places = [(hit.span, hit.name.concept.label) for hit in genes]
    for span, gene in named_together(text, places):
        if " " not in span.of(text):
            continue
        symbol = lexicon.display.get(gene, gene)
        rest = text[span.end : min(span.end + 80, zone.end)]
        if not re.match(rf"[\s{DASHES}]", rest):
            continue
        for found in search.find(symbol + rest):
            longer = found.span.end - len(symbol)
            named = found.name.concept.cls in (ConceptClass.DRUG_CLASS, ConceptClass.GENE_FAMILY)
            if found.span.start == 0 and longer > 1 and named:
                yield Hit(Span(span.start, span.end + longer), found.name)


def enumerated(text: str, genes: Sequence[Hit], search: Finder) -> Iterator[Hit]:
    """The further genes of "HER2/3" and "FGFR1/2/3", each at its digit."""
    for hit in genes:
        stem, end = hit.span.of(text), hit.span.end
        while stem[-1:].isdigit() and (match := re.match(r"/(\d)(?!\w)", text[end : end + 3])):
            sister = f"{stem[:-1]}{match[1]}"
            for found in search.find(sister):
                if len(found.span) == len(sister) and found.name.concept.cls is ConceptClass.GENE:
                    yield Hit(Span(end + 1, end + 2), found.name)
            end += 2


def without_nested(hits: Sequence[Hit]) -> list[Hit]:
    """The hits, but no disease inside the name of a gene, a therapy, a method or a study, no drug inside that of a
    gene ("mammalian target of rapamycin" names no rapamycin), no gene inside that of its family, and no family inside
    that of a member."""
    holding = {
        ConceptClass.DISEASE: [hit.span for hit in hits if hit.name.concept.cls in _HOLDING],
        ConceptClass.DRUG: [hit.span for hit in hits if hit.name.concept.cls is ConceptClass.GENE],
        ConceptClass.GENE: [hit.span for hit in hits if hit.name.concept.cls is ConceptClass.GENE_FAMILY],
        ConceptClass.GENE_FAMILY: [hit.span for hit in hits if hit.name.concept.cls is ConceptClass.GENE],
    }
    return [
        hit
        for hit in hits
        if not any(hit.span in span and len(hit.span) < len(span) for span in holding.get(hit.name.concept.cls, ()))
    ]
