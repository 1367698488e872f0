"""Neighbourhoods, paths and measures: complete on the packaged documents, and the same on every run."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, Store

import graph_build
from graph_build.answers import Rows
from graph_build.around import WALKED, evidence_paths, find_node, neighbourhood
from graph_build.cli import main
from graph_build.graph import KnowledgeGraph
from graph_build.measures import COLUMNS, as_csv, bridges, network_measures
from graph_build.network import network
from graph_build.query import QueryError
from graph_build.store import merge
from graph_build.vocabulary import PREFIXES

ROOT = Path(__file__).resolve().parents[1]

#: What one link leads to from trastuzumab deruxtecan, and what two lead to as well.
NEAR = {
    "trastuzumab deruxtecan", "HER2 mutation", "ERBB2", "antibody-drug conjugate", "Zhang 2025",
    "HER2-directed antibody-drug conjugate",
    "DESTINY-Lung01", "DESTINY-Lung02", "DESTINY-Lung05", "Li 2023 trastuzumab deruxtecan",
}  # fmt: skip
FURTHER = {
    "Li 2022", "Li 2023", "Goto 2023", "Cheng 2024", "non-small cell lung carcinoma", "brain metastases", "Chinese",
    "previously treated", "pooled analysis", "randomized",
}  # fmt: skip

#: A chain drug1 – study1 – alteration1 – study2 – drug2, a class of both drugs, and a thing beside it all.
CHAIN = (
    "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    + r"""
