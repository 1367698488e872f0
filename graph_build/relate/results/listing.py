"""Arms beside their figures, and in a list behind them: "8 months for A and 6 for B", "for A and B, respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ...model import Span
from .arms import IN, NOUN, STOP, VS, Group
from .numbers import Figure

_ARM: Final = r"(?P<{0}>{1}{{1,90}}?(?:\s*\((?:n\s?=\s?\d+|[^()\d;:]{{1,30}})\))?)"
#: The rest of a bracket: "45% (39/85 with measurable disease".
_STILL_OPEN: Final = re.compile(r"\s[^()\[\]]{1,60}\)")


def inline(text: str, chain: Sequence[Figure], span: Span, starts: Sequence[int] | None = None) -> list[Group] | None:
    """Arms beside each figure: "28.4 months for A, 34.6 months for B, and 32.5 months for C".

    ``starts`` are where the figures of the next arm begin, when each arm has several and ``chain`` holds the last.
    """
    found: list[Group] = []
    ends = [*(starts if starts is not None else [f.span.start for f in chain[1:]]), span.end]
    for number, (figure, end) in enumerate(zip(chain, ends, strict=True)):
        opened = _STILL_OPEN.match(text, figure.span.end, end) if "(" in figure.span.of(text) else None
        start = opened.end() if opened else figure.span.end
        rest = text[start:end]
        last = number == len(chain) - 1
        stop = (
            r"(?=\s*(?:\.(?!\d)|[,;()\[\]]|$|\brespectively))"
            if last
            else (rf"\s*[,;(\[]*\s*(?:{VS}|and|,\s*and|while|whereas|,)\s*(?:only\s+|(?:was|were)\s+|{IN})?$")
        )
        match = re.match(rf"[)\]\s]*,?\s*(?:{IN}|(?=without\s)){_ARM.format('arm', STOP)}{NOUN}?{stop}", rest)
        if not match or (not last and re.search(rf"\s(?:{VS}|and)\s", match["arm"])):
            return None
        if last and re.search(rf"\s(?:{VS}|and)\s", match["arm"]):
            return None  # "17 vs 9 months in A and B": a list for all, not the arm of the last
        group = Group.of(Span(start + match.start("arm"), start + match.end("arm")), text, everybody=True)
        if group is None:
            return None
        found.append(group)
    return found


def behind(text: str, end: int, count: int, span: Span) -> list[Group] | None:
    """Arms in a list behind all figures: "for A, B and C, respectively", "in the A and B groups"."""
    lead = re.compile(rf"[)\]\s]*(?:[(\[][^()\[\]]{{3,80}}[)\]])?\s*,?\s*{IN}").match(text, end, span.end)
    if not lead:
        return None
    stop = re.compile(
        r"(?P<list>(?:[^.;:\[\]]|(?<=\d)\.(?=\d)){3,220}?)(?=\s*(?:,?\s*respectively\b|\.(?!\d)|"
        r"[;:\[\]]|\s\((?![nN]\s?=)|,\s*[pP]\s?[=<>]|$))"
    ).match(text, lead.end(), span.end)
    if not stop:
        return None
    return listed(text, Span(lead.end(), stop.end("list")), count)


_JOINT: Final = re.compile(rf"\s*,\s*(?:and\s+)?(?:{IN}|the\s+)?|\s+(?:and|{VS})\s+(?:{IN}|the\s+)?")
#: "first and second lines": what is counted is printed once.
_ORDINAL: Final = re.compile(r"(?:first|second|third|fourth|1st|2nd|3rd)(?![\w-])", re.IGNORECASE)
#: A score whose assay is named once for all: "IHC 2+ and 3+ cohorts".
_BARE_SCORE: Final = re.compile(r"[0-3]\s?\+")


def listed(text: str, place: Span, count: int) -> list[Group] | None:
    """So many groups in a list of words: "A, B and C"; what only one prints for all is added, with "…" between.

    >>> text = "IHC 2+ and 3+ cohorts"
    >>> [group.words for group in listed(text, Span(0, len(text)), 2) or ()]
    ['IHC 2+', 'IHC … 3+ cohorts']
    """
    parts: list[Span] = []
    start = place.start
    for match in _JOINT.finditer(text, place.start, place.end):
        parts.append(Span(start, match.start()))
        start = match.end()
    parts.append(Span(start, place.end))
    if len(parts) != count:
        return None
    groups = [Group.of(part, text, everybody=True) for part in parts]
    known = [g for g in groups if g is not None]
    if len(known) != count:
        return None
    if tail := re.search(r"-(?=\w)(?P<noun>.+)$", known[-1].words):  # "first- and second-line therapy"
        known = [replace(g, words=f"{g.words} … {tail['noun']}") if g.words.endswith("-") else g for g in known]
    first, last = known[0].words, known[-1].words
    if (ordinal := _ORDINAL.match(last)) and all(_ORDINAL.fullmatch(g.words) for g in known[:-1]):
        return [replace(g, words=f"{g.words} … {last[ordinal.end() :].strip()}") for g in known[:-1]] + [known[-1]]
    if count == 2 and first.endswith(" with") and last.startswith("without "):  # "with and without brain metastases"
        return [replace(known[0], words=f"{first} … {last.removeprefix('without ')}"), known[1]]
    assay = re.match(r"(?:HER-?2\s+)?(?:IHC|immunohistochem\w+)(?=\s)", known[0].words)
    return [replace(g, words=f"{assay[0]} … {g.words}") if assay and _BARE_SCORE.match(g.words) else g for g in known]
