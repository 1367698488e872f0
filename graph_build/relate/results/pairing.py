"""Which figure is a result of which measure, and for whom: the grammar of a sentence with numbers.

A figure counts only when every word between it and its measure is understood; what is left over is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...model import Span
from .arms import Group, after, leading, subject
from .chains import chain_of, first_figure
from .comparisons import arms_around
from .everybody import parts_patients
from .found import Found, fitting
from .hazards import hazards, ratios
from .measured import Measured, measures, sharing
from .measures import MEDIAN
from .numbers import Figure, Kind, figures, fits
from .several import of_arms, of_measures, of_times
from .wording import (
    AND,
    ANOTHER,
    ANY_GRADE,
    ARTICLE,
    AT,
    BETTER,
    BOUND,
    GOES_ON,
    HAD,
    IN_FRONT,
    MARKER,
    NEXT,
    NO_DIFFERENCE,
    OF_PATIENTS,
    PLANNED,
    RESPECTIVELY,
    SEVERAL_GROUPS,
    SEVERAL_TIMES,
    SPOILT,
)

#: What is longer, in characters, is no sentence; the work on one grows with the square of its measures.
_LONGEST: Final = 5_000


def found_in(text: str, span: Span, therapies: Sequence[Span]) -> Iterator[Found]:
    """The results that a sentence prints; ``therapies`` are the places of drugs in it.

    >>> text = "The ORR was 51.6% (16/31) and the median PFS was 6.8 months (95% CI, 4.4 to NE)."
    >>> for one in found_in(text, Span(0, len(text)), ()):
    ...     print(one.measure.row.outcome, one.statistic, one.figure.value, one.figure.lower, one.figure.upper)
    objective response rate rate 51.6 None None
    progression-free survival median 6.8 4.4 NE
    """
    if len(span) > _LONGEST or PLANNED.search(text, span.start, span.end):
        return
    printed = list(ratios(text, span))
    numbers = [
        f
        for f in figures(text, span)
        if not any(f.span.overlaps(Span(h.name.start, h.figure.span.end)) for h in printed)
    ]
    named = list(measures(text, span))
    setting = leading(text, span, named[0].span.start) if named else None
    pairs: dict[int, list[Found]] = {}
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
                pairs.setdefault(one.measure.span.start, []).append(one)
            setting_here = one.setting or (setting if setting and setting.span.end <= one.measure.span.start else None)
            if one.group == setting_here:
                setting_here = None
            yield replace(one, setting=setting_here)
        before = results or before
    if not MARKER.search(text, span.start, span.end):
        yield from hazards(text, span, printed, named, pairs, setting, therapies)


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
    before = text[span.start : run[0].span.start]
    differs = run[0].narrowed and NO_DIFFERENCE.search(before[-80:])
    times = SEVERAL_TIMES.search(before)
    if (run[0].narrowed and not differs) or (times and (len(run) > 1 or not run[0].time)):
        return
    end, time = run[-1].span.end, run[0].time
    if at := AT.match(text, end, span.end):
        end, time = at.end("time"), " ".join(at["time"].split())
    behind_it = [f for f in numbers if f.span.start >= end]
    lead = first_figure(text, end, behind_it)
    chain, versus = chain_of(text, behind_it[behind_it.index(lead.figure) :]) if lead else ([], False)
    if differs and (len(run) != 1 or not arms_around(text, span, run[0].span, chain)):
        return
    if lead is None or SPOILT.match(text, chain[-1].span.end, span.end):
        yield from _in_front(text, span, run, numbers, time, therapies)
        return
    first, words = lead.figure, text[end : lead.figure.span.start]
    if BOUND.search(words):
        return
    compared = lead.compared or bool(BETTER.search(before))
    median = MEDIAN if re.search(r"\bmedians?\b", words, re.IGNORECASE) else None
    if times:
        yield from of_times(text, run[0], chain, lead, times[0])
        return
    if len(run) == 1 and len(chain) == 2 and ANY_GRADE.search(before):
        chain = chain[1:] if RESPECTIVELY.match(text, chain[-1].span.end) else []  # "any-grade and grade 3 …"
    elif len(run) == 1 and len(chain) > 1:
        yield from of_arms(text, span, run[0], chain, lead, (median, time, versus or compared), therapies)
        return
    elif len(chain) > len(run) and not len(chain) % len(run):
        yield from of_measures(text, span, run, chain, lead, (median, time, versus or compared))
        return
    rest = NEXT.search(text, first.span.end, span.end)
    doubtful = len(run) == 1 and "respectively" in text[first.span.end : rest.start() if rest else span.end]
    if len(run) != len(chain) or versus or compared or doubtful:
        return  # of several figures some were not understood: which is whose, is not known
    group = lead.group or after(text, chain[-1].span.end, span, therapies) or subject(text, span, run[0].span.start)
    another = next((f for f in numbers if f.span.start >= chain[-1].span.end and f.kind is chain[-1].kind), None)
    if group and SEVERAL_GROUPS.search(group.words):
        return
    if group is None and another and ANOTHER.fullmatch(_open(text[chain[-1].span.end : another.span.start])):
        return  # "48% before the board and 73% in the group after it"
    for measure, figure in zip(run, chain, strict=True):
        timed = len(run) == 1 or (figure.kind is Kind.PERCENT and measure.survives())
        yield from fitting(sharing(measure, run[0]), figure, median, measure.time or (time if timed else None), group)


def _open(words: str) -> str:
    """Words without their brackets."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]", "", words)


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
        yield from fitting(run[0], figure, None, time, leading(text, span))
        return
    if not IN_FRONT.fullmatch(gap):
        return
    if not ARTICLE.search(text[span.start : figure.span.start]):
        return
    group = after(text, run[0].span.end, span, therapies) or subject(text, span, figure.span.start)
    yield from fitting(run[0], figure, None, time, group)