PREFIX : <https://w3id.org/her2kg/>
GRAPH <https://w3id.org/her2kg/graph/concepts> {
  :drug1 a her2:Drug ; rdfs:label "=drug <b>one</b>"@en ; her2:inClass :class .
  :drug2 a her2:Drug ; rdfs:label "drug two"@en ; her2:inClass :class .
  :class a her2:DrugClass ; rdfs:label "class"@en .
  :alteration1 a her2:Alteration ; rdfs:label "alteration"@en ; her2:alterationOf :gene .
  :gene a her2:Gene ; rdfs:label "gene"@en .
  :topic a her2:Topic ; rdfs:label "topic"@en . :outcome a her2:Outcome ; rdfs:label "outcome"@en .
}
GRAPH <https://w3id.org/her2kg/graph/document/one> {
  :study1 a her2:Study ; rdfs:label "study one" ; her2:investigates :drug1 ; her2:enrols :alteration1 .
  :study2 a her2:Study ; rdfs:label "study two" ; her2:investigates :drug2 ; her2:enrols :alteration1 .
  :st1 a her2:Statement ; biolink:subject :class ; biolink:predicate her2:efficacyIn ; biolink:object :alteration1 .
  :st2 a her2:Statement ; biolink:subject :topic ; biolink:predicate her2:studiedIn ; biolink:object :outcome .
}
"""
)


@pytest.fixture(scope="module")
def kg(packaged: Path) -> KnowledgeGraph:
    return graph_build.open(packaged)


@pytest.fixture(scope="module")
def chain() -> Store:
    store = Store()
    store.load(CHAIN.encode(), format=RdfFormat.TRIG)
    return merge(store)


def labels(graph: nx.MultiDiGraph[str]) -> set[str]:
    return {label for _, label in graph.nodes(data="label")}


def links(graph: nx.MultiDiGraph[str]) -> list[str]:
    names = dict(graph.nodes(data="label"))
    return sorted(f"{names[s]} {predicate} {names[o]}" for s, o, predicate in graph.edges(data="predicate"))


def test_the_neighbourhood_of_a_drug(kg: KnowledgeGraph) -> None:
    assert labels(kg.network(around="T-DXd")) == NEAR
    two = neighbourhood(kg.store, "fam-trastuzumab deruxtecan", 2)
    assert labels(two.graph) == NEAR | FURTHER
    assert two.title == "Around trastuzumab deruxtecan, 2 links far"
    assert two.note == (
        "Shown and not followed further: "
        "Zhang 2025 (63 neighbours), ERBB2 (45 neighbours), HER2 mutation (40 neighbours)"
    )


def test_every_link_among_the_neighbours_is_kept(kg: KnowledgeGraph) -> None:
    whole, part = kg.network(), kg.network(around="T-DXd", hops=2)
    among = [edge for edge in whole.edges(keys=True, data=True) if edge[0] in part and edge[1] in part]
    assert list(part.edges(keys=True, data=True)) == among
    assert list(part) == [node for node in whole if node in part]


def test_the_path_from_a_drug_to_an_alteration(kg: KnowledgeGraph) -> None:
    part = evidence_paths(kg.store, "T-DXd", "HER2 mutation")
    studies = ["DESTINY-Lung01", "DESTINY-Lung02", "DESTINY-Lung05", "Li 2023 trastuzumab deruxtecan"]
    assert links(part.graph) == sorted(
        ["trastuzumab deruxtecan efficacyIn HER2 mutation"]
        + [f"{study} investigates trastuzumab deruxtecan" for study in studies]
        + [f"{study} enrols HER2 mutation" for study in studies]
    )
    assert part.title == "From trastuzumab deruxtecan to HER2 mutation"
    assert all(data["evidence"] for *_, data in part.graph.edges(data=True))
    back = evidence_paths(kg.store, "ERBB2 mutation", "Enhertu")
    assert links(back.graph) == links(part.graph)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (
            "pyrotinib",
            "T-DXd",
            [
                "Zhou 2020 pyrotinib enrols HER2 mutation",
                "Zhou 2020 pyrotinib investigates pyrotinib",
                "trastuzumab deruxtecan efficacyIn HER2 mutation",
            ],
        ),
        (
            "immunohistochemistry",
            "HER2 mutation",
            [
                "HER2 mutation mechanismOf HER2 alteration",
                "HER2 overexpression mechanismOf HER2 alteration",
                "immunohistochemistry detects HER2 overexpression",
            ],
        ),
        (
            "Li 2022",
            "T-DXd",
            ["DESTINY-Lung01 investigates trastuzumab deruxtecan", "DESTINY-Lung01 reportedIn Li 2022"],
        ),
        (
            "T-DXd",
            "HER2-directed antibody-drug conjugate",
            ["trastuzumab deruxtecan inClass HER2-directed antibody-drug conjugate"],
        ),
        ("Zhang 2025", "T-DXd", ["Zhang 2025 mentions trastuzumab deruxtecan"]),
    ],
)
def test_paths_run_along_evidence(kg: KnowledgeGraph, start: str, end: str, expected: list[str]) -> None:
    assert links(kg.network(path=(start, end))) == expected


def test_a_class_is_stepped_through_last(chain: Store) -> None:
    assert links(evidence_paths(chain, "=drug <b>one</b>", "drug two").graph) == [
        "study one enrols alteration",
        "study one investigates =drug <b>one</b>",
        "study two enrols alteration",
        "study two investigates drug two",
    ]
    chain_without = Store()
    chain_without.load(CHAIN.replace("her2:enrols :alteration1", "her2:condition :x").encode(), format=RdfFormat.TRIG)
    assert links(evidence_paths(merge(chain_without), "=drug <b>one</b>", "drug two").graph) == [
        "=drug <b>one</b> inClass class",
        "drug two inClass class",
    ]


def test_a_neighbourhood_goes_no_further_from_a_class(chain: Store) -> None:
    two = neighbourhood(chain, "=drug <b>one</b>", 2)
    assert labels(two.graph) == {"=drug <b>one</b>", "class", "study one", "alteration"}
    assert labels(neighbourhood(chain, "=drug <b>one</b>", 3).graph) == labels(two.graph) | {"study two"}
    assert labels(neighbourhood(chain, "class").graph) == {"class", "=drug <b>one</b>", "drug two", "alteration"}


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        ("T-DXd", "Enhertu", "both are trastuzumab deruxtecan; name two different things"),
        ("foo", "T-DXd", "--from foo: nothing in the graph is called so; did you mean FOLFOX"),
        ("T-DXd", "HER2 mutatiom", "--to HER2 mutatiom: nothing in the graph is called so; did you mean HER2 mutation"),
        ("T-DXd", "Zhang 2024", "--to Zhang 2024: nothing in the graph is called so; did you mean Zhang 2025"),
        ("lapatinib", "T-DXd", "--from lapatinib: no document speaks of lapatinib, so nothing is linked to it"),
    ],
)
def test_names_that_lead_nowhere(kg: KnowledgeGraph, start: str, end: str, sentence: str) -> None:
    with pytest.raises(QueryError) as caught:
        kg.view(path=(start, end))
    assert sentence in str(caught.value)


def test_things_apart_have_no_path(chain: Store) -> None:
    with pytest.raises(QueryError, match="nothing in the graph links topic and drug two"):
        evidence_paths(chain, "topic", "drug two")


def test_any_name_finds_the_node(kg: KnowledgeGraph) -> None:
    whole = kg.network()
    drug = "https://w3id.org/her2kg/drug/trastuzumab-deruxtecan"
    for name in (drug, "trastuzumab deruxtecan", "T-DXd", "t dxd", "DS-8201", "ENHERTU"):
        assert find_node(kg.store, whole, name, "around") == drug
    assert find_node(kg.store, whole, "Zhang 2025", "around") == "https://doi.org/10.3971/j.issn.1000-8578.2025.24.1062"
    title = "Trastuzumab Deruxtecan in HER2-Mutant Non-Small-Cell Lung Cancer"
    assert whole.nodes[find_node(kg.store, whole, "Li 2022", "around")]["synonyms"] == (title,)


def test_one_picture_at_a_time(kg: KnowledgeGraph) -> None:
    for wishes in ({"around": "T-DXd", "path": ("a", "b")}, {"question": "exon-20-studies", "around": "T-DXd"}):
        with pytest.raises(QueryError, match="ask for one of them"):
            kg.view(**wishes)  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="--hops 0: a neighbourhood is at least one link wide"):
        kg.network(around="T-DXd", hops=0)


def test_measures_of_a_chain(chain: Store) -> None:
    rows = network_measures(network(chain)).to_dicts()
    found = {row["label"]: tuple(row[name] for name in COLUMNS[3:]) for row in rows}
    assert found == {
        "alteration": (3, 0.428571, 0.15873, 0.156022, 1, 0),  # 3 of 7 things; between 3⅓ of the 21 pairs of others
        "class": (3, 0.428571, 0.15873, 0.156022, 1, 0),
        "=drug <b>one</b>": (2, 0.285714, 0.039683, 0.109489, 1, 0),
        "drug two": (2, 0.285714, 0.039683, 0.109489, 2, 0),
        "study one": (2, 0.285714, 0.039683, 0.109489, 1, 0),
        "study two": (2, 0.285714, 0.039683, 0.109489, 2, 0),
        "outcome": (1, 0.142857, 0.0, 0.125, 3, 1),
        "topic": (1, 0.142857, 0.0, 0.125, 3, 1),
    }


def test_pagerank_is_a_share_of_time_and_follows_its_equation(kg: KnowledgeGraph) -> None:
    whole = kg.network()
    rank = {row[0]: row[6] for row in network_measures(whole)}
    assert sum(rank.values()) == pytest.approx(1, abs=1e-4)
    near: dict[str, set[str]] = {node: set() for node in whole}
    for s, o, kind in whole.edges(data="kind"):
        if kind in WALKED:
            near[s].add(o)
            near[o].add(s)
    idle = sum(rank[node] for node in whole if not near[node])
    for node in whole:
        expected = (0.15 + 0.85 * idle) / len(whole) + 0.85 * sum(
            rank[other] / len(near[other]) for other in near[node]
        )
        assert rank[node] == pytest.approx(expected, abs=1e-5)


def test_bridges_are_the_links_that_hold_a_part(chain: Store) -> None:
    graph = network(chain)
    names = dict(graph.nodes(data="label"))
    assert {frozenset(names[node] for node in pair) for pair in bridges(graph)} == {frozenset(("topic", "outcome"))}


def test_measures_become_attributes_and_a_table(kg: KnowledgeGraph) -> None:
    measured = kg.network(measures=True)
    assert all(set(COLUMNS[3:]) <= data.keys() for _, data in measured.nodes(data=True))
    assert "betweenness" not in next(iter(kg.network().nodes(data=True)))[1]
    rows = network_measures(measured)
    assert [row[1] for row in rows[:3]] == ["HER2 mutation", "non-small cell lung carcinoma", "ERBB2"]  # type: ignore[misc]
    assert len(rows) == len(measured)
    assert list(rows.to_dataframe().columns) == list(COLUMNS)
    assert network_measures(nx.MultiDiGraph()) == Rows(COLUMNS, ())


def test_no_cell_is_a_formula(chain: Store) -> None:
    table = list(csv.DictReader(io.StringIO(as_csv(network_measures(network(chain))).decode())))
    assert "'=drug <b>one</b>" in {row["label"] for row in table}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["view", *map(str, arguments)])


def test_command_writes_the_page_and_the_measures(packaged: Path, kg: KnowledgeGraph, tmp_path: Path) -> None:
    page, table = tmp_path / "page.html", tmp_path / "measures.csv"
    names = ("--around", "T-DXd", "--hops", 2, "--graph", packaged, "-o", page, "--measures", table)
    done = run(*names)
    assert done.output.splitlines() == [
        f"{page}: open it in a browser",
        f"{table}: 20 nodes with their measures",
        neighbourhood(kg.store, "T-DXd", 2).note,
    ]
    assert page.read_text(encoding="utf-8") == kg.view(around="T-DXd", hops=2).html
    assert table.read_bytes() == as_csv(network_measures(kg.network(around="T-DXd", hops=2)))
    assert run("--from", "T-DXd", "--to", "HER2 mutation", "--graph", packaged, "-o", page).exit_code == 0
    assert page.read_text(encoding="utf-8") == kg.view(path=("T-DXd", "HER2 mutation")).html


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--around", "T-DXs"], "--around T-DXs: nothing in the graph is called so; did you mean T-DXd?"),
        (["--from", "T-DXd"], "a path has two ends; give both --from and --to"),
        (["--to", "T-DXd"], "a path has two ends; give both --from and --to"),
        (["--hops", "2"], "--hops: says how far --around a thing; give that too"),
        (["open-questions", "--around", "T-DXd"], "a picture is of a QUERY, --around a thing, or --from one --to"),
        (["--around", "T-DXd", "--drug=x"], "--drug=x: is no option of view"),
        (["--around", "T-DXd", "--measures", "/nowhere/m.csv"], "/nowhere/m.csv: cannot be written"),
    ],
)
def test_mistakes_are_one_sentence(packaged: Path, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = run(*arguments, "--graph", packaged, "-o", tmp_path / "page.html")
    assert done.exit_code == 2
    assert done.output.splitlines()[-1].startswith(f"her2kg: {sentence}")


def test_the_same_bytes_under_any_hash_seed(packaged: Path) -> None:
    script = (
        "import sys, hashlib, graph_build\n"
        "from graph_build.measures import as_csv, network_measures\n"
        f"kg = graph_build.open({str(packaged)!r})\n"
        "data = [kg.view(around='T-DXd', hops=2).html.encode()]\n"
        "data.append(kg.view(path=('T-DXd', 'HER2 mutation')).html.encode())\n"
        "data.append(as_csv(network_measures(kg.network())))\n"
        "print(hashlib.sha256(b''.join(data)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "77")
    }
    kg = graph_build.open(packaged)
    here = [kg.view(around="T-DXd", hops=2).html, kg.view(path=("T-DXd", "HER2 mutation")).html]
    data = "".join(here).encode() + as_csv(network_measures(kg.network()))
    assert found == {hashlib.sha256(data).hexdigest()}
