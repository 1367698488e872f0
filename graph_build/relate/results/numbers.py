"""Printed numbers: percentages with n of N, lengths of time, hazard ratios, and their intervals.

Nothing is rounded or rewritten: a :class:`Figure` keeps the digits as printed, and where they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from ...model import Span

#: A number: "62", "8.2", "8·2" (The Lancet prints a middle dot), ".64".
NUMBER: Final = r"(?<![\w.·])(?:\d{1,3}(?:[.·∙‧]\d{1,3})?|[.·]\d{1,3})(?![\d])"
#: What an upper limit, or a median, is when the patients have not been followed for long enough.
NOT_REACHED: Final = (
    r"(?:could not be (?:evaluated|estimated|reached|calculated)|(?:has |had |was |were )?not (?:yet |"
    r"been |yet been )?(?:reached|estimable|estimated|evaluable|available|"
    r"calculable)|NR\b|NE\b|NA\b|N\.[RE]\.|∞|undefined|infinity)"
)
_UNIT: Final = r"(?:months?|mos?\b|weeks?|wks?\b|years?|yrs?\b|days?)"
#: What joins the two ends of an interval.
_TO: Final = r"\s*(?:%\s*)?(?:months?\s*|years?\s*|weeks?\s*)?(?:-|–|—|‑|−|,|;|\bto\b|\band\b)\s*"
_LIMIT: Final = rf"(?:{NUMBER}|{NOT_REACHED})"
_OPEN: Final = r"\s*[,;:]?\s*[(\[]?\s*"
CI: Final = (
    r"(?:two-sided |2-sided |exact |Clopper[-–]Pearson )?(?:(?P<level>[5-9]\d(?:[.·]\d)?)\s?%[\s-]*)?"
    r"(?:C[Il]s?\b|C\.I\.|confidence[\s-](?:inter[nv]als?|limits?)(?:\s*[(\[](?:CIs?|C\.I\.)[)\]])?)"
)
_COUNTED: Final = (
    r"(?:evaluable |assessable |eligible |treated |of the |the |\w+-evaluable )?(?:patients?|pts|participants?|"
    r"cases?|subjects?|tumou?rs?|samples?|women|men)"
)
_INTERVAL: Final = re.compile(
    rf"(?:\s*{_COUNTED})?{_OPEN}(?:(?:n\s?=\s?)?\d+(?:/| of )\d+(?: patients)?\s*[;,)]?\s*[(\[]?\s*)?{CI}\s*(?:of\s|"
    rf"was\s)?[:,=;]?\s*[(\[]?\s*"
    rf"(?P<low>{_LIMIT}){_TO}(?P<high>{_LIMIT})",
    re.IGNORECASE,
)
#: A bracket with two numbers and no word: an interval after a hazard ratio, or where one before it said so.
_BARE_INTERVAL: Final = re.compile(rf"\s*[(\[]\s*(?P<low>{_LIMIT}){_TO}(?P<high>{_LIMIT})\s?(?:%|months)?\s*[)\];,]")
#: One bracket with the intervals of two figures: whose they are is not said.
_TWO_INTERVALS: Final = re.compile(rf"\s*%?\s*(?:,|;|and|vs\.?|versus)\s*{_LIMIT}{_TO}{_LIMIT}", re.IGNORECASE)
#: The unit of an interval, which is that of its figure.
_INTERVAL_UNIT: Final = re.compile(rf"\s?(?:%|{_UNIT})", re.IGNORECASE)
#: A range is no confidence interval; it is passed over.
_RANGED: Final = re.compile(
    rf"\s*[(\[](?:(?:(?:inter-?quartile )?range|IQR)[^()\[\]]{{1,60}}|{NUMBER}{_TO}{NUMBER}\s?(?:%|{_UNIT})?)[)\]]",
    re.IGNORECASE,
)
_PERCENT: Final = rf"(?P<value>{NUMBER})\s?%"
_COUNT: Final = r"(?P<count>(?<![\w.·/])\d{1,5}(?!\d|[.·]\d))"
_TOTAL: Final = r"(?P<total>\d{1,5}(?!\d|[.·]\d))"
#: "9/25", "9 of 25", "9 patients out of the 25".
_SHARE: Final = rf"{_COUNT}\s?(?:/|(?:{_COUNTED}\s+)?(?:out )?of (?:the |all )?)\s?{_TOTAL}"
#: The forms in which a percentage is printed with how many it is of how many; the first that fits is taken.
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # "33 (52%) of 64 patients", "101 [68%] of 149"
        rf"{_COUNT}\s*(?:{_COUNTED}\s*)?[(\[]{_PERCENT}[)\]]\s*(?:{_COUNTED}\s+)?(?:of|out of)\s+(?:the\s+)?{_TOTAL}",
        # "9/25 (36%", "9 of 25 patients (36%", "9 of the 25 [36%"
        rf"{_SHARE}\s*(?:{_COUNTED}\s*)?[(\[,;]\s*{_PERCENT}",
        # "36% (9/25", "36% (9 of 25", "36%, 9/25", "36% (n = 9/25"
        rf"{_PERCENT}\s*[(\[,;]\s*(?:n\s?=\s?)?{_SHARE}",
        # "36% (9 patients)", "36% (n = 9)"
        rf"{_PERCENT}\s*[(\[](?:n\s?=\s?)?{_COUNT}(?:\s+{_COUNTED})?[)\]]",
        # "64 patients (25.4%"
        rf"{_COUNT}\s+(?:{_COUNTED}\s*)?[(\[]{_PERCENT}",
        # "9 of 25 patients", "9/25"
        rf"{_SHARE}(?!\s*(?:%|events))",
        _PERCENT,
        rf"(?P<value>{NUMBER})\s?(?P<unit>{_UNIT})",
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


class Kind(StrEnum):
    """What a figure measures in."""

    PERCENT = "percent"
    TIME = "time"
    BARE = "bare"  # no unit of its own: "5.6" in "5.6 vs 3.2 months"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A printed number with what belongs to it."""

    span: Span  # from the first digit to the end of the interval
    kind: Kind
    value: str | None = None  # as printed
    unit: str | None = None  # "%", "months"
    lower: str | None = None
    upper: str | None = None
    level: str | None = None
    count: str | None = None
    total: str | None = None


