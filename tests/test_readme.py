"""The README tells what is so: every command runs, every output is real, every command and column is documented."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from graph_build.cli import main
from graph_build.resources import resource

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts in tools/ can be imported."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))


@pytest.mark.usefixtures("tools")
def test_console_blocks_are_what_the_commands_print(monkeypatch: pytest.MonkeyPatch) -> None:
    import readme

    monkeypatch.delenv("HER2KG_GRAPH", raising=False)
    text = README.read_text(encoding="utf-8")
    assert readme.filled(text) == text


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ make (\S+)$", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert commands == ["run", "test"]
    for target in commands:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_python_example_runs(packaged: Path) -> None:
    code = re.search(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert code
    names: dict[str, object] = {}
    exec(code[1].replace('"her2kg-graph"', repr(str(packaged))), names)
    assert len(names["rows"]) > 5  # type: ignore[arg-type]
    assert len(names["dataset"]) > 10_000  # type: ignore[arg-type]
    assert names["network"].number_of_nodes() > 100  # type: ignore[attr-defined]
    assert "<iframe" in names["page"]._repr_html_()  # type: ignore[attr-defined]
    assert names["classes"].Gene.name == "Gene"  # type: ignore[attr-defined]


def test_every_command_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in main.commands if f"her2kg {name}" not in text] == []


def test_every_lexicon_column_is_documented() -> None:
    text = (ROOT / "ontology" / "README.md").read_text(encoding="utf-8")
    missing = []
    for path in sorted(resource("ontology", "lexicon").glob("*.tsv")):
        with path.open(encoding="utf-8") as file:
            header = next(csv.reader(file, delimiter="\t"))
        missing += [f"{path.name}: {column}" for column in header if f"`{column}`" not in text]
        missing += [] if path.name in text else [path.name]
    assert missing == []


def test_no_file_names_a_download_address() -> None:
    for path in ROOT.glob("requirements*.lock"):
        assert "://" not in path.read_text(encoding="utf-8")


def test_the_package_holds_no_sentence_of_the_sources(seeds: Path) -> None:
    """Nine words in a row of an abstract would be the publisher's text."""

    def words(text: str) -> list[str]:
        return re.findall(r"[a-z0-9]+", text.lower())

    def runs(text: str) -> set[tuple[str, ...]]:
        found = words(text)
        return {tuple(found[i : i + 9]) for i in range(len(found) - 8)}

    theirs: set[tuple[str, ...]] = set()
    for page in seeds.glob("*.txt"):
        for line in page.read_text(encoding="utf-8").splitlines():
            theirs |= runs(line) if len(line) > 500 else set()
    assert theirs
    ours = [
        p
        for folder in ("graph_build", "ontology", "queries", "notebooks", "tests", "docs")
        for p in (ROOT / folder).rglob("*")
    ]
    for path in [*ours, README]:
        if path.is_file() and path.suffix in {".py", ".txt", ".tsv", ".md", ".ttl", ".rq", ".ipynb", ".html"}:
            copied = runs(path.read_text(encoding="utf-8", errors="ignore")) & theirs
            assert sorted(copied)[:3] == [], path
