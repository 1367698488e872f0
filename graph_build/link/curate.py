"""A curator's decisions on suggested rows, kept: what was accepted, and what shall never be proposed again."""

from __future__ import annotations

from collections.abc import Iterable
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


def curate(suggestions: Path, folder: Path) -> Decisions:
    """Move the decided rows of a file of suggestions into ``curated`` and ``rejected`` in a folder.

    A row is accepted by changing its ``mapping_justification`` to ``semapv:ManualMappingCuration``, and rejected by
    writing ``Not`` into its ``predicate_modifier``.  The file keeps the open ones.

    Raises :class:`~graph_build.sssom.MappingError` for a faulty row, and :class:`OSError` where nothing can be
    written; nothing is changed then.
    """
    rows = read_mappings([suggestions]).rows
    rejected = [row for row in rows if row.rejected]
    accepted = [row for row in rows if row.mapping_justification == MANUAL and not row.rejected]
    still_open = [row for row in rows if row not in rejected and row not in accepted]
    folder.mkdir(parents=True, exist_ok=True)
    for name, new in ((CURATED, accepted), (REJECTED, [replace(r, mapping_justification=MANUAL) for r in rejected])):
        if new:
            _add(folder / name, new)
    whole_file(suggestions, suggestions_text(still_open).encode())
    return Decisions(len(accepted), len(rejected), len(still_open))


def _add(path: Path, new: Iterable[Row]) -> None:
    kept = {(r.subject_id, r.object_id): r for r in read_mappings([path]).rows} if path.exists() else {}
    kept |= {(row.subject_id, row.object_id): row for row in new}
    whole_file(path, sssom_text(path.name, _TITLES[path.name], list(kept.values())).encode())