def plain(printed: str) -> str:
    """The number that printed digits stand for, in the form of a computer.

    >>> plain("16·9"), plain(".64"), plain("007")
    ('16.9', '0.64', '7')
    """
    whole, dot, rest = re.sub(r"[·∙‧]", ".", printed).partition(".")
    return (whole.lstrip("0") or "0") + dot + rest


def is_number(printed: str | None) -> bool:
    """Whether something printed is a number, and not "NE"."""
    return bool(printed and re.fullmatch(NUMBER, printed))


def unit_of(printed: str) -> str:
    """The unit that an abbreviation stands for, in the plural.

    >>> unit_of("mo"), unit_of("year"), unit_of("wks")
    ('months', 'years', 'weeks')
    """
    for start, unit in (("mo", "months"), ("w", "weeks"), ("y", "years"), ("d", "days")):
        if printed.lower().startswith(start):
            return unit
    raise ValueError(f"{printed!r} is no unit of time")


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
    while match := _first(text, position, span.end):
        figure = _figure(match)
        figure = interval(text, figure, span, said=level is not None)
        level = figure.level or level
        if figure.lower and not figure.level:
            figure = replace(figure, level=level)
        position = figure.span.end
        if figure.kind is Kind.BARE and not _NUMBER_ENDS.match(text, figure.span.end, span.end):
            continue  # "5.4 mg/kg", "37 patients", "exon 20"
        if not _OTHER.search(text[max(span.start, figure.span.start - 24) : figure.span.start]):
            found.append(figure)
    return found


_START: Final = re.compile(rf"{NUMBER}|(?<![\w.·/])\d{{4,5}}(?!\d|[.·]\d)|{NOT_REACHED}")


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
    return Figure(span=span, kind=Kind.PERCENT, value=named.get("value"), unit="%", count=count, total=total)


def interval(text: str, figure: Figure, span: Span, *, said: bool) -> Figure:
    """A figure with the interval that follows it; one without the word counts only where it was ``said`` before."""
    match = _INTERVAL.match(text, figure.span.end, span.end)
    if match is None and figure.unit:  # "36%) (95% CI …", "(36%), 95% CI …"
        closed = re.compile(r"[)\]]").match(text, figure.span.end, span.end)
        match = _INTERVAL.match(text, closed.end(), span.end) if closed else None
    if match is None and said:
        match = _BARE_INTERVAL.match(text, figure.span.end, span.end)
    if match is None or _TWO_INTERVALS.match(text, match.end(), span.end):
        ranged = _RANGED.match(text, figure.span.end, span.end)
        return replace(figure, span=Span(figure.span.start, ranged.end())) if ranged else figure
    if not figure.total and (shares := re.search(r"(\d+)(?:/| of )(\d+)", text[figure.span.end : match.start("low")])):
        figure = replace(figure, count=shares[1], total=shares[2])
    end = match.end("high")
    if sign := _INTERVAL_UNIT.match(text, end, span.end):
        end = sign.end()
    unit = re.compile(rf"\s*[)\]]\s*(?P<unit>{_UNIT})").match(text, end, span.end)
    if unit and figure.kind is Kind.BARE:  # "11.3 (95% CI, 8.6-12.9) months"
        figure = replace(figure, kind=Kind.TIME, unit=unit_of(unit["unit"]))
        end = unit.end()
    return replace(
        figure,
        span=Span(figure.span.start, end),
        lower=match["low"],
        upper=match["high"],
        level=plain(level) if (level := match.groupdict().get("level")) else None,
    )


def fits(figure: Figure) -> bool:
    """Whether the numbers of a figure can be what they are taken for.

    >>> fits(Figure(span=Span(0, 1), kind=Kind.PERCENT, value="36", lower="18", upper="57", count="9", total="25"))
    True
    >>> fits(Figure(span=Span(0, 1), kind=Kind.PERCENT, value="36", lower="40", upper="57"))
    False
    """
    number = float(plain(figure.value)) if figure.value else None
    if figure.kind is Kind.PERCENT and number is not None and number > 100:
        return False
    if number is not None:
        if is_number(figure.lower) and figure.lower and number < float(plain(figure.lower)):
            return False
        if is_number(figure.upper) and figure.upper and number > float(plain(figure.upper)):
            return False
    if figure.count and figure.total:
        count, total = int(figure.count), int(figure.total)
        if not 0 <= count <= total or total == 0:
            return False
        return number is None or abs(100 * count / total - number) <= 1.1
    return True
