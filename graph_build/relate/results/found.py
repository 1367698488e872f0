"""A result as its sentence prints it, and whether its figure can be one of its measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .arms import Group
from .measured import Measured
from .measures import MEAN, MEDIAN, RATE, RATE_AT
from .numbers import Figure, Kind, fits


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


def fitting(
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
