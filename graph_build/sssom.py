"""Mapping rows in SSSOM, read with all that may be wrong with them, and written.

SSSOM (Simple Standard for Sharing Ontological Mappings, https://mapping-commons.github.io/sssom/) is a table
with a YAML header in lines that begin with ``#``.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from .model import Her2kgError
from .prefixes import CURIES, canonical, fits_pattern, pattern

EXACT, CLOSE, BROAD, NARROW, RELATED = (
    f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")
)
LEXICAL, CHAIN, MANUAL = (f"semapv:{kind}" for kind in ("LexicalMatching", "MappingChaining", "ManualMappingCuration"))
#: What a mapping may say; ``her2:registeredAs`` leads from a study to a register.
PREDICATES: Final = (EXACT, CLOSE, BROAD, NARROW, RELATED, "her2:registeredAs")
#: The marker of a mapping that a curator has rejected.
NOT: Final = "Not"
#: Columns that no row may leave empty.
REQUIRED: Final = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_CURIE: Final = re.compile(r"[A-Za-z][\w.-]*:[\w./~%()+,-]+")
#: Lines of a header that are an address and no prefix.
_HEADER_LINKS: Final = ("license", "mapping_set_id", "see_also", "mapping_set_source", "mapping_tool", "issue_tracker")
_PREFIX_LINE: Final = re.compile(r"#\s*([A-Za-z][\w.-]*):\s*[\"']?(https?://[^\s\"']+)")


class MappingError(Her2kgError):
    """A mapping row is not as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of an SSSOM table, with the slots that we use."""

    subject_id: str
    subject_label: str = ""
    predicate_modifier: str = ""
    predicate_id: str
    object_id: str
    object_label: str = ""
    mapping_justification: str
    object_source: str = ""
    object_source_version: str = ""
    mapping_date: str = ""
    confidence: str = ""
    subject_match_field: str = ""
    object_match_field: str = ""
    match_string: str = ""
    comment: str = ""
    more: tuple[tuple[str, str], ...] = ()  # columns of SSSOM that we do not use, kept
    place: str = ""  # the file and line; not a column

    @property
    def rejected(self) -> bool:
        """Whether the row says that the two are *not* so related."""
        return self.predicate_modifier == NOT


COLUMNS: Final = tuple(field.name for field in fields(Row) if field.name not in ("more", "place"))


@dataclass(frozen=True, slots=True)
class MappingSet:
    """The rows of some files, and a sentence for each that was left out."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    prefixes: dict[str, str]

    def expand(self, curie: str) -> str:
        """The IRI of a CURIE of these rows."""
        prefix, _, local = curie.partition(":")
        return self.prefixes[prefix] + local


def mapping_files(place: Path) -> list[Path]:
    """The SSSOM files in a folder, or the one file.

    Raises :class:`MappingError` when there is none.
    """
    found = sorted(place.glob("*.sssom.tsv")) if place.is_dir() else [place] if place.is_file() else []
    if not found:
        raise MappingError(f"{place}: holds no *.sssom.tsv file")
    return found


def read_mappings(paths: Iterable[Path], *, lenient: bool = False) -> MappingSet:
    """The rows of some SSSOM files.

    Raises :class:`MappingError`, naming file, line and mend, for the first file with a row that has an unknown
    prefix, a malformed CURIE, no justification, an unknown predicate, or is there twice.  When ``lenient``, such rows
    are left out and told in :attr:`MappingSet.problems`.
    """
    rows: list[Row] = []
    problems: list[str] = []
    prefixes = dict(CURIES)
    seen: dict[tuple[str, str, str], str] = {}
    for path in paths:
        found, faults, own = _read_file(path)
        prefixes |= own
        for row in found:
            key = (row.subject_id, row.object_id, row.predicate_modifier)
            if key in seen:
                faults.append(
                    f"{row.place}: maps {row.subject_id} to {row.object_id} again ({seen[key]}); keep one row"
                )
            else:
                seen[key] = row.place
                rows.append(row)
        if faults and not lenient:
            raise MappingError("\n".join(faults))
        problems += faults
    return MappingSet(tuple(rows), tuple(problems), prefixes)


