"""The command line: what it prints, its exit codes, and one clear sentence for every fault."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph_build import __version__
from graph_build.cli import main
from graph_build.query import stored


def run(*arguments: object, input: str | None = None) -> Result:
    """Run a command as the shell would."""
    return CliRunner().invoke(main, [str(a) for a in arguments], input=input)


def test_version() -> None:
    assert run("--version").output == f"her2kg, version {__version__}\n"


def test_build_says_what_it_wrote(tmp_path: Path) -> None:
    result = run("build", "-o", tmp_path / "g")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1].endswith("mentions")
    assert f"in {tmp_path / 'g'}: 29 studies, " in result.output


def test_the_default_folder_is_an_environment_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HER2KG_GRAPH", str(tmp_path / "chosen"))
    assert run("build", "--quiet").exit_code == 0
    assert (tmp_path / "chosen" / "graph.nq").is_file()
    assert run("query", "open-questions").exit_code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00", "UTF-16"),
        (b"Lung \xe9", "UTF-8"),
        (b"<html><body>HER2</body></html>", "HTML"),
        (b"%PDF-1.7\x00\x01", ""),
        (b"a" * 10_000_000, ""),
        (b"shopping: milk, eggs\n", ""),
    ],
    ids=["empty", "utf-16", "latin-1", "html", "binary", "one long line", "another kind"],
)
def test_bad_files_get_one_sentence_and_nothing_is_written(tmp_path: Path, content: bytes, sentence: str) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    result = run("build", bad, "-o", tmp_path / "g")
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("her2kg: ")
    assert "bad.txt" in lines[0]
    assert sentence in lines[0]
    assert "Traceback" not in result.output
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.txt"]


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.txt", tmp_path):
        result = run("build", path, "-o", tmp_path / "g")
        assert result.exit_code == 2
        assert len(result.output.splitlines()) == 1
        assert path.name in result.output


def test_a_bad_file_beside_good_ones(packaged: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    good = sorted((packaged / "documents").iterdir())
    result = run("build", *good, bad, "-o", tmp_path / "g")
    assert result.exit_code == 2
    assert (tmp_path / "g" / "graph.nq").is_file()
    assert run("build", *good, bad, "--strict", "-o", tmp_path / "h").exit_code == 2
    assert not (tmp_path / "h").exists()


def test_query_lists_the_stored_questions() -> None:
    lines = run("query").output.splitlines()
    assert [line.split()[0] for line in lines] == list(stored())
    assert all(line.split(maxsplit=1)[1].lstrip("*") == stored()[line.split()[0]].summary for line in lines)


def test_query_formats(packaged: Path) -> None:
    def ask(format: str) -> str:
        result = run("query", "open-questions", "--graph", packaged, "--format", format)
        assert result.exit_code == 0, result.output
        return result.output

    rows = json.loads(ask("json"))
    assert len(ask("tsv").splitlines()) == len(rows["results"]["bindings"]) + 1
    assert ask("tsv") == run("query", "open-questions", "--graph", packaged).output  # what a pipe gets
    assert ask("csv").splitlines()[0] == ",".join(rows["head"]["vars"])
    assert ask("xml").startswith("<?xml")
    assert f"{len(rows['results']['bindings'])} rows" in ask("table")
    refused = run("query", "open-questions", "--graph", packaged, "--format", "turtle")
    assert (refused.exit_code, refused.output) == (
        2,
        "her2kg: turtle is for CONSTRUCT and DESCRIBE; use --format table, csv, tsv, json or xml\n",
    )


def test_query_from_standard_input_and_file(packaged: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a <https://w3id.org/her2kg/ontology#Citation> }"
    assert run("query", "-", "--graph", packaged, "--format", "csv", input=text).output.split() == ["n", "38"]
    (tmp_path / "mine.rq").write_text(text)
    assert run("query", tmp_path / "mine.rq", "--graph", packaged, "--format", "csv").output.split() == ["n", "38"]


def test_parameters_are_bound_and_names_resolved(packaged: Path) -> None:
    def ask(value: str) -> Result:
        return run("query", "evidence-for-a-drug", "--drug", value, "--graph", packaged, "--format", "csv")

    assert ask("T-DXd").output == ask("trastuzumab deruxtecan").output == ask("ENHERTU").output
    assert len(ask("T-DXd").output.splitlines()) > 4
    attack = ask('x" } DROP ALL #')
    assert attack.exit_code == 2
    assert attack.output.startswith('her2kg: --drug x" } DROP ALL #: nothing in the graph is called so')
    assert "did you mean trastuzumab deruxtecan" in ask("trastuzumab deruxtecam").output


def test_wrong_names_get_a_suggestion(packaged: Path) -> None:
    result = run("query", "open-question", "--graph", packaged)
    assert result.exit_code == 2
    assert "did you mean open-questions" in result.output
    result = run("query", "evidence-for-a-drug", "--drugs", "T-DXd", "--graph", packaged)
    assert result.exit_code == 2
    assert "did you mean --drug?" in result.output
    result = run("query", "-", "--graph", packaged, input="SELECT * WHERE {")
    assert result.exit_code == 2
    assert "not valid SPARQL" in result.output


def test_no_graph_is_said_in_one_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    for command in (["query", "open-questions"], ["check"], ["view"], ["export", "turtle"]):
        result = run(*command, "--graph", folder)
        assert result.exit_code == 2
        assert result.output.splitlines() == [
            f"her2kg: {folder}: no graph here; run “her2kg build -o {folder}” first, or name its folder with --graph"
        ]


def test_check_prints_and_exits(packaged: Path) -> None:
    result = run("check", "--graph", packaged)
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "passed"


def test_view_writes_one_page(packaged: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert run("view", "--graph", packaged, "-o", page).output == f"{page}: open it in a browser\n"
    assert page.read_text(encoding="utf-8").count("<html") == 1
    assert run("view", "exon-20-studies", "--graph", packaged, "-o", tmp_path / "answer.html").exit_code == 0
    refused = run("view", "--graph", packaged, "-o", tmp_path / "no" / "such" / "page.html")
    assert refused.exit_code == 2
    assert "cannot be written" in refused.output


def test_hostile_text_reaches_no_terminal(packaged: Path) -> None:
    text = 'SELECT ("\\u001B[31mred\\u202Ebackwards" AS ?x) WHERE {}'
    output = run("query", "-", "--graph", packaged, "--format", "table", input=text).output
    assert "\x1b" not in output
    assert "\u202e" not in output


def test_a_closed_pipe_is_no_traceback(packaged: Path) -> None:
    command = f'"{sys.executable}" -m graph_build.cli export nquads --graph "{packaged}" | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_value_for_what_is_not_selected_and_a_syntax_error_are_one_short_sentence(packaged: Path) -> None:
    result = run("query", "-", "--graph", packaged, "--x", "foo", input="SELECT ?s WHERE { ?s a ?x }")
    sentence = "her2kg: standard input: SELECT ?x too; what is bound has to be a column\n"
    assert (result.exit_code, result.output) == (2, sentence)
    result = run("query", "-", "--graph", packaged, input="SELECT ?s WHERE { ?s a ")
    assert result.exit_code == 2
    assert result.output.startswith("her2kg: standard input: not valid SPARQL: error at 1:24: expected ")
    assert result.output.count("\n") == 1
    assert len(result.output) < 250
