"""What the lexicon knows of the words that say for whom a result is: therapy, alteration, population, disease."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...model import ConceptClass, ConceptId, Mention
from ..discourse import RESISTANT, THERAPIES, distinct, outermost
from .arms import Group

#: What a group does not have, or had before, is not what it is given or has now.
_NOT: Final = re.compile(
    r"\b(?:without|no|non|not|negative|lack(?:ing|s)?|absence of|naive to|after|prior|previous(?:ly)?|"
    r"pre-?treated with|refractory to|"
    r"resistant to|failed|following|before|regardless of|irrespective of|ineligible for|intolerant (?:of|"
    r"to)|wild-?type|post|unselected|other than|versus|vs)"
    r"(?:[\s\u2010\u2011-]+[\w-]+){0,3}[\s\u2010\u2011-]*$",
    re.IGNORECASE,
)
#: Several groups in one phrase are not one.
_OR: Final = re.compile(r"\b(?:or|and/or|versus|vs\.?)\b", re.IGNORECASE)
_SUBGROUPS: Final = (ConceptClass.ALTERATION, ConceptClass.POPULATION, ConceptClass.DISEASE)
_SCORE: Final = re.compile(
    (r"\b(?:IHC|immunohistochem\w+)(?:\s…)?(?:\s+scores?)?(?:\s+of)?[\s:]*(?P<score>[0-3]\s?\+|0)(?!\w)"), re.IGNORECASE
)
#: "5.4 mg/kg", "160 mg once daily": at most one in a group.
DOSE: Final = re.compile(
    r"(?<![\w.])\d{1,4}(?:[.·]\d{1,2})?\s?(?:mg/kg|mg/m\^?[2²]|μg/kg|mg|MBq)(?![\w/])(?:\s*(?:every (?:\d|"
    r"two|three|four) weeks?|once (?:daily|weekly|a day)|twice (?:daily|a day)|daily|weekly|"
    r"q\d?[dwW]|Q\d[Ww]|BID|QD))?"
)


#: What joins a therapy to another that the lexicon does not know.
_JOINED_BEFORE: Final = re.compile(
    r"(?:[-–/+&]|\b(?:plus|and|combined with|added to|followed by|in combination with|(?:surgery|resection|"
    r"transplantation|radiation|"
    r"radiotherapy|hyperthermia)\s+with)\b)\s*$",
    re.IGNORECASE,
)
_JOINED_AFTER: Final = re.compile(
    r"\s*(?:[/+&]|[-–](?!based|treated|naive|pretreated)|(?:plus|and|combined with|followed by|in combination with)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What is known of a group."""

    therapy: ConceptId | None = None
    subgroups: tuple[ConceptId, ...] = ()
    score: str | None = None
    dose: str | None = None
    mentions: tuple[Mention, ...] = ()


def _whole(therapy: Mention, group: Group) -> bool:
    """Whether a therapy is all that a group was given: not the "chemo" of "ami-chemo" or of "X plus chemotherapy"."""
    before = group.words[: therapy.span.start - group.span.start]
    after = group.words[therapy.span.end - group.span.start :]
    return not _JOINED_BEFORE.search(before) and not _JOINED_AFTER.match(after)


def who(group: Group | None, mentions: Sequence[Mention]) -> Who:
    """The concepts that a group's words name; nothing that is denied or a choice of several."""
    if group is None:
        return Who()
    inside = [m for m in mentions if m.span in group.span]
    denied = {m.concept for m in inside if _NOT.search(group.words[: m.span.start - group.span.start])}
    said = [m for m in inside if m.concept not in denied]  # nor is the "BM" of "without brain metastases (BM)"
    therapies = distinct(
        m
        for m in outermost([m for m in said if m.cls in THERAPIES])
        if not RESISTANT.match(group.words[m.span.end - group.span.start :])
    )
    subgroups = distinct(outermost([m for m in said if m.cls in _SUBGROUPS]))
    if _OR.search(group.words):
        subgroups = []
        therapies = therapies if len(therapies) == 1 else []
    score = _SCORE.search(group.words)
    doses = list(DOSE.finditer(group.words))
    therapy = therapies[0].concept if len(therapies) == 1 and _whole(therapies[0], group) else None
    used = [*(therapies if therapy else []), *subgroups]
    return Who(
        therapy=therapy,
        subgroups=tuple(sorted(m.concept for m in subgroups)),
        score=score["score"].replace(" ", "") if score else None,
        dose=doses[0][0] if len(doses) == 1 else None,
        mentions=tuple(used),
    )
