"""What ``make run`` shows: build, check, five questions with their answers, and the picture."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from .build import build
from .check import check
from .graph import KnowledgeGraph, default_folder
from .model import Her2kgError
from .query import find

#: The questions, each with parameters: what a clinician, a pathologist and a reviewer ask first.
QUESTIONS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("adc-studies-in-her2-mutant-nsclc", {}),
    ("therapies-by-appraisal", {}),
    ("methods-and-gold-standard", {}),
    ("open-questions", {}),
    ("what-changed-between-the-reviews", {}),
)


def main(arguments: list[str] | None = None) -> int:
    """Run the showcase; the exit code is that of the check."""
    parser = argparse.ArgumentParser(prog="python -m graph_build.showcase", description=__doc__)
    parser.add_argument("--graph", type=Path, default=default_folder(), help="where to write the graph")
    folder: Path = parser.parse_args(arguments).graph
    from .cli import print_table  # the command line imports lazily, and so do we

    try:
        done = build(output=folder)
        checked = check(folder)
        kg = KnowledgeGraph(folder)
        picture = folder.with_name(folder.name + ".html")
        for name, values in QUESTIONS:
            print_table(kg.query(name, **values), find(name).summary)
        kg.view().save(picture)
    except Her2kgError as error:
        print(f"her2kg: {error}", file=sys.stderr)
        return 2
    counts = done.report["counts"]
    print(f"Built {folder}: {counts['Study']} studies, {counts['Statement']} statements, {counts['Evidence']} evidences.")
    print(f"Checked: {checked.quotes} quotes compared with their documents, {len(checked.findings)} problems found.")
    print(f"The network picture: {picture.resolve()} (open it in a browser)")
    print("Ask more: .venv/bin/her2kg query")
    return 0 if checked.passed else 1


if __name__ == "__main__":
    sys.exit(main())
