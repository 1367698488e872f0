"""The result of a check: a summary for the terminal, and the table that goes with the mappings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .check import STATES, Verdict
from .terms import VocabularyFile

#: So many rows that no file at hand knows are listed one by one; of more only their number is told.
FEW = 20


def as_summary(verdicts: Sequence[Verdict], files: Sequence[VocabularyFile]) -> str:
    """How many mappings to each vocabulary proved to be what, and those that need a look."""
    counts = Counter((_prefix(verdict), verdict.state) for verdict in verdicts)
    prefixes = sorted({prefix for prefix, _ in counts}, key=str.casefold)
    width = max((len(prefix) for prefix in prefixes), default=0) + 2
    head = "vocabulary"
    lines = [f"{head:<{max(width, 12)}}" + "".join(f"{state:>14}" for state in STATES)]
    for prefix in prefixes:
        lines.append(f"{prefix:<{max(width, 12)}}" + "".join(f"{counts[prefix, state]:>14}" for state in STATES))
    total = Counter(verdict.state for verdict in verdicts)
    lines.append(f"{'all':<{max(width, 12)}}" + "".join(f"{total[state]:>14}" for state in STATES))
    for verdict in verdicts:
        if verdict.state != "confirmed" and (verdict.state != "unverifiable" or total["unverifiable"] <= FEW):
            row = verdict.row
            lines.append(
                f"{verdict.state}: {row.subject_label or row.subject_id} {row.predicate_id} {row.object_id} "
                f"“{row.object_label}”: {verdict.note} ({_place(row.place)})"
            )
    if total["unverifiable"] > FEW:
        lines.append(f"{total['unverifiable']:,} rows are in no file at hand; --format tsv lists them")
    used = sorted({f"{file.name}: {file.version}" for file in files})
    return "\n".join([*lines, "files:", *(f"  {line}" for line in used)]) + "\n"


def as_table(verdicts: Sequence[Verdict], files: Sequence[VocabularyFile]) -> str:
    """Every row with its verdict; the files and their editions in lines before the header."""
    total = Counter(verdict.state for verdict in verdicts)
    lines = [
        "#what her2kg link check found: " + ", ".join(f"{total[state]} {state}" for state in STATES),
        *(f"#{file.name}: {file.path.name}, {file.version}, sha256 {file.sha256}" for file in files),
        "\t".join(("subject_id", "predicate_id", "object_id", "object_label", "result", "note", "by")),
    ]
    rows = sorted(
        "\t".join(
            (
                verdict.row.subject_id,
                verdict.row.predicate_id,
                verdict.row.object_id,
                verdict.row.object_label,
                verdict.state,
                verdict.note,
                verdict.file.name if verdict.file else "",
            )
        )
        for verdict in verdicts
    )
    return "\n".join([*lines, *rows]) + "\n"


def _prefix(verdict: Verdict) -> str:
    return verdict.row.object_id.partition(":")[0]


def _place(place: str) -> str:
    path, _, line = place.rpartition(", ")
    return f"{Path(path).name}, {line}"
