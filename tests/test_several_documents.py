"""Several documents about the same things: nothing is counted twice, and what differs stays apart."""

from __future__ import annotations

from pathlib import Path

import pytest

import graph_build
from graph_build.build import build
from graph_build.graph import KnowledgeGraph

PAGE = """{title}

J Test Oncol. {year} Jan;{volume}(1):1-9. doi: 10.1000/{doi}.


{title}

J Test Oncol. {year} Jan;{volume}(1):1-9. doi: 10.1000/{doi}.

{authors}

Abstract

{abstract}

PMID: {pmid}
"""


def page(folder: Path, name: str, **fields: object) -> Path:
    """An invented PubMed page."""
    values = {"year": 2022, "volume": 1, "doi": name, "authors": "Song A, Min B.", "abstract": "HER2 matters in NSCLC."}
    path = folder / f"{name}.txt"
    path.write_text(PAGE.format(**(values | {"pmid": 1000 + len(name)} | fields)), encoding="utf-8")
    return path


@pytest.fixture
def twice(tmp_path: Path) -> KnowledgeGraph:
    """Two pages that say the same of one study."""
    title = "Pyrotinib in HER2-mutant non-small cell lung cancer: the phase 2 PATHWAY-77 trial"
    files = [page(tmp_path, name, title=title, pmid=pmid) for name, pmid in (("one", 1), ("other", 2))]
    build(files, tmp_path / "graph")
    return graph_build.open(tmp_path / "graph")


def test_a_triple_of_two_graphs_counts_once(twice: KnowledgeGraph) -> None:
    prefix = "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    names = prefix + "SELECT ?label WHERE { ?s a her2:Study ; rdfs:label ?label ; her2:phase ?phase ; her2:enrols ?x }"
    assert [row[0] for row in twice.query(names)] == ["PATHWAY-77"]
    assert [str(row[0]) for row in twice.graph.query(names)] == ["PATHWAY-77"]
    reports = prefix + "SELECT ?paper WHERE { ?s a her2:Study ; her2:reportedIn ?paper } ORDER BY ?paper"
    assert [row[0] for row in twice.query(reports)] == ["https://doi.org/10.1000/one", "https://doi.org/10.1000/other"]
    graphs = prefix + "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s a her2:Study } }"
    assert twice.query(graphs)[0] == (2,)


def test_two_papers_with_one_author_year_and_drug_are_two_studies(tmp_path: Path) -> None:
    files = [
        page(tmp_path, "first", title="Pyrotinib in patients with HER2-mutant lung adenocarcinoma: a phase 2 study"),
        page(tmp_path, "second", title="Pyrotinib in patients with HER2-amplified gastric cancer: a phase 2 study"),
    ]
    build(files, tmp_path / "graph")
    build([files[1], files[0]], tmp_path / "again")
    assert (tmp_path / "graph" / "graph.nq").read_bytes() == (tmp_path / "again" / "graph.nq").read_bytes()
    rows = graph_build.open(tmp_path / "graph").query(
        "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?what ?where ?paper WHERE { ?s her2:enrols/rdfs:label ?what ; her2:condition/rdfs:label ?where ;"
        " her2:reportedIn ?paper } ORDER BY ?paper"
    )
    assert list(rows) == [
        ("HER2 mutation", "lung adenocarcinoma", "https://doi.org/10.1000/first"),
        ("HER2 amplification", "gastric cancer", "https://doi.org/10.1000/second"),
    ]


def test_a_trial_named_in_the_abstract_of_its_own_paper_is_one_node(tmp_path: Path) -> None:
    title = "Pyrotinib in patients with HER2-mutant lung adenocarcinoma: a phase 2 trial"
    abstract = "In the PATHWAY-77 trial, pyrotinib was given to patients with HER2-mutant lung adenocarcinoma."
    build([page(tmp_path, "own", title=title, abstract=abstract)], tmp_path / "graph")
    rows = graph_build.open(tmp_path / "graph").query(
        "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "SELECT ?label ?phase ?what WHERE { ?s a her2:Study ; rdfs:label ?label ."
        " OPTIONAL { ?s her2:phase ?phase ; her2:enrols/rdfs:label ?what } }"
    )
    assert list(rows) == [("PATHWAY-77", "2", "HER2 mutation")]
