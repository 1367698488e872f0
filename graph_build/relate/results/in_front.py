"""Figures that stand before their measure: "a 56% response rate", "2% complete response, 40% partial response"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ...model import Span
from .arms import after, leading, subject
from .found import Found, fitting
from .measured import Measured
from .numbers import Figure, Kind, fits
from .wording import ARTICLE, HAD, IN_FRONT, OF_PATIENTS

#: Between a measure and the figure of the next one.
_COMMA: Final = re.compile(r"\s*(?:[,;]|,?\s*and)\s*", re.IGNORECASE)
#: "58% of the patients were alive at".
_ALIVE: Final = re.compile(
    r"[)\]\s]*(?:of\s+(?:the\s+|all\s+)?(?:patients|participants|women|men)\s+)?(?:(?:were|are|remain(?:ed)?|was)\s+)?(?:still\s+)?",
    re.IGNORECASE,
)
#: What stands before the figure of each item of a list.
_ITEM: Final = re.compile(r"(?:[,;:]|\band)\s*$", re.IGNORECASE)


def in_a_list(text: str, run: Sequence[Measured], numbers: Sequence[Figure], gap: Span) -> bool:
    """Whether a measure has its figure before it, and the one behind the ``gap`` is that of the next measure."""
    before = _before(run, numbers)
    return (
        before is not None
        and _COMMA.fullmatch(gap.of(text)) is not None
        and IN_FRONT.fullmatch(text[before.span.end : run[0].span.start]) is not None
        and _ITEM.search(text[max(0, before.span.start - 24) : before.span.start]) is not None
    )


def _before(run: Sequence[Measured], numbers: Sequence[Figure]) -> Figure | None:
    """The last figure before a measure."""
    before = [f for f in numbers if f.span.end <= run[0].span.start]
    return before[-1] if before and len(run) == 1 else None


def in_front(
    text: str,
    span: Span,
    run: Sequence[Measured],
    numbers: Sequence[Figure],
    time: str | None,
    therapies: Sequence[Span],
) -> Iterator[Found]:
    """The result of a figure that stands right before its measure, or is what some patients had."""
    figure = _before(run, numbers)
    if figure is None or figure.kind is not Kind.PERCENT or not figure.value:
        return
    gap = text[figure.span.end : run[0].span.start]
    if HAD.fullmatch(gap) and run[0].row.outcome in OF_PATIENTS and fits(figure):
        yield from fitting(run[0], figure, None, time, leading(text, span))
        return
    if run[0].row.pattern.startswith("(?:alive") and _ALIVE.fullmatch(gap):
        yield from fitting(run[0], figure, None, run[0].time, leading(text, span))
        return
    if not IN_FRONT.fullmatch(gap):
        return
    lead = text[span.start : figure.span.start]
    if not ARTICLE.search(lead) and not _ITEM.search(lead):
        return
    group = after(text, run[0].span.end, span, therapies) or subject(text, span, figure.span.start)
    yield from fitting(run[0], figure, None, time, group)
