"""CSV for spreadsheets: no cell is a formula, numbers stay numbers (decision 0014)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from graph_build.answers import serialized
from graph_build.cli import main
from graph_build.query import find, run, stored
from graph_build.serve.answering import Task, answer
from graph_build.spreadsheet import neutral
from graph_build.store import open_store

_XSD = "http://www.w3.org/2001/XMLSchema#"
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("https://example.org")']


def test_what_begins_like_a_formula_is_text() -> None:
    assert [neutral(cell) for cell in FORMULAS] == ["'" + cell for cell in FORMULAS]
    assert [neutral(cell) for cell in ("", "HER2", "p.Y772=", " =1")] == ["", "HER2", "p.Y772=", " =1"]


def _rows(result: QuerySolutions) -> list[list[str]]:
    return list(csv.reader(io.StringIO(serialized(result, "csv").decode(), newline="")))


def _solutions(query: str) -> QuerySolutions:
    result = Store().query(query)
    assert isinstance(result, QuerySolutions)
    return result


def test_numbers_stay_numbers_and_only_numbers() -> None:
    query = f"""SELECT ?v WHERE {{ VALUES ?v {{
        -5 -0.5 "-5" "-5"^^<{_XSD}integer> "=1"^^<{_XSD}integer> "-1+1"^^<{_XSD}double> "-INF"^^<{_XSD}double>
        "=1"@en <https://example.org/> "a, b" }} }}"""

    expected = ["-5", "-0.5", "'-5", "-5", "'=1", "'-1+1", "'-INF", "'=1", "https://example.org/", "a, b"]
    assert _rows(_solutions(query)) == [["v"], *([cell] for cell in expected)]


@pytest.mark.parametrize("cell", FORMULAS)
def test_commands_and_downloads_are_neutral_and_the_protocol_is_exact(cell: str) -> None:
    store = Store()
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    store.add(Quad(NamedNode("https://w3id.org/her2kg/drug/x"), label, Literal(cell, language="en")))
    query = "SELECT ?label { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label }"

    protocol = answer(store, Task(text=query, suffix="csv"), 10_000).body

    exact = store.query(query)
    assert isinstance(exact, QuerySolutions)
    assert protocol == exact.serialize(format=QueryResultsFormat.CSV)
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    assert _rows(found) == [["label"], ["'" + cell]]


def test_where_there_is_no_formula_it_is_the_csv_of_the_standard(packaged: Path) -> None:
    store = open_store(packaged)
    differing = []
    for name, question in stored().items():
        if question.services:
            continue
        neutralised, exact = run(store, question), run(store, question)
        if isinstance(exact, QuerySolutions) and serialized(neutralised, "csv") != exact.serialize(
            format=QueryResultsFormat.CSV
        ):
            differing.append(name)

    assert differing == []


def test_the_command_and_the_download_say_the_same(packaged: Path) -> None:
    printed = CliRunner().invoke(main, ["query", "drugs-by-alteration", "--graph", str(packaged), "--format", "csv"])
    download = answer(open_store(packaged), Task(question=find("drugs-by-alteration").name, suffix="csv"), 10_000_000)

    assert printed.exit_code == 0
    assert printed.stdout_bytes == download.body
