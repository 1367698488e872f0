"""Groups of the network: complete, bounded, readable, and the same on every run."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import graph_build
from graph_build.group_layout import arrangement
from graph_build.groups import MOST, aggregated, groups
from graph_build.layout import box_of

ROOT = Path(__file__).resolve().parents[1]

#: The groups of the packaged documents by their keys; two source documents and temsirolimus stand alone.
PACKAGED = {
    "Drug/HER2 inhibitor": "HER2 inhibitor: 2 drugs",
    "Drug/HER2-directed antibody-drug conjugate": "HER2-directed antibody-drug conjugate: 4 drugs",
    "Drug/anti-HER2 monoclonal antibody": "anti-HER2 monoclonal antibody: 2 drugs",
    "Drug/chemotherapy": "chemotherapy: 2 drugs",
    "Drug/pan-HER tyrosine kinase inhibitor": "pan-HER tyrosine kinase inhibitor: 5 drugs",
    "DrugClass": "19 drug classes",
    "Regimen": "7 regimens",
    "Study/HER2 inhibitor": "HER2 inhibitor: 2 studies",
    "Study/HER2-directed antibody-drug conjugate": "HER2-directed antibody-drug conjugate: 7 studies",
    "Study/angiogenesis inhibitor": "angiogenesis inhibitor: 2 studies",
    "Study/anti-HER2 monoclonal antibody": "anti-HER2 monoclonal antibody: 2 studies",
    "Study/chemotherapy": "chemotherapy: 2 studies",
    "Study/immune checkpoint inhibitor": "immune checkpoint inhibitor: 4 studies",
    "Study/pan-HER tyrosine kinase inhibitor": "pan-HER tyrosine kinase inhibitor: 6 studies",
    "Study/other": "4 other studies",
    "Alteration/EGFR": "EGFR: 2 alterations",
    "Alteration/ERBB2": "ERBB2: 9 alterations",
    "Alteration/other": "12 other alterations",
    "DetectionMethod": "5 detection methods",
    "Gene": "13 genes",
    "GeneFamily": "2 gene families",
    "Topic": "4 topics",
    "Disease": "9 diseases",
    "StudyDesign": "15 designs",
    "Population": "8 populations",
    "Outcome": "9 outcomes",
    "Publication": "48 papers",
    "MeshTerm": "14 MeSH terms",
}


@pytest.fixture(scope="module")
def whole(packaged: Path) -> nx.MultiDiGraph[str]:
    return graph_build.open(packaged).network()


def many(count: int) -> nx.MultiDiGraph[str]:
    """Papers of two years that name drugs."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    blank: dict[str, Any] = {"description": "", "synonyms": (), "links": (), "link": None}
    for number in range(count):
        cls = "Publication" if number % 3 else "Drug"
        year = 2000 + number % 2 if number % 3 else None
        node = f"urn:{number:05}"
        graph.add_node(node, label=f"name {number:05}", cls=cls, type=cls, iri=node, year=year, **blank)
        if number % 3:
            said = dict.fromkeys(("appraisal", "appraisal_word", "context", "note", "statement"), "")
            said |= {"predicate": "mentions", "verb": "mentions", "inverse": "mentioned in", "certainty": "Asserted"}
            drug = f"urn:{number - number % 3:05}"
            graph.add_edge(node, drug, "mentions", kind="mention", curated=False, negated=False, evidence=(), **said)
    return graph


def test_groups_of_the_packaged_documents(whole: nx.MultiDiGraph[str]) -> None:
    assert {group.key: group.label for group in groups(whole)} == PACKAGED


def test_every_node_is_in_one_group_or_alone(whole: nx.MultiDiGraph[str]) -> None:
    for graph in (whole, many(3000)):
        made = groups(graph)
        members = [node for group in made for node in group.members]
        alone = {node for node in aggregated(graph, made) if not node.startswith("group ")}
        assert len(members) == len(set(members))
        assert set(members) | alone == set(graph)
        assert alone.isdisjoint(members)
        assert all(graph.nodes[node]["cls"] == group.cls for group in made for node in group.members)


def test_the_sources_and_what_shares_no_class_stand_alone(whole: nx.MultiDiGraph[str]) -> None:
    small = aggregated(whole, groups(whole))
    alone = {data["label"] for node, data in small.nodes(data=True) if not node.startswith("group ")}
    assert alone == {"temsirolimus", "Cancer Treat Rev 2020", "Zhang 2025"}


def test_many_of_a_class_are_split_by_year_or_name() -> None:
    assert [group.label for group in groups(many(360))] == [
        "60 drugs, name 00000 – name 00177",
        "60 drugs, name 00180 – name 00357",
        "60 papers, 2000 (1)",
        "60 papers, 2000 (2)",
        "60 papers, 2001 (3)",
        "60 papers, 2001 (4)",
    ]
    for count in (500, 3000):
        made = groups(many(count))
        assert max(len(group.members) for group in made) <= max(MOST, count // 20)
        assert len(made) <= 30


def test_members_stand_within_their_frame_and_beside_each_other(whole: nx.MultiDiGraph[str]) -> None:
    made = groups(whole)
    places = arrangement(whole, made)
    for group in made:
        wide, high = places.frames[f"group {group.key}"]
        boxes = [(*places.members[node], box_of(whole, node)) for node in group.members]
        for at, (x, y, box) in enumerate(boxes):
            assert abs(x) + box.wide <= wide + 1
            assert abs(y + box.below) + box.high <= high + 1
            for other_x, other_y, other in boxes[at + 1 :]:
                apart = abs(x - other_x) >= box.wide + other.wide - 1
                assert apart or abs(y + box.below - other_y - other.below) >= box.high + other.high - 1


def test_closed_groups_do_not_overlap(whole: nx.MultiDiGraph[str]) -> None:
    made = groups(whole)
    small = aggregated(whole, made)
    closed = arrangement(whole, made).closed
    assert closed.keys() == set(small)
    boxes = [(*closed[node], box_of(small, node)) for node in sorted(small)]
    for at, (x, y, box) in enumerate(boxes):
        for other_x, other_y, other in boxes[at + 1 :]:
            apart = abs(x - other_x) >= box.wide + other.wide - 2
            assert apart or abs(y + box.below - other_y - other.below) >= box.high + other.high - 2


def test_a_large_graph_is_arranged_from_its_groups() -> None:
    graph = many(900)
    places = arrangement(graph, groups(graph))
    assert places.nodes.keys() == set(graph)
    assert len(set(places.nodes.values())) == len(graph)


def test_the_same_page_under_any_hash_seed(packaged: Path) -> None:
    script = (
        "import sys, hashlib, graph_build; sys.path[:0] = ['tests']\n"
        "from test_groups import many\n"
        "from graph_build.view import render\n"
        f"whole = graph_build.open({str(packaged)!r}).network()\n"
        "pages = render(whole, 'T', limit=100) + render(many(800), 'T')\n"
        "print(hashlib.sha256(pages.encode()).hexdigest())"
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
    assert len(found) == 1
    assert len(found.pop()) == len(hashlib.sha256().hexdigest())
