"""The first figure that belongs to a measure, and those that it is compared or listed with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...model import Span
from .arms import BETTER_WORDS, Group
from .numbers import Figure, Kind
from .wording import BARRED, COMPARED, COMPARES, GAP_LIST, GAP_VERSUS, LINK, ORDERED, TREATMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How the words after a measure lead to its first figure."""

    figure: Figure
    group: Group | None = None  # whom they name
    words: Span | None = None  # the words that name them, also when these are several
    compared: bool = False  # whether they compare arms


#: What patients have more or less than so many of: "> 2 lines", "≤3 metastatic sites"; no bound of a figure.
_LIMITED: Final = re.compile(r"[<>≤≥]=?\s?\d+(?:\.\d+)?\s+(?!months|weeks|days|years)[a-z]{3,}", re.IGNORECASE)
#: A relative clause that says what a group was given or had.
_WHO: Final = re.compile(
    r"\bwho\s+(?=(?:received|receiving|underwent|had|have|were|did|achieved|progressed|experienced|developed|responded|"
    r"continued|discontinued|harbou?red|carried|completed)\b)",
    re.IGNORECASE,
)
#: What closes a bracket before the verb.
_SHARE_OF_ALL: Final = re.compile(
    rf"\s?\)\s+(?:was|were)\b(?!\s+(?:(?:not\s+)?\w+ly\s+)?{BETTER_WORDS}\b)", re.IGNORECASE
)
_THEY: Final = re.compile(
    r"(?:the\s+|these\s+)*(?:treated\s+|evaluable\s+|enrolled\s+|eligible\s+|assessable\s+)?(?:patients|pts|"
    r"participants)",
    re.IGNORECASE,
)
#: What a rate counts: "CBR (CR + PR + SD ≥ 6 months)".
_DEFINED: Final = re.compile(r"\((?:CR|PR|SD)\b[^()]{0,50}\)")
#: "… (HR, 0.70; 95% CI, 0.50 to 0.90; median, 20 v 10 months)": the figures stand behind the ratio.
_BEHIND_RATIO: Final = re.compile(
    r"\s*(?:was\s+\w+\s+)?[(\[](?:[\w-]+\s){0,2}(?:HR|hazard ratio)\b[^()]{3,110}[;,]\s*medians?\b[\s,:=]*",
    re.IGNORECASE,
)
#: "a longer PFS was observed in A (": whom the bracket is of.
_SEEN: Final = re.compile(
    r"\s*(?:was|were)\s+(?:also\s+)?(?:observed|seen|noted|found|achieved|reported|recorded)\s+(?:in|with|for|"
    r"among)\s+(?:the\s+)?"
    r"(?P<group>[^;:()\[\]]{2,110}?)\s*[(\[]\s*(?:medians?,?\s*)?",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"(?:both|the two|two|all|each of the)\s+(?:treatment\s+|study\s+)?(?:groups|arms|cohorts)", re.IGNORECASE
)
#: A verb among the words that should name a group.
_VERB: Final = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)


def _of_words(text: str, figure: Figure, words: Span) -> Lead | None:
    """The lead to a figure whose words name somebody, everybody, or several that are compared."""
    said = words.of(text)
    if COMPARES.search(said):
        return Lead(figure=figure, words=words, compared=True)
    if TREATMENT.fullmatch(said) or _THEY.fullmatch(said):
        return Lead(figure=figure)  # "the response rate to treatment", "the median PFS of the patients"
    if _BOTH.fullmatch(said):
        return Lead(figure=figure, compared=True)  # "in both groups (31% of A vs 33% of B)"
    group = Group.of(words, text, everybody=True)
    return Lead(figure=figure, group=group, words=words) if group else None


def first_figure(text: str, end: int, numbers: Sequence[Figure]) -> Lead | None:
    """The first figure that the words after a measure lead to."""
    for figure in numbers:
        gap = text[end : figure.span.start]
        if len(gap) > 260:
            break
        if gap.endswith("(") and figure.kind is Kind.PERCENT and _SHARE_OF_ALL.match(text, figure.span.end):
            continue  # "the ORR of treated patients (14%) was": how many they are
        match = LINK.fullmatch(gap)
        seen = _SEEN.fullmatch(gap)
        gap = _DEFINED.sub("", gap)
        if match and not BARRED.search(ORDERED.sub(r"\1", _WHO.sub("", _LIMITED.sub("", gap)))):
            if not match["group"]:
                return Lead(figure=figure)
            if not _VERB.search(match["group"]):
                return _of_words(text, figure, Span(end + match.start("group"), end + match.end("group")))
        if seen:
            return _of_words(text, figure, Span(end + seen.start("group"), end + seen.end("group")))
        if _BEHIND_RATIO.fullmatch(gap):
            return Lead(figure=figure, compared=True)
        if COMPARED.fullmatch(gap) and not BARRED.search(
            _WHO.sub("", _LIMITED.sub("", re.sub(r"\bdifference\b", "", gap)))
        ):
            return Lead(figure=figure, compared=True)
        if figure.kind is not Kind.BARE:
            break
    return None


def chain_of(text: str, numbers: Sequence[Figure]) -> tuple[list[Figure], bool]:
    """A figure and those it is compared or listed with; a number without a unit takes that of the next."""
    chain = [numbers[0]]
    versus = False
    for figure in numbers[1:]:
        gap = text[chain[-1].span.end : figure.span.start]
        if "respectively" in gap:
            break
        if GAP_VERSUS.fullmatch(gap):
            versus = True
        elif not GAP_LIST.fullmatch(gap):
            break
        chain.append(figure)
    while len(chain) > 1 and chain[-1].kind is Kind.BARE:
        chain.pop()
    unit = next((f for f in chain if f.kind in (Kind.PERCENT, Kind.TIME)), None)
    for number in range(len(chain) - 2, -1, -1):
        following = chain[number + 1]
        if chain[number].kind is Kind.BARE and following.kind in (Kind.PERCENT, Kind.TIME):
            chain[number] = replace(chain[number], kind=following.kind, unit=following.unit)
    if any(
        f.kind not in (unit.kind if unit else Kind.NOT_REACHED, Kind.NOT_REACHED, Kind.PERCENT, Kind.TIME)
        for f in chain
    ):
        return chain[:1], versus
    return chain, versus
