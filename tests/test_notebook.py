"""The notebooks: their cells run, their committed outputs are what they give, and their pages load nothing."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from IPython.core.inputtransformer2 import TransformerManager
from nbconvert import HTMLExporter

from .notebook_process import execute

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"

#: Each notebook, and how many interactive pictures it has.
FRAMES = {"tour": 2, "what-works": 1, "assay-to-alteration": 1, "own-papers": 1}

#: The titles of those that answer one question for one reader.
ESSAYS = {
    "what-works": "What works in HER2-mutant NSCLC, and who says so",
    "assay-to-alteration": "From assay to alteration: how HER2 positivity is measured",
    "own-papers": "Bring your own papers and link them",
}

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
    """What a page loads, its tables as rows of texts, its text, and the pages in its frames."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.loaded: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.frames: list[str] = []
        self.code: list[str] = []  # styles and module scripts, which may load by themselves
        self.texts: list[str] = []
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
        else:
            self.texts.append(data)


def shown(notebook: nbformat.NotebookNode) -> dict[str, list[object]]:
    """What each cell shows, by the cell's name: tables as rows of texts, pages as their text, else the text."""
    return {cell.id: [seen(output) for output in cell.get("outputs", [])] for cell in notebook.cells}


def seen(output: nbformat.NotebookNode) -> object:
    """What a reader sees of an output; of a picture its description, as the committed ones have no more."""
    data = output.get("data", {})
    page = Page(data.get("text/html", ""))
    if page.frames or "text/html" not in data:
        return output.get("text") or data["text/plain"]
    return page.tables[0] if page.tables else " ".join(" ".join(page.texts).split())


def table(notebook: nbformat.NotebookNode, cell: str) -> list[dict[str, str]]:
    """The table that a cell shows, each row by the names of its columns."""
    (((*names,), *rows),) = shown(notebook)[cell]  # type: ignore[misc]
    return [dict(zip(names, row, strict=True)) for row in rows]


def column(notebook: nbformat.NotebookNode, cell: str, name: str) -> list[str]:
    """One column of the table that a cell shows."""
    return [row[name] for row in table(notebook, cell)]


@pytest.fixture(scope="module", params=FRAMES)
def name(request: pytest.FixtureRequest) -> str:
    """The notebook that the tests are about, by its file's name."""
    return str(request.param)


def read(name: str) -> nbformat.NotebookNode:
    """A notebook as it lies in the repository."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def committed(name: str) -> nbformat.NotebookNode:
    """The notebook as it lies in the repository."""
    return read(name)


@pytest.fixture(scope="module")
def executed(name: str, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook, executed in a folder of its own; what it leaves there is its graph and nothing else."""
    folder = tmp_path_factory.mktemp(name)
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    execute(notebook, folder)
    notebook = refresh().tidied(notebook)
    left = sorted(path.name for path in folder.iterdir())
    assert left == ([] if name == "own-papers" else ["her2kg-graph"])
    shutil.rmtree(folder)
    return notebook


def test_every_notebook_is_tested() -> None:
    assert {path.stem for path in NOTEBOOKS.glob("*.ipynb")} == set(FRAMES)


def test_runs_without_an_error_or_a_warning(executed: nbformat.NotebookNode) -> None:
    outputs = [(cell.id, output) for cell in executed.cells for output in cell.get("outputs", [])]
    assert [cell for cell, output in outputs if output.output_type == "error" or output.get("name") == "stderr"] == []


def test_committed_outputs_are_those_of_the_graph(
    executed: nbformat.NotebookNode, committed: nbformat.NotebookNode
) -> None:
    assert shown(committed) == shown(executed), "the outputs are old; run: python notebooks/refresh.py"


def test_tour_says_what_it_promises() -> None:
    tour = read("tour")
    assert shown(tour)["span-check"] == ["True"]
    assert set(column(tour, "no", "subject")) >= {"HER2 positivity testing", "HER2 subgroup definition"}
    assert set(column(tour, "changed", "stance")) == {"open question", "asserted"}
    assert "ado-trastuzumab emtansine" in column(tour, "adc", "drug")
    assert "HER2 exon 20 insertion" in shown(tour)["classes"][0]  # type: ignore[operator]


def test_the_oncologist_is_told_whose_words_these_are() -> None:
    book = read("what-works")
    counts = {row["rests_on"]: int(row["statements"]) for row in table(book, "roles")}
    assert counts["cited title"] > 4 * (counts["review synthesis"] + counts["own conclusion"])
    assert sum(map(int, column(book, "sentences", "number"))) == len(table(book, "verdicts")) == 11
    assert column(book, "sentences", "review") == ["Cancer Treat Rev 2020"] + 4 * ["Zhang 2025"]
    hedged = [row["treatment"] for row in table(book, "verdicts") if row["certainty"] == "hedged"]
    assert set(hedged) == {"HER2 inhibitor"}
    assert column(book, "efficacy", "says_so") == ["Zhang 2025"]
    judged = [row["name"] for row in table(book, "efficacy-all") if row["statements_on_efficacy"] != "0"]
    assert judged == ["trastuzumab deruxtecan"]
    assert table(book, "counts")[0]["given"] == "trastuzumab deruxtecan"
    assert [(row["study"], row["other"]) for row in table(book, "pooled") if row["relation"] == "pools"] == [
        ("Li 2023 trastuzumab deruxtecan", "DESTINY-Lung01"),
        ("Li 2023 trastuzumab deruxtecan", "DESTINY-Lung02"),
    ]
    assert column(book, "randomized", "study") == ["DESTINY-Lung02", "Gandhi 2017 neratinib"]
    assert [row["drug"] for row in table(book, "called") if not row["called"]] == ["ado-trastuzumab emtansine"]


