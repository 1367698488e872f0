"""Hazard ratios: how they are printed, which outcome each is of, and which arms it compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...model import Span
from .arms import Group
from .comparisons import named_before
from .everybody import parts_patients
from .found import Found
from .framed import framed
from .intervals import CI, interval
from .introduced import Arms
from .listing import behind
from .measured import Measured
from .measures import HAZARD_RATIO
from .numbers import NUMBER, Figure, Kind, plain

#: "HR 0.64", "hazard ratio [HR] = 0.64", "hazard ratio for death, 0.64", "adjusted HR of .64".
_RATIO: Final = re.compile(
    rf"(?P<name>\b(?:(?:adjusted|unadjusted|stratified|crude|pooled|unstratified)\s+)?(?:hazards?[\s-]ratio|a?HR)\b)"
    rf"(?:\s*[(\[]a?HR[)\]])?(?:\s+for (?:disease )?(?:progression or death|progression|death|relapse))?"
    rf"\s*(?:,|:|=|;|of|was|is)?\s*(?:=\s*)?(?P<value>{NUMBER})",
    re.IGNORECASE,
)
_P: Final = re.compile(
    r"[\s,;:)\]]*(?:two-sided |2-sided |one-sided |1-sided |stratified |log[\s-]?rank )*P(?:[\s-]?value)?\s*(?:of "
    r")?"
    r"(?P<p>[=<>≤]\s*[0-9]?[.·]\d+)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """A printed hazard ratio."""

    figure: Figure
    name: Span
    adjusted: str | None = None
    p: str | None = None


def ratios(text: str, span: Span) -> Iterator[Ratio]:
    """The hazard ratios of a part of the text.

    >>> text = "HR 0.64 (0.49–0.83); P=0.001"
    >>> [(r.figure.value, r.figure.lower, r.figure.upper, r.p) for r in ratios(text, Span(0, len(text)))]
    [('0.64', '0.49', '0.83', '=0.001')]
    """
    for match in _RATIO.finditer(text, span.start, span.end):
        figure = Figure(span=Span(match.start("value"), match.end("value")), kind=Kind.BARE, value=match["value"])
        figure = interval(text, figure, span, said=True)
        if figure.lower and not figure.level:
            earlier = [m["level"] for m in re.finditer(CI, text[span.start : match.start()]) if m["level"]]
            figure = replace(figure, level=earlier[-1] if earlier else None)
        p = _P.match(text, figure.span.end, span.end)
        name = match["name"].lower()
        yield Ratio(
            figure=figure,
            name=Span(match.start("name"), match.end("name")),
            adjusted="adjusted" if name.startswith(("adjusted", "ahr")) else None,
            p=p["p"].replace(" ", "") if p else None,
        )


#: Words beside a ratio that make it one of a part of the patients: "(high risk HR 2.1".
_OF_SOME: Final = re.compile(
    r"[(\[,;]\s*(?!(?:with|and|for|the|a|an|at|log-?rank|stratified|adjusted|unadjusted|weighted|corresponding|estimated|Cox)\b)"
    r"[A-Za-z][\w+-]*(?:\s[\w+-]+){0,3}\s$"
)
#: "an improvement in PFS was seen (HR …": the ratio is of the measure, not of its gain.
_GAINED: Final = re.compile(
    r"\b(?:improvement|benefit|prolongation|gain|increase|difference)s?\s+(?:in|of)\s+(?:the\s+|median\s+)*$",
    re.IGNORECASE,
)
#: How far a hazard ratio may stand behind its outcome, in characters.
REACH: Final = 260


#: Two figures that were not understood: they could tell whether the ratio is turned round.
_PAIR: Final = re.compile(r"\d\s*(?:months\s*)?(?:vs?\b|versus)", re.IGNORECASE)


def of_ratio(
    text: str,
    span: Span,
    ratio: Ratio,
    named: Sequence[Measured],
    pairs: Mapping[int, tuple[Group, Group]],
    therapies: Sequence[Span],
    known: Arms | None = None,
) -> tuple[Measured, Group, Group] | None:
    """The outcome and the two arms of a hazard ratio; ``None`` when either is not printed."""
    before = [m for m in named if m.span.end <= ratio.name.start]
    if not before or not before[-1].survives():
        return None
    if before[-1].narrowed and not _GAINED.search(text[max(0, before[-1].span.start - 40) : before[-1].span.start]):
        return None
    measure = before[-1]
    between = text[measure.span.end : ratio.name.start]
    if len(between) > REACH or re.search(r"[a-z)]\.\s+[A-Z]|\bHR\b|hazard ratio", between):
        return None
    if _OF_SOME.search(between) and not measure.span.end > ratio.name.start - 2:
        return None
    if len(before) > 1 and re.fullmatch(
        r"\s*(?:and|or|,|/)\s*(?:the\s+)?", text[before[-2].span.end : measure.span.start]
    ):
        return None  # "PFS and OS (HR 0.7)": of which?
    if measure.span.start in pairs:
        return (measure, *pairs[measure.span.start])
    arms = named_before(text, span, ratio.name.start, therapies)
    if arms is None:
        arms = behind(text, ratio.figure.span.end, 2, span) or framed(text, span, ratio.name.start)
    order = known.ratio() if known else None
    lead = re.sub(r"[(\[][^()\[\]]*[)\]]?", " ", text[span.start : ratio.name.start])
    if arms is None and order and not parts_patients(lead) and not _PAIR.search(between):
        arms = list(order)
    return (measure, arms[0], arms[1]) if arms else None


def hazards(
    text: str,
    span: Span,
    printed: Sequence[Ratio],
    named: Sequence[Measured],
    pairs: Mapping[int, Sequence[Found]],
    setting: Group | None,
    therapies: Sequence[Span],
    known: Arms | None = None,
) -> Iterator[Found]:
    """The hazard ratios whose outcome and arms are known; ``pairs`` are the figures of two arms, by their measure."""
    for number, ratio in enumerate(printed):
        if _listed(text, span, printed[number:], named):
            return  # "OS and PFS were longer (HR, 0.8; HR, 0.9, respectively)"
        arms = {
            start: (one[0].group, one[0].comparator)
            for start, one in pairs.items()
            if one[0].group and one[0].comparator and _in_order(one, ratio, therapies)
        }
        found = of_ratio(text, span, ratio, named, arms, therapies, known)
        if not found:
            continue
        measure, first, second = found
        pair = pairs.get(measure.span.start, ())
        if _turned(pair, ratio):
            continue
        before = setting if setting and setting.span.end <= measure.span.start else None
        yield Found(
            measure=measure,
            statistic=HAZARD_RATIO,
            figure=ratio.figure,
            group=first,
            comparator=second,
            setting=pair[0].setting if pair and pair[0].setting else before,
            p=ratio.p,
        )


def _listed(text: str, span: Span, ratios: Sequence[Ratio], named: Sequence[Measured]) -> bool:
    """Whether ratios stand in a list, in an order that measures before them have."""
    if len(ratios) < 2 or "respectively" not in text[ratios[1].figure.span.end : span.end]:
        return False
    between = Span(ratios[0].figure.span.end, ratios[1].name.start)
    return not any(m.span in between for m in named)


def _in_order(pair: Sequence[Found], ratio: Ratio, therapies: Sequence[Span]) -> bool:
    """Whether the arms stand in the order in which the ratio compares them.

    They do when they are said to be compared, or when both are told apart by a drug.  Of two arms that are only listed
    ("10 months with A and 7 months with B") the figures must show it: a ratio below 1 favours the first of the two.
    """
    one = pair[0]
    given = all(g and any(t in g.span for t in therapies) for g in (one.group, one.comparator))
    return not one.listed or given or _favours(pair, ratio) == 1


def _turned(pair: Sequence[Found], ratio: Ratio) -> bool:
    """Whether the figures of the two arms contradict the ratio: one of the three was misread or is of others."""
    return _favours(pair, ratio) == -1


def _favours(pair: Sequence[Found], ratio: Ratio) -> int:
    """1 when the figures and the ratio favour the same of two arms, -1 when they do not, 0 when that is not known."""
    values = [one.figure.value for one in pair]
    if len(pair) != 2 or not all(values) or not ratio.figure.value:
        return 0
    first, second = (float(plain(value or "")) for value in values)
    against = float(plain(ratio.figure.value)) - 1
    better = (first > second) - (first < second)
    return -better if against > 0 else better if against < 0 else 0
