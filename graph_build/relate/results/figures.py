"""The figures of a sentence: percentages with n of N, lengths of time, with their intervals.

Nothing is rounded or rewritten: a :class:`Figure` keeps the digits as printed, and where they stand.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ...model import Span
from .intervals import CI, interval
from .numbers import COUNTED, NOT_REACHED, NUMBER, UNIT, WORDS, Figure, Kind, counted, unit_of

#: "95% CI" is no percentage of its own.
_PERCENT: Final = rf"(?P<value>{NUMBER})\s?%(?!\s?-?\s?(?:CI|CIs|C\.I\.|confidence|credible)\b)"
_WORD: Final = rf"\b(?:{'|'.join(WORDS[1:])})\b"
_COUNT: Final = rf"(?P<count>(?<![\w.·/-])(?:\d{{1,5}}(?!\d|[.·]\d)|{_WORD}(?!-)))"
_TOTAL: Final = r"(?P<total>\d{1,5}(?!\d|[.·]\d))"
#: "9/25", "9 of 25", "9 patients out of the 25".
_SHARE: Final = rf"{_COUNT}\s?(?:/|(?:{COUNTED}\s+)?(?:out )?of (?:the |all )?)\s?{_TOTAL}"
#: The forms in which a percentage is printed with how many it is of how many; the first that fits is taken.
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "33 (52%) of 64 patients", "101 [68%] of 149"
        (
            rf"{_COUNT}\s*(?:{COUNTED}\s*)?[(\[]{_PERCENT}[)\]]\s*(?:{COUNTED}\s+)?"
            rf"(?:of|out of|from)\s+(?:the\s+|a\s+)?(?:total\s+(?:of\s+)?)?{_TOTAL}(?:\s+{COUNTED}(?!\w))?"
        ),
        # "five (17% [95% CI 6–35]) of 30 patients": the interval is read behind it
        (
            rf"{_COUNT}\s*(?:{COUNTED}\s*)?[(\[]{_PERCENT}(?=\s*[,;]?\s*(?:[(\[][^()\[\]]{{3,60}}[)\]]|95%[^()\[\]]{{3,60}})\s*[)\]]"
            rf"\s*(?:{COUNTED}\s+)?(?:of|out of)\s+(?:the\s+)?{_TOTAL})"
        ),
        # "9/25 (36%", "9 of 25 patients (36%", "9 of the 25 [36%"
        rf"{_SHARE}\s*(?:{COUNTED}\s*)?[(\[,;]\s*{_PERCENT}",
        # "36% (9/25", "36% (9 of 25", "36%, 9/25", "36% (n = 9/25"
        rf"{_PERCENT}\s*[(\[,;]\s*(?:n\s?=\s?)?{_SHARE}",
        # "36% (9 patients)", "36% (n = 9)"
        rf"{_PERCENT}\s*[(\[](?:n\s?=\s?)?{_COUNT}(?:\s+{COUNTED})?[)\]]",
        # "64 patients (25.4%"
        rf"{_COUNT}\s+(?:{COUNTED}\s*)?[(\[]{_PERCENT}",
        # "9 of 25 patients", "9/25"
        rf"{_SHARE}(?!\s*(?:%|events))",
        _PERCENT,
        rf"(?P<value>{NUMBER})\s?(?P<unit>{UNIT})",
        rf"(?P<not_reached>{NOT_REACHED})",
        rf"(?P<value>{NUMBER})",
    )
)
#: Words before a number that make it something else than a result: "range 0–11", "P = 0.01", "n = 40", "day 15".
_OTHER: Final = re.compile(
    r"(?:\b(?:ranged?|IQR|interquartile range|SD|SE|[Pp]|n|N|I2|chi2|phase|grade|grades|day|cycle|"
    r"stage|level|line|type|"
    r"aged?|older than|version)\s*(?:value\s*)?[:,=<>≤≥]*\s*(?:from |between |of )?|\b[vV]\.?|[<>≤≥±]\s*|"
    r"[A-Za-z]-|\d\s?[-–])$"
)


#: What follows a number whose unit stands further on: "5.6 vs 3.2 months", "49.0 and 35.7%".
_NUMBER_ENDS: Final = re.compile(r"\s*(?:vs?\b|versus|and\b|,|&|/|compared|than|to\b|[(\[\])]|$)", re.IGNORECASE)


def figures(text: str, span: Span) -> list[Figure]:
    """The figures of a part of the text, in order; numbers inside the interval of one are none of their own.

    >>> text = "ORR was 9/25 (36%; 95% CI 18-57) and median PFS 8·2 months [95% CI: 5·6–NE]."
    >>> for one in figures(text, Span(0, len(text))):
    ...     print(one.value, one.unit, one.lower, one.upper, one.level, one.count, one.total)
    36 % 18 57 95 9 25
    8·2 months 5·6 NE 95 None None
    """
    found: list[Figure] = []
    position = span.start
    level: str | None = None
    printed = re.compile(CI).search(text, span.start, span.end)
    while match := _first(text, position, span.end):
        figure = _figure(match)
        early = printed is not None and figure.kind is Kind.PERCENT
        figure = interval(text, figure, span, said=level is not None or early)
        level = figure.level or level
        if figure.lower and not figure.level:
            figure = replace(figure, level=level or (printed["level"] if printed else None))
        if figure.count and figure.total and (rest := _OF_TOTAL.match(text, figure.span.end, span.end)):
            figure = replace(figure, span=Span(figure.span.start, rest.end()))
        position = figure.span.end
        if figure.kind is Kind.BARE and not _NUMBER_ENDS.match(text, figure.span.end, span.end):
            continue  # "5.4 mg/kg", "37 patients", "exon 20"
        if not _OTHER.search(text[max(span.start, figure.span.start - 24) : figure.span.start]):
            found.append(figure)
    return found


#: How many all were, behind the bracket with the interval: "…]) of 30 patients".
_OF_TOTAL: Final = re.compile(
    rf"(?:[)\]]\s*){{1,2}}(?:{COUNTED}\s+)?(?:of|out of)\s+(?:the\s+)?\d{{1,5}}(?:\s+{COUNTED})?(?![\w.])",
    re.IGNORECASE,
)
_START: Final = re.compile(rf"{NUMBER}|(?<![\w.·/])\d{{4,5}}(?!\d|[.·]\d)|{NOT_REACHED}|(?i:{_WORD})(?!-)")


def _first(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first figure from here, in the longest form."""
    for place in _START.finditer(text, start, end):
        for form in _FORMS:
            if match := form.match(text, place.start(), end):
                return match
    return None


def _figure(match: re.Match[str]) -> Figure:
    named = match.groupdict()
    span = Span(match.start(), match.end())
    if named.get("not_reached"):
        return Figure(span=span, kind=Kind.NOT_REACHED, value=None)
    if named.get("unit"):
        return Figure(span=span, kind=Kind.TIME, value=named["value"], unit=unit_of(named["unit"]))
    count, total = named.get("count"), named.get("total")
    if match.re is _FORMS[-1]:
        return Figure(span=span, kind=Kind.BARE, value=named["value"])
    count = counted(count) if count else None
    return Figure(span=span, kind=Kind.PERCENT, value=named.get("value"), unit="%", count=count, total=total)
