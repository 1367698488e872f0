"""Copies of a graph in which one thing is wrong."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from graph_build.store import NQUADS, STORE, load_store


def change(folder: Path, target: Path, pattern: str, replacement: str) -> Path:
    """A copy of a graph with one thing in ``graph.nq`` changed, and its store made anew."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns(STORE))
    text = (target / NQUADS).read_text(encoding="utf-8")
    changed, count = re.subn(pattern, replacement, text, count=1)
    assert count == 1
    (target / NQUADS).write_text("".join(sorted(set(changed.splitlines(keepends=True)))), encoding="utf-8")
    load_store(target)
    return target