def test_the_pathologist_is_told_what_each_test_rests_on() -> None:
    book = read("assay-to-alteration")
    assert [(row["method"], row["alteration"], row["context"], row["rests_on"]) for row in table(book, "methods")] == [
        ("fluorescence in situ hybridization", "HER2 amplification", "breast cancer", "cited title"),
        ("next-generation sequencing", "HER2 mutation", "non-small cell lung carcinoma", "cited title"),
        ("immunohistochemistry", "HER2 overexpression", "non-small cell lung carcinoma", "review synthesis"),
    ]
    assert set(column(book, "word", "document")) == {"Cancer Treat Rev 2020"}
    assert column(book, "ask", "disease") == ["breast cancer"]
    assert column(book, "trials-methods", "answer") == ["False"]
    scores = {row["alteration"]: row["mentions"] for row in table(book, "scores")}
    assert {scores[f"HER2 IHC {score}"] for score in ("0", "1+", "2+", "3+")} == {"0"}
    assert "no gold standard in non-small cell lung carcinoma" in shown(book)["testing"][0]  # type: ignore[operator]


def test_the_researcher_sees_what_one_row_changes() -> None:
    book = read("own-papers")
    praise = "efficacy of {} in HER2 mutation (non-small cell lung carcinoma): favourable (hedged)"
    changed = {row["statement"]: (row["read"], row["certainty"]) for row in table(book, "compare")}
    assert praise.format("HER2-directed antibody-drug conjugate") not in changed  # it is the drug's, known or not
    assert changed[praise.format("exemplatide")] == ("right_only", "hedged")
    assert not [row for row in table(book, "after-read") if row["statement"].startswith("efficacy of pyrotinib")]
    assert table(book, "unresolved") == []
    assert [(row["result"], row["note"]) for cell in ("check", "wrong") for row in table(book, cell)] == [
        ("confirmed", "by name"),
        ("wrong", "the entry is “SAMPLATIDE”"),
    ]
    assert column(book, "together", "identifier") == ["http://identifiers.org/unii/AAAAAAAAAA"]
    assert str(shown(book)["check-graph"][0]).splitlines()[-3:] == [
        "shapes  no violations",
        "rules   15 checked, none broken",
        "passed",
    ]
    assert set(column(book, "same", "document")) == {"Cancer Treat Rev 2020", "Example 2026"}
    assert [(row["says"], row["denies"]) for row in table(book, "opposite")] == [
        ("Example 2026", "Cancer Treat Rev 2020")
    ]


@pytest.mark.parametrize("name", ESSAYS)
def test_begins_with_the_question_and_ends_with_what_can_be_concluded(name: str) -> None:
    first, *_, last = read(name).cells
    assert first.source.startswith(f"# {ESSAYS[name]}\n\n*For a")
    assert "?" in first.source
    assert re.findall("^## .*$", last.source, re.MULTILINE) == ["## What can be concluded", "## What cannot"]


def test_is_prose_and_calls(committed: nbformat.NotebookNode) -> None:
    shell = TransformerManager()
    for cell in committed.cells:
        if cell.cell_type == "code" and not cell.source.startswith("%%"):
            kinds = {type(node) for node in ast.walk(ast.parse(shell.transform_cell(cell.source)))}
            assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.Lambda}, cell.id


def test_has_no_traces_of_a_run(name: str, committed: nbformat.NotebookNode) -> None:
    assert set(committed.metadata) == {"kernelspec", "language_info", "title"}
    assert committed.metadata.language_info == {"name": "python"}
    assert [cell.id for cell in committed.cells if cell.metadata] == []
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    text = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w/.])/(?:home|tmp|root|work|usr|Users|private)/", text)
    assert not re.search(r"\d rows? in \d", text)
    assert "\x1b" not in text
    assert "\\u001b" not in text
    assert len(text) < 200_000
    assert "<iframe" not in text  # no library's script is committed


def test_links_of_the_texts_lead_somewhere(committed: nbformat.NotebookNode) -> None:
    texts = [cell.source for cell in committed.cells if cell.cell_type == "markdown"]
    links = [link for text in texts for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    assert [link for link in links if not (NOTEBOOKS / link).exists()] == []


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


def test_html_has_tables_and_pictures(name: str, page: Page, committed: nbformat.NotebookNode) -> None:
    outputs = [output for outputs in shown(committed).values() for output in outputs]
    assert page.tables == [output for output in outputs if isinstance(output, list)]
    assert len(page.frames) == FRAMES[name]
    for frame in page.frames:
        inner = Page(frame)
        assert "default-src 'none'" in frame
        assert inner.loaded == []
