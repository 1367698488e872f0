"""Which figure is a result of which measure, and for whom: the grammar of a sentence with numbers.

A figure counts only when every word between it and its measure is understood; what is left over is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ...model import Span
from .arms import Group, leading
from .everybody import parts_patients
from .figures import figures
from .found import Found
from .hazards import hazards, ratios
from .introduced import Arms
from .measured import measures
from .runs import of_run
from .wording import (
    AND,
    GOES_ON,
    HAD_ONE,
    MARKER,
    MODEL,
    PLANNED,
)

#: What is longer, in characters, is no sentence; the work on one grows with the square of its measures.
_LONGEST: Final = 5_000


def found_in(text: str, span: Span, therapies: Sequence[Span], known: Arms | None = None) -> Iterator[Found]:
    """The results that a sentence prints; ``therapies`` are the places of drugs in it, ``known`` the paper's arms.

    >>> text = "The ORR was 51.6% (16/31) and the median PFS was 6.8 months (95% CI, 4.4 to NE)."
    >>> for one in found_in(text, Span(0, len(text)), ()):
    ...     print(one.measure.row.outcome, one.statistic, one.figure.value, one.figure.lower, one.figure.upper)
    objective response rate rate 51.6 None None
    progression-free survival median 6.8 4.4 NE
    """
    if len(span) > _LONGEST or PLANNED.search(text, span.start, span.end):
        return
    named = list(measures(text, span))
    if not named:
        return
    printed = list(ratios(text, span))
    numbers = [
        f
        for f in figures(text, span)
        if not any(f.span.overlaps(Span(h.name.start, h.figure.span.end)) for h in printed)
    ]
    setting = leading(text, span, named[0].span.start)
    pairs: dict[int, list[Found]] = {}
    before: list[Found] = []
    index = 0
    while index < len(named):
        run = [named[index]]
        while (
            index + len(run) < len(named)
            and AND.fullmatch(text[run[-1].span.end : named[index + len(run)].span.start])
            and not HAD_ONE.search(text[span.start : run[-1].span.start])
        ):
            run.append(named[index + len(run)])
        index += len(run)
        limit = named[index].span.start if index < len(named) else span.end
        here = [f for f in numbers if f.span.start < limit]
        results = list(of_run(text, span, run, here, therapies, pair_of(before) or known))
        if results and any(one.group is None for one in results):
            group, sure = _carried(text, span, results, before, setting, therapies)
            results = [replace(one, group=one.group or group) for one in results] if sure else []
        for one in results:
            if one.group and one.comparator and one.measure is run[-1]:
                pairs.setdefault(one.measure.span.start, []).append(one)
            setting_here = one.setting or (setting if setting and setting.span.end <= one.measure.span.start else None)
            if setting_here in (one.group, one.comparator):
                setting_here = None
            yield replace(one, setting=setting_here)
        before = results or before
    if not MODEL.search(text, span.start, span.end):
        others = None if MARKER.search(text, span.start, span.end) else known
        yield from hazards(text, span, printed, named, pairs, setting, therapies, others)


def pair_of(results: Sequence[Found]) -> Arms | None:
    """The two arms that results compare: what follows unnamed, in the same sentence or in the next, is of them too."""
    pairs = [Arms(one.group, one.comparator) for one in results if one.group and one.comparator]
    different = {frozenset((pair.first.words, pair.second.words)) for pair in pairs}
    return pairs[0] if len(different) == 1 else None


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
                with_it = re.search(r"\bwith\b", text[end:start], re.IGNORECASE) or _later(last, results)
                return (last.group, True) if with_it else (None, False)  # "PFS of first-line treatment …, and OS"
            return last.group if last.group != setting else None, True
    lead = Span(setting.span.end if setting and setting.span.end <= start else span.start, start)
    named = any(t.start >= lead.start and t.end <= lead.end for t in therapies)
    return None, not named and not parts_patients(lead.of(text))


def _later(last: Found, results: Sequence[Found]) -> bool:
    """Whether results are the same measure at another time: "the 1-year OS rate of A was …, and the 2-year rate …"."""
    return all(one.measure.row is last.measure.row and one.time and last.time for one in results)
