"""Claims about agreement: consensus, gold standard, standard of care; mostly that there is none.

Absence must be stated to be queried: in an open world nothing follows from silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import Certainty, ConceptClass, Mention, Span, Statement
from .classes import called
from .discourse import THERAPIES, Discourse, Sentence, distinct, only_together, outermost, with_question
from .joint import given_with_another
from .sureness import FROM_ELSEWHERE

_CONSENSUS: Final = re.compile(r"\bconsensus\b", re.IGNORECASE)
_GOLD: Final = re.compile(r"\b(?:gold|reference)[- ]standards?\b", re.IGNORECASE)
#: A positive claim needs a verb or the word for experts; "consensus" alone says nothing.
_REACHED: Final = re.compile(
    r"\b(?:(?:expert|international|national|society)\s+consensus|consensus\s+(?:statement|document|guidelines?)"
    r"|(?:has|have|was|were|is|been)\s+(?:\w+\s+)?(?:reached|established|achieved|agreed)"
    r"|(?:is|are|remains?|as|considered)\s+(?:considered\s+|regarded\s+as\s+)?(?:the\s+|"
    r"an?\s+)?(?:current\s+|accepted\s+)?"
    r"(?:gold|reference)[- ]standard)\b",
    re.IGNORECASE,
)
_CARE: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|become|became|becoming|remain(?:s|ed)?(?:\s+as)?|(?<!, )as|"
    r"(?:led|lead|leads|leading)\s+to|considered|"
    r"represents?|constitutes?)\s+"
    r"(?:(?:an?|the|one\s+of\s+the)\s+)?(?:[\w-]+\s+){0,2}?(?:standard(?:s)?[\s-]+(?:of[\s-]+care|(?:(?:first|second|third|front|later|initial|"
    r"current|systemic|adjuvant|neoadjuvant|global|preferred|recommended)[\s-]+(?:line\s+)?){0,2}(?:treatments?|therap(?:y|ies)|"
    r"options?|regimens?|approach(?:es)?|choices?))|(?:preferred|preferential)\s+(?:[\w-]+\s+){0,2}?(?:treatments?|therap(?:y|ies)|options?|"
    r"regimens?)|(?:mainstay|cornerstone|backbone)(?:s)?(?:\s+(?:of|for)\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?(?:treatment|therapy|management|"
    r"care))?)\b(?!\s+sequenc)",
    re.IGNORECASE,
)
#: The standard before the therapy: "the standard of care for X is".
_CARE_IS: Final = re.compile(
    r"\bstandard[\s-]+(?:of[\s-]+care|treatment|therapy)\b(?:\s+(?:for|in)\s+[^,;]{1,120}?)?\s+(?P<is>(?:is|was|remains)\s+(?P<not>not\s+)?)"
    r"(?:currently\s+|still\s+)?",
    re.IGNORECASE,
)
#: What comes of something else: "poor responses to A, leaving B as the mainstay".
_LEAVING: Final = re.compile(r",\s+(?:[a-z]+ly\s+)?(?:leaving|making|rendering|so\s+that)\s", re.IGNORECASE)
#: There is no standard: "no approved standard targeted therapy for".
_NO_STANDARD: Final = re.compile(
    r"\b(?P<no>no|lack\s+of(?:\s+an?)?|without(?:\s+an?)?)\s+(?:[\w-]+\s+){0,3}?standard(?:[\s-]+of[\s-]+care)?\s+(?:[\w-]+\s+){0,2}?$",
    re.IGNORECASE,
)
#: What is only named beside: "X following chemotherapy has become standard of care".
_BESIDE: Final = re.compile(
    r"\b(?:following|after|before|prior\s+to|versus|vs\.?|than|unlike|without|failure\s+of)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)


def standard_is(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """The standard of care is a therapy: ``standardOfCareFor``, the therapy named last."""
    for match in _CARE_IS.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = sentence.clause_at(match.start())
        named = outermost(sentence.of(*THERAPIES, inside=clause))
        first = next((m for m in named if m.span.start == match.end()), None)
        question = discourse.cues.question(sentence.text, clause, sentence.span)
        if first is None or question or given_with_another(sentence, first):
            continue
        before = Span(sentence.span.start, match.end("is"))
        alterations = distinct(outermost(sentence.of(ConceptClass.ALTERATION, inside=before)))
        disease = discourse.focus(sentence, ConceptClass.DISEASE)
        context = disease if alterations and disease and disease.span in sentence.span else None
        for target in alterations or ([disease] if disease else []):
            yield Statement(
                subject=first.concept,
                predicate="standardOfCareFor",
                object=target.concept,
                negated=bool(match["not"]),
                context=context.concept if context else None,
                evidence=sentence.evidence(
                    "standard-of-care",
                    [m for m in (first, target, context) if m and m.span in sentence.span],
                    negation="not" if match["not"] else None,
                ),
            )


def no_standard(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """There is no standard therapy of a kind: ``standardOfCareFor``, denied."""
    for therapy in outermost(sentence.of(ConceptClass.DRUG_CLASS)):
        none = _NO_STANDARD.search(sentence.text, sentence.span.start, therapy.span.start)
        after = [m for m in outermost(sentence.of(ConceptClass.ALTERATION)) if m.span.start >= therapy.span.end]
        disease = discourse.focus(sentence, ConceptClass.DISEASE)
        targets = distinct(after) or ([disease] if disease else [])
        if none is None or discourse.cues.question(sentence.text, sentence.clause_at(none.start()), sentence.span):
            continue
        for target in targets:
            context = disease if after and disease and disease.span in sentence.span else None
            yield Statement(
                subject=therapy.concept,
                predicate="standardOfCareFor",
                object=target.concept,
                negated=True,
                context=context.concept if context else None,
                evidence=sentence.evidence(
                    "no-standard-of-care",
                    [m for m in (therapy, target, context) if m and m.span in sentence.span],
                    negation=none["no"],
                ),
            )


def agreements(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """No consensus about a topic, no gold standard for a test: ``hasConsensus``, ``hasGoldStandard``."""
    for predicate, pattern in (("hasConsensus", _CONSENSUS), ("hasGoldStandard", _GOLD)):
        for match in pattern.finditer(sentence.text, sentence.span.start, sentence.span.end):
            clause = sentence.clause_at(match.start())
            negation = discourse.cues.negation(sentence.text, clause)
            question = discourse.cues.question(sentence.text, clause, sentence.span)
            if not negation and not question and not _REACHED.search(sentence.words(clause)):
                continue
            topic = _topic(sentence, match.end(), clause)
            disease = discourse.focus(sentence, ConceptClass.DISEASE)
            if topic is None or disease is None:
                continue
            local = disease.span in sentence.span
            alteration = next(iter(sentence.of(ConceptClass.ALTERATION)), None) if sentence.is_title else None
            used = [topic, *([disease] if local else []), *([alteration] if alteration else [])]
            statement = Statement(
                subject=topic.concept,
                predicate=predicate,
                object=disease.concept,
                negated=bool(negation),
                context=alteration.concept if alteration else None,
                evidence=sentence.evidence(
                    f"{'no-' if negation else ''}{'consensus' if predicate == 'hasConsensus' else 'gold-standard'}",
                    used,
                    share=1.0 if local else FROM_ELSEWHERE,
                    negation=negation,
                ),
            )
            yield with_question(statement, None if negation else question)


def _topic(sentence: Sentence, after: int, clause: Span) -> Mention | None:
    """What the consensus is about: the topic after the word, else one in the clause, else one in the sentence."""
    topics = sentence.of(ConceptClass.TOPIC)
    following = [t for t in topics if t.span.start >= after]
    inside = [t for t in topics if t.span in clause]
    return next(iter([*following, *inside, *topics]), None)


def standard_of_care(sentence: Sentence, discourse: Discourse) -> Iterator[Statement]:
    """A therapy is, or is not, the standard of care: ``standardOfCareFor``."""
    for match in _CARE.finditer(sentence.text, sentence.span.start, sentence.span.end):
        clause = sentence.clause_at(match.start())
        named = [m for m in outermost(sentence.of(*THERAPIES, inside=clause)) if m.span.end <= match.start()]
        drugs = sentence.of(ConceptClass.DRUG, inside=clause)
        named = [m for m in named if not any(called(sentence, drug, m) for drug in drugs)]
        meant = [m for m in named if not _BESIDE.search(sentence.text, clause.start, m.span.start)]
        therapies = [
            m
            for m in meant
            if not given_with_another(sentence, m)
            and not only_together(sentence, m)
            and (
                meant[-1] in sentence.group(m, meant)
                or not _LEAVING.search(sentence.text, m.span.end, meant[-1].span.start)
            )
        ]
        if not therapies:
            continue
        negation = discourse.cues.negation(sentence.text, Span(therapies[-1].span.end, match.end()))
        hedge = discourse.cues.hedge(sentence.text, Span(therapies[-1].span.end, match.start() + 12))
        question = discourse.cues.question(sentence.text, clause, sentence.span)
        altered = outermost(sentence.of(ConceptClass.ALTERATION, inside=clause))
        altered = altered or outermost(sentence.of(ConceptClass.ALTERATION))
        alterations = distinct([m for m in altered if m.span.start >= match.end()] or altered)
        disease = discourse.focus(sentence, ConceptClass.DISEASE)
        for therapy in distinct(therapies):
            for target in alterations or ([disease] if disease else []):
                context = disease if alterations and disease and disease.span in sentence.span else None
                yield with_question(
                    Statement(
                        subject=therapy.concept,
                        predicate="standardOfCareFor",
                        object=target.concept,
                        negated=bool(negation),
                        certainty=Certainty.HEDGED if hedge and not negation else Certainty.ASSERTED,
                        context=context.concept if context else None,
                        evidence=sentence.evidence(
                            "standard-of-care",
                            [therapy, target, *([context] if context else [])],
                            negation=negation,
                            hedge=hedge if not negation else None,
                        ),
                    ),
                    question,
                )
