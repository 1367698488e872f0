"""Which sentences of an abstract are about its own results, and which about what was known or planned.

A structured abstract prints it; in a running one, the sentence that says what was done parts the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Final

from ..discourse import Sentence


class Part(StrEnum):
    """A part of an abstract."""

    BACKGROUND = "background"
    METHODS = "methods"
    RESULTS = "results"
    CONCLUSION = "conclusion"


#: The labels of structured abstracts, as printed before a colon or on a line of their own.
_LABELS: Final = (
    (
        Part.CONCLUSION,
        (
            r"CONCLUSIONS?(?: AND RELEVANCE| AND IMPLICATIONS)?|INTERPRETATION|SIGNIFICANCE|IMPLICATIONS[A-Z ]*|"
            r"DISCUSSION|TAKE[- ]HOME MESSAGE|PATIENT SUMMARY|LAY SUMMARY|CLINICAL PRACTICE POINTS?|"
            r"RELEVANCE"
        ),
    ),
    (
        Part.RESULTS,
        (
            r"(?:MAIN |KEY )?RESULTS?(?: AND [A-Z]+| OF [A-Z ]+)?|(?:MAIN |KEY )?FINDINGS|OUTCOMES?|"
            r"METHODS? AND RESULTS|EVIDENCE SYNTHESIS|RESULTS? AND LIMITATIONS?|MEASUREMENTS AND MAIN RESULTS|"
            r"OUTCOME MEASUREMENTS[A-Z ]*AND RESULTS"
        ),
    ),
    (
        Part.METHODS,
        (
            r"(?:[A-Z]+ AND )?METHODS?(?: AND [A-Z]+)?|MATERIALS?(?: AND METHODS?)?|(?:STUDY |TRIAL |"
            r"EXPERIMENTAL )?DESIGN(?:, SETTING[A-Z, ]*)?|SETTING[A-Z, ]*|PARTICIPANTS|PATIENTS(?: AND METHODS?)?|"
            r"INTERVENTIONS?|EXPOSURES?|MEASUREMENTS|MAIN OUTCOMES?[A-Z ]*|DATA SOURCES?[A-Z ]*|STUDY SELECTION|"
            r"DATA EXTRACTION[A-Z ]*|STATISTICAL ANALYSIS|EVIDENCE ACQUISITION|PROCEDURES?"
        ),
    ),
    (
        Part.BACKGROUND,
        (
            r"BACKGROUND[A-Z ,/&]*|INTRODUCTION|CONTEXT|OBJECTIVES?|AIMS?[A-Z /]*|PURPOSE[A-Z ]*|RATIONALE|"
            r"HYPOTHESIS|IMPORTANCE|STATEMENT OF [A-Z ]+|WHAT IS ALREADY KNOWN[A-Z ]*"
        ),
    ),
)
_LABELLED: Final = tuple((part, re.compile(rf"(?:{words})\s*[:.\n]", re.IGNORECASE)) for part, words in _LABELS)
#: What the paper set out to do: from here on a running abstract tells of itself.
_AIM: Final = re.compile(
    r"\b(?:we|our)\b|\b(?:this|the present|the current|present|current) (?:[\w-]+\s){0,3}?(?:study|"
    r"trial|analysis|report|review|work|paper|article)\b|"
    r"\b(?:aims?|objectives?|purpose|goal) (?:of|was|were|is)\b|\baimed\b|\bwere (?:enrolled|"
    r"randomi[sz]ed|included|treated|reviewed|recruited|retrospectively)\b|"
    r"\bpatients (?:with|who) [^.]{0,100}\b(?:received|were)\b|\b(?:retrospectively|consecutive)\b|"
    r"\bto (?:evaluate|assess|investigate|determine|compare|examine|explore)\b",
    re.IGNORECASE,
)
#: What others found, wherever it stands.
_OTHERS: Final = re.compile(
    r"\b(?:previous(?:ly)?\s+(?:\w+\s+){0,2}(?:stud(?:y|ies)|trials?|reports?|reported|published|"
    r"data)|prior (?:studies|trials|reports?|data)|historical\w*|"
    r"(?:has|have) (?:recently |previously |also )?(?:been )?(?:shown|reported|demonstrated|"
    r"approved|published|led|become|improved)|literature|et al|"
    r"approv(?:ed|al)|published|is known|are known|remains? (?:poor|dismal|low|limited)|other (?:studies|"
    r"trials|series)|"
    r"(?:is|are) (?:approximately|about|around|only|less than|estimated|low|poor))\b",
    re.IGNORECASE,
)
#: What is planned, or how a thing was measured.
_METHODS: Final = re.compile(
    r"\b(?:will be|primary (?:end-?points?|outcomes?|objectives?)|secondary (?:end-?points?|"
    r"outcomes?)|end-?points? (?:was|were|included)|"
    r"eligib\w+ (?:patients|criteria)|inclusion criteria|were (?:assessed|evaluated|estimated|"
    r"calculated|compared|analy[sz]ed) (?:using|by|with)|"
    r"Kaplan[-\u2010\u2013 ‐]Meier (?:method|analysis was|curves were)|was (?:used|performed|conducted) to)\b",
    re.IGNORECASE,
)


def label_of(words: str) -> Part | None:
    """The part that the label at the beginning of a sentence names.

    >>> label_of("RESULTS: The ORR was 30%."), label_of("Findings Between 2012 and 2014")
    (<Part.RESULTS: 'results'>, None)
    """
    return next((part for part, pattern in _LABELLED if pattern.match(words)), None)


def parts(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Part]]:
    """The sentences of an abstract with the part that each belongs to."""
    labels = [label_of(s.words()) for s in sentences]
    labelled = any(label in (Part.RESULTS, Part.METHODS, Part.CONCLUSION) for label in labels)
    here = Part.BACKGROUND
    begun = False
    for sentence, label in zip(sentences, labels, strict=True):
        words = sentence.words()
        if label:
            here = label
        elif not labelled:
            begun = begun or bool(_AIM.search(words))
            here = Part.RESULTS if begun else Part.BACKGROUND
        part = here
        if part in (Part.RESULTS, Part.CONCLUSION) and _OTHERS.search(words):
            part = Part.BACKGROUND
        elif part is Part.RESULTS and _METHODS.search(words):
            part = Part.METHODS
        yield sentence, part
