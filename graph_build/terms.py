"""What lexicon files consist of: rows, names, kinds and cues, and what must hold between them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .model import Concept, ConceptClass, ConceptId, Her2kgError

#: What names may differ in and still be one (as the recogniser folds them).
_SEPARATORS: Final = "-\u2010\u2011\u2012\u2013\u2014"


class LexiconError(Her2kgError):
    """A lexicon file is not as ``ontology/README.md`` says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One way to write a concept, and when it counts."""

    text: str
    concept: ConceptId
    exact_case: bool = False
    ambiguous: bool = False
    before_patients: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterationKind:
    """A kind of alteration that any gene can have, such as ``{gene} mutation``."""

    pattern: str
    type: str
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    broader: str | None
    genes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStudy:
    """A study that is known by name."""

    label: str
    names: tuple[str, ...]
    cls: str | None
    part_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word that carries negation, hedging or an appraisal."""

    pattern: str
    kind: str
    value: str
    unless_next: str


def rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a lexicon file with their line numbers.

    Raises :class:`LexiconError` when a row has more or fewer cells than the header.
    """
    with path.open(encoding="utf-8", newline="") as file:
        table = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(table, [])
        for cells in table:
            if len(cells) != len(header):
                raise LexiconError(
                    f"{path.name}, line {table.line_num}: {len(cells)} cells where the header has {len(header)}; "
                    "put one tab between two columns"
                )
            yield table.line_num, dict(zip(header, cells, strict=True))


def rows_of(folders: Sequence[Path], stem: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a lexicon file in the first folder, and of files of its name in the others, each with its place.

    Raises :class:`LexiconError` when another folder's file has other columns.
    """
    columns: list[str] = []
    for number, folder in enumerate(folders):
        path = folder / f"{stem}.tsv"
        if number and not path.is_file():
            continue
        for line, row in rows(path):
            place = f"{path if number else path.name}, line {line}"
            columns = columns or list(row)
            if list(row) != columns:
                raise LexiconError(
                    f"{path}, line 1: the columns are not {', '.join(columns)}; copy the header of {stem}.tsv"
                )
            yield place, row


def items(cell: str | None) -> tuple[str, ...]:
    """The items of a list cell."""
    return tuple(item for part in (cell or "").split("|") if (item := part.strip()))


def check_links(concepts: Mapping[ConceptId, Concept], places: Mapping[ConceptId, str]) -> None:
    for concept in concepts.values():
        for link, target in concept.links:
            if target not in concepts:
                raise LexiconError(
                    f"{places.get(concept.id, concept.id.label)}: “{concept.id.label}” {link} “{target.label}”, "
                    f"but no row of class {target.cls} has this label"
                )


def check_names(names: Sequence[Name], places: Mapping[ConceptId, str]) -> None:
    """A name stands for one concept of a class; two that differ in hyphens, spaces and case only are one."""
    owners: dict[tuple[ConceptClass, str], Name] = {}
    for name in names:
        folded = "".join(c for c in name.text.casefold() if not (c.isspace() or c in _SEPARATORS))
        owner = owners.setdefault((name.concept.cls, folded), name)
        if owner.concept != name.concept and owner.exact_case == name.exact_case and name.concept in places:
            raise LexiconError(
                f"{places[name.concept]}: the name “{name.text}” is also one of “{owner.concept.label}” "
                f"({places.get(owner.concept, 'composed')}); keep it in one row"
            )