def _read_file(path: Path) -> tuple[list[Row], list[str], dict[str, str]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise MappingError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'it is not UTF-8'})"
        ) from error
    skipped = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    own = _own_prefixes(path, lines[:skipped])
    header = _cells(lines[skipped]) if skipped < len(lines) else []
    missing = [name for name in REQUIRED if name not in (header or ())]
    if missing or header is None:
        raise MappingError(f"{path}, line {skipped + 1}: has no column {', '.join(missing)}; an SSSOM table needs it")
    rows: list[Row] = []
    faults: list[str] = []
    for number, line in enumerate(lines[skipped + 1 :], skipped + 2):
        place = f"{path}, line {number}"
        if not line.strip():
            continue
        cells = _cells(line)
        if cells is None:
            faults.append(f"{place}: a quotation mark is opened and not closed; close it, or leave it out")
            continue
        if len(cells) != len(header):
            counted = f"{len(cells)} cells where the header has {len(header)}"
            faults.append(f"{place}: {counted}; put one tab between two columns")
            continue
        values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        for column in ("subject_id", "object_id"):
            values[column] = canonical(values[column])
        if values.get("predicate_modifier", "").casefold() == NOT.casefold():
            values["predicate_modifier"] = NOT
        known = {name: value for name, value in values.items() if name in COLUMNS}
        more = tuple((name, value) for name, value in values.items() if name not in COLUMNS and value)
        row = Row(**known, more=more, place=place)
        fault = _fault(row, CURIES | own)
        if fault:
            faults.append(f"{place}: {fault}")
        else:
            rows.append(row)
    return rows, faults, own


def _cells(line: str) -> list[str] | None:
    """The cells of one line; ``None`` when a quotation mark is not closed, which would swallow the lines after it."""
    try:
        return next(csv.reader([line], delimiter="\t", strict=True), [])
    except csv.Error:
        return None


def _own_prefixes(path: Path, lines: Sequence[str]) -> dict[str, str]:
    """The prefixes of a file's header.  Raises :class:`MappingError` for one that stands for something else here."""
    found = {m[1]: m[2] for line in lines if (m := _PREFIX_LINE.match(line)) and m[1] not in _HEADER_LINKS}
    for prefix, base in found.items():
        if CURIES.get(prefix, base) != base:
            raise MappingError(
                f"{path}: its curie_map has {prefix}: {base}, but here {prefix} is {CURIES[prefix]}; "
                "write that, or take another prefix"
            )
    return found


def _fault(row: Row, prefixes: dict[str, str]) -> str | None:
    """What is wrong with a row, and the mend; ``None`` when nothing is."""
    for column in REQUIRED:
        value = getattr(row, column)
        if not value:
            why = "; say how the mapping was found, such as semapv:ManualMappingCuration" if "just" in column else ""
            return f"column {column} is empty{why}"
        if not _CURIE.fullmatch(value):
            return f"“{value}” in column {column} is no CURIE; write prefix:identifier, such as MONDO:0005233"
        if value.partition(":")[0] not in prefixes:
            return f"“{value}” in column {column} has no known prefix; add it to the file's curie_map"
        if not fits_pattern(value):
            return f"“{value}” in column {column} does not have the form of such an identifier ({pattern(value)})"
    if row.predicate_id not in PREDICATES:
        return f"“{row.predicate_id}” is no predicate of a mapping; use one of {', '.join(PREDICATES)}"
    if row.predicate_modifier not in ("", NOT):
        return f"“{row.predicate_modifier}” in column predicate_modifier is neither empty nor {NOT}"
    if row.confidence and not re.fullmatch(r"0(?:\.\d+)?|1(?:\.0+)?", row.confidence):
        return f"“{row.confidence}” in column confidence is no number from 0 to 1"
    return None


def sssom_text(
    name: str, title: str, rows: Sequence[Row], *, tool: str = "her2kg", note: str = "", empty: Sequence[str] = ()
) -> str:
    """An SSSOM file of these rows, sorted, with the columns that any of them fills, and those named in ``empty``."""
    always = {*REQUIRED, "subject_label", "object_label", *empty}
    used = [column for column in COLUMNS if column in always or any(getattr(row, column) for row in rows)]
    prefixes = {value.partition(":")[0] for r in rows for value in _curies(r)} | {"semapv", "skos"}
    others = sorted({name for row in rows for name, _ in row.more})
    lines = [
        f"#mapping_set_id: https://w3id.org/her2kg/mappings/{name}",
        f"#mapping_set_title: {title}",
        *([f"#mapping_set_description: {note}"] if note else []),
        "#license: https://creativecommons.org/publicdomain/zero/1.0/",
        f"#mapping_tool: {tool}",
        "#curie_map:",
        *(f"#  {prefix}: {CURIES[prefix]}" for prefix in sorted(prefixes) if prefix in CURIES),
        "\t".join([*used, *others]),
        *sorted(
            "\t".join([*(_cell(getattr(r, c)) for c in used), *(_cell(dict(r.more).get(c, "")) for c in others)])
            for r in rows
        ),
    ]
    return "\n".join(lines) + "\n"


def _cell(value: str) -> str:
    """A cell as :mod:`csv` writes it."""
    value = re.sub(r"[\t\r\n]+", " ", value)
    return '"' + value.replace('"', '""') + '"' if '"' in value else value


def _curies(row: Row) -> Iterable[str]:
    slots = (row.subject_id, row.predicate_id, row.object_id, row.mapping_justification, row.object_source)
    return (*slots, row.subject_match_field, row.object_match_field)
