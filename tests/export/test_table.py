"""The evidence table: a row a quote, each verifiable, none a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas
import pytest

from graph_build.export import exported
from graph_build.export.table import COLUMNS
from graph_build.spreadsheet import neutral
from graph_build.store import DOCUMENTS


@pytest.fixture(scope="session")
def rows(graph: Path) -> list[dict[str, str]]:
    """The table, read as CSV."""
    text = exported(graph, "evidence").files[""].decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_a_quote(rows: list[dict[str, str]], graph: Path, count: dict[str, int]) -> None:
    assert len(rows) == count["Evidence"]
    assert len({row["statement_iri"] for row in rows}) == count["Statement"]
    table = pandas.read_csv(io.BytesIO(exported(graph, "evidence").files[""]))
    assert table.shape == (count["Evidence"], len(COLUMNS))


def test_every_quote_stands_in_its_document(rows: list[dict[str, str]], graph: Path) -> None:
    """The documents beside the graph are those the check reads."""
    texts = [path.read_bytes().decode() for path in (graph / DOCUMENTS).iterdir()]
    for row in rows:
        quote = row["quote"].removeprefix("'")
        assert any(text[int(row["start"]) : int(row["end"])] == quote for text in texts), row["statement"]


def test_direction_and_certainty(rows: list[dict[str, str]]) -> None:
    """A question is neither asserted nor denied."""
    said = {(row["direction"], row["certainty"]) for row in rows}
    assert said == {
        ("positive", "asserted"),
        ("negated", "asserted"),
        ("positive", "hedged"),
        ("positive", "open question"),
    }
    assert {row["negation_cue"] for row in rows if row["direction"] == "negated"} <= {"no", "not"}


def test_one_row_in_full(packaged: Path) -> None:
    text = exported(packaged, "evidence").files[""].decode()
    [row] = [
        row
        for row in csv.DictReader(io.StringIO(text, newline=""))
        if row["statement"].startswith("GFPC 01-2018 is reported in")
    ]
    assert row.pop("evidence_iri").startswith("https://w3id.org/her2kg/graph/document/10-3971-j-issn-1000-8578-2025")
    assert len(row.pop("document_sha256")) == 64
    assert int(row.pop("end")) - int(row.pop("start")) == len(row["quote"])
    title = (
        "Efficacy and Safety of Anti-PD-1 Immunotherapy in Patients With Advanced NSCLC With BRAF, HER2, or MET "
        "Mutations or RET Translocation: GFPC 01-2018"
    )
    paper, document = (
        "https://doi.org/10.1016/j.jtho.2019.12.129",
        "https://doi.org/10.3971/j.issn.1000-8578.2025.24.1062",
    )
    empty = dict.fromkeys(COLUMNS, "")
    for name in ("evidence_iri", "document_sha256", "start", "end"):
        del empty[name]
    assert row == empty | {
        "statement": "GFPC 01-2018 is reported in Guisier 2020",
        "subject": "GFPC 01-2018",
        "predicate": "reported in",
        "object": "Guisier 2020",
        "direction": "positive",
        "certainty": "asserted",
        "quote": title,
        "section": "reference",
        "role": "cited title",
        "document": "Zhang 2025",
        "cited_paper": "Guisier 2020",
        "paper_title": title,
        "year": "2020",
        "doi": "10.1016/j.jtho.2019.12.129",
        "study": "GFPC 01-2018",
        "rule": "title-report",
        "confidence": row["confidence"],
        "statement_iri": "https://w3id.org/her2kg/statement/036f939faabaa636",
        "subject_iri": "https://w3id.org/her2kg/study/gfpc-01-2018",
        "predicate_iri": "https://w3id.org/her2kg/ontology#reportedIn",
        "object_iri": paper,
        "document_iri": document,
        "cited_paper_iri": paper,
    }


def test_what_a_cited_title_says_is_the_cited_papers(rows: list[dict[str, str]]) -> None:
    cited = [row for row in rows if row["role"] == "cited title"]
    assert cited
    for row in cited:
        assert row["section"] in ("reference", "related")
        assert row["cited_paper_iri"]
        assert row["paper_title"]
    for row in rows:
        if row["role"] != "cited title":
            assert row["cited_paper"] == ""


def test_lines_end_as_rfc_4180_says(packaged: Path) -> None:
    data = exported(packaged, "evidence").files[""]
    assert data.startswith(b"statement,subject,predicate,object,context,")
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert neutral(cell) == "'" + cell


def test_no_cell_of_the_table_is_a_formula(rows: list[dict[str, str]]) -> None:
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
