"""One measure at several times: "1- and 2-year OS rates were 70% and 50%", "49% at 1 year and 28% at 2"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ...model import Span
from .arms import Group, after, leading
from .chains import Lead, chain_of, first_figure
from .found import Found, fitting
from .measured import Measured
from .numbers import Figure, Kind, plain
from .wording import RESPECTIVELY

#: A time of a list: "1-", "6-month", "one".
_TIME: Final = re.compile(
    r"(?P<number>\d{1,2}|one|two|three|four|five|six)[\s-]*(?P<unit>months?|years?|yr|mo|y)?", re.IGNORECASE
)


def of_times(
    text: str,
    span: Span,
    measure: Measured,
    chain: Sequence[Figure],
    lead: Lead,
    before: str,
    numbers: Sequence[Figure],
) -> Iterator[Found]:
    """One measure at several times, also of several arms: "1- and 2-year OS rates were 70% and 50%, respectively"."""
    times = [(m["number"], m["unit"]) for m in _TIME.finditer(f"{before} {measure.time or ''}")]
    later = [f for f in numbers if f.span.start >= chain[-1].span.end and f.kind is chain[-1].kind]
    shares = [*chain, *later]
    joint = " " if measure.time is None else "-"  # "at 6 and 12 months", "6- and 12-month"
    blocks = [shares[n : n + len(times)] for n in range(0, len(shares), len(times))] if times else []
    groups = [_of_block(text, span, block) for block in blocks]
    if len(blocks) > 1 and (None in groups or len(blocks[-1]) != len(times)):
        return  # whose each list is, is not known
    for block, group in zip(blocks, groups, strict=True):
        ordered = RESPECTIVELY.match(text, block[-1].span.end) or _falling(block)
        if len(block) != len(times) or not ordered:
            return
        for figure, (number, unit) in zip(block, times, strict=True):
            at = f"{number}{joint}{unit or times[-1][1]}"
            yield from fitting(measure, figure, None, at, group or lead.group)


def _of_block(text: str, span: Span, block: Sequence[Figure]) -> Group | None:
    """Whom a list of figures is of: "…, respectively, in the A cohort"."""
    ordered = RESPECTIVELY.match(text, block[-1].span.end, span.end)
    end = ordered.end() if ordered else block[-1].span.end
    comma = re.compile(r"\s*,").match(text, end, span.end)
    return after(text, comma.end() if comma else end, span, ())


def _falling(chain: Sequence[Figure]) -> bool:
    """Whether percentages become smaller, as shares of the living do with time."""
    shares = [float(plain(f.value)) for f in chain if f.value and f.kind is Kind.PERCENT]
    return len(shares) == len(chain) and all(one > two for one, two in pairwise(shares))


#: "OS rates at 9 and 18 weeks".
_AT_TIMES: Final = re.compile(
    r"(?:\s+rates?)?\s+(?:at|after)\s+(?P<times>(?:\d{1,3}(?:[\s-](?:months?|years?))?(?:,\s*(?:and\s+)?|"
    r"\s+and\s+)){1,5}"
    r"\d{1,3}[\s-](?:months?|years?|mo|yr))(?![\w])",
    re.IGNORECASE,
)


def at_times(text: str, span: Span, measure: Measured, numbers: Sequence[Figure]) -> list[Found]:
    """One measure at several times named behind it: "OS rates at 1 and 2 years were 70% and 50%, respectively"."""
    named = _AT_TIMES.match(text, measure.span.end, span.end)
    if not named or measure.narrowed or measure.time:
        return []
    behind_it = [f for f in numbers if f.span.start >= named.end()]
    lead = first_figure(text, named.end(), behind_it)
    if not lead:
        return []
    chain, _ = chain_of(text, behind_it[behind_it.index(lead.figure) :])
    group = lead.group or leading(text, span, measure.span.start)
    rest = behind_it[behind_it.index(lead.figure) :]
    return list(of_times(text, span, measure, chain, Lead(figure=lead.figure, group=group), named["times"], rest))


#: "49% at 1 year".
_BEHIND: Final = re.compile(
    r"[)\]\s]*(?:of\s+(?:the\s+)?(?:patients|cases)\s+)?at\s+(?P<time>(?:\d{1,3}|one|two|three|four|five|six)[\s-](?:years?|months?|weeks?|yr|mo))"
    r"(?=\s*(?:[.,;)]|$|\b(?:and\s+\d|for|in|among|with)))",
    re.IGNORECASE,
)


#: Between such a figure with its time and the next.
_THEN: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+)")


def times_behind(
    text: str, span: Span, first: Figure, numbers: Sequence[Figure]
) -> tuple[list[tuple[Figure, str]], int]:
    """Figures each with its time behind it, and where they end: "OS was 49% at 1 year and 28% at 2 years"."""
    end = first.span.end
    found: list[tuple[Figure, str]] = []
    shares = {f.span.start: f for f in numbers if f.kind is Kind.PERCENT}
    figure: Figure | None = first
    while figure and figure.kind is Kind.PERCENT and (named := _BEHIND.match(text, figure.span.end, span.end)):
        found.append((figure, " ".join(named["time"].split())))
        end = named.end()
        then = _THEN.match(text, named.end(), span.end)
        figure = shares.get(then.end()) if then else None
    return found, end
