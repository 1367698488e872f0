"""Several figures: which of the printed arms, and which of several measures, each of them is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ...model import Span
from .arms import Group, behind, inline, listed
from .chains import Lead
from .comparisons import arms_around, before_brackets, by_comparison, named_before
from .found import Found, fitting
from .measured import Measured, sharing
from .numbers import Figure
from .wording import COMPARES, ORDERED, RESPECTIVELY


def of_arms(
    text: str,
    span: Span,
    measure: Measured,
    chain: Sequence[Figure],
    lead: Lead,
    said: tuple[str | None, str | None, bool],
    therapies: Sequence[Span],
) -> Iterator[Found]:
    """One measure of several arms, each of which must be named."""
    median, time, compared = said
    setting = lead.group
    arms = inline(text, chain, span) or behind(text, chain[-1].span.end, len(chain), span)
    if arms is None and len(chain) == 2:
        start = chain[0].span.start
        arms = before_brackets(text, chain) or by_comparison(text, span, measure.span, start)
        arms = arms or named_before(text, span, start, therapies) or arms_around(text, span, measure.span, chain)
    if arms is None:
        arms, setting = between(text, lead, chain, 1), None
    if arms is None or len(arms) != len(chain):
        return
    for number, (figure, arm) in enumerate(zip(chain, arms, strict=True)):
        other = arms[1 - number] if len(arms) == 2 else None
        for one in fitting(measure, figure, median, time, arm, other):
            yield replace(one, listed=not compared, setting=setting)


def of_measures(
    text: str,
    span: Span,
    run: Sequence[Measured],
    chain: Sequence[Figure],
    lead: Lead,
    said: tuple[str | None, str | None, bool],
) -> Iterator[Found]:
    """Several measures of several arms: "PFS and OS for A vs B were 5 vs 3 and 9 vs 7 months, respectively"."""
    median, time, compared = said
    count = len(chain) // len(run)
    arms = between(text, lead, chain, len(run))
    order = [(m, a) for m in range(len(run)) for a in range(count)]
    if arms is None and not lead.words:
        blocks = [chain[n : n + len(run)] for n in range(0, len(chain), len(run))]
        arms = inline(text, [b[-1] for b in blocks], span, [b[0].span.start for b in blocks[1:]])
        order = [(m, a) for a in range(count) for m in range(len(run))]
    if arms is None or len(arms) != count:
        return
    for figure, (m, a) in zip(chain, order, strict=True):
        shared = sharing(run[m], run[0])
        other = arms[1 - a] if count == 2 else None
        for one in fitting(shared, figure, median, run[m].time or time, arms[a], other):
            yield replace(one, listed=not compared)


#: A time of a list: "1-", "6-month", "one".
_TIME: Final = re.compile(
    r"(?P<number>\d{1,2}|one|two|three|four|five|six)[\s-]*(?P<unit>months?|years?|yr|mo|y)?", re.IGNORECASE
)


def of_times(text: str, measure: Measured, chain: Sequence[Figure], lead: Lead, before: str) -> Iterator[Found]:
    """One measure at several times: "1-, 2- and 3-year OS rates were 70%, 50% and 40%, respectively"."""
    times = [(m["number"], m["unit"]) for m in _TIME.finditer(f"{before} {measure.time}")]
    if len(times) != len(chain) or not RESPECTIVELY.match(text, chain[-1].span.end):
        return
    for figure, (number, unit) in zip(chain, times, strict=True):
        yield from fitting(measure, figure, None, f"{number}-{unit or times[-1][1]}", lead.group)


def between(text: str, lead: Lead, chain: Sequence[Figure], measures: int) -> list[Group] | None:
    """The arms that stand between the measure and its figures, when the words say that the figures are in their order.

    Either they say "respectively", or both the arms and the figures are two that are joined by "versus".
    """
    if lead.words is None:
        return None
    count = len(chain) // measures
    gaps = [text[one.span.end : two.span.start] for one, two in pairwise(chain)]
    inside = [gap for number, gap in enumerate(gaps, 1) if number % count]
    across = [gap for number, gap in enumerate(gaps, 1) if not number % count]
    compared = all(COMPARES.search(gap) for gap in inside)
    if any(COMPARES.search(gap) for gap in across) or (measures > 1 and not compared):
        return None
    ordered = RESPECTIVELY.match(text, chain[-1].span.end) or ORDERED.match(text[lead.words.end : chain[0].span.start])
    versus = compared and COMPARES.search(lead.words.of(text))
    return listed(text, lead.words, count) if ordered or versus else None
