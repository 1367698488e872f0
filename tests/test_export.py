"""Every format: the same bytes every time, its losses named, files written whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import parse

from graph_build.cli import main
from graph_build.export import FORMATS, Exported, UnknownFormat, export, exported, packed
from graph_build.export.rdf import SYNTAXES
from graph_build.store import NQUADS

LOSSLESS = {"trig", "json-ld", "nquads"}


@pytest.fixture(scope="module")
def made(packaged: Path) -> dict[str, Exported]:
    """The graph in every format."""
    return {format: exported(packaged, format) for format in FORMATS}


@pytest.mark.parametrize("format", sorted(SYNTAXES))
def test_rdf_round_trip(packaged: Path, made: dict[str, Exported], format: str) -> None:
    syntax = SYNTAXES[format]
    back = {str(quad if syntax.supports_datasets else quad.triple) for quad in parse(packed(made[format]), syntax)}
    truth = parse(path=packaged / NQUADS, format=SYNTAXES["nquads"])
    assert back == {str(quad if syntax.supports_datasets else quad.triple) for quad in truth}


def test_the_same_bytes_under_every_hash_seed(packaged: Path, made: dict[str, Exported]) -> None:
    code = (
        "import hashlib, json, sys; from pathlib import Path; from graph_build.export import FORMATS, export;"
        "print(json.dumps({f: hashlib.sha256(export(Path(sys.argv[1]), f)).hexdigest() for f in FORMATS}))"
    )
    here = os.environ.get("PYTHONHASHSEED", "random")
    environment = os.environ | {"PYTHONHASHSEED": "2" if here == "1" else "1"}
    command = [sys.executable, "-c", code, str(packaged)]
    answer = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    assert json.loads(answer.stdout) == {f: hashlib.sha256(packed(made[f])).hexdigest() for f in FORMATS}


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_only_a_lossless_format_drops_nothing(made: dict[str, Exported], format: str) -> None:
    result = made[format]
    assert all(result.files.values())
    assert bool(result.loss) == bool(FORMATS[format].drops) == (format not in LOSSLESS)


def test_losses_are_one_line() -> None:
    assert Exported({"": b""}, {"mentions": 1358, "citations": 0, "papers": 2}).loss == "1,358 mentions, 2 papers"


def test_an_unknown_format_is_named(packaged: Path) -> None:
    with pytest.raises(UnknownFormat, match="word: no such format; there are turtle, "):
        export(packaged, "word")


def test_a_format_of_several_files_is_one_archive(packaged: Path) -> None:
    files = exported(packaged, "kgx").files
    with tarfile.open(fileobj=io.BytesIO(export(packaged, "kgx"))) as tar:
        assert {name: tar.extractfile(name).read() for name in tar.getnames()} == {  # type: ignore[union-attr]
            f"her2kg{ending}": data for ending, data in files.items()
        }


def _run(*words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["export", *words])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("words", [(), ("--list",), ("turtle", "--list")])
def test_formats_are_listed_with_what_they_drop(words: tuple[str, ...]) -> None:
    code, out, _ = _run(*words)
    lines = out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in lines] == list(FORMATS)
    assert {line.split()[0] for line in lines if "[drops " not in line} == LOSSLESS


def test_one_file(packaged: Path, tmp_path: Path) -> None:
    target = tmp_path / "papers.ris"
    code, out, err = _run("ris", "--graph", str(packaged), "-o", str(target))
    data = target.read_bytes()
    assert (code, out) == (0, f"{target}: {len(data):,} bytes of ris\n")
    assert err == f"dropped: {exported(packaged, 'ris').loss}\n"
    assert data == export(packaged, "ris")


def test_standard_output(packaged: Path) -> None:
    result = CliRunner().invoke(main, ["export", "trig", "--graph", str(packaged)])
    assert result.stdout_bytes == export(packaged, "trig")
    assert result.stderr == ""


@pytest.mark.parametrize("name", ["her2", "folder", "her2.tar.gz"])
def test_two_files(packaged: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    code, _, err = _run("kgx", "--graph", str(packaged), "-o", str(tmp_path / name))
    assert code == 0
    assert err.startswith("dropped: ")
    found = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    expected = {
        "her2": {"her2_nodes.tsv", "her2_edges.tsv"},
        "folder": {"folder/her2kg_nodes.tsv", "folder/her2kg_edges.tsv"},
        "her2.tar.gz": {"her2.tar.gz"},
    }
    assert found == expected[name]


def test_two_files_have_no_place_on_standard_output(packaged: Path) -> None:
    code, out, err = _run("kgx", "--graph", str(packaged))
    assert (code, out) == (2, "")
    assert err == "her2kg: kgx is 2 files; name a folder, a beginning of names or a .tar.gz with -o\n"


def test_two_files_are_written_both_or_none(packaged: Path, tmp_path: Path) -> None:
    (tmp_path / "x_edges.tsv").mkdir()  # a folder in the place of the second file
    (tmp_path / "x_nodes.tsv").write_text("before")
    code, _, err = _run("kgx", "--graph", str(packaged), "-o", str(tmp_path / "x"))
    assert code == 2
    assert "cannot be written" in err
    assert (tmp_path / "x_nodes.tsv").read_text() == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x_edges.tsv", "x_nodes.tsv"]


def test_every_format_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert [name for name in FORMATS if f"her2kg export {name}" not in text] == []
