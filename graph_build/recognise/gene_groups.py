"""Genes that a text tells together: the names of one in a bracket, and several in a coordination."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..fold import DASHES
from ..model import Span

#: How conjuncts are joined: "A, B, and C", "A/B", "A- and B".
AND: Final = rf"[{DASHES}]?(?:\s*,\s*(?:and|or|and/or)?\s*|\s*/\s*|\s+(?:and|or|and/or)\s+|\s*&\s*)"
#: How many had what stands before it: "(n = 12)", "(4.5%, 3/66)".
_COUNTED: Final = (
    r"(?:\s*\((?:n\s*=\s*)?\d+(?:\.\d+)?(?:\s*%|/\d+)?(?:[,;]\s*(?:n\s*=\s*)?\d+(?:\.\d+)?(?:\s*%|/\d+)?)*\))?"
)
_JOINED: Final = re.compile(_COUNTED + AND)
#: A bracket that opens before another name of the gene: "HER2 (also known as ERBB2)"; what parts two such names.
_OPENED: Final = re.compile(
    r"\s*\((?:(?:also\s+)?(?:known\s+as|called|termed)\s+|aka\s+|encod(?:ed\s+by|ing)\s+|formerly\s+|or\s+)?(?:the\s+)?"
)
_OR: Final = re.compile(r"\s*[,;/]\s*(?:or\s+)?|\s+or\s+")


@dataclass(frozen=True, slots=True)
class GeneGroup:
    """Genes joined by "and", commas or slashes."""

    genes: tuple[tuple[Span, str], ...]

    @property
    def span(self) -> Span:
        """From the first to the last gene."""
        return Span(self.genes[0][0].start, self.genes[-1][0].end)


def named_together(text: str, genes: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """The genes, each with its further names in one bracket: "HER2 (neu, ERBB2)", "(HER2, ERBB2)"."""
    index = 0
    while index < len(genes):
        span, gene = genes[index]
        last = index
        if text[span.start - 1 : span.start] != "(" and _another_name(text, genes, index, _OPENED):
            last += 1
        while _another_name(text, genes, last, _OR):
            last += 1
        end = genes[last][0].end
        if last > index and text[end : end + 1] == ")":
            opened = text[span.start - 1 : span.start] == "("
            yield Span(span.start - opened, end + 1), gene
            index = last
        else:
            yield span, gene
        index += 1


def _another_name(text: str, genes: Sequence[tuple[Span, str]], index: int, between: re.Pattern[str]) -> bool:
    """Whether the next name is of the same gene, and only so much parts the two."""
    if index + 1 >= len(genes) or genes[index + 1][1] != genes[index][1]:
        return False
    return between.fullmatch(text, genes[index][0].end, genes[index + 1][0].start) is not None


def gene_groups(text: str, genes: Sequence[tuple[Span, str]]) -> Iterator[GeneGroup]:
    """Genes that stand in one coordination; synonyms in brackets belong to the gene before them."""
    group: list[tuple[Span, str]] = []
    for span, gene in named_together(text, genes):
        if group and not _JOINED.fullmatch(text, group[-1][0].end, max(group[-1][0].end, span.start)):
            yield GeneGroup(tuple(group))
            group = []
        group.append((span, gene))
    if group:
        yield GeneGroup(tuple(group))
