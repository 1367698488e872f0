"""``python -m benchmarks``: measure, write the results as JSON, and the page from them (``make bench``)."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from graph_build import __version__

from .machine import describe, load_average
from .measure import ROOT
from .page import write_page
from .sections import SECTIONS, Wishes

FOLDER: Final = ROOT / ".benchmarks"
PAGE: Final = ROOT / "docs" / "benchmarks.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is wished for; the code for the shell."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(SECTIONS), default=list(SECTIONS), help="these sections")
    parser.add_argument("--records", type=int, default=2000, help="of each real file (2000)")
    parser.add_argument(
        "--field-records", type=int, default=360, help="about HER2 or lung cancer: a million triples (360)"
    )
    parser.add_argument("--repeats", type=int, default=3, help="of each measurement; medians count (3)")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[], help="numbers of triples of synthetic graphs, beside the real ones"
    )
    parser.add_argument("--large", action="store_true", help="a graph of ten million triples too")
    parser.add_argument("--engines", nargs="+", default=list(Wishes(folder=FOLDER).engines), help="of SPARQL")
    parser.add_argument("--only-small", nargs="+", default=[], help="engines asked about the two documents alone")
    parser.add_argument("--limit", type=float, default=10.0, help="seconds for one answer (10)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="for files, graphs and results (.benchmarks)")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write (docs/benchmarks.md)")
    parser.add_argument("--page-only", action="store_true", help="measure nothing; write the page from the results")
    given = parser.parse_args(arguments)
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    results = folder / "results.json"
    if not given.page_only:
        wishes = Wishes(
            folder=folder,
            records=given.records,
            field_records=given.field_records,
            repeats=given.repeats,
            sizes=[*given.sizes, *([10_000_000] if given.large else [])],
            engines=given.engines,
            only_small=given.only_small,
            limit=given.limit,
        )
        _measure(wishes, given.only, results)
    write_page(json.loads(results.read_text(encoding="utf-8")), given.page)
    print(f"{results}\n{given.page}")
    return 0


def _measure(wishes: Wishes, sections: Sequence[str], results: Path) -> None:
    """Measure some sections; what an earlier run has of the others stays, with its own date and machine."""
    known: dict[str, Any] = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
    for name in sections:
        print(name, flush=True)
        before = load_average()
        found = SECTIONS[name](wishes)
        known[name] = {
            "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
            "software": f"her2kg {__version__}",
            "machine": describe(),
            "load_before": before,
            "load_after": load_average(),
            **found,
        }
        text = json.dumps(known, ensure_ascii=False, indent=1, default=str)
        results.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
