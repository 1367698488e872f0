"""The interval behind a figure: "(95% CI, 4.4 to NE)", or a bare bracket where another said what it is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ...model import Span
from .numbers import COUNTED, NOT_REACHED, NUMBER, UNIT, Figure, Kind, plain, unit_of

#: What joins the two ends of an interval.
_TO: Final = r"\s*(?:%\s*)?(?:months?\s*|years?\s*|weeks?\s*)?(?:-|–|—|‐|‑|−|~|,|;|\bto\b|\band\b)\s*"
_LIMIT: Final = rf"(?:{NUMBER}|{NOT_REACHED})"
_OPEN: Final = r"\s*[,;:]?\s*[(\[]?\s*"
CI: Final = (
    r"(?:two-sided |2-sided |exact |Clopper[-–]Pearson )?(?:(?P<level>[5-9]\d(?:[.·]\d)?)\s?%[\s-]*)?"
    r"(?:C[Il]s?\b|C\.I\.|confidence[\s-](?:inter[nv]als?|limits?)(?:\s*[(\[](?:95\s?%\s?)?(?:CIs?|C\.I\.)[)\]])?)"
)
_INTERVAL: Final = re.compile(
    rf"(?:\s*{COUNTED})?{_OPEN}(?:(?:n\s?=\s?)?\d+(?:/| of )\d+(?: patients)?\s*[;,)]?\s*[(\[]?\s*|"
    rf"n\s?=\s?\d+\s*[;,]\s*)?{CI}\s*(?:of\s|was\s)?[:,=;]?\s*[(\[]?\s*"
    rf"(?P<low>{_LIMIT}){_TO}(?P<high>{_LIMIT})",
    re.IGNORECASE,
)
#: A bracket with two numbers and no word: an interval after a hazard ratio, or where one before it said so.
_BARE_INTERVAL: Final = re.compile(rf"\s*[(\[]\s*(?P<low>{_LIMIT}){_TO}(?P<high>{_LIMIT})\s?(?:%|months)?\s*[)\];,]")
#: Behind the interval in its bracket, how many of how many: "(30–63; 30 of 61 patients)".
_SHARE_BEHIND: Final = re.compile(
    r"\s?%?\s*[;,]\s*(?:n\s?=\s?)?(?P<count>\d+)\s?(?:/|of)\s?(?:the )?(?P<total>\d+)(?!\s?%)(?:\s(?:patients|pts))?"
)
#: Before it, how many: "(n = 4; 95% CI".
_COUNT_BEFORE: Final = re.compile(r"[(\[]\s*n\s?=\s?(\d+)\s*[;,]")
#: One bracket with the intervals of two figures: whose they are is not said.
_TWO_INTERVALS: Final = re.compile(rf"\s*%?\s*(?:,|;|and|vs\.?|versus)\s*{_LIMIT}{_TO}{_LIMIT}", re.IGNORECASE)
#: The unit of an interval, which is that of its figure.
_INTERVAL_UNIT: Final = re.compile(rf"\s?(?:%|{UNIT}|\(N[REA]\))", re.IGNORECASE)
#: A range is no confidence interval; it is passed over.
_RANGED: Final = re.compile(
    rf"\s*[(\[](?:(?:(?:inter-?quartile )?range|IQR)[^()\[\]]{{1,60}}|{NUMBER}{_TO}{NUMBER}\s?(?:%|{UNIT})?)[)\]]",
    re.IGNORECASE,
)


def interval(text: str, figure: Figure, span: Span, *, said: bool) -> Figure:
    """A figure with the interval that follows it; one without the word counts only where it was ``said`` before."""
    match = _INTERVAL.match(text, figure.span.end, span.end)
    if match is None and figure.unit:  # "36%) (95% CI …", "(36%), 95% CI …"
        closed = re.compile(r"[)\]]").match(text, figure.span.end, span.end)
        match = _INTERVAL.match(text, closed.end(), span.end) if closed else None
    if match is None and figure.kind is Kind.NOT_REACHED:  # "not reached (NR [95% CI, 6.4 to NR])"
        again = re.compile(rf"\s*[(\[]\s*{NOT_REACHED}", re.IGNORECASE).match(text, figure.span.end, span.end)
        match = _INTERVAL.match(text, again.end(), span.end) if again else None
    if match is None and said:
        match = _BARE_INTERVAL.match(text, figure.span.end, span.end)
    if match is None or _TWO_INTERVALS.match(text, match.end(), span.end):
        ranged = _RANGED.match(text, figure.span.end, span.end)
        return replace(figure, span=Span(figure.span.start, ranged.end())) if ranged else figure
    if not figure.total and (shares := re.search(r"(\d+)(?:/| of )(\d+)", text[figure.span.end : match.start("low")])):
        figure = replace(figure, count=shares[1], total=shares[2])
    elif not figure.count and (counted := _COUNT_BEFORE.search(text, figure.span.end, match.start("low"))):
        figure = replace(figure, count=counted[1])
    elif (
        figure.kind is Kind.PERCENT
        and not figure.total
        and (behind := _SHARE_BEHIND.match(text, match.end("high"), span.end))
    ):
        figure = replace(figure, count=behind["count"], total=behind["total"])
    end = match.end("high")
    if (behind := _SHARE_BEHIND.match(text, end, span.end)) and figure.total == behind["total"]:
        end = behind.end()
    elif sign := _INTERVAL_UNIT.match(text, end, span.end):
        end = sign.end()
    unit = re.compile(rf"\s*[)\]]\s*(?P<unit>{UNIT})").match(text, end, span.end)
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
