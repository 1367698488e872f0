"""The tour: its cells run, its committed outputs are what they give, and its page loads nothing from elsewhere."""

from __future__ import annotations

import ast
import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbconvert import HTMLExporter

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
TOUR = NOTEBOOKS / "tour.ipynb"

#: An attribute by which a tag makes the browser load something.
LOADING = {
    "script": "src", "img": "src", "iframe": "src", "link": "href", "audio": "src", "video": "src", "source": "src",
    "embed": "src", "object": "data",
}  # fmt: skip


def refresh() -> ModuleType:
    """The script beside the notebooks, which is not part of the package."""
    spec = importlib.util.spec_from_file_location("refresh", NOTEBOOKS / "refresh.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Page(HTMLParser):
    """What a page loads, its tables as rows of texts, and the pages in its frames."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loaded: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.frames: list[str] = []
        self.code: list[str] = []  # styles and module scripts, which may load by themselves
        self._in_cell = self._in_code = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        target = values.get(LOADING.get(tag, ""), "")
        if target and not target.startswith(("data:", "#")):
            self.loaded.append(f"<{tag}> {target}")
        if "srcdoc" in values:
            self.frames.append(values["srcdoc"])
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._in_cell = True
        self._in_code = tag == "style" or (tag == "script" and values.get("type") == "module")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False
        self._in_code = False

    def handle_data(self, data: str) -> None:
        if self._in_cell:
            self.tables[-1][-1][-1] += data
        if self._in_code:
            self.code.append(data)


def shown(notebook: nbformat.NotebookNode) -> dict[str, object]:
    """What each cell shows, by the cell's name: tables as rows of texts, else the text."""
    found: dict[str, object] = {}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            tables = Page(data.get("text/html", "")).tables
            found[cell.id] = tables[0] if tables else output.get("text") or data["text/plain"]
    return found


@pytest.fixture(scope="module")
def committed() -> nbformat.NotebookNode:
    """The notebook as it lies in the repository."""
    return nbformat.read(TOUR, as_version=4)


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook, executed in a folder of its own, where it builds its graph."""
    folder = tmp_path_factory.mktemp("tour")
    notebook = refresh().executed(TOUR, folder)
    assert (folder / "her2kg-graph" / "graph.nq").is_file()
    return notebook


def test_runs_without_an_error_or_a_warning(executed: nbformat.NotebookNode) -> None:
    outputs = [(cell.id, output) for cell in executed.cells for output in cell.get("outputs", [])]
    assert [cell for cell, output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []


def test_committed_outputs_are_those_of_the_graph(
    executed: nbformat.NotebookNode, committed: nbformat.NotebookNode
) -> None:
    assert shown(committed) == shown(executed), "the outputs are old; run: python notebooks/refresh.py"


def test_says_what_it_promises(committed: nbformat.NotebookNode) -> None:
    tables = shown(committed)
    assert tables["span-check"] == "True"
    assert {row[1] for row in tables["no"][1:]} >= {"HER2 positivity testing", "HER2 subgroup definition"}  # type: ignore[index]
    assert {row[-2] for row in tables["changed"][1:]} == {"open question", "asserted"}  # type: ignore[index]
    assert any("ado-trastuzumab emtansine" in row for row in tables["adc"])  # type: ignore[attr-defined]
    assert "HER2 exon 20 insertion" in tables["classes"]  # type: ignore[operator]


def test_is_prose_and_calls(committed: nbformat.NotebookNode) -> None:
    for cell in committed.cells:
        if cell.cell_type == "code":
            kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
            assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Lambda}, cell.id


def test_has_no_traces_of_a_run(committed: nbformat.NotebookNode) -> None:
    assert set(committed.metadata) == {"kernelspec", "language_info", "title"}
    assert committed.metadata.language_info == {"name": "python"}
    assert [cell.id for cell in committed.cells if cell.metadata] == []
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    text = TOUR.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w/.])/(?:home|tmp|root|work|usr|Users|private)/", text)
    assert len(text) < 200_000
    assert "<iframe" not in text  # no library's script is committed


@pytest.fixture(scope="module")
def page(executed: nbformat.NotebookNode) -> Page:
    """The executed notebook as HTML, as docs/notebook.md says to render it."""
    exporter = HTMLExporter(template_name="offline", extra_template_basedirs=[str(NOTEBOOKS)])
    html, _ = exporter.from_notebook_node(executed)
    return Page(html)


def test_html_loads_nothing(page: Page) -> None:
    assert page.loaded == []
    for text in page.code:
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//|\bimport\b.*\bhttps?:", text)


def test_html_has_tables_and_pictures(page: Page, committed: nbformat.NotebookNode) -> None:
    tables = [table for table in shown(committed).values() if isinstance(table, list)]
    assert page.tables == tables
    assert len(page.frames) == 2
    for frame in page.frames:
        inner = Page(frame)
        assert "default-src 'none'" in frame
        assert inner.loaded == []
