"""Things by name and identifier, statements by what they are about, records of a bounded size."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

import graph_build
from graph_build.lookup.bounds import bounded
from graph_build.lookup.entities import entity
from graph_build.lookup.names import Names, resolve, search
from graph_build.lookup.reader import LookupRefused, NoSuchThing, TooMany
from graph_build.lookup.records import Found, Search, Table
from graph_build.lookup.statements import About, statements, supported
from graph_build.questions import stored
from graph_build.store import open_store

BASE = "https://w3id.org/her2kg/"
NSCLC = BASE + "disease/non-small-cell-lung-carcinoma"


@pytest.fixture(scope="module")
def graph(packaged: Path) -> Names:
    return Names(open_store(packaged))


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("T-DXd", "drug/trastuzumab-deruxtecan"),
        ("t dxd", "drug/trastuzumab-deruxtecan"),
        ("HER2", "gene/erbb2"),
        ("HGNC:3430", "gene/erbb2"),
        ("MONDO:0005233", "disease/non-small-cell-lung-carcinoma"),
        ("http://purl.obolibrary.org/obo/MONDO_0005233", "disease/non-small-cell-lung-carcinoma"),
        ("nct03505710", "study/destiny-lung01"),
        ("her2kg:drug/trastuzumab", "drug/trastuzumab"),
        (BASE + "drug/trastuzumab", "drug/trastuzumab"),
    ],
)
def test_a_thing_by_any_of_its_names(graph: Names, text: str, iri: str) -> None:
    assert resolve(graph, text) == BASE + iri


@pytest.mark.parametrize("doi", ["10.1016/J.CTRV.2020.101996", "doi:10.1016/j.ctrv.2020.101996"])
def test_a_paper_by_its_doi(graph: Names, doi: str) -> None:
    assert resolve(graph, doi) == "https://doi.org/10.1016/j.ctrv.2020.101996"


def test_an_identifier_of_something_broader_is_found_and_does_not_name(graph: Names) -> None:
    found = search(graph, "MONDO:0005233")

    assert found == Search(
        things=(
            Found(
                iri=NSCLC,
                label="non-small cell lung carcinoma",
                kind="Disease",
                name="MONDO:0005233",
                match="identifier",
            ),
            Found(
                iri=BASE + "disease/non-squamous-non-small-cell-lung-carcinoma",
                label="non-squamous non-small cell lung carcinoma",
                kind="Disease",
                name="MONDO:0005233",
                match="close identifier",
            ),
        ),
        total=2,
        offset=0,
        cut=False,
    )


def test_who_mistypes_gets_the_nearest_names(graph: Names) -> None:
    found = search(graph, "trastuzmab", limit=1)

    assert [(thing.label, thing.match) for thing in found.things] == [("trastuzumab", "near")]
    with pytest.raises(NoSuchThing, match="“trastuzmab” as a Drug; did you mean trastuzumab or") as wrong:
        resolve(graph, "trastuzmab", ("Drug",))
    assert wrong.value.near[0] == BASE + "drug/trastuzumab"


def test_pages_of_a_search_are_the_whole_of_it(graph: Names) -> None:
    whole = search(graph, kind="study", limit=1_000)
    pages = [search(graph, kind="Study", limit=7, offset=start) for start in range(0, whole.total, 7)]

    assert sum((page.things for page in pages), ()) == whole.things
    assert [page.cut for page in pages] == [True] * (len(pages) - 1) + [False]
    assert len(whole.things) == whole.total == 29


@pytest.mark.parametrize("text", ["", " ", "\0", "\ud800", "a" * 300, "[", "://", "10.1/", "mesh:", "urn:"])
def test_no_text_breaks_a_search(graph: Names, text: str) -> None:
    assert search(graph, text).offset == 0


def test_what_is_refused_says_why(graph: Names) -> None:
    for wrong, reason in (
        (lambda: search(graph, "a" * 301), "a name has at most 300 characters, this has 301"),
        (lambda: search(graph, kind="Drugs"), "there is no class “Drugs”; there are Alteration, "),
        (lambda: statements(graph, About(predicate="treats")), "no statement has the predicate “treats”; there are "),
        (lambda: statements(graph, About(certainty="sure")), "there are asserted, hedged, open question"),
        (lambda: supported(graph, NSCLC), "is no statement of this graph"),
    ):
        with pytest.raises(LookupRefused, match=reason):
            wrong()


def test_negated_statements_and_open_questions(graph: Names) -> None:
    denied = statements(graph, About(negated=True))
    asked = statements(graph, About(disease="NSCLC", certainty="open question"))

    assert [one.text for one in denied.statements] == [
        "not: HER2-directed therapy is the standard of care for HER2 alteration (non-small cell lung carcinoma)",
        "not: HER2 subgroup definition has a consensus in non-small cell lung carcinoma",
        "not: HER2 positivity testing has a gold standard in non-small cell lung carcinoma",
    ]
    assert [one.text for one in asked.statements] == [
        "HER2 alteration is an oncogenic driver in non-small cell lung carcinoma?",
        "ERBB2 is a therapeutic target in non-small cell lung carcinoma?",
    ]


def test_what_belongs_to_a_thing_is_meant_with_it(graph: Names) -> None:
    of_class = {one.iri for one in statements(graph, About(drug="ADC"), limit=500).statements}
    of_drug = {one.iri for one in statements(graph, About(drug="T-DXd"), limit=500).statements}

    assert of_drug < of_class
    assert statements(graph, About(drug="ADC", predicate="her2:targets", negated=True)).total == 0


def test_evidence_is_that_of_the_document(graph: Names) -> None:
    (asked, _) = statements(graph, About(certainty="open question")).statements[::-1]
    found = supported(graph, asked.iri)
    text = (Path(graph_build.__file__).parent / "sources" / "cancer-treatment-reviews-2020.txt").read_text("utf-8")

    assert [(one.role, one.hedge_cues, one.section) for one in found.evidence] == [
        ("own conclusion", ("?",), "title"),
        ("own conclusion", ("whether",), "abstract"),
    ]
    assert [text[one.start : one.end] for one in found.evidence] == [one.quote for one in found.evidence]
    assert found.total == asked.evidence_count == 2
    assert supported(graph, asked.iri, 1, 1).evidence == found.evidence[1:]


def test_what_is_curated_and_what_a_document_says_stay_apart(graph: Names) -> None:
    drug = entity(graph, "T-DXd")

    assert [(one.label, one.graphs) for one in drug.above] == [
        ("HER2-directed antibody-drug conjugate", (BASE + "graph/concepts",)),
        ("antibody-drug conjugate", (BASE + "graph/document/10-3971-j-issn-1000-8578-2025-24-1062",)),
    ]
    assert [one.label for one in drug.studies] == [
        "DESTINY-Lung01",
        "DESTINY-Lung02",
        "DESTINY-Lung05",
        "Li 2023 trastuzumab deruxtecan",
    ]


def test_a_record_that_is_cut_says_so() -> None:
    rows = tuple(("x" * 30, number) for number in range(200))
    long = Table(columns=("a", "b"), rows=(("y" * 3_000, 1),), total=1, offset=0, cut=False)

    short = bounded(Table(columns=("a", "b"), rows=rows, total=200, offset=0, cut=False), 1_000)

    assert short == Table(
        columns=("a", "b"),
        rows=rows[:20],
        total=200,
        offset=0,
        cut=True,
        note="lists are cut after 20; give limit and offset, or ask for less, to see the rest",
    )
    assert len(json.dumps(asdict(short))) <= 1_000
    assert bounded(long).note == "texts of more than 2,000 characters end in “…”"
    with pytest.raises(TooMany):
        bounded(Table(columns=("a" * 5_000,), rows=(), total=0, offset=0, cut=False), 1_000)


def test_no_parameter_of_a_question_is_called_like_one_of_the_pages() -> None:
    assert not [q.name for q in stored().values() for p in q.parameters if p.name in ("limit", "offset")]
