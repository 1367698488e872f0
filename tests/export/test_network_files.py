"""GraphML and GEXF: what networkx wrote is what networkx reads, and denials are seen in the labels."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph_build.export import Exported, exported
from graph_build.network import network
from graph_build.store import open_store

READERS: dict[str, Callable[[Any], Any]] = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}


@pytest.fixture(scope="module", params=sorted(READERS))
def format(request: pytest.FixtureRequest) -> str:
    """Each format in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def before(graph: Path) -> nx.MultiDiGraph:
    """The network that is written."""
    return network(open_store(graph))


@pytest.fixture(scope="module")
def written(graph: Path, format: str) -> Exported:
    """What is written of it."""
    return exported(graph, format)


@pytest.fixture(scope="module")
def after(written: Exported, format: str) -> nx.MultiDiGraph:
    """What networkx reads."""
    return READERS[format](io.BytesIO(written.files[""]))


def test_round_trip(before: nx.MultiDiGraph, after: nx.MultiDiGraph) -> None:
    assert isinstance(after, nx.MultiDiGraph)
    assert set(after) == set(before)
    assert after.number_of_edges() == before.number_of_edges()
    assert {iri: data["label"] for iri, data in after.nodes(data=True)} == {
        iri: " ".join(data["label"].split()) for iri, data in before.nodes(data=True)
    }
    assert sorted((s, o, d["predicate"], d["evidence_count"], d["negated"]) for s, o, d in after.edges(data=True)) == (
        sorted((s, o, d["predicate"], len(d["evidence"]), d["negated"]) for s, o, d in before.edges(data=True))
    )


def test_labels_show_denial_question_reserve_and_appraisal(after: nx.MultiDiGraph) -> None:
    labels = {data["label"] for _, _, data in after.edges(data=True)}
    assert {
        "not: gold standard in",
        "oncogenic driver in?",
        "efficacy in: favourable (with reserve)",
        "efficacy in: unfavourable",
    } <= labels
    for _, _, data in after.edges(data=True):
        assert data["negated"] == data["label"].startswith("not: ")
        assert (data["certainty"] == "OpenQuestion") == data["label"].endswith("?")


def test_identifiers_in_the_file_are_unique(written: Exported) -> None:
    root = ET.fromstring(written.files[""])
    for kind in ("node", "edge", "key"):
        ids = [element.get("id") for element in root.iter() if element.tag.rpartition("}")[2] == kind]
        assert None not in ids
        assert len(ids) == len(set(ids))


def test_truth_values_are_as_in_xml(packaged: Path) -> None:
    text = exported(packaged, "graphml").files[""].decode()
    assert ">False<" not in text
    assert ">false<" in text


def test_no_date_and_no_foreign_version(packaged: Path) -> None:
    text = exported(packaged, "gexf").files[""].decode()
    assert "lastmodifieddate" not in text
    assert "<creator>her2kg</creator>" in text


def test_what_is_left_out_is_counted(before: nx.MultiDiGraph, written: Exported, count: dict[str, int]) -> None:
    shown = sum(1 for *_, kind in before.edges(data="kind") if kind == "mention")
    dropped = written.dropped
    assert dropped["mentions"] == count["Mention"] - shown
    assert dropped["statements"] == 0
    assert dropped["positions of quotes"] == count["Evidence"]
