"""What an appraisal is about: the therapies it values, and those in whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..model import ConceptClass, ConceptId, Mention, Span
from .cues import Valued
from .discourse import RESISTANT, THERAPIES, Discourse, Sentence, distinct, outermost, repeats
from .structure import called

#: A clause that begins so speaks of what the sentence before was about.
PRONOUN: Final = re.compile(
    r"\W*(?:(?:thus|therefore|hence|moreover|overall|together),?\s+)?(?:it\b|they\b|(?:this|these|such|"
    r"both)\s+(?:(?:new|novel)\s+)?"
    r"(?:is|are|was|were|has|have|may|might|can|could|opens?|begins?|marks?|brings?|shows?|drugs?|agents?|"
    r"treatments?|therap\w+))",
    re.IGNORECASE,
)
#: "results of the many trials": the trials spoken of before.
_TRIALS: Final = re.compile(r"\b(?:trials|studies)\b", re.IGNORECASE)
#: What a therapy is compared with or added to, and the treatment before: up to the next verb, comma or "in".
_ASIDE: Final = re.compile(
    r"\b(?:than|unlike|in\s+contrast\s+to|versus|vs\.?|compared\s+(?:with|to)|over|after|before|following|prior|previous(?:ly)?|without|"
    r"addition\s+of\s+[^,;]{1,60}?\s+to|added\s+to|resistan(?:ce|t)\s+to|refractory\s+to|regardless\s+of|failure\s+of|"
    r"dose\s+\w+\s+of|access\s+to)\s+(?P<what>(?:\([^()]*\)|[^,;:()])*?)"
    r"(?=[,;:)]|$|\b(?:is|are|was|were|did|does|has|have|had|may|might|could|can|should|will|shows?|showed|"
    r"demonstrate[sd]?|"
    r"improve[sd]?|prolong(?:s|ed)?|led|results?|resulted|in|for|among|remains?|appears?|appeared|seems?|"
    r"failed|significantly)\b)",
    re.IGNORECASE,
)
#: Something else is linked with the result of a therapy: "expression was associated with poor response to trastuzumab".
_LINKED: Final = re.compile(r"\b(?:associat\w+|correlat\w+|linked to|related to|relationship)\b", re.IGNORECASE)
#: An alteration after these words is not what the patients have.
_NOT_IN: Final = re.compile(
    r"\b(?:(?:regardless|irrespective|independent(?:ly)?)\s+of\s+(?:[\w-]+\s+){0,4}|"
    r"(?:negative|lack(?:ing|s|ed)?|without|no|absence\s+of|due\s+to|because\s+of|caused\s+by|mediated\s+by|"
    r"via|through|acquired|"
    r"emergence\s+of|development\s+of|wild-type)\s+(?:(?!(?:in|for|against|with)\s)[\w-]+\s+){0,3})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What an appraisal is limited to, and how sure we are that it is."""

    targets: tuple[Mention, ...]
    context: ConceptId | None
    certain: bool


def therapies(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> tuple[list[Mention], float]:
    """The therapies that a cue values, with the confidence that it does."""
    named = _subjects(sentence, clause)
    before = [m for m in named if m.span.end <= cue.span.start]
    if before:
        return before, 0.9
    words = sentence.words(clause)
    after = [m for m in named if m.span.start >= cue.span.end]
    linked = _LINKED.search(sentence.text, clause.start, cue.span.start)
    altered = sentence.of(ConceptClass.ALTERATION, inside=Span(clause.start, linked.start())) if linked else []
    if after and not PRONOUN.match(words) and (not linked or altered):
        return sentence.group(after[0], after[1:]), 0.8
    if _TRIALS.search(words):
        for other in discourse.before(sentence):
            if _TRIALS.search(other.words()) and (found := outermost(other.of(*THERAPIES))):
                return found[:1], 0.7
    if PRONOUN.match(words):
        for other in list(discourse.before(sentence))[:1]:
            if found := outermost(other.of(*THERAPIES)):
                return other.group(found[0], found[1:]), 0.75
    return [], 0.0


def _subjects(sentence: Sentence, clause: Span) -> list[Mention]:
    """The therapies of a clause that can be valued: not what they are compared with, not what a drug is called."""
    asides = [Span(*m.span("what")) for m in _ASIDE.finditer(sentence.text, clause.start, clause.end)]
    drugs = sentence.of(ConceptClass.DRUG)
    all_named = outermost(sentence.of(*THERAPIES, inside=clause))
    return [
        m
        for m in all_named
        if not any(aside.start <= m.span.start < aside.end for aside in asides)
        and not RESISTANT.match(sentence.text, m.span.end)
        and not repeats(sentence, m, all_named)
        and not (m.cls is ConceptClass.DRUG_CLASS and any(_names(sentence, m, drug) for drug in drugs))
    ]


def _names(sentence: Sentence, kind: Mention, drug: Mention) -> bool:
    """Whether a class only says what a drug beside it is: "the EGFR antibody panitumumab", "pyrotinib, a TKI"."""
    follows = kind.span.end < drug.span.start and not sentence.text[kind.span.end : drug.span.start].strip()
    return follows or called(sentence, drug, kind)


def setting(sentence: Sentence, clause: Span, discourse: Discourse) -> Setting | None:
    """In whom: the alteration (with the disease as context) or the disease, of the clause, the sentence, or before."""
    for part in (clause, sentence.span):
        diseases = _diseases(sentence, part)
        alterations = _alterations(sentence, part)
        if alterations:
            return Setting(tuple(alterations), diseases[0].concept if diseases else None, True)
        if diseases:
            return Setting(tuple(diseases), None, True)
    near = list(discourse.before(sentence))
    for other in [*near[:2], *(s for s in near[2:] if s.is_title)]:
        alterations, diseases = _alterations(other, other.span), _diseases(other, other.span)
        if alterations and diseases:
            return Setting((alterations[0],), diseases[0].concept, False)
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    return Setting((disease,), None, False) if disease else None


def _alterations(sentence: Sentence, part: Span) -> Sequence[Mention]:
    found = outermost(sentence.of(ConceptClass.ALTERATION, inside=part))
    return distinct(
        m for m in found if not _NOT_IN.search(sentence.text[max(part.start, m.span.start - 120) : m.span.start])
    )


def _diseases(sentence: Sentence, part: Span) -> Sequence[Mention]:
    found = sentence.of(ConceptClass.DISEASE, inside=part)
    return distinct(m for m in found if not repeats(sentence, m, found))
