"""``python -m benchmarks.quality.published``: the tables of published numbers, in ``docs/quality.md``."""

from __future__ import annotations

import re
from pathlib import Path

from .corpora import CORPORA
from .report import others

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
_PLACE = re.compile(r"(<!-- published: [^>]* -->\n).*(<!-- /published -->)", re.DOTALL)


def tables() -> str:
    """A table for each corpus."""
    return "".join(f"\n### {corpus.title}\n\n" + "\n".join(others(name)) + "\n" for name, corpus in CORPORA.items())


def written(page: str) -> str:
    """The page with its tables as they are now."""
    return _PLACE.sub(lambda place: f"{place[1]}{tables()}\n{place[2]}", page)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
