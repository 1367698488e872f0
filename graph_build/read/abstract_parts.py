"""An abstract in one piece, cut at the labels of a structured abstract."""

from __future__ import annotations

import re
from typing import Final

from .record import AbstractPart

# The labels that are believed inside a running text, in capitals or in title case with a colon.
_NAMES: Final = (
    "BACKGROUND(?:/(?:AIMS?|PURPOSE|OBJECTIVES?))?|BACKGROUND AND (?:AIMS?|PURPOSE|OBJECTIVES?)|INTRODUCTION|CONTEXT"
    "|OBJECTIVES?|AIMS?|AIM OF THE STUDY|PURPOSE|RATIONALE|HYPOTHESIS"
    "|METHODS?|(?:MATERIALS?|PATIENTS|SUBJECTS) (?:AND|&) METHODS?|METHODS AND (?:MATERIALS|RESULTS|FINDINGS)"
    "|EXPERIMENTAL DESIGN|(?:STUDY )?DESIGN|SETTING|PARTICIPANTS|PATIENTS|INTERVENTIONS?|EXPOSURES?|MEASUREMENTS"
    "|MAIN OUTCOMES?(?: AND MEASURES| MEASURES?)?|DATA SOURCES?|STUDY SELECTION|DATA EXTRACTION(?: AND SYNTHESIS)?"
    "|RESULTS?|FINDINGS|OUTCOMES?|DISCUSSION|CONCLUSIONS?(?: AND RELEVANCE)?|CONCLUSIONS?/SIGNIFICANCE"
    "|INTERPRETATION|SIGNIFICANCE|IMPORTANCE|IMPLICATIONS?|FUNDING|TRIAL REGISTRATION|CLINICAL TRIAL REGISTRATION"
)
_LABEL: Final = re.compile(
    rf"(?:(?<=[.?!)\]]\s)|^)(?=[A-Z])(?P<label>(?i:{_NAMES}))\s?(?:[:\uff1a]|(?<=[A-Z])\.)\s{{0,9}}(?=\S)"
)

_KNOWN: Final = re.compile(_NAMES, re.IGNORECASE)

# What a database or publisher adds behind the last sentence.
_NOTICE: Final = re.compile(
    r"(?<=[.?!)\]])\s{1,9}(?:copyright\b|©|\(c\)\s?\d{4}|\([^()]{0,60}\(c\)\s?\d{4}|published by\b"
    r"|\[(?:author )?abstract\b|all rights reserved\b)",
    re.IGNORECASE,
)
#: A notice is no longer.
_NOTICE_LENGTH: Final = 600


def abstract_parts(text: str) -> tuple[AbstractPart, ...]:
    """The paragraphs of an abstract, without the notice of its copyright.

    >>> abstract_parts("AIM: To look. RESULTS: We saw it. © 2020 Somebody.")
    (AbstractPart(text='To look.', label='AIM'), AbstractPart(text='We saw it.', label='RESULTS'))
    >>> abstract_parts("We asked: is it so? Patients: none.")
    (AbstractPart(text='We asked: is it so? Patients: none.', label=''),)
    """
    text = without_notice(" ".join(text.split()))
    labels = list(_LABEL.finditer(text))
    if not text or (len(labels) < 2 and not (labels and labels[0].start() == 0)):
        return (AbstractPart(text=text),) if text else ()
    parts = [AbstractPart(text=before)] if (before := text[: labels[0].start()].strip()) else []
    for label, end in zip(labels, [*(label.start() for label in labels[1:]), len(text)], strict=True):
        if body := text[label.end() : end].strip():
            parts.append(AbstractPart(text=body, label=label["label"]))
    return tuple(parts)


def is_label(text: str) -> bool:
    """Whether a text is the label of a part, as structured abstracts have it.

    >>> is_label("MATERIALS AND METHODS"), is_label("HER2")
    (True, False)
    """
    return bool(_KNOWN.fullmatch(text.strip(" :")))


def without_notice(text: str) -> str:
    """A text without a notice of copyright at its end.

    >>> without_notice("We saw it. Copyright © 2021 Invented Press. All rights reserved.")
    'We saw it.'
    """
    tail = max(len(text) - _NOTICE_LENGTH, 0)
    notice = _NOTICE.search(text, tail)
    return text[: notice.start()].rstrip() if notice else text
