"""Changes that a text itself calls one: "p.Y772_A775dup (c.2313_2324dup)", "I655V (rs1136201)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from ..model import Span
from .variants import Change, Level

#: What may part two names of one change: an opened bracket, …
_OPENED: Final = re.compile(
    r"(?:\s(?:mutation|variant|polymorphism|SNP|substitution))?\s?[(\[]\s?"
    r"(?:(?:also )?(?:known as|termed|called|named|i\.e\.,?|dbSNP:?|SNP:?|NM_[\d.]+:)\s?|[A-Z][A-Z\d]{1,8}:?\s)?"
)
#: … words that call it the same, or the outcome, …
_CALLED: Final = re.compile(
    r",?\s(?:(?:or|also) )?(?:known|written|referred to|described|designated) as\s|\s=\s"
    r"|,?\s\(?(?:(?:which|that) )?(?:(?:is )?predicted to )?"
    r"(?:results? in|resulting in|resulted in|leads? to|leading to|led to|causing|causes|encoding|encodes|producing)"
    r"(?: (?:an?|the))?(?: (?:amino[- ]acid|missense|protein))*(?: (?:change|substitution|variant|mutation))?"
    r"(?: of)?\s?\(?"
)
#: … or no more than a mark; then numbers and levels must agree.
_MARK: Final = re.compile(r"\s?[;,:/|]\s?|\s|\);\s?|\sor\s")
#: The farthest that two names of one change stand apart.
_FAR: Final = 90
_LEVELS: Final = tuple(Level)


def equated(text: str, changes: Sequence[Change]) -> list[tuple[Change, ...]]:
    """The groups of two or three changes, of different levels, that the text says to be one, in order of place."""
    groups: list[list[Change]] = []
    for change in changes:
        if groups and _joins(text, groups[-1], change):
            groups[-1].append(change)
        else:
            groups.append([change])
    return [tuple(group) for group in groups if len(group) > 1]


def _joins(text: str, group: Sequence[Change], change: Change) -> bool:
    last = group[-1]
    if change.level in {other.level for other in group} or not 0 <= change.span.start - last.span.end <= _FAR:
        return False
    between = text[last.span.end : change.span.start]
    if _OPENED.fullmatch(between):
        return True
    if _CALLED.fullmatch(between):
        return Level.DBSNP not in (last.level, change.level)
    if not _MARK.fullmatch(between):
        return False
    if Level.DBSNP in (last.level, change.level):  # in a list of several a number need not be that of the next
        bracketed = text[: group[0].span.start].endswith(("(", "[")) or len(group) > 1
        return (bracketed and text.startswith((")", "]", ",", ";"), change.span.end)) or between in ("/", ":")
    return _agree(last, change)


def _agree(one: Change, other: Change) -> bool:
    """Whether the codon of a coding change is that of the protein change, give or take what an insertion shifts."""
    coding, protein = (one, other) if one.level is Level.DNA else (other, one)
    base = re.match(r"c\.(\d+)(?!\d*[+-])", coding.name)
    residue = re.match(r"p\.[A-Z](\d+)", protein.name)
    if not base or not residue:
        return False
    shift = 1 if ">" in coding.name else 12
    return abs((int(base[1]) + 2) // 3 - int(residue[1])) <= shift


def same_names(groups: Iterable[tuple[Change, ...]]) -> Mapping[str, tuple[str, ...]]:
    """For each name those of the same change, that of the protein first; none for a name that is equated twice."""
    found: dict[str, tuple[str, ...]] = {}
    disputed: set[str] = set()
    for group in groups:
        names = tuple(c.name for c in sorted(group, key=lambda c: _LEVELS.index(c.level)))
        for name in names:
            before = found.setdefault(name, names)
            if before[0] != names[0]:
                disputed.add(name)
            elif len(names) > len(before):
                found[name] = names
    return {name: names for name, names in found.items() if name not in disputed}


def holding(groups: Iterable[tuple[Change, ...]]) -> Mapping[Span, int]:
    """For the place of each change in a group, the number of the group."""
    return {change.span: number for number, group in enumerate(groups) for change in group}
