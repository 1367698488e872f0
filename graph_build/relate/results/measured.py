"""The measures that a sentence names, each with its statistic, time and grade."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from ...model import Span
from .measures import MEDIAN, ROWS, Row
from .numbers import Kind

#: Words before a measure that make it another: "hematologic response rate", "liver PFS", "local PFS", "PFS2".
_NARROWED: Final = re.compile(
    r"\b(?:h(?:a)?ematologic(?:al)?|molecular|cytogenetic|immune|antibody|renal|pathologic(?:al)?|"
    r"major|metabolic|PSA|\w+-free|\w+-specific|follow-?up(?: time| duration)?(?: for| of)?(?: the)?|"
    r"intracranial|CNS|brain|extracranial|"
    r"biochemical|serologic(?:al)?|symptom\w*|pain|placebo|partial|complete|near|minor|mixed|"
    r"vaccine|local|locoregional|"
    r"loco-regional|distant|metastas[ei]s|cancer|disease|biopsy|liver|hepatic|stringent|surgical|"
    r"bone marrow|marrow|very good|very|survey|no|without|after|following|prior|previous|despite|"
    r"median time to|"
    r"expected|predicted|historical|target|null|minimum|non|post-?progression|restricted|durable|"
    r"unconfirmed|endocrine|"
    r"radiation|secondary|gross|differences? in|difference in the|improvement in|increase in|reduction in|gain in|"
    r"prolongation (?:of|in)|benefit in)[\s-]+$",
    re.IGNORECASE,
)
#: A difference between two rates is none: "difference in EASI-75 response rate".
_DIFFERENCE: Final = re.compile(
    r"\b(?:differences?|change|ratio|survey|questionnaires?)\b[^,;()]{0,30}$", re.IGNORECASE
)
#: Publishers print more hyphens than one.
_HYPHENS: Final = r"[\s\u2010\u2011-]"
_COMPILED: Final = tuple(
    (re.compile(rf"(?<![\w\u2010\u2011-])(?:{row.pattern})".replace(r"[\s-]", _HYPHENS), re.IGNORECASE), row)
    for row in ROWS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measure at a place."""

    span: Span
    row: Row
    statistic: str | None = None  # "median" or "mean", when printed
    time: str | None = None  # "2-year"
    grade: str | None = None
    narrowed: bool = False  # an outcome of which the lexicon has only the broader one

    def survives(self) -> bool:
        """Whether it is a time to an event, which may have a hazard ratio."""
        return Kind.TIME in self.row.kinds


def sharing(measure: Measured, first: Measured) -> Measured:
    """A measure with the statistic of the first of its run: "median PFS and OS", but not "median PFS and ORR"."""
    return replace(measure, statistic=measure.statistic or (first.statistic if measure.survives() else None))


def measures(text: str, span: Span) -> Iterator[Measured]:
    """The measures that a part of the text names, in order.

    >>> text = "a 12-month PFS rate of 41% and median overall survival (OS) of 9.1 months"
    >>> [(m.row.outcome, m.statistic, m.time) for m in measures(text, Span(0, len(text)))]
    [('progression-free survival', None, '12-month'), ('overall survival', 'median', None)]
    """
    found: list[tuple[int, int, re.Match[str], Row]] = []
    for order, (pattern, row) in enumerate(_COMPILED):
        found += [(m.start(), order, m, row) for m in pattern.finditer(text, span.start, span.end)]
    end = span.start
    for _, _, match, row in sorted(found, key=lambda f: (f[0], f[1])):
        if match.start() < end:
            continue
        end = match.end()
        named = match.groupdict()
        statistic = (named.get("statistic") or "").lower()
        before = text[max(span.start, match.start() - 40) : match.start()]
        median = re.search(
            r"\b(median|mean)s?\s+(?:\([^()]{1,24}\)\s+)?(?:(?!and\b)\w+[\s-]){0,2}$", before, re.IGNORECASE
        )
        yield Measured(
            span=Span(match.start(), match.end()),
            row=row,
            statistic=MEDIAN
            if statistic.startswith(("m", "r")) and statistic != "mean"
            else (statistic or (median[1].lower() if median else None)),
            time=(named.get("time") or "").strip(" -") or None,
            grade=" ".join((named.get("grade") or named.get("grade2") or "").split()) or None,
            narrowed=bool(_NARROWED.search(before) or _DIFFERENCE.search(before))
            or (Kind.TIME in row.kinds and before.rstrip().endswith("%")),  # "25% OS time" is a quartile
        )
