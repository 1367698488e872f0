"""IHC scores and amplification ratios: how many tumours have which score, which ratio was measured or demanded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...model import Span
from .figures import figures
from .intervals import interval
from .numbers import NUMBER, Figure, Kind, fits

_SCORE: Final = (
    r"(?:(?:HER-?2|ERBB2)\s+)?(?:(?:IHC|immunohistochem(?:istry|ical))(?:\s+(?:scores?|staining|"
    r"intensity))?(?:\s+of|\s+was)?[\s:]*(?P<after>[0-3]\s?\+|0)|"
    r"(?P<before>[0-3]\s?\+)\s+(?:(?:by|on)\s+(?:IHC|immunohistochemistry)|IHC|(?:HER-?2|ERBB2)\s+(?:IHC|"
    r"immunohistochem\w+)))(?!\w|[/-]\s?\d|\s*(?:or|and|/)\s*(?:IHC\s*)?\d)"
)
#: "IHC 3+ in 12 of 30 tumours (40%)", "IHC 3+ (n = 12; 40%)" …
_SCORE_FIRST: Final = re.compile(
    rf"(?<![\w/]){_SCORE}\s*(?:(?:was|were)\s+)?(?:(?:found|seen|observed|detected|present|noted)\s+)?(?:in|"
    rf":|,|\()\s*(?=\d)",
    re.IGNORECASE,
)
#: … "12 of 30 tumours (40%) were IHC 3+", "40% had an HER2 IHC score of 3+".
_SCORE_LAST: Final = re.compile(
    rf"[)\]\s]*(?:(?:of\s+)?(?:the\s+)?(?:tumou?rs?|patients|samples|cases|specimens)\s+)?(?:were|"
    rf"was|had|showed|scored|were scored(?: as)?|with)\s+(?:an?\s+)?{_SCORE}",
    re.IGNORECASE,
)
_RATIO: Final = re.compile(
    rf"\b(?:(?P<statistic>median|mean)\s+)?(?P<name>(?:(?:HER-?2|ERBB2)(?:\s+gene)?\s?[/:-]\s?(?:CEP|"
    rf"CEN|chromosome |centromere )\s?(?:17|7)|(?:HER-?2\s+)?FISH)\s+(?:signal\s+)?ratio)s?\s*"
    rf"(?P<verb>was|of|is|=|:|,|\()?\s*(?P<bound>[≥⩾>]=?|at least|greater than or equal to)?\s*(?P<value>{NUMBER})",
    re.IGNORECASE,
)
#: Words that make a score a rule of the study, not a finding.
_RULE: Final = re.compile(r"\b(?:defined as|definition|criteria|required|eligib\w+|considered)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assayed:
    """A finding of an assay."""

    figure: Figure
    measure: str  # the label of an outcome of the lexicon
    method: str  # the label of a method of the lexicon
    statistic: str
    score: str | None = None
    cut_off: str | None = None


def assayed(text: str, span: Span) -> Iterator[Assayed]:
    """The scores and ratios that a sentence prints.

    >>> text = "IHC 3+ was found in 12 of 30 tumours (40%); the median HER2/CEP17 ratio was 5.2."
    >>> [(a.score, a.figure.value, a.figure.count, a.statistic) for a in assayed(text, Span(0, len(text)))]
    [('3+', '40', '12', 'rate'), (None, '5.2', None, 'median')]
    """
    yield from _scores(text, span)
    for match in _RATIO.finditer(text, span.start, span.end):
        figure = Figure(span=Span(match.start("value"), match.end("value")), kind=Kind.BARE, value=match["value"])
        statistic = (match["statistic"] or "").lower()
        if match["bound"]:
            bound = "≥" if match["bound"] in ("≥", "⩾", ">=", "at least", "greater than or equal to") else ">"
            yield Assayed(
                figure=figure,
                measure="HER2/CEP17 ratio",
                method="fluorescence in situ hybridization",
                statistic="cut-off",
                cut_off=bound + match["value"],
            )
        elif statistic:
            yield Assayed(
                figure=interval(text, figure, span, said=False),
                measure="HER2/CEP17 ratio",
                method="fluorescence in situ hybridization",
                statistic=statistic,
            )


def _scores(text: str, span: Span) -> Iterator[Assayed]:
    if _RULE.search(text, span.start, span.end):
        return
    numbers = [f for f in figures(text, span) if f.kind is Kind.PERCENT and fits(f)]
    taken: set[Span] = set()
    for figure in numbers:
        for match in _SCORE_FIRST.finditer(text, span.start, span.end):
            if match.end() == figure.span.start and figure.span not in taken:
                taken.add(figure.span)
                yield _scored(figure, match)
        last = _SCORE_LAST.match(text, figure.span.end, span.end)
        if last and figure.span not in taken:
            taken.add(figure.span)
            yield _scored(figure, last)


def _scored(figure: Figure, match: re.Match[str]) -> Assayed:
    return Assayed(
        figure=figure,
        measure="HER2 IHC score",
        method="immunohistochemistry",
        statistic="rate",
        score=(match["after"] or match["before"]).replace(" ", ""),
    )
