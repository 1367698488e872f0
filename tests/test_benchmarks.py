"""The benchmarks on tiny data: what they write and compare, and never a time."""

from __future__ import annotations

import doctest
import gzip
import importlib
import json
import os
import signal
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks.asking import asked, local_questions
from benchmarks.jena import asked_of_jena
from benchmarks.machine import LIBRARIES, describe
from benchmarks.materials import MaterialError, of_our_field, subset
from benchmarks.measure import python, repeated, run
from benchmarks.page import page, plots
from benchmarks.plots import plot
from benchmarks.replicate import replicate
from benchmarks.sections import SECTIONS, agreement
from graph_build.questions import StoredQuery, find
from graph_build.read import Found, read_all
from graph_build.services import services

_HERE = Path(__file__).parent / "benchmarks"

_RECORD = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">{pmid}</PMID>
<Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue><Title>J</Title></Journal>
<ArticleTitle>{title}</ArticleTitle></Article></MedlineCitation></PubmedArticle>"""
_TITLES = ("Of mice", "Of HER2-mutant lung cancer", "Of men")


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """A PubMed file of three records and a deletion."""
    path = tmp_path / "pubmed.xml.gz"
    inside = "\n".join(_RECORD.format(pmid=n, title=title) for n, title in enumerate(_TITLES, 1))
    deleted = "<DeleteCitation><PMID Version='1'>9</PMID></DeleteCitation>"
    text = f'<?xml version="1.0" encoding="utf-8"?>\n<PubmedArticleSet>\n{inside}\n{deleted}</PubmedArticleSet>\n'
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_a_subset_is_the_first_records_and_nothing_else(records: Path, tmp_path: Path) -> None:
    target = tmp_path / "first.xml.gz"

    assert subset(records, target, 2) == 2
    found = list(read_all(target))
    assert [f.document.publication.title for f in found if isinstance(f, Found)] == list(_TITLES[:2])
    assert len(found) == 2
    assert subset(records, target, 9) == 3


def test_a_subset_of_our_field_has_its_words(records: Path, tmp_path: Path) -> None:
    target = tmp_path / "field.xml.gz"

    assert subset(records, target, 9, of_our_field) == 1
    assert [f.document.publication.pmid for f in read_all(target) if isinstance(f, Found)] == ["2"]


def test_what_is_no_pubmed_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "page.xml"
    path.write_text("<page/>", encoding="utf-8")

    with pytest.raises(MaterialError, match="holds no PubmedArticle"):
        subset(path, tmp_path / "first.xml.gz", 2)


def test_a_larger_graph_copies_documents_and_nothing_else(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    graph, concepts = "<https://w3id.org/her2kg/graph/document/a>", "<https://w3id.org/her2kg/graph/concepts>"
    real = [
        f'<https://w3id.org/her2kg/drug/t-dm1> <p> "T-DM1" {concepts} .',
        f'<https://doi.org/10.1/a> <p> "says <https://doi.org/10.1/b>" {graph} .',
        f"<https://w3id.org/her2kg/statement/1> <p> <https://w3id.org/her2kg/drug/t-dm1> {graph} .",
    ]
    (source / "graph.nq").write_text("".join(line + "\n" for line in real), encoding="utf-8")
    (source / "report.json").write_text('{"inputs": []}', encoding="utf-8")

    assert replicate(source, tmp_path / "large", 6) == 6

    copy = "<https://w3id.org/her2kg/graph/document/copy-{}/a>"
    assert (tmp_path / "large/graph.nq").read_text(encoding="utf-8").splitlines() == [
        *real,
        f'<https://doi.org/copy-1/10.1/a> <p> "says <https://doi.org/copy-1/10.1/b>" {copy.format(1)} .',
        f"<https://w3id.org/her2kg/statement/copy-1/1> <p> <https://w3id.org/her2kg/drug/t-dm1> {copy.format(1)} .",
        f'<https://doi.org/copy-2/10.1/a> <p> "says <https://doi.org/copy-2/10.1/b>" {copy.format(2)} .',
    ]
    report = json.loads((tmp_path / "large/report.json").read_text(encoding="utf-8"))
    assert report == {"inputs": [], "synthetic": True, "quads": 6}


def test_questions_to_other_endpoints_are_not_asked() -> None:
    assert local_questions()
    assert not any(services(question.text) for question in local_questions())


@pytest.mark.parametrize("engine", ["pyoxigraph", "her2kg", "oxrdflib", "rdflib"])
def test_engines_give_as_many_rows(engine: str, packaged: Path) -> None:
    questions = [find("open-questions"), find("negated-claims")]

    found = asked(engine, packaged, questions, times=1, limit=60)

    assert {name: answer["rows"] for name, answer in found["answers"].items()} == {
        "open-questions": 3,
        "negated-claims": 4,
    }


#: Every triple with every other and every third: no engine ends with it.
ENDLESS = StoredQuery(name="endless", text="SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i) }", summary="")


@pytest.mark.parametrize("engine", ["pyoxigraph", "rdflib"])
def test_an_answer_that_takes_too_long_is_given_up_and_the_next_one_comes(engine: str, packaged: Path) -> None:
    questions = [ENDLESS, find("negated-claims")]

    answers = asked(engine, packaged, questions, times=1, limit=2)["answers"]

    assert answers["endless"] == {"failed": "no answer within 2 s"}
    assert answers["negated-claims"]["rows"] == 4


def test_what_an_engine_cannot_answer_is_said(packaged: Path) -> None:
    wrong = StoredQuery(name="wrong", text="SELECT WHERE", summary="")

    answers = asked("pyoxigraph", packaged, [wrong], times=1, limit=60)["answers"]

    assert answers["wrong"]["failed"].startswith("SyntaxError: ")


def test_an_engine_that_does_not_start_is_said(tmp_path: Path) -> None:
    found = asked("pyoxigraph", tmp_path / "nothing", [], times=1, limit=60)
    assert found["answers"] == {}

    found = asked("pyoxigraph", tmp_path / "nothing", [find("open-questions")], times=1, limit=60)
    assert found == {"engine": "pyoxigraph", "failed": "had not loaded the graph after 600 s, or gave up"}


def test_a_command_is_measured_and_one_without_end_killed() -> None:
    done = run(python("-c", "print('done')"))
    endless = run(python("-c", "while True: pass"), limit=0.5)

    assert (done.output, done.code) == ("done\n", 0)
    assert done.memory_mb > 1
    assert done.cpu_seconds > 0
    assert endless.code == -signal.SIGKILL


def test_a_command_that_fails_is_not_repeated_and_says_why() -> None:
    found = repeated(python("-c", "raise SystemExit('no such thing')"), 3)

    assert found["failed"].strip() == "no such thing"
    assert found["code"] == 1


def test_a_step_says_what_it_took(records: Path) -> None:
    found = json.loads(run(python("-m", "benchmarks.steps", "read", str(records))).output)

    assert found["records"] == 3
    assert set(found) == {"records", "seconds", "cpu_seconds"}


def test_the_places_of_two_recognisers_are_compared() -> None:
    ours = [[[0, 4], [9, 12]], []]
    theirs = [[[2, 6], [4, 8]], [[0, 1]]]

    assert agreement(ours, theirs) == {"both": 1, "ours alone": 1, "theirs alone": 2}


JAVA = """#!/bin/sh
case "$*" in
  *tdbloader*) mkdir "${4#--loc=}";;
  *--query=*) printf '?a\\n1\\n2\\n?a\\n1\\n2\\n'; printf 'Time: 0.300 sec\\nTime: 0.100 sec\\n' >&2;;
