"""``her2kg build --vocabulary``: the graph, the report, what is printed, and that it is the same on every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

import graph_build
from graph_build.build import build
from graph_build.check import check
from graph_build.cli import main

TABLE = """id,label,synonyms,xrefs
hgnc:4172,GATA3,GATA binding protein 3,
MONDO:9990002,made-up osteosarcoid tumor,MOST,DOID:7
DOID:7,made-up osteosarcoid tumor,,
CHEBI:1,quercetin,sophoretin,
https://example.org/v/1,gorgonian extract,,
HP:0000007,ruddy complexion of note,,
hgnc:1,AAAA,SHARED,
hgnc:2,BBBB,SHARED,
"""
PAGE = """{title}

J Test Oncol. 2022 Jan;1(1):1-9. doi: 10.1000/one.


{title}

J Test Oncol. 2022 Jan;1(1):1-9. doi: 10.1000/one.

Song A, Min B.

Abstract

{abstract}

PMID: 1001
"""
TITLE = "Pyrotinib in GATA3-mutant made-up osteosarcoid tumor: a phase 2 trial"
ABSTRACT = (
    "Quercetin and a gorgonian extract were given for a ruddy complexion of note. GATA3 mutations, the SHARED gene "
    "and HER2 were seen in the made-up osteosarcoid tumor (MuOT). MuOT is rare."
)
PREFIXES = (
    "PREFIX her2: <https://w3id.org/her2kg/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#> "
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """An invented PubMed page."""
    path = tmp_path / "one.txt"
    path.write_text(PAGE.format(title=TITLE, abstract=ABSTRACT), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A vocabulary."""
    path = tmp_path / "mine.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_the_graph_has_the_concepts_their_vocabularies_and_the_file(page: Path, table: Path, tmp_path: Path) -> None:
    build([page], tmp_path / "graph", vocabularies=[table])
    kg = graph_build.open(tmp_path / "graph")
    rows = kg.query(
        PREFIXES + "SELECT DISTINCT ?concept ?class WHERE { ?concept skos:inScheme ?scheme ; a ?class . "
        "?scheme a skos:ConceptScheme FILTER(?class != skos:Concept) } ORDER BY ?concept"
    )
    her2 = "https://w3id.org/her2kg/ontology#"
    assert [tuple(row) for row in rows] == [
        ("http://identifiers.org/hgnc/4172", her2 + "Gene"),
        ("http://purl.obolibrary.org/obo/CHEBI_1", her2 + "ExternalConcept"),
        ("http://purl.obolibrary.org/obo/HP_0000007", her2 + "ExternalConcept"),
        ("http://purl.obolibrary.org/obo/MONDO_9990002", her2 + "Disease"),
        ("https://example.org/v/1", her2 + "ExternalConcept"),
    ]
    names = kg.query(PREFIXES + "SELECT ?n WHERE { <http://purl.obolibrary.org/obo/CHEBI_1> skos:altLabel ?n }")
    assert [row[0] for row in names] == ["sophoretin"]
    same = kg.query(PREFIXES + "SELECT ?o WHERE { <http://purl.obolibrary.org/obo/MONDO_9990002> skos:exactMatch ?o }")
    assert [row[0] for row in same] == ["http://purl.obolibrary.org/obo/DOID_7"]
    used = kg.query(
        PREFIXES + "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?sum WHERE { "
        "<https://w3id.org/her2kg/dataset#build> prov:used ?f . ?f rdfs:label 'mine.csv'@en ; her2:sha256 ?sum }"
    )
    assert [row[0] for row in used] == [sha256(table.read_bytes()).hexdigest()]
    about = kg.query(PREFIXES + "SELECT ?o WHERE { ?study her2:condition ?o }")
    assert [row[0] for row in about] == ["http://purl.obolibrary.org/obo/MONDO_9990002"]


def test_quotes_shapes_and_rules_hold(page: Path, table: Path, tmp_path: Path) -> None:
    build([page], tmp_path / "graph", vocabularies=[table])
    result = check(tmp_path / "graph")
    assert list(result.findings) == []
    assert result.passed


def test_the_report_counts_and_names_what_is_ambiguous_and_no_time(page: Path, table: Path, tmp_path: Path) -> None:
    done = build([page], tmp_path / "graph", vocabularies=[table])
    assert done.effort is not None
    assert done.effort.seconds > 0
    report = json.loads((tmp_path / "graph" / "report.json").read_text())["vocabularies"]
    assert report["files"] == [
        {
            "file": "mine.csv",
            "edition": f"edition not stated, sha256 {sha256(table.read_bytes()).hexdigest()[:12]}",
            "sha256": sha256(table.read_bytes()).hexdigest(),
            "entries": 8,
        }
    ]
    assert (report["entries"], report["names"], report["names_left_out"]) == (8, 13, {})
    assert report["ambiguous"] == [{"document": "10-1000-one", "name": "SHARED", "candidates": ["hgnc:1", "hgnc:2"]}]


def test_without_a_vocabulary_nothing_tells_of_one(page: Path, tmp_path: Path) -> None:
    done = build([page], tmp_path / "graph")
    assert "vocabularies" not in done.report
    assert done.effort is None
    assert "inScheme" not in (tmp_path / "graph" / "graph.nq").read_text()


def test_two_runs_with_other_hash_seeds_write_the_same_bytes(page: Path, table: Path, tmp_path: Path) -> None:
    sums = set()
    for seed in ("1", "2"):
        folder = tmp_path / f"graph-{seed}"
        subprocess.run(
            [sys.executable, "-m", "graph_build.cli", "build", page, "-q", "-o", folder, "--vocabulary", table],
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(graph_build.__file__).parents[1])},
        )
        sums.add(tuple(sha256((folder / name).read_bytes()).hexdigest() for name in ("graph.nq", "report.json")))
    assert len(sums) == 1


def test_the_command_prints_entries_names_time_and_memory(page: Path, table: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["build", str(page), "-o", str(tmp_path / "graph"), "--vocabulary", str(table)], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    assert "1 vocabulary files: 8 entries, 13 names (0 left out, 1 ambiguous in the documents) in " in result.output


def test_a_faulty_vocabulary_is_one_sentence_and_nothing_is_written(page: Path, tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("id,label\nMONDO:1\n")
    result = CliRunner().invoke(main, ["build", str(page), "-o", str(tmp_path / "graph"), "--vocabulary", str(faulty)])
    assert result.exit_code == 2
    assert "faulty.csv, line 2: 1 cells where the header has 2" in result.output
    assert not (tmp_path / "graph").exists()
