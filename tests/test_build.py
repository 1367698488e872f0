"""From files to a folder: what is written, that it is the same every time, and that it appears whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest

import graph_build
import graph_build.replace
from graph_build.build import BuildError, build
from graph_build.check import check
from graph_build.resources import packaged_sources

TEXT, WRITTEN = packaged_sources()


def hashes(folder: Path) -> dict[str, str]:
    """The bytes of all that is promised to be deterministic (the store and the parts are indexes, and are not)."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.parts and path.name != "parts.sqlite"
    }


def test_folder_holds_graph_store_report_and_documents(packaged: Path) -> None:
    names = ["documents", "graph.nq", "parts.sqlite", "report.json", "store"]
    assert sorted(p.name for p in packaged.iterdir()) == names
    kept = {path.read_bytes() for path in (packaged / "documents").iterdir()}
    assert kept == {path.read_bytes() for path in packaged_sources()}


def test_report_tells_inputs_counts_and_version(packaged: Path) -> None:
    report = json.loads((packaged / "report.json").read_text(encoding="utf-8"))
    assert report["software"] == {"name": "her2kg", "version": graph_build.__version__}
    assert report["errors"] == []
    assert [(Path(i["file"]).name, i["sha256"], i["format"]) for i in report["inputs"]] == [
        (p.name, sha256(p.read_bytes()).hexdigest(), f)
        for p, f in sorted(
            zip((TEXT, WRITTEN), ("journal-page", "pubmed-page"), strict=True), key=lambda x: x[1], reverse=True
        )
    ]
    lines = (packaged / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert report["quads"] == len(lines)
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/her2kg/ontology#Study>"
    studies = {line.split()[0] for line in lines if kind in line}
    assert report["counts"]["Study"] == len(studies) == 29


def test_graph_is_sorted_without_blank_nodes(packaged: Path) -> None:
    lines = (packaged / "graph.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.partition('"')[0]]


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_bytes_do_not_depend_on_the_hash_seed(packaged: Path, tmp_path: Path, seed: str) -> None:
    folder = tmp_path / "elsewhere"
    command = [sys.executable, "-m", "graph_build.cli", "build", "-q", "--no-store", "-o", str(folder)]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
    assert hashes(folder) == hashes(packaged)


def test_order_and_place_of_files_do_not_matter(tmp_path: Path) -> None:
    moved = [Path(shutil.copy(path, tmp_path)) for path in packaged_sources()]
    build(moved, tmp_path / "one", store=False)
    build([*reversed(moved)], tmp_path / "other", store=False)
    assert (tmp_path / "one" / "graph.nq").read_bytes() == (tmp_path / "other" / "graph.nq").read_bytes()


def test_packaged_and_seed_builds_pass_all_checks(packaged: Path, seeds: Path, tmp_path: Path) -> None:
    build(sorted(seeds.glob("*.txt")), tmp_path / "seeds")
    for folder in (packaged, tmp_path / "seeds"):
        result = check(folder)
        assert result.findings == ()
        assert result.quotes > 600


def test_an_earlier_graph_is_replaced_whole(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    build([TEXT], folder)
    before = hashes(folder)
    build([WRITTEN], folder, store=False)
    assert not (folder / "store").exists()
    after = hashes(folder)
    assert Counter(before.values()) != Counter(after.values())
    assert len(after) == 3
    build([TEXT], folder, store=False)
    assert hashes(folder) == before
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]


def test_a_folder_that_is_not_ours_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("years of work")
    with pytest.raises(graph_build.replace.OutputError, match="was not written by her2kg build"):
        build(output=tmp_path / "thesis")
    assert [p.name for p in (tmp_path / "thesis").iterdir()] == ["chapter.txt"]


@pytest.fixture(scope="module")
def text_alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The graph of one document."""
    folder = tmp_path_factory.mktemp("whole") / "graph"
    build([TEXT], folder, store=False)
    return hashes(folder)


@pytest.mark.parametrize("delay", [0.6, 1.2, 1.8, 2.4])
def test_killed_at_any_moment_the_earlier_result_stands(
    packaged: Path, text_alone: dict[str, str], tmp_path: Path, delay: float
) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(packaged, folder)
    before = hashes(folder)
    process = subprocess.Popen([sys.executable, "-m", "graph_build.cli", "build", "-q", str(TEXT), "-o", str(folder)])
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert hashes(folder) in (before, text_alone)  # never anything between
    build([TEXT], folder, store=False)
    assert hashes(folder) == text_alone
    assert [p.name for p in tmp_path.iterdir()] == ["graph"]  # nothing is left behind


def test_one_bad_file_is_named_and_the_good_ones_count(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    done = build([bad, TEXT], tmp_path / "graph", store=False)
    assert [error for error in done.errors if str(bad) in error or "bad.txt" in error] == done.errors
    assert len(done.errors) == 1
    assert [Path(entry["file"]).name for entry in done.report["inputs"]] == [TEXT.name]
    with pytest.raises(BuildError, match=r"bad\.txt"):
        build([bad, TEXT], tmp_path / "strict", strict=True)
    assert not (tmp_path / "strict").exists()


def test_a_file_twice_and_a_publication_twice(tmp_path: Path) -> None:
    copy = Path(shutil.copy(TEXT, tmp_path / "copy.txt"))
    done = build([TEXT, copy], tmp_path / "graph", store=False)
    assert done.errors == [f"{copy}: is the same file as {TEXT}; name it once"]
    changed = tmp_path / "changed.txt"
    changed.write_text(TEXT.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    done = build([TEXT, changed], tmp_path / "graph", store=False)
    assert len(done.errors) == 1
    assert "is about the same publication" in done.errors[0]
    assert str(changed) in done.errors[0]
