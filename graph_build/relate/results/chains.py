"""The first figure that belongs to a measure, and those that it is compared or listed with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...model import Span
from .arms import Group
from .numbers import Figure, Kind
from .wording import BARRED, COMPARED, GAP_LIST, GAP_VERSUS, LINK, VERSUS


def first_figure(text: str, end: int, numbers: Sequence[Figure]) -> tuple[Figure | None, Group | None, bool]:
    """The first figure that the words after a measure lead to, whom they name, and whether they compare arms."""
    for figure in numbers:
        gap = text[end : figure.span.start]
        if len(gap) > 260:
            break
        match = LINK.fullmatch(gap)
        if match and not BARRED.search(gap):
            group = (
                Group.of(Span(end + match.start("group"), end + match.end("group")), text, everybody=True)
                if match["group"]
                else None
            )
            if match["group"] and group is None:
                return None, None, False
            if group is None or not re.search(rf"\b{VERSUS}\b|\bwas\b|\bwere\b", match["group"], re.IGNORECASE):
                return figure, group, False
        if COMPARED.fullmatch(gap) and not BARRED.search(re.sub(r"\bdifference\b", "", gap)):
            return figure, None, True
        if figure.kind is not Kind.BARE:
            break
    return None, None, False


def chain_of(text: str, numbers: Sequence[Figure]) -> tuple[list[Figure], bool]:
    """A figure and those it is compared or listed with; a number without a unit takes that of the next."""
    chain = [numbers[0]]
    versus = False
    for figure in numbers[1:]:
        gap = text[chain[-1].span.end : figure.span.start]
        if GAP_VERSUS.fullmatch(gap):
            versus = True
        elif not GAP_LIST.fullmatch(gap):
            break
        chain.append(figure)
    while len(chain) > 1 and chain[-1].kind is Kind.BARE:
        chain.pop()
    unit = next((f for f in chain if f.kind in (Kind.PERCENT, Kind.TIME)), None)
    for number in range(len(chain) - 2, -1, -1):
        following = chain[number + 1]
        if chain[number].kind is Kind.BARE and following.kind in (Kind.PERCENT, Kind.TIME):
            chain[number] = replace(chain[number], kind=following.kind, unit=following.unit)
    if any(
        f.kind not in (unit.kind if unit else Kind.NOT_REACHED, Kind.NOT_REACHED, Kind.PERCENT, Kind.TIME)
        for f in chain
    ):
        return chain[:1], versus
    return chain, versus
