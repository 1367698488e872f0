"""Which figure is a result of which measure, and for whom: the grammar of a sentence with numbers.

A figure counts only when every word between it and its measure is understood; what is left over is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...model import Span
from .arms import Group, after, before_brackets, behind, inline, leading, named_before, subject
from .chains import chain_of, first_figure
from .everybody import parts_patients
from .hazards import of_ratio, ratios
from .measures import MEAN, MEDIAN, RATE, RATE_AT, Measured, measures
from .numbers import Figure, Kind, figures, fits
from .wording import (
    AND,
    ANOTHER,
    ARTICLE,
    AT,
    BETTER,
    BOUND,
    GOES_ON,
    HAD,
    IN_FRONT,
    MARKER,
    NEXT,
    OF_PATIENTS,
    PLANNED,
    SEVERAL_GROUPS,
    SEVERAL_TIMES,
    SPOILT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A result as its sentence prints it."""

    measure: Measured
    statistic: str | None
    figure: Figure
    group: Group | None = None
    comparator: Group | None = None
    setting: Group | None = None  # whom the whole sentence is about
    time: str | None = None
    p: str | None = None
    listed: bool = False  # beside another group, which it is not said to be compared with


def found_in(text: str, span: Span, therapies: Sequence[Span]) -> Iterator[Found]:
    """The results that a sentence prints; ``therapies`` are the places of drugs in it.

    >>> text = "The ORR was 51.6% (16/31) and the median PFS was 6.8 months (95% CI, 4.4 to NE)."
    >>> for one in found_in(text, Span(0, len(text)), ()):
    ...     print(one.measure.row.outcome, one.statistic, one.figure.value, one.figure.lower, one.figure.upper)
    objective response rate rate 51.6 None None
    progression-free survival median 6.8 4.4 NE
    """
    if PLANNED.search(text, span.start, span.end):
        return
    hazards = list(ratios(text, span))
    numbers = [
        f
        for f in figures(text, span)
        if not any(f.span.overlaps(Span(h.name.start, h.figure.span.end)) for h in hazards)
    ]
    named = list(measures(text, span))
    setting = leading(text, span)
    pairs: dict[int, Found] = {}
    before: list[Found] = []
    index = 0
    while index < len(named):
        run = [named[index]]
        while index + len(run) < len(named) and AND.fullmatch(
            text[run[-1].span.end : named[index + len(run)].span.start]
        ):
            run.append(named[index + len(run)])
        index += len(run)
        limit = named[index].span.start if index < len(named) else span.end
        results = list(_of_run(text, span, run, [f for f in numbers if f.span.start < limit], therapies))
        if results and any(one.group is None for one in results):
            group, known = _carried(text, span, results, before, setting, therapies)
            results = [replace(one, group=one.group or group) for one in results] if known else []
        for one in results:
            if one.group and one.comparator and one.measure is run[-1]:
                pairs.setdefault(one.measure.span.start, one)
            setting_here = one.setting or (setting if setting and setting.span.end <= one.measure.span.start else None)
            if one.group == setting_here:
                setting_here = None
            yield replace(one, setting=setting_here)
        before = results or before
    if not MARKER.search(text, span.start, span.end):
        yield from _hazards(text, span, named, pairs, setting, therapies)


def _carried(
    text: str,
    span: Span,
    results: Sequence[Found],
    before: Sequence[Found],
    setting: Group | None,
    therapies: Sequence[Span],
) -> tuple[Group | None, bool]:
    """For whom results are that name nobody: those of the result before, or all; and whether that is sure."""
    start = min(min(one.measure.span.start, one.figure.span.start) for one in results)
    if before:
        last = before[-1]
        end = max(last.figure.span.end, last.measure.span.end)
        if end <= start and GOES_ON.fullmatch(text[end:start]):
            if last.comparator or (last.group and last.group.span.start > last.figure.span.start):
                return None, False
            if last.group and last.measure.span.end <= last.group.span.start and Group.of(last.group.span, text):
                with_it = re.search(r"\bwith\b", text[end:start], re.IGNORECASE)
                return (last.group, True) if with_it else (None, False)  # "PFS of first-line treatment …, and OS"
            return last.group if last.group != setting else None, True
    lead = Span(setting.span.end if setting and setting.span.end <= start else span.start, start)
    named = any(t.start >= lead.start and t.end <= lead.end for t in therapies)
    return None, not named and not parts_patients(lead.of(text))


