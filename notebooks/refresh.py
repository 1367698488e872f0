"""Execute the notebooks here again and keep their outputs: ``python notebooks/refresh.py``.

Each runs in an empty folder of its own, so the graph that it builds is not left
here, and no path of this machine gets into an output.  Times, versions and other
traces of the run are taken out: the same graph gives the same file.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

HERE = Path(__file__).resolve().parent

#: How long a question took, which no two runs agree on: "12 rows in 0.03 s".
TOOK = re.compile(r"(?:(?<= row)|(?<= rows)) in \d+\.\d\d s\b")


def execute(notebook: nbformat.NotebookNode, folder: Path, graph: str = "her2kg-graph") -> None:
    """Execute a notebook in place, in a folder, with the place of the graph.

    Raises :class:`nbclient.exceptions.CellExecutionError` when a cell fails.
    """
    with TemporaryDirectory(prefix="her2kg-kernel-") as sockets:
        # Through files, where sockets can be files: two kernels that start at once can be given the same port.
        ways = {"transport": "ipc", "ip": str(Path(sockets) / "kernel")} if os.name == "posix" else {}
        client = NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            record_timing=False,
            coalesce_streams=True,  # a command's lines come in pieces, never the same ones
            config=Config({"KernelManager": ways}),
        )
        client.execute(env=os.environ | {"HER2KG_GRAPH": graph, "PYTHONPATH": os.pathsep.join(_import_path())})


def executed(path: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook, executed in an empty folder and without traces of the run.

    Raises :class:`nbclient.exceptions.CellExecutionError` when a cell fails.
    """
    notebook = nbformat.read(path, as_version=4)
    execute(notebook, folder)
    return tidied(notebook)


def tidied(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """An executed notebook without traces of the run."""
    notebook.metadata.language_info = {"name": "python"}
    for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
        data = output.get("data", {})
        data.update({kind: TOOK.sub("", text) for kind, text in data.items() if kind.startswith("text/")})
        if "text" in output:
            output.text = output.text.replace("\r\n", "\n")  # a command writes as to a terminal
    return notebook


def without_frames(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without its interactive pages, which hold a library's script; what they are remains as text."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "<iframe" in output.get("data", {}).get("text/html", ""):
                del output["data"]["text/html"]
    return notebook


def _import_path() -> list[str]:
    """The checkout first, then what the caller had."""
    return [str(HERE.parent), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]


def main() -> None:
    """Execute every notebook of this folder and write it back."""
    for path in sorted(HERE.glob("*.ipynb")):
        with TemporaryDirectory(prefix="her2kg-notebook-") as folder:
            notebook = without_frames(executed(path, Path(folder)))
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
