"""Several figures: which of the printed arms, and which of several measures, each of them is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from ...model import Span
from .arms import Group, after, leading, subject
from .chains import Lead, chain_of
from .comparisons import before_brackets, named_before
from .found import Found, fitting
from .framed import framed
from .introduced import Arms
from .listing import behind, inline, listed
from .measured import Measured, sharing
from .numbers import Figure
from .one_arm import one_named, unnamed
from .wording import COMPARES, ORDERED, RESPECTIVELY, VERSUS


def of_arms(
    text: str,
    span: Span,
    measure: Measured,
    chain: Sequence[Figure],
    lead: Lead,
    said: tuple[str | None, str | None, bool],
    therapies: Sequence[Span],
    known: Arms | None = None,
) -> Iterator[Found]:
    """One measure of several arms, each of which must be named, or be one of the two ``known`` ones of the paper."""
    median, time, compared = said
    setting = lead.group
    arms = inline(text, chain, span) or behind(text, chain[-1].span.end, len(chain), span)
    if arms is None and len(chain) == 2:
        start = chain[0].span.start
        arms = before_brackets(text, chain)
        arms = arms or (framed(text, span, start, chain) if compared else None)
        arms = arms or named_before(text, span, start, therapies)
        arms = arms or beside_all(text, span, measure.span, chain) or around(text, span, chain, lead)
    if arms is None:
        arms, setting = between(text, lead, chain, 1) or of_subject(text, span, measure, chain), None
    if arms is None and len(chain) == 2 and not lead.words and RESPECTIVELY.match(text, chain[-1].span.end):
        arms = unnamed(text, span, measure.span, chain, known)
    if arms is None and len(chain) == 2 and compared:
        alone = one_named(text, span, measure.span, chain)
        arms = known.with_other(alone) if known and alone else None
        if alone and not arms:
            yield from fitting(measure, chain[0], median, time, alone)  # the second is of others, who are not named
            return
        arms = arms or unnamed(text, span, measure.span, chain, known)
    if arms is None or len(arms) != len(chain):
        return
    if setting and setting.span.overlaps(arms[0].span):  # the measure's own words are the first arm
        arms, setting = [setting, *arms[1:]], None
    for number, (figure, arm) in enumerate(zip(chain, arms, strict=True)):
        other = arms[1 - number] if len(arms) == 2 else None
        for one in fitting(measure, figure, median, time, arm, other):
            yield replace(one, listed=not compared, setting=setting)


#: "Among the 44 patients with A, PFS was 9 months, compared to 12 months for the 97 without".
def around(text: str, span: Span, chain: Sequence[Figure], lead: Lead) -> list[Group] | None:
    """Two arms of which the first stands before both figures: "median OS on A was 24 months and 19 months on B"."""
    second = after(text, chain[-1].span.end, span, ())
    gap = text[chain[0].span.end : chain[1].span.start]
    if (
        not lead.group
        or not second
        or not re.fullmatch(rf"[)\]\s]*,?\s*(?:and|{VERSUS})\s+(?:only\s+)?", gap, re.IGNORECASE)
    ):
        return None
    if re.search(r"\band\b|,", lead.group.words) or re.match(r"\s*,?\s*respectively", text[second.span.end :][:20]):
        return None
    return [lead.group, second]


_PATIENTS: Final = re.compile(r"\b(?:patients|those|women|men|cases)\b(?!\s+in\b)", re.IGNORECASE)


def beside_all(text: str, span: Span, measure: Span, chain: Sequence[Figure]) -> list[Group] | None:
    """Two arms of which the sentence begins with the first, and names the second behind its figure."""
    second = after(text, chain[-1].span.end, span, ())
    gap = text[chain[0].span.end : chain[1].span.start]
    if not second or not COMPARES.search(gap):
        return None
    if had := subject(text, span, measure.start):
        return [had, second]  # "responders had a PFS of 7 months compared to 2 months in non-responders"
    first = leading(text, span, measure.start)
    if not first or not (_PATIENTS.search(first.words) and _PATIENTS.search(second.words)):
        return None  # "In patients with A, 49% compared to 41% for the B group": the first group holds both
    return [first, second]


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
    if arms is None and count == 2 and not lead.words:
        arms = framed(text, span, chain[0].span.start)
    if arms is None or len(arms) != count:
        return
    for figure, (m, a) in zip(chain, order, strict=True):
        shared = sharing(run[m], run[0])
        other = arms[1 - a] if count == 2 else None
        for one in fitting(shared, figure, median, run[m].time or time, arms[a], other):
            yield replace(one, listed=not compared)


def of_subject(text: str, span: Span, measure: Measured, chain: Sequence[Figure]) -> list[Group] | None:
    """The arms that are the subject: "patients with A and B had ORRs of 18% and 25%, respectively"."""
    if not RESPECTIVELY.match(text, chain[-1].span.end):
        return None
    had = subject(text, span, measure.span.start)
    return listed(text, had.span, len(chain)) if had else None


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


#: A bracket behind a figure that opens with a number.
_INSIDE: Final = re.compile(r"\s*\((?P<inside>\d(?:[^()]|\([^()]{0,60}\)){6,200})\)")


def nested(
    text: str,
    span: Span,
    measure: Measured,
    figure: Figure,
    numbers: Sequence[Figure],
    said: tuple[str | None, str | None],
) -> Iterator[Found]:
    """The figures of parts in a bracket behind that of all: "34% (41% in the A and 27% in the B cases)"."""
    bracket = _INSIDE.match(text, figure.span.end, span.end)
    place = Span(*bracket.span("inside")) if bracket else None
    inside = [f for f in numbers if place and f.span in place]
    if place is None or len(inside) < 2:
        return
    chain, _ = chain_of(text, inside)
    arms = inline(text, chain, place) or behind(text, chain[-1].span.end, len(chain), place)
    if len(chain) < 2 or not arms or len(arms) != len(chain):
        return
    for one, arm in zip(chain, arms, strict=True):
        for found in fitting(measure, one, said[0], said[1], arm):
            yield replace(found, listed=True)
