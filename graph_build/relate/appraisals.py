"""How a text values a therapy: ``efficacyIn`` and ``safetyIn`` with an appraisal and the word for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..model import Certainty, ConceptClass, ConceptId, Mention, Span, Statement
from .cues import Valued
from .discourse import THERAPIES, Discourse, Sentence, distinct, outermost

#: A clause that begins so speaks of what the sentence before was about.
_PRONOUN: Final = re.compile(
    r"\W*(?:(?:thus|therefore|hence|moreover|overall|together),?\s+)?(?:it\b|they\b|(?:this|these|such|both)\s+(?:(?:new|novel)\s+)?"
    r"(?:is|are|was|were|has|have|may|might|can|could|opens?|begins?|marks?|brings?|shows?|drugs?|agents?|treatments?|therap\w+))",
    re.IGNORECASE,
)
#: Sentences about cells and animals say nothing about patients; aims and hypotheses say nothing yet.
_NO_RESULT: Final = re.compile(
    r"\b(?:in vitro|in vivo|cell lines?|xenografts?|mice|mouse|murine|rats?|spheroids?|organoids?|cells\b(?!.*\bpatients)|"
    r"hypothes\w+|(?:aim|objective|purpose|goal)s? (?:of|was|were|is)|aimed to|sought to|to (?:evaluate|assess|investigate|determine|"
    r"explore|examine|compare|study)\b|we (?:evaluated|investigated|assessed|explored|compared|examined))\b",
    re.IGNORECASE,
)
#: Named for what no longer answers to it: "erlotinib resistance", "platinum-pretreated".
_RESISTANT: Final = re.compile(
    r"[\s-]*(?:resistan\w+|sensitiv\w+|refractory|pre-?treated|na[iï]ve|exposed|induced|failure|withdrawal)\b", re.IGNORECASE
)
#: How far from an appraisal the outcome may stand that it is about, in characters.
OUTCOME_REACH: Final = 60
#: Words beside which a weak cue is about patients after all: "benefit patients".
_CLINICAL: Final = re.compile(r"\b(?:clinical\w*|patients|survival|outcomes?|response)\b", re.IGNORECASE)
#: "results of the many trials": the trials spoken of before.
_TRIALS: Final = re.compile(r"\b(?:trials|studies)\b", re.IGNORECASE)
#: A therapy after these words is what another is compared with, or the setting.
_COMPARED: Final = re.compile(
    r"\b(?:than|versus|vs\.?|compared\s+(?:with|to)|over|after|before|following|prior|previous|resistant\s+to|refractory\s+to)"
    r"\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
#: How far from the appraisal a hedge still qualifies it, in characters.
HEDGE_REACH: Final = 40
#: How far before the appraisal a negation still negates it, in characters (NegEx: about six words).
NEGATION_REACH: Final = 45


@dataclass(frozen=True, slots=True)
class _Setting:
    """What an appraisal is limited to, and how sure we are that it is."""

    targets: tuple[Mention, ...]
    context: ConceptId | None
    certain: bool


def appraised(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """Statements for each appraisal word that a therapy bears."""
    if _NO_RESULT.search(sentence.words()):
        return
    for clause in sentence.clauses():
        valued = discourse.cues.appraisals(sentence.text, clause)
        strong = [v for v in valued if not v.weak]
        for cue in strong or [v for v in valued if _is_clinical(sentence, clause, v)][:1]:
            therapies, distance = _therapies(sentence, clause, cue, discourse)
            setting = _setting(sentence, clause, discourse) if therapies else None
            if setting is None:
                continue
            yield from _statements(sentence, clause, cue, therapies, distance, setting, discourse)


def _statements(
    sentence: Sentence,
    clause: Span,
    cue: Valued,
    therapies: Sequence[Mention],
    confidence: float,
    setting: _Setting,
    discourse: Discourse,
) -> Iterator[Statement]:
    text = sentence.text
    outcomes = _outcomes(sentence, clause, cue)
    reached = Span(max(clause.start, cue.span.start - NEGATION_REACH), cue.span.end)
    negation = discourse.cues.negation(text, reached)
    near = Span(max(clause.start, cue.span.start - HEDGE_REACH), min(clause.end, cue.span.end + HEDGE_REACH))
    hedge = discourse.cues.hedge(text, near)
    question = discourse.cues.question(text, clause, sentence.span)
    certainty = Certainty.OPEN_QUESTION if question else Certainty.HEDGED if hedge else Certainty.ASSERTED
    for predicate in _predicates(cue, outcomes):
        for therapy in distinct(therapies):
            for target in setting.targets:
                outcome = next((o for o in outcomes if o.concept.label not in ("efficacy", "safety")), None)
                yield Statement(
                    subject=therapy.concept,
                    predicate=predicate,
                    object=target.concept,
                    negated=bool(negation),
                    certainty=certainty,
                    appraisal=cue.appraisal,
                    appraisal_word=cue.word,
                    context=setting.context,
                    outcome=outcome.concept if outcome else None,
                    evidence=sentence.evidence(
                        "appraised-therapy",
                        round(confidence * (1.0 if setting.certain else 0.85), 2),
                        [m for m in (therapy, target, *outcomes) if m.span in sentence.span],
                        negation=negation,
                        hedge=question or hedge,
                    ),
                )


def _is_clinical(sentence: Sentence, clause: Span, cue: Valued) -> bool:
    """Whether a weak cue stands beside an outcome or patients; "improved flexibility" does not."""
    near = Span(max(clause.start, cue.span.start - OUTCOME_REACH), min(clause.end, cue.span.end + OUTCOME_REACH))
    return bool(cue.predicate or sentence.of(ConceptClass.OUTCOME, inside=near) or _CLINICAL.search(near.of(sentence.text)))


def _outcomes(sentence: Sentence, clause: Span, cue: Valued) -> list[Mention]:
    """The outcomes that a cue is about: those right after it, else those before it in the clause."""
    found = sentence.of(ConceptClass.OUTCOME, inside=clause)
    after = [
        m
        for m in found
        if m.span.start >= cue.span.end
        and m.span.start - cue.span.end <= OUTCOME_REACH
        and "," not in sentence.text[cue.span.end : m.span.start]
    ]
    return after or [m for m in found if m.span.end <= cue.span.start]


def _predicates(cue: Valued, outcomes: Sequence[Mention]) -> list[str]:
    """Efficacy unless the words are about safety; both when both are named."""
    if cue.predicate:
        return [cue.predicate]
    labels = {o.concept.label for o in outcomes}
    safety = bool(labels & {"safety", "toxicity", "tolerability", "adverse events"})
    if safety and labels <= {"safety", "toxicity", "tolerability", "adverse events"}:
        return ["safetyIn"]
    return ["efficacyIn", "safetyIn"] if safety else ["efficacyIn"]


def _therapies(sentence: Sentence, clause: Span, cue: Valued, discourse: Discourse) -> tuple[list[Mention], float]:
    """The therapies that a cue values, with the confidence that it does."""
    named = [
        m
        for m in outermost(sentence.of(*THERAPIES, inside=clause))
        if not _COMPARED.search(sentence.text[clause.start : m.span.start])
        and not _RESISTANT.match(sentence.text, m.span.end)
    ]
    before = [m for m in named if m.span.end <= cue.span.start]
    if before:
        return before, 0.9
    words = sentence.words(clause)
    after = [m for m in named if m.span.start >= cue.span.end]
    if after and not _PRONOUN.match(words):
        return sentence.group(after[0], after[1:]), 0.8
    if _TRIALS.search(words):
        for other in discourse.before(sentence):
            if _TRIALS.search(other.words()) and (found := outermost(other.of(*THERAPIES))):
                return found[:1], 0.7
    if _PRONOUN.match(words):
        for other in list(discourse.before(sentence))[:1]:
            if found := outermost(other.of(*THERAPIES)):
                return other.group(found[0], found[1:]), 0.75
    return [], 0.0


def _setting(sentence: Sentence, clause: Span, discourse: Discourse) -> _Setting | None:
    """In whom: the alteration (with the disease as context) or the disease, of the clause, the sentence, or before."""
    for part in (clause, sentence.span):
        alterations = distinct(outermost(sentence.of(ConceptClass.ALTERATION, inside=part)))
        diseases = distinct(sentence.of(ConceptClass.DISEASE, inside=part))
        if alterations:
            return _Setting(tuple(alterations), diseases[0].concept if diseases else None, True)
        if diseases:
            return _Setting(tuple(diseases), None, True)
    for other in [*discourse.before(sentence)]:
        alterations = distinct(outermost(other.of(ConceptClass.ALTERATION)))
        diseases = distinct(other.of(ConceptClass.DISEASE))
        if alterations and diseases:
            return _Setting((alterations[0],), diseases[0].concept, False)
    disease = discourse.focus(sentence, ConceptClass.DISEASE)
    return _Setting((disease,), None, False) if disease else None