esac
"""


def test_jena_is_asked_by_its_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jena" / "lib").mkdir(parents=True)
    java = tmp_path / "java"
    java.write_text(JAVA)
    java.chmod(0o755)
    monkeypatch.setenv("JENA_HOME", str(tmp_path / "jena"))
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    questions = [find("substances")]

    found = asked_of_jena(tmp_path, tmp_path, questions, times=2, limit=5)

    answer = {"rows": 2, "first": 0.3, "seconds": 0.2, "cpu_seconds": 0.2, "runs": 2}
    assert {key: found[key] for key in ("engine", "answers")} == {"engine": "Jena", "answers": {"substances": answer}}
    java.write_text("#!/bin/sh\nexit 1\n")
    assert "gave up" in asked_of_jena(tmp_path, tmp_path, questions, times=2, limit=5)["failed"]
    monkeypatch.setenv("PATH", str(tmp_path / "jena"))
    assert asked_of_jena(tmp_path, tmp_path, questions, times=2, limit=5) == {"failed": "not installed"}


def test_the_machine_is_described() -> None:
    found = describe()

    assert found["cores"] >= 1
    assert found["processor"]
    assert set(found["libraries"]) == set(LIBRARIES)


def test_a_plot_is_a_picture_of_all_its_points() -> None:
    drawn = plot({"a & b": [(10, 1), (100, 2)], "c": [(10, 0.5)]}, "records", "seconds")

    tree = ET.fromstring(drawn)
    circles = tree.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == 3 + 2  # points, and the legend
    assert "a &amp; b" in drawn
    assert plot({"a": []}, "records", "seconds") == ""


def test_the_page_says_all_that_was_measured() -> None:
    results = json.loads((_HERE / "results.json").read_text(encoding="utf-8"))

    assert list(results) == list(SECTIONS)
    assert page(results) == (_HERE / "page.md").read_text(encoding="utf-8")
    assert sorted(plots(results)) == ["benchmarks-build.svg", "benchmarks-sparql.svg"]


def test_without_results_the_page_says_so() -> None:
    assert "Nothing was measured yet." in page({})
    assert plots({}) == {}


@pytest.mark.parametrize(
    "name", ["jena", "plots", "quality.identifiers", "quality.report", "replicate", "sections", "tables"]
)
def test_examples_in_docstrings_hold(name: str) -> None:
    found = doctest.testmod(importlib.import_module(f"benchmarks.{name}"))

    assert found.attempted
    assert not found.failed