def _of_run(
    text: str, span: Span, run: Sequence[Measured], numbers: Sequence[Figure], therapies: Sequence[Span]
) -> Iterator[Found]:
    """The results of one measure, or of several that share their figures."""
    if run[0].narrowed or SEVERAL_TIMES.search(text[span.start : run[0].span.start]):
        return
    end, time = run[-1].span.end, run[0].time
    if at := AT.match(text, end, span.end):
        end, time = at.end("time"), " ".join(at["time"].split())
    behind_it = [f for f in numbers if f.span.start >= end]
    first, gap, compared = first_figure(text, end, behind_it)
    chain, versus = chain_of(text, behind_it[behind_it.index(first) :]) if first else ([], False)
    if first is None or SPOILT.match(text, chain[-1].span.end, span.end):
        yield from _in_front(text, span, run, numbers, time, therapies)
        return
    lead = text[end : first.span.start]
    if BOUND.search(lead):
        return
    compared = compared or bool(BETTER.search(text[span.start : run[0].span.start]))
    median = MEDIAN if re.search(r"\bmedian\b", lead, re.IGNORECASE) else None
    if len(run) == 1 and len(chain) > 1:
        yield from _of_arms(text, span, run[0], chain, gap, (median, time, versus or compared), therapies)
        return
    rest = NEXT.search(text, first.span.end, span.end)
    doubtful = len(run) == 1 and "respectively" in text[first.span.end : rest.start() if rest else span.end]
    if len(run) != len(chain) or versus or compared or doubtful:
        return  # of several figures some were not understood: which is whose, is not known
    group = gap or after(text, chain[-1].span.end, span, therapies) or subject(text, span, run[0].span.start)
    another = next((f for f in numbers if f.span.start >= chain[-1].span.end and f.kind is chain[-1].kind), None)
    if group and SEVERAL_GROUPS.search(group.words):
        return
    if group is None and another and ANOTHER.fullmatch(text[chain[-1].span.end : another.span.start]):
        return  # "48% before the board and 73% in the group after it"
    for measure, figure in zip(run, chain, strict=True):
        shared = replace(measure, statistic=measure.statistic or run[0].statistic)
        yield from _result(shared, figure, median, measure.time or time, group)


def _of_arms(
    text: str,
    span: Span,
    measure: Measured,
    chain: Sequence[Figure],
    gap: Group | None,
    said: tuple[str | None, str | None, bool],
    therapies: Sequence[Span],
) -> Iterator[Found]:
    """One measure of several arms, each of which must be named."""
    median, time, compared = said
    arms = inline(text, chain, span) or behind(text, chain[-1].span.end, len(chain), span)
    if arms is None and len(chain) == 2:
        arms = before_brackets(text, chain) or named_before(text, span, chain[0].span.start, therapies)
    if arms is None or len(arms) != len(chain):
        return
    for number, (figure, arm) in enumerate(zip(chain, arms, strict=True)):
        other = arms[1 - number] if len(arms) == 2 else None
        for one in _result(measure, figure, median, time, arm, other):
            yield replace(one, listed=not compared, setting=gap)


def _in_front(
    text: str,
    span: Span,
    run: Sequence[Measured],
    numbers: Sequence[Figure],
    time: str | None,
    therapies: Sequence[Span],
) -> Iterator[Found]:
    before = [f for f in numbers if f.span.end <= run[0].span.start]
    if not before or len(run) > 1 or before[-1].kind is not Kind.PERCENT or not before[-1].value:
        return
    figure = before[-1]
    gap = text[figure.span.end : run[0].span.start]
    if HAD.fullmatch(gap) and run[0].row.outcome in OF_PATIENTS and fits(figure):
        yield from _result(run[0], figure, None, time, leading(text, span))
        return
    if not IN_FRONT.fullmatch(gap):
        return
    if not ARTICLE.search(text[span.start : figure.span.start]):
        return
    group = after(text, run[0].span.end, span, therapies) or subject(text, span, figure.span.start)
    yield from _result(run[0], figure, None, time, group)


def _result(
    measure: Measured,
    figure: Figure,
    median: str | None,
    time: str | None,
    group: Group | None,
    comparator: Group | None = None,
) -> Iterator[Found]:
    """The result, when the figure fits the measure and its numbers fit each other."""
    statistic = measure.statistic or median
    if figure.kind not in measure.row.kinds or not fits(figure):
        return
    if figure.kind is Kind.PERCENT:
        if measure.survives() and not time:
            return  # "PFS 45%": of what, and when?
        statistic = RATE_AT if measure.survives() else RATE
        if measure.statistic in (MEDIAN, MEAN):
            return
    elif (figure.kind is Kind.NOT_REACHED and statistic != MEDIAN) or time:
        return
    yield Found(measure=measure, statistic=statistic, figure=figure, group=group, comparator=comparator, time=time)


def _both_given(one: Group, other: Group, therapies: Sequence[Span]) -> bool:
    """Whether both groups are told apart by a drug: only then does their order say what a ratio compares."""
    return all(any(t in group.span for t in therapies) for group in (one, other))


def _hazards(
    text: str,
    span: Span,
    named: Sequence[Measured],
    pairs: dict[int, Found],
    setting: Group | None,
    therapies: Sequence[Span],
) -> Iterator[Found]:
    arms = {
        start: (one.group, one.comparator)
        for start, one in pairs.items()
        if one.group and one.comparator and (not one.listed or _both_given(one.group, one.comparator, therapies))
    }
    for ratio in ratios(text, span):
        found = of_ratio(text, span, ratio, named, arms, therapies)
        if found:
            measure, first, second = found
            known = pairs.get(measure.span.start)
            here = (
                known.setting
                if known and known.setting
                else setting
                if setting and setting.span.end <= measure.span.start
                else None
            )
            yield Found(
                measure=measure,
                statistic="hazard ratio",
                figure=ratio.figure,
                group=first,
                comparator=second,
                setting=here,
                p=ratio.p,
            )
