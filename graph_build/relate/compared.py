"""Survival of those with an alteration set beside that of others: ``prognosticIn``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import ConceptClass, Mention, Span, Statement
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost
from .outlook import DIRECTION, SURVIVAL_WITH, TREATED

_SURVIVAL: Final = re.compile(
    r"\b(?:survival|prognosis|OS|DFS|RFS|CSS|DSS)\b(?!\s+(?:analys|curve))(?:\s+(?:times?|rates?))?(?:\s*\([^()]{1,60}\))?",
    re.IGNORECASE,
)
#: From survival to those whose it is: "of patients with lung cancer and", "between".
_OF_THOSE: Final = re.compile(
    r"\s+(?:was\s+(?:found\s+|observed\s+|seen\s+)?)?(?:of|in|for|among|between)\s+(?:(?!(?:was|were|is|are|had|has|have|by|than|to|not|no)\b)"
    r"[\w'’/-]+\s+){0,8}",
    re.IGNORECASE,
)
#: Who they are, and how their survival is: "-positive tumours was significantly shorter".
_IS_SHORTER: Final = re.compile(
    rf"[\s-]*(?:[\w-]+\s+){{0,3}}?(?:was|were|is|are|remained)\s+(?P<not>not\s+)?(?:[a-z]+ly\s+)*(?:{DIRECTION}|different)\b",
    re.IGNORECASE,
)
#: A difference before the survival of which it is told.
_DIFFERENCE: Final = re.compile(
    r"(?:\b(?P<no>no)\s+)?(?:statistically\s+)?(?:\b(?P<significant>significant|marked|notable)\s+)?differences?\s+(?:was\s+\w+\s+)?in\s+(?:the\s+)?"
    r"(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
#: Those without it, figures for both, and how sure the difference is.
_OTHERS: Final = re.compile(
    r"\b(?:negativ\w+|without|wild[\s-]?type|non-\w+|low|those|others?|versus|vs|than|respectively|compared)\b",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(r"\d[\s\S]{1,120}?\b\d")
_SURE: Final = re.compile(
    r"\bp\s*(?:value\s*)?[<=≤]\s*0?\.0(?:[0-4]\d*|5\b)|(?<!no )(?<!not )(?<!without )(?<!show )(?<!reach )"
    r"\bstatistical(?:ly)?\s+significan(?:t|ce)|"
    r"(?<!no )(?<!not )(?<!without )\bsignificant\s+difference",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(
    r"\bp\s*=\s*0?\.(?:[1-9]|0[5-9])|\bnot\s+(?:\w+\s+)?(?:significant|reach)|\b(?:no|without)\s+(?:statistical(?:ly)?\s+)?significan|"
    r"\bnot\s+(?:statistically\s+|significantly\s+)*differ|\bp\s*>\s*0?\.\d",
    re.IGNORECASE,
)
#: A gene whose absence is told: the alteration beside it is what is meant.
_ABSENT: Final = re.compile(r"[\s-]*(?:negativ\w+|wild[\s-]?type)\b|[-\u2212\u2013](?![\w(])", re.IGNORECASE)


def compared(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Survival that differs, or does not, between those with an alteration and others."""
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    if sentence.is_title or disease is None:
        return
    for subjects, denied in (*_told(sentence), *_figures(sentence)):
        for subject in distinct(subjects):
            used = [m for m in (subject, disease) if m.span in sentence.span]
            yield Statement(
                subject=subject.concept,
                predicate="prognosticIn",
                object=disease.concept,
                negated=denied is not None,
                evidence=sentence.evidence("survival-compared", used, negation=denied),
            )


def _bearers(sentence: Sentence, clause: Span) -> list[Mention]:
    """What may divide the patients: alterations, and genes that are not told to be unaltered."""
    if sentence.of(*THERAPIES, inside=clause) or TREATED.search(sentence.words(clause)):
        return []
    found = outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE, inside=clause))
    return [m for m in found if not _ABSENT.match(sentence.text, m.span.end)]


_Told = Iterator[tuple[list[Mention], str | None]]


def _told(sentence: Sentence) -> _Told:
    """How survival is told in words: "survival of those with X was shorter", "shorter survival was seen in X"."""
    for match in SURVIVAL_WITH.finditer(sentence.text, sentence.span.start, sentence.span.end):
        found = [m for m in _bearers(sentence, sentence.clause_at(match.start())) if m.span.start >= match.end()]
        if found and found[0].span.start == match.end():
            denied = match["not"] or match["none"]
            yield sentence.group(found[0], found[1:]), denied.strip() if denied else None
    for survival in _SURVIVAL.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = sentence.clause_at(survival.start())
        found = [m for m in _bearers(sentence, clause) if m.span.start >= survival.end()]
        if not found or not _OF_THOSE.fullmatch(sentence.text, survival.end(), found[0].span.start):
            continue
        group = sentence.group(found[0], found[1:])
        is_so = _IS_SHORTER.match(sentence.text, group[-1].span.end, clause.end)
        differs = _DIFFERENCE.search(sentence.text, clause.start, survival.start())
        if is_so:
            yield group, "not" if is_so["not"] else None
        elif differs and (differs["no"] or differs["significant"]):
            yield group, "no" if differs["no"] else None


def _figures(sentence: Sentence) -> _Told:
    """Figures of both groups and whether they differ: "13 months in those without, 6 in those with (P = 0.02)"."""
    for survival in _SURVIVAL.finditer(sentence.text, sentence.span.start, sentence.span.end):
        named = [m for m in _bearers(sentence, sentence.span) if m.cls is ConceptClass.ALTERATION]
        found = [m for m in named if m.span.start >= survival.end()]
        rest = Span(survival.end(), sentence.span.end).of(sentence.text)
        if not found or len(distinct(found)) > 1 or not (_OTHERS.search(rest) and _FIGURES.search(rest)):
            continue
        sure, unsure = _SURE.search(rest), _UNSURE.search(rest)
        if bool(sure) != bool(unsure):
            yield found[:1], None if sure else (unsure[0] if unsure else None)
        return
