"""A curator's decisions on suggested rows, kept: what was accepted, and what shall never be proposed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..replace import whole_file
from ..sssom import MANUAL, Row, read_mappings, sssom_text
from .suggest import suggestions_text

CURATED, REJECTED = "curated.sssom.tsv", "rejected.sssom.tsv"
_TITLES: Final = {CURATED: "her2kg, mappings chosen by hand", REJECTED: "her2kg, mappings rejected by a curator"}


@dataclass(frozen=True, slots=True)
class Decisions:
    """How many rows were accepted, rejected and left open."""

    accepted: int
    rejected: int
    open: int


def curate(suggestions: Path, folder: Path, today: str) -> Decisions:
    """Move the decided rows of a file of suggestions into ``curated`` and ``rejected`` in a folder.

    A row is accepted by changing its ``mapping_justification`` to ``semapv:ManualMappingCuration``, and rejected by
    writing ``Not`` into its ``predicate_modifier``.  The file keeps the open ones.  ``today``
    (YYYY-MM-DD) dates decisions that have no date.  A later decision on a pair takes the place of an earlier one.

    Raises :class:`~graph_build.sssom.MappingError` for a faulty row, and :class:`OSError` where nothing can be
    written; nothing is changed then.
    """
    chosen: dict[str, list[Row]] = {CURATED: [], REJECTED: []}
    still_open: list[Row] = []
    for row in read_mappings([suggestions]).rows:
        if row.rejected:
            chosen[REJECTED].append(replace(_by_hand(row, today), mapping_justification=MANUAL))
        elif row.mapping_justification == MANUAL:
            chosen[CURATED].append(_by_hand(row, today))
        else:
            still_open.append(row)
    kept = {name: _pairs(folder / name) for name in chosen}  # a fault in either ends it before anything is written
    for name, other in ((CURATED, REJECTED), (REJECTED, CURATED)):
        for row in chosen[name]:
            kept[other].pop((row.subject_id, row.object_id), None)
            kept[name][row.subject_id, row.object_id] = row
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in kept.items():
        if rows or (folder / name).exists():
            whole_file(folder / name, sssom_text(name, _TITLES[name], list(rows.values())).encode())
    whole_file(suggestions, suggestions_text(still_open).encode())
    return Decisions(len(chosen[CURATED]), len(chosen[REJECTED]), len(still_open))


def _by_hand(row: Row, today: str) -> Row:
    """The row as a curator's: dated, and without what the machine thought of it."""
    return replace(
        row,
        mapping_date=row.mapping_date or today,
        confidence="",
        subject_match_field="",
        object_match_field="",
        match_string="",
    )


def _pairs(path: Path) -> dict[tuple[str, str], Row]:
    rows = read_mappings([path]).rows if path.exists() else ()
    return {(row.subject_id, row.object_id): row for row in rows}
