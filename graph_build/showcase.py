"""What ``make run`` shows: build, check, five questions with their answers, and the picture."""

from __future__ import annotations

import argparse
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

from .build import build
from .check import check
from .graph import KnowledgeGraph, default_folder
from .model import Her2kgError
from .query import find, stored
from .resources import resource
from .store import NQUADS
from .tables import print_rows

#: The questions, each with parameters: what a clinician, a pathologist and a reviewer ask first.
QUESTIONS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("adc-studies-in-her2-mutant-nsclc", {}),
    ("therapies-by-appraisal", {}),
    ("methods-and-gold-standard", {}),
    ("open-questions", {}),
    ("what-changed-between-the-reviews", {}),
)


#: How many rows of each answer are shown.
ROWS: Final = 8


def main(arguments: list[str] | None = None) -> int:
    """Run the showcase; the exit code is that of the check."""
    parser = argparse.ArgumentParser(prog="python -m graph_build.showcase", description=__doc__)
    parser.add_argument("--graph", type=Path, default=default_folder(), help="where to write the graph")
    folder: Path = parser.parse_args(arguments).graph
    picture = folder.with_name(folder.name + ".html")
    try:
        summary = up_to_date(folder, picture) or renew(folder, picture)
        kg = KnowledgeGraph(folder)
        for name, values in QUESTIONS:
            print_rows(kg.query(name, **values), find(name).summary, limit=ROWS)
            print(f"  all of it: her2kg query {name}\n")
    except Her2kgError as error:
        print(f"her2kg: {error}", file=sys.stderr)
        return 2
    counts = kg.report["counts"]
    print(
        f"Graph    {folder}: {counts['Study']} studies, {counts['Statement']} statements, "
        f"{counts['Evidence']} evidences"
    )
    print(f"Checked  {summary}")
    print("Quotes   the abstracts of the two packaged documents are restated in our own words, not the authors'")
    print(f"Picture  {picture.resolve()} (open it in a browser)")
    print(f"Ask      her2kg query    (lists {len(stored())} questions; her2kg is in {Path(sys.executable).parent})")
    return 0


def renew(folder: Path, picture: Path) -> str:
    """Build, check and draw; what the check found is kept beside the graph, so that the next run need not repeat it.

    Raises :class:`Her2kgError` when the check fails.
    """
    _stamp(folder).unlink(missing_ok=True)
    build(output=folder)
    checked = check(folder)
    if not checked.passed:
        first = checked.findings[0]
        raise Her2kgError(
            f"{len(checked.findings)} checks failed, first {first.node}: {first.message}; see her2kg check"
        )
    KnowledgeGraph(folder).view().save(picture)
    summary = f"all {checked.quotes} quotes are exactly the text of their document, no shape or rule is broken"
    _stamp(folder).write_text(f"{fingerprint(folder)}\n{summary}\n", encoding="utf-8")
    return summary


def up_to_date(folder: Path, picture: Path) -> str | None:
    """What the last check found, if nothing has changed since: neither code nor data nor the graph."""
    try:
        fingerprint_then, summary = _stamp(folder).read_text(encoding="utf-8").splitlines()
        return summary if picture.is_file() and fingerprint_then == fingerprint(folder) else None
    except (OSError, ValueError):
        return None


def _stamp(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.checked")


def fingerprint(folder: Path) -> str:
    """A hash of the graph and of all that it was made by and from."""
    package = Path(__file__).parent
    data = [p for root in (package, resource("ontology"), resource("queries")) for p in root.rglob("*") if p.is_file()]
    found = sha256()
    for path in sorted(p for p in data if p.suffix != ".pyc"):
        found.update(path.name.encode() + path.read_bytes())
    found.update((folder / NQUADS).read_bytes())
    return found.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
