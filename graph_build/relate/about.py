"""Claims about what is merely studied, in sentences and in titles: ``studiedIn``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, Mention, Span, Statement
from .discourse import THERAPIES, Discourse, Sentence, distinct, left_out, outermost
from .roles import inside_therapy

_STUDIED: Final = re.compile(
    r"\b(?:(?:have|has)\s+been|are|is|were|was)\s+(?:\w+ly\s+)?(?:studied|investigated|explored|examined|"
    r"discussed|reviewed|"
    r"summari[sz]ed|analy[sz]ed|described|considered\s+here)\b|"
    r"(?<!\w)(?:review|research|\(re\)search|study|studies|article|paper|overview)\s+(?:(?:focus(?:es)?|"
    r"work|progress)\s+)?(?:on|into|of|about)\b"
    r"|\b(?:review|article|paper)\s+(?:discuss|summari[sz]e|describe|cover|consider|address)\w*\b"
    r"|\bprogress\s+of\s+research\b"
    r"|\bwe\s+(?:(?:\w+ly|also|here|aim(?:ed)?\s+to|sought\s+to)\s+)*(?:discuss|review|summari[sz]e|describe|investigate|"
    r"examine|analy[sz]e|evaluate|stud(?:y|ied)|explore|characteri[sz]e|assess|highlight)(?:d|ed)?\b",
    re.IGNORECASE,
)
#: Forms in which what is studied stands before the verb.
_PASSIVE: Final = re.compile(r"(?:have|has|are|is|were|was)\b", re.IGNORECASE)
#: From an alteration to its disease: "alterations in NSCLC", "-mutated advanced NSCLC".
_IN: Final = re.compile(
    r"[\s-]*(?:(?:in|of|among|for|within)\s+)?(?:(?:the|patients?|pts|people|with|advanced|metastatic|human|"
    r"Chinese|stage\s+\w+)\s+)*",
    re.IGNORECASE,
)
#: From a disease to its alteration: "NSCLC with HER-2 mutation".
_WITH: Final = re.compile(
    r"\s*(?:with|harbou?ring|carrying|having|bearing|and|that\s+(?:has|have|carr\w+|harbou?r\w*))\s+(?:an?\s+|the\s+)?",
    re.IGNORECASE,
)
#: "HER2-negative", "RAS wild-type": nothing is said of the gene.
_ABSENT: Final = re.compile(
    r"[\s-]*(?:negative|wild[\s-]?type|non-mutated|unamplified|status-negative)\b", re.IGNORECASE
)

#: What the patients of a title lack, or a drug leaves alone: nothing is said of it.
_LACKING: Final = re.compile(
    r"\b(?:lack(?:s|ing)?(?!\s+of)|without|negative\s+for|wild-?type\s+for|spar(?:es|ing))\s+(?:[\w/-]+\s+){0,4}$",
    re.IGNORECASE,
)


def studied(sentence: Sentence, _discourse: Discourse) -> Iterator[Statement]:
    """An alteration said to be studied, discussed or reviewed in a disease: ``studiedIn``."""
    verbs = [] if sentence.is_title else list(_STUDIED.finditer(sentence.text, sentence.span.start, sentence.span.end))
    for alteration in outermost(sentence.of(ConceptClass.ALTERATION)) if verbs else ():
        for disease in sentence.of(ConceptClass.DISEASE):
            first = min(alteration.span, disease.span)
            if _linked(sentence.text, alteration, disease) and any(_of_them(sentence, v, first) for v in verbs):
                yield Statement(
                    subject=alteration.concept,
                    predicate="studiedIn",
                    object=disease.concept,
                    evidence=sentence.evidence("said-to-be-studied", [alteration, disease]),
                )
                break


def _of_them(sentence: Sentence, verb: re.Match[str], pair: Span) -> bool:
    """Whether it is the alteration that is studied, not a therapy that is named before it."""
    if _PASSIVE.match(verb[0]):
        return pair.start < verb.start()
    between = Span(verb.end(), pair.start)
    return verb.end() <= pair.start and not sentence.of(*THERAPIES, inside=between)


def _linked(text: str, alteration: Mention, disease: Mention) -> bool:
    if alteration.span.end <= disease.span.start:
        return _IN.fullmatch(text[alteration.span.end : disease.span.start]) is not None
    return _WITH.fullmatch(text[disease.span.end : alteration.span.start]) is not None


def studied_title(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A title about X in Y, when nothing stronger was read from it: ``studiedIn``."""
    yield from of_title(sentence, discourse, "studiedIn", "title-about")


def of_title(sentence: Sentence, discourse: Discourse, predicate: str, rule: str) -> Iterator[Statement]:
    diseases = distinct(m for m in sentence.of(ConceptClass.DISEASE) if not left_out(sentence, m))
    for subject in distinct(_subjects(sentence, discourse)) if diseases else ():
        for disease in diseases:
            yield Statement(
                subject=subject.concept,
                predicate=predicate,
                object=disease.concept,
                evidence=sentence.evidence(rule, [subject, disease]),
            )


def _subjects(sentence: Sentence, discourse: Discourse) -> Sequence[Mention]:
    """Alterations, genes that stand for themselves, or else methods."""
    found = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE))
    diseases = [m.span for m in sentence.of(ConceptClass.DISEASE)]
    found = [
        m
        for m in found
        if not inside_therapy(sentence, m)
        and not _ABSENT.match(sentence.text, m.span.end)
        and not _LACKING.search(sentence.text, sentence.span.start, m.span.start)
        and not any(m.span in disease for disease in diseases)  # "HER2-positive breast cancer" says it already
    ]
    altered = {discourse.gene_of(m) for m in found if m.cls is ConceptClass.ALTERATION}
    found = [m for m in found if m.cls is ConceptClass.ALTERATION or m.concept not in altered]
    return found or sentence.of(ConceptClass.METHOD)
