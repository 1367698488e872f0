"""The results of one measure, or of several that share their figures: which words lead to them, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model import Span
from .arms import Group, after, bracketed, labelled, leading, owner, subject
from .chains import Lead, chain_of, first_figure
from .found import Found, fitting
from .in_front import in_a_list, in_front
from .introduced import Arms
from .measured import Measured, sharing
from .measures import MEDIAN
from .numbers import Figure, Kind
from .several import nested, of_arms, of_measures
from .times import at_times, of_times, times_behind
from .wording import (
    ANOTHER,
    ANY_GRADE,
    AT,
    BETTER,
    BOUND,
    CLOSED,
    LATER,
    MORE,
    NEXT,
    NO_DIFFERENCE,
    RESPECTIVELY,
    SECOND,
    SEVERAL_GROUPS,
    SEVERAL_TIMES,
    SPOILT,
)


def of_run(
    text: str,
    span: Span,
    run: Sequence[Measured],
    numbers: Sequence[Figure],
    therapies: Sequence[Span],
    known: Arms | None,
) -> Iterator[Found]:
    """The results of one measure, or of several that share their figures; ``known`` are arms that are not named."""
    before = text[span.start : run[0].span.start]
    differs = run[0].narrowed and NO_DIFFERENCE.search(before[-80:])
    times = None if run[0].statistic else SEVERAL_TIMES.search(before)  # "after 12 months, median PFS"
    if (run[0].narrowed and not differs) or (times and (len(run) > 1 or not run[0].time)):
        return
    if len(run) == 1 and (several := at_times(text, span, run[0], numbers)):
        yield from several
        return
    end, time = run[-1].span.end, run[0].time
    if at := AT.match(text, end, span.end):
        end, time = at.end("time"), " ".join(at["time"].split())
    behind_it = [f for f in numbers if f.span.start >= end]
    lead = first_figure(text, end, behind_it)
    if lead and in_a_list(text, run, numbers, Span(end, lead.figure.span.start)):
        lead = None
    chain, versus = chain_of(text, behind_it[behind_it.index(lead.figure) :]) if lead else ([], False)
    if differs and (len(run) != 1 or len(chain) != 2 or not versus):
        return
    spoilt = lead and SPOILT.match(text, chain[-1].span.end, span.end)
    if lead is None or (spoilt and not (versus and CLOSED.match(spoilt[0]))):
        yield from in_front(text, span, run, numbers, time, therapies)
        return
    words = text[end : lead.figure.span.start]
    if BOUND.search(words):
        return
    timed = _timed(text, span, run, chain, lead, numbers, therapies) if not time else []
    if timed or times:
        yield from timed or of_times(text, span, run[0], chain, lead, times[0] if times else "", behind_it)
        return
    median = MEDIAN if re.search(r"\bmedians?\b", words, re.IGNORECASE) else None
    compared = versus or lead.compared or bool(BETTER.search(before))
    if len(run) == 1 and len(chain) == 2 and ANY_GRADE.search(before):
        chain = chain[1:] if RESPECTIVELY.match(text, chain[-1].span.end) else []  # "any-grade and grade 3 …"
    elif len(run) == 1 and len(chain) > 1:
        yield from of_arms(text, span, run[0], chain, lead, (median, time, compared), therapies, known)
        return
    elif len(chain) > len(run) and not len(chain) % len(run):
        yield from of_measures(text, span, run, chain, lead, (median, time, compared))
        return
    if len(run) == len(chain) and not compared:  # else some were not understood: which is whose, is not known
        yield from _each(text, span, run, chain, lead, numbers, (median, time), therapies)


def _timed(
    text: str,
    span: Span,
    run: Sequence[Measured],
    chain: Sequence[Figure],
    lead: Lead,
    numbers: Sequence[Figure],
    therapies: Sequence[Span],
) -> list[Found]:
    """One measure at the times that stand behind its figures: "OS was 49% at 1 year and 28% at 2 years"."""
    timed, end = times_behind(text, span, chain[0], numbers)
    if len(run) > 1 or not run[0].survives():
        return []
    group = lead.group or after(text, end, span, therapies) or subject(text, span, run[0].span.start)
    return [found for figure, time in timed for found in fitting(run[0], figure, None, time, group)]


def _each(
    text: str,
    span: Span,
    run: Sequence[Measured],
    chain: Sequence[Figure],
    lead: Lead,
    numbers: Sequence[Figure],
    said: tuple[str | None, str | None],
    therapies: Sequence[Span],
) -> Iterator[Found]:
    """One figure for each measure, all of the same patients."""
    median, time = said
    first = lead.figure.span.end
    rest = NEXT.search(text, first, span.end)
    if (
        len(run) == 1
        and "respectively" in _open(text[first : rest.start() if rest else span.end])
        and not _one_each(numbers, run[0], lead.figure)
    ):
        return
    end = chain[-1].span.end
    group = lead.group or after(text, end, span, therapies) or subject(text, span, run[0].span.start)
    group = group or owner(text, span, run[0].span.start) or labelled(text, span, run[0].span.start)
    group = group or bracketed(text, span, run[0].span.start)
    if group and SEVERAL_GROUPS.search(group.words):
        return
    another = next((f for f in numbers if f.span.start >= end and f.kind is chain[-1].kind), None)
    gap = _open(text[end : another.span.start]) if another else ""
    later = LATER.fullmatch(gap) if len(run) == 1 else None
    second = another and SECOND.fullmatch(text, end, another.span.start) if len(run) == 1 else None
    second = second if group or leading(text, span, run[0].span.start) else None
    if group is None and not later and not second and ANOTHER.fullmatch(gap) and not MORE.search(gap):
        return  # "48% before the board and 73% in the group after it"
    for measure, figure in zip(run, chain, strict=True):
        timed = len(run) == 1 or (figure.kind is Kind.PERCENT and measure.survives())
        yield from fitting(sharing(measure, run[0]), figure, median, measure.time or (time if timed else None), group)
    if another and second:
        named = Group.of(Span(*second.span("group")), text)
        for found in fitting(run[0], another, median, run[0].time or time, named) if named else ():
            yield replace(found, setting=named)  # not of the group with which the sentence begins
    if another and later:
        yield from fitting(run[0], another, median, " ".join(later["time"].split()), group)
    if len(run) == 1:
        yield from nested(text, span, run[0], chain[0], numbers, (median, run[0].time or time))


def _one_each(numbers: Sequence[Figure], measure: Measured, figure: Figure) -> bool:
    """Whether each measure has its own figure: "the PFS was 8 months, and the OS was 20 months, respectively"."""
    before = [f for f in numbers if f.span.end <= measure.span.start]
    return bool(before) and before[-1].kind is not Kind.BARE and numbers[-1] == figure


def _open(words: str) -> str:
    """Words without their brackets."""
    return re.sub(r"[(\[][^()\[\]]*[)\]]", "", words)
