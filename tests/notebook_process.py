"""Notebooks executed in a process of their own.

So the event loop of their kernel never meets that of a browser in the same test run, and one that has no end is ended.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat

#: Seconds after which a notebook is taken to have no end; the slowest takes half a minute.
WITHOUT_END = 500

_NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
_EXECUTE = """
import sys
from pathlib import Path
import nbformat
from nbclient.exceptions import CellExecutionError
sys.path.insert(0, sys.argv[1])
import refresh
book = nbformat.read(sys.argv[2], as_version=4)
try:
    refresh.execute(book, Path(sys.argv[3]), sys.argv[4])
except CellExecutionError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
finally:
    nbformat.write(book, sys.argv[2])
"""


class CellFailed(Exception):
    """A cell of the notebook failed."""


def execute(book: nbformat.NotebookNode, folder: Path, graph: str = "her2kg-graph") -> None:
    """Execute a notebook in place as ``notebooks/refresh.py`` does, in ``folder``, with the place of the graph.

    Raises :class:`CellFailed` when a cell does; what ran before it is in the notebook.
    """
    path = folder.with_suffix(".ipynb")
    nbformat.write(book, path)
    done = subprocess.run(
        [sys.executable, "-c", _EXECUTE, str(_NOTEBOOKS), str(path), str(folder), graph],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=WITHOUT_END,
        check=False,
    )
    assert done.returncode in (0, 3), done.stderr
    run = nbformat.read(path, as_version=4)
    book.clear()
    book.update(run)
    path.unlink()
    if done.returncode:
        raise CellFailed(done.stderr)
