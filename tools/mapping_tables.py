"""The mapping tables as files: written, and compared with what the vocabulary files give now."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Final

from mappings import Mapped, target

from graph_build.link.curate import CURATED, REJECTED
from graph_build.sssom import sssom_text

_NOTE: Final = "Only identifiers that the named edition of the vocabulary confirms."


def texts(mapped: Mapped) -> dict[str, str]:
    """The text of each table by its file name."""
    tool = "tools/verify_vocabulary.py"
    found = {
        f"{name}.sssom.tsv": sssom_text(
            f"{name}.sssom.tsv",
            f"her2kg to {name}",
            [row for row in mapped.rows if target(row) == name],
            tool=tool,
            note=_NOTE,
        )
        for name in sorted({target(row) for row in mapped.rows})
    }
    found["not-the-same.sssom.tsv"] = sssom_text(
        "not-the-same.sssom.tsv",
        "her2kg, look-alikes that are not the same",
        mapped.rejected,
        tool=tool,
        note="Entries that bear a name of ours and mean something else; never proposed again.",
    )
    unmapped = io.StringIO()
    writer = csv.writer(unmapped, delimiter="\t", lineterminator="\n")
    writer.writerow(("subject_id", "subject_label", "target", "reason"))
    writer.writerows(sorted([u.concept.curie, u.concept.label, u.target, u.reason] for u in mapped.unmapped))
    return found | {"unmapped.tsv": unmapped.getvalue()}


def write(folder: Path, mapped: Mapped) -> None:
    """Write the tables; those that curators keep by hand stay."""
    tables = texts(mapped)
    for old in folder.glob("*.sssom.tsv"):
        if old.name not in (CURATED, REJECTED):
            old.unlink()
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")


def differences(folder: Path, mapped: Mapped) -> list[str]:
    """The tables that are not what the vocabulary files give."""
    made = texts(mapped)
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.tsv")}
    stale = {name for name, text in made.items() if there.get(name) != text}
    gone = {name for name in there if name.endswith(".sssom.tsv")} - {CURATED, REJECTED} - set(made)
    return sorted(stale | gone)
