"""The build under Spark: the same bytes as without, and sentences where it cannot work.

Spark is an extra of half a gigabyte; where it is not installed, these tests are skipped, and ``.ci/run`` installs it.
"""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from graph_build.build import _tools, build
from graph_build.parts.database import Database, Item
from graph_build.parts.place import Settings
from graph_build.parts.reading import Chunk, Reading, Wanted
from graph_build.spark import work
from graph_build.store import DOCUMENTS, NQUADS, REPORT

HERE = Path(__file__).resolve().parent
#: Some formats, versions and deletions, a faulty record, a file that cannot be read.
RECORDS = """<PubmedArticleSet>{}</PubmedArticleSet>"""
RECORD = """<PubmedArticle><MedlineCitation><PMID Version="{version}">{pmid}</PMID><Article><Journal><JournalIssue>
<PubDate><Year>2022</Year></PubDate></JournalIssue></Journal><ArticleTitle>Afatinib in HER2-mutant lung cancer:
a phase 2 trial {version}</ArticleTitle>
<AuthorList><Author><LastName>Song</LastName><ForeName>A</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle>"""

spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None, reason="Apache Spark or Java is not installed"
)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files of several formats, in an order of their own."""
    folder = tmp_path / "files"
    folder.mkdir()
    first = RECORDS.format("".join(RECORD.format(pmid=n, version=1) for n in range(1, 81)))
    second = RECORDS.format(
        RECORD.format(pmid=3, version=2)
        + "<PubmedArticle><PMID>500</PMID>&</PubmedArticle>"
        + "<DeleteCitation><PMID>7</PMID></DeleteCitation>"
    )
    for name, text in (("b.xml", first), ("a.xml", second), ("empty.txt", "")):
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("journal.txt", "medline.txt", "pubmed.txt"):
        shutil.copyfile(HERE / "read" / name, folder / name)
    return [folder / name for name in ("b.xml", "a.xml", "empty.txt", "journal.txt", "medline.txt", "pubmed.txt")]


def run(folder: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, as Java's belongs to it."""
    return subprocess.run(
        [sys.executable, "-m", "graph_build.cli", "build", "--quiet", *map(str, arguments)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(HERE.parent)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@spark
def test_the_graph_is_that_of_one_machine(files: list[Path], tmp_path: Path) -> None:
    names = [file.relative_to(tmp_path) for file in files]
    done = run(tmp_path, *names, "-o", "spark", "--engine", "spark", "--master", "local[2]")
    alone = run(tmp_path, *names, "-o", "alone", "--jobs", "1")

    ours = [line for line in done.stderr.splitlines() if line.startswith("her2kg: ")]
    assert ours == [line for line in alone.stderr.splitlines() if line.startswith("her2kg: ")] != []
    assert done.returncode == alone.returncode == 2  # files that cannot be read
    for name in (NQUADS, REPORT):
        assert (tmp_path / "spark" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    texts, others = ({f.name: f.read_bytes() for f in (tmp_path / n / DOCUMENTS).iterdir()} for n in ("spark", "alone"))
    assert texts == others
    assert len(texts) == 82
    assert sorted(path.name for path in tmp_path.iterdir()) == ["alone", "files", "spark"]


@spark
def test_a_machine_that_cannot_do_its_work(files: list[Path], tmp_path: Path) -> None:
    options = ("--engine", "spark", "--master", "local[1]")
    done = run(tmp_path, files[0], "-o", "graph", *options, PYSPARK_PYTHON="/no/python")

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 2
    assert last.startswith("her2kg: Spark could not read ")
    assert not (tmp_path / "graph").exists()


@spark
def test_a_master_that_is_none(files: list[Path], tmp_path: Path) -> None:
    done = run(tmp_path, files[0], "-o", "graph", "--engine", "spark", "--master", "nowhere")

    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 2
    assert last.startswith("her2kg: Spark could not be started (")
    assert not (tmp_path / "graph").exists()


def test_without_spark_there_is_a_sentence(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph_build.spark import SparkError

    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(SparkError, match=r"Apache Spark is not installed; run “pip install her2kg\[spark\]”"):
        build(files[:1], output=tmp_path / "graph", spark="local[1]")
    assert not (tmp_path / "graph").exists()
    with pytest.raises(SparkError, match="standard input cannot be read by a cluster"):
        build([Path("-")], output=tmp_path / "graph", spark="local[1]")


def test_a_master_is_for_spark(tmp_path: Path) -> None:
    done = run(tmp_path, "--master", "local[2]")

    assert done.returncode == 2
    assert "--master is for --engine spark" in done.stderr


def test_with_strict_a_machine_reads_on_for_errors_alone(files: list[Path]) -> None:
    make_tools = pickle.dumps(partial(_tools, Settings(arguments=())))
    b, a = files[:2]

    def kinds(file: Path, wanted: Wanted) -> list[tuple[str, str]]:
        chunks = [pickle.loads(packed) for packed in work((1, file, 0), make_tools, wanted)]
        assert [len(parts) for _, parts in chunks] == [len(c.items) - _without_text(c) for c, _ in chunks]
        return [(item.kind, item.pmid or "") for chunk, _ in chunks for item in chunk.items]

    assert kinds(a, Wanted(strict=False)) == [("document", "3"), ("error", ""), ("deletion", "7")]
    assert kinds(b, Wanted(strict=True)) == [("document", str(n)) for n in range(1, 81)]
    after = Wanted(strict=True)
    text = a.read_text(encoding="utf-8")
    a.write_text(
        text.replace("<DeleteCitation>", RECORD.format(pmid=9, version=1) + "<DeleteCitation>"), encoding="utf-8"
    )
    assert kinds(a, after) == [("document", "3"), ("error", ""), ("deletion", "7")]
    assert after.refused
    assert kinds(b, after) == []


def _without_text(chunk: Chunk) -> int:
    return sum(item.kind != "document" for item in chunk.items)


def test_progress_is_told_by_the_files_that_other_machines_have_read(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with Database(tmp_path / "parts") as database:
        reading = Reading(database, [Path("a"), Path("b"), Path("c")], 1, lambda *how: told.append(how), strict=False)
        item = Item(input=1, kind="document")
        reading.came(Chunk(items=[item, item, Item(input=1, kind="error")]))
        reading.came(Chunk(items=[item], ended=[1]))
        reading.came(Chunk(items=[item], ended=[2, 3]))
    assert told == [("reading", 2, 0), ("reading", 3, 9), ("reading", 4, 4)]
