"""Roles told the other way round: "lung cancer driven by HER2", "targeting HER2 is a promising strategy in"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import Certainty, ConceptClass, Mention, Span, Statement
from .discourse import RESISTANT, Discourse, Sentence, distinct, outermost, with_question
from .roles import inside_therapy

#: From a disease to what drives it: "are mostly driven by the", and from what drives it to the disease: "-driven".
_DRIVEN_BY: Final = re.compile(
    r"(?:\s+(?:that|which))?(?:\s+(?:is|are|was|were|can\s+be|may\s+be))?(?:\s+[a-z]+ly|\s+often)?\s+driven\s+by\s+"
    r"(?:(?:the|an?|activating|oncogenic|somatic|mutant|aberrant)\s+)*",
    re.IGNORECASE,
)
_DRIVEN: Final = re.compile(
    r"[\s\u2010-\u2013-](?:driven|addicted)\s+(?:(?:human|advanced|metastatic)\s+)*", re.IGNORECASE
)
#: "Targeting X": up to the gene, and from it to what that is.
_TARGETING: Final = re.compile(
    r"\b(?:targeting|inhibiting|inhibition\s+of|blocking|blockade\s+of)\s+(?:both\s+|the\s+|mutant\s+)*$", re.IGNORECASE
)
_STRATEGY: Final = re.compile(
    r"(?:\s+(?:[\w-]+\s+){0,6}?|[\u2010-\u2013-]targeting\s+(?:[\w-]+\s+){0,3}?)(?:is|are|was|be|represents?|offers?|provides?|constitutes?|remains?|as)\s+(?:therefore\s+)?"
    r"(?:(?:an?|the)\s+)?(?:(?!(?:of|for|to|in|no)\b)[\w-]+,?\s+){0,4}?(?:strateg(?:y|ies)|approach(?:es)?|option|paradigm|avenue|intervention)\b",
    re.IGNORECASE,
)
#: A strategy against something else than the disease.
_AGAINST_ELSE: Final = re.compile(
    r"[^.;]{0,60}?\b(?:resistan\w+|sensitivity|sensiti[sz]\w+|toxicit\w+|metasta\w+|pain|relapse|infections?)\b",
    re.IGNORECASE,
)


def driven(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """What drives a disease: ``oncogenicDriverIn``."""
    named = _named(sentence)
    for disease in sentence.of(ConceptClass.DISEASE):
        after = [m for m in named if m.span.start >= disease.span.end]
        if after and _DRIVEN_BY.fullmatch(sentence.between(disease, after[0])):
            yield from _said(
                sentence, discourse, sentence.group(after[0], after[1:]), disease, after[0].span, "oncogenicDriverIn"
            )
        before = [m for m in named if m.span.end <= disease.span.start]
        if before and _DRIVEN.fullmatch(sentence.text, before[-1].span.end, disease.span.start):
            yield from _said(sentence, discourse, before[-1:], disease, before[-1].span, "oncogenicDriverIn")


def strategies(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A gene whose targeting is called a way to treat a disease: ``therapeuticTargetIn``."""
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    named = _named(sentence)
    for first in named if disease and not sentence.is_title else ():
        clause = sentence.clause_at(first.span.start)
        group = sentence.group(first, [m for m in named if m.span.start > first.span.start])
        strategy = _STRATEGY.match(sentence.text, group[-1].span.end, clause.end)
        aimed = _TARGETING.search(sentence.text, clause.start, first.span.start)
        if strategy is None or not (aimed or "targeting" in strategy[0].lower()):
            continue
        together = len(group) == 1 and aimed and "both" in aimed[0].lower()
        if together or "simultaneous" in strategy[0].lower():
            continue  # only together with another
        if (
            disease is None
            or _AGAINST_ELSE.match(sentence.text, strategy.end(), clause.end)
            or RESISTANT.match(sentence.text, group[-1].span.end)
        ):
            continue
        behind = [d for d in sentence.of(ConceptClass.DISEASE) if d.span.start >= strategy.end()]
        yield from _said(
            sentence,
            discourse,
            group,
            behind[0] if behind else disease,
            Span(clause.start, strategy.end()),
            "therapeuticTargetIn",
        )


def _named(sentence: Sentence) -> list[Mention]:
    """The genes and alterations that are no part of a therapy's name."""
    return [
        m for m in outermost(sentence.of(ConceptClass.ALTERATION, ConceptClass.GENE)) if not inside_therapy(sentence, m)
    ]


def _said(
    sentence: Sentence, discourse: Discourse, subjects: Sequence[Mention], disease: Mention, where: Span, predicate: str
) -> Iterator[Statement]:
    clause = sentence.clause_at(where.start)
    negation = discourse.cues.negation(sentence.text, where)
    hedge = discourse.cues.hedge(sentence.text, where)
    for subject in distinct(subjects):
        yield with_question(
            Statement(
                subject=subject.concept,
                predicate=predicate,
                object=disease.concept,
                negated=bool(negation),
                certainty=Certainty.HEDGED if hedge else Certainty.ASSERTED,
                evidence=sentence.evidence(
                    "driven-by" if predicate == "oncogenicDriverIn" else "targeting-as-strategy",
                    [m for m in (subject, disease) if m.span in sentence.span],
                    negation=negation,
                    hedge=hedge,
                ),
            ),
            discourse.cues.question(sentence.text, clause, sentence.span),
        )
