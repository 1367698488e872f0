"""The network over a small graph written by hand after the model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from graph_build.layout import box_of, crossings, lane_positions, network_positions
from graph_build.network import Quote, network
from graph_build.store import merge
from graph_build.vocabulary import BASE, PREFIXES

#: Two drugs, two studies, two papers, a review; a negated and an open claim; a curated hierarchy.
SAMPLE = (
    "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    + """
PREFIX : <https://w3id.org/her2kg/>

GRAPH <https://w3id.org/her2kg/graph/concepts> {
  <https://w3id.org/her2kg/drug/trastuzumab-deruxtecan> a skos:Concept, her2:Drug ;
    rdfs:label "trastuzumab deruxtecan"@en ; skos:altLabel "T-DXd", "DS-8201" ;
    her2:inClass <https://w3id.org/her2kg/drug-class/her2-directed-antibody-drug-conjugate> .
  <https://w3id.org/her2kg/drug/pyrotinib> a skos:Concept, her2:Drug ; rdfs:label "pyrotinib"@en .
  <https://w3id.org/her2kg/drug/lapatinib> a skos:Concept, her2:Drug ; rdfs:label "lapatinib"@en .
  <https://w3id.org/her2kg/drug-class/her2-directed-antibody-drug-conjugate> a her2:DrugClass ;
    rdfs:label "HER2-directed antibody-drug conjugate"@en ;
    skos:broader <https://w3id.org/her2kg/drug-class/antibody-drug-conjugate> .
  <https://w3id.org/her2kg/drug-class/antibody-drug-conjugate> a her2:DrugClass ;
    rdfs:label "antibody-drug conjugate"@en .
  <https://w3id.org/her2kg/alteration/her2-mutation> a her2:Alteration, her2:Mutation ;
    rdfs:label "HER2 mutation"@en ; her2:alterationOf <https://w3id.org/her2kg/gene/erbb2> .
  <https://w3id.org/her2kg/alteration/her2-alteration> a her2:Alteration ; rdfs:label "HER2 alteration"@en .
  <https://w3id.org/her2kg/gene/erbb2> a her2:Gene ; rdfs:label "ERBB2"@en ; skos:altLabel "HER2", "HER-2" .
  <https://w3id.org/her2kg/topic/her2-positivity-testing> a her2:Topic ; rdfs:label "HER2 positivity testing"@en .
  <https://w3id.org/her2kg/disease/non-small-cell-lung-carcinoma> a her2:Disease ;
    rdfs:label "non-small cell lung carcinoma"@en .
}
GRAPH <https://w3id.org/her2kg/graph/mappings> {
  <https://w3id.org/her2kg/gene/erbb2> skos:exactMatch
    mesh:D018734, <http://identifiers.org/hgnc/3430> .
}
GRAPH <https://w3id.org/her2kg/graph/document/review> {
  <https://doi.org/10.1/review> a fabio:ReviewArticle, her2:Publication, her2:Document ;
    dcterms:title "A review" ; her2:authors "ZHANG Liang, CHENG Ying" ; her2:journal "Some Journal" ;
    prism:publicationDate "2025"^^xsd:gYear ;
    cito:cites <https://doi.org/10.1/one>, <https://w3id.org/her2kg/publication/li-2022-b> ;
    her2:hasHeading <https://w3id.org/her2kg/h1> .
  :h1 a her2:MeshHeading ; her2:descriptor mesh:D002289 ; her2:majorTopic true .
  mesh:D002289 rdfs:label "Carcinoma, Non-Small-Cell Lung" .
  <https://doi.org/10.1/one> a fabio:JournalArticle, her2:Publication ; dcterms:title "T-DXd in HER2 mutation" ;
    her2:authors "Li BT, Smit EF, et al" ; her2:journal "N Engl J Med" ; prism:publicationDate "2022"^^xsd:gYear .
  <https://w3id.org/her2kg/publication/li-2022-b> a fabio:ConferenceAbstract, her2:Publication ;
    dcterms:title "Pyrotinib in HER2 mutation" ; her2:authors "Li Z" ; her2:journal "Ann Oncol" ;
    prism:publicationDate "2022"^^xsd:gYear .
  :s1 a her2:Section ; her2:sectionType "abstract" .
  :s2 a her2:Section ; her2:sectionType "reference" ; her2:about <https://doi.org/10.1/one> .
  <https://w3id.org/her2kg/study/destiny-lung01> a her2:Study, her2:InterventionalTrial ;
    rdfs:label "DESTINY-Lung01" ; her2:phase "2" ;
    her2:investigates <https://w3id.org/her2kg/drug/trastuzumab-deruxtecan> ;
    her2:enrols <https://w3id.org/her2kg/alteration/her2-mutation> ;
    her2:reportedIn <https://doi.org/10.1/one> .
  <https://w3id.org/her2kg/study/li-2022-pyrotinib> a her2:Study ; rdfs:label "Li 2022 pyrotinib" ;
    her2:investigates <https://w3id.org/her2kg/drug/pyrotinib> ;
    her2:enrols <https://w3id.org/her2kg/alteration/her2-mutation> ;
    her2:reportedIn <https://w3id.org/her2kg/publication/li-2022-b> .
  :st1 a her2:Statement ; biolink:subject <https://w3id.org/her2kg/study/destiny-lung01> ;
    biolink:predicate her2:investigates ; biolink:object <https://w3id.org/her2kg/drug/trastuzumab-deruxtecan> ;
    biolink:negated false ; her2:certainty her2:Asserted ; her2:hasEvidence :e1 .
  :e1 a her2:Evidence ; her2:exact "T-DXd in HER2 mutation" ; her2:start 900 ; her2:inSection :s2 ;
    her2:document <https://doi.org/10.1/review> ; her2:quoteRole her2:CitedTitle .
  :st2 a her2:Statement ; biolink:subject <https://w3id.org/her2kg/topic/her2-positivity-testing> ;
    biolink:predicate her2:hasGoldStandard ;
    biolink:object <https://w3id.org/her2kg/disease/non-small-cell-lung-carcinoma> ;
    biolink:negated true ; her2:certainty her2:Asserted ; her2:hasEvidence :e2 .
  :e2 a her2:Evidence ; her2:exact "No gold standard has been established." ; her2:start 10 ; her2:inSection :s1 ;
    her2:document <https://doi.org/10.1/review> ; her2:quoteRole her2:ReviewSynthesis .
  :st3 a her2:Statement ; biolink:subject <https://w3id.org/her2kg/alteration/her2-alteration> ;
    biolink:predicate her2:oncogenicDriverIn ;
    biolink:object <https://w3id.org/her2kg/disease/non-small-cell-lung-carcinoma> ;
    biolink:negated false ; her2:certainty her2:OpenQuestion ; her2:hasEvidence :e3, :e4 .
  :e3 a her2:Evidence ; her2:exact "Whether all are drivers is open." ; her2:start 200 ; her2:inSection :s1 ;
    her2:document <https://doi.org/10.1/review> ; her2:quoteRole her2:OwnConclusion .
  :e4 a her2:Evidence ; her2:exact "Are they drivers?" ; her2:start 50 ; her2:inSection :s1 ;
    her2:document <https://doi.org/10.1/review> ; her2:quoteRole her2:OwnConclusion .
  :st4 a her2:Statement ; biolink:subject <https://w3id.org/her2kg/drug-class/antibody-drug-conjugate> ;
    biolink:predicate her2:efficacyIn ; biolink:object <https://w3id.org/her2kg/alteration/her2-mutation> ;
    biolink:negated false ; her2:certainty her2:Asserted ; her2:appraisal her2:Favourable ;
    her2:appraisalWord "turning point" ; her2:context <https://w3id.org/her2kg/disease/non-small-cell-lung-carcinoma> ;
    her2:hasEvidence :e2 .
  :m1 a her2:Mention ; oa:hasBody <https://w3id.org/her2kg/gene/erbb2> ; her2:exact "HER-2" ; her2:start 120 ;
    her2:document <https://doi.org/10.1/review> ; her2:inSection :s1 ; oa:hasTarget :t1 .
  :t1 oa:hasSource <https://doi.org/10.1/review> ; oa:hasSelector :q1 .
  :q1 a oa:TextQuoteSelector ; oa:prefix "ncer with the gene " ; oa:suffix " as a rare targ" .
  :m2 a her2:Mention ; oa:hasBody <https://w3id.org/her2kg/alteration/her2-mutation> ; her2:exact "HER2 mutation" ;
    her2:start 910 ; her2:document <https://doi.org/10.1/review> ; her2:inSection :s2 .
}
"""
)

REVIEW, ONE, TWO = "https://doi.org/10.1/review", "https://doi.org/10.1/one", BASE + "publication/li-2022-b"
LUNG01, T_DXD, PYROTINIB = BASE + "study/destiny-lung01", BASE + "drug/trastuzumab-deruxtecan", BASE + "drug/pyrotinib"
MUTATION, ADC, ERBB2 = (
    BASE + "alteration/her2-mutation",
    BASE + "drug-class/antibody-drug-conjugate",
    BASE + "gene/erbb2",
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(SAMPLE.encode(), format=ox.RdfFormat.TRIG)
    return merge(store)


@pytest.fixture(scope="module")
def graph(store: ox.Store) -> nx.MultiDiGraph[str]:
    return network(store)


def links(graph: nx.MultiDiGraph[str], s: str, o: str) -> dict[str, dict[str, object]]:
    return {data["predicate"]: data for data in (graph.get_edge_data(s, o) or {}).values()}


def test_nodes_are_what_the_documents_use(graph: nx.MultiDiGraph[str]) -> None:
    labels = {data["label"]: data["cls"] for _, data in graph.nodes(data=True)}
    assert labels == {
        "Carcinoma, Non-Small-Cell Lung": "MeshTerm",
        "DESTINY-Lung01": "Study",
        "ERBB2": "Gene",
        "HER2 alteration": "Alteration",
        "HER2 mutation": "Alteration",
        "HER2 positivity testing": "Topic",
        "Li 2022 (Ann Oncol)": "Publication",
        "Li 2022 (N Engl J Med)": "Publication",
        "Li 2022 pyrotinib": "Study",
        "Zhang 2025": "Publication",
        "antibody-drug conjugate": "DrugClass",
        "non-small cell lung carcinoma": "Disease",
        "pyrotinib": "Drug",
        "trastuzumab deruxtecan": "Drug",
    }  # neither lapatinib, which no document names, nor the class between T-DXd and ADC


def test_nodes_say_what_they_are(graph: nx.MultiDiGraph[str]) -> None:
    drug, trial, paper = graph.nodes[T_DXD], graph.nodes[LUNG01], graph.nodes[ONE]
    assert drug["synonyms"] == ("DS-8201", "T-DXd")
    assert drug["description"] == "also DS-8201, T-DXd"
    assert (trial["type"], trial["description"]) == ("InterventionalTrial", "interventional trial · phase 2")
    assert (paper["year"], paper["journal"], paper["link"]) == (2022, "N Engl J Med", ONE)
    assert graph.nodes[TWO]["link"] is None  # our own IRI leads nowhere outside
    assert graph.nodes[ERBB2]["links"] == ("http://identifiers.org/hgnc/3430", "http://id.nlm.nih.gov/mesh/D018734")


def test_a_statement_carries_its_evidence(graph: nx.MultiDiGraph[str]) -> None:
    found = links(graph, LUNG01, T_DXD)
    assert found.keys() == {"investigates"}  # the plain triple and the statement are one link
    assert found["investigates"]["evidence"] == (
        Quote("T-DXd in HER2 mutation", "reference", "Li 2022 (N Engl J Med)", ONE, "CitedTitle"),
    )
    assert found["investigates"]["kind"] == "study"
    assert links(graph, BASE + "study/li-2022-pyrotinib", PYROTINIB)["investigates"]["evidence"] == ()


def test_negation_certainty_and_appraisal_stay(graph: nx.MultiDiGraph[str]) -> None:
    nsclc = BASE + "disease/non-small-cell-lung-carcinoma"
    negated = links(graph, BASE + "topic/her2-positivity-testing", nsclc)["hasGoldStandard"]
    assert (negated["negated"], negated["certainty"], negated["verb"]) == (True, "Asserted", "gold standard in")
    question = links(graph, BASE + "alteration/her2-alteration", nsclc)["oncogenicDriverIn"]
    assert (question["negated"], question["certainty"]) == (False, "OpenQuestion")
    assert [quote.text for quote in question["evidence"]] == ["Are they drivers?", "Whether all are drivers is open."]  # type: ignore[attr-defined]
    good = links(graph, ADC, MUTATION)["efficacyIn"]
    assert (good["appraisal"], good["appraisal_word"]) == ("Favourable", "turning point")
    assert good["context"] == "non-small cell lung carcinoma"


def test_curated_links_are_marked_and_pass_over_unused_classes(graph: nx.MultiDiGraph[str]) -> None:
    assert links(graph, T_DXD, ADC)["inClass"]["curated"] is True
    assert links(graph, MUTATION, ERBB2)["alterationOf"]["curated"] is True
    assert not any(data["evidence"] for *_, data in graph.edges(data=True) if data["curated"])


def test_papers_lead_to_what_they_mention_unless_their_study_does(graph: nx.MultiDiGraph[str]) -> None:
    (quote,) = links(graph, REVIEW, ERBB2)["mentions"]["evidence"]  # type: ignore[misc]
    assert quote.text == "… with the gene HER-2 as a rare …"
    assert links(graph, ONE, MUTATION) == {}
    assert links(graph, REVIEW, ONE)["cites"]["kind"] == "citation"
    assert links(graph, REVIEW, "http://id.nlm.nih.gov/mesh/D002289")["indexedUnder"]["note"] == "(major topic)"


def test_rows_select_and_a_study_connects_what_would_stand_alone(store: ox.Store) -> None:
    labels = {data["label"] for _, data in network(store, [PYROTINIB, "HER2 mutation"]).nodes(data=True)}
    assert labels == {"pyrotinib", "HER2 mutation", "Li 2022 pyrotinib"}
    connected = network(store, [T_DXD, ADC])
    assert set(connected) == {T_DXD, ADC}
    assert connected.number_of_edges() == 1
    assert set(network(store, [BASE + "st4"])) == {ADC, MUTATION}  # a statement stands for its two ends
    assert len(network(store, ["nothing of ours"])) == 0
    assert len(network(ox.Store())) == 0


def test_the_same_network_under_any_hash_seed() -> None:
    script = (
        "import sys; sys.path[:0] = ['tests', '.']\n"
        "import pyoxigraph as ox; from test_network import SAMPLE\n"
        "from graph_build.network import network; from graph_build.layout import *\n"
        "from graph_build.store import merge\n"
        "store = ox.Store(); store.load(SAMPLE.encode(), format=ox.RdfFormat.TRIG); g = network(merge(store))\n"
        "print(list(g.nodes(data=True)), list(g.edges(keys=True, data=True)))\n"
        "print(network_positions(g, ('Disease',)), lane_positions(g))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=Path(__file__).parent.parent,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(outputs) == 1


def test_positions_are_whole_numbers_and_do_not_coincide(graph: nx.MultiDiGraph[str]) -> None:
    at = network_positions(graph, ("Disease", "MeshTerm"))
    assert at.keys() == set(graph)
    assert all(type(value) is int for place in at.values() for value in place)
    assert len(set(at.values())) == len(graph)


def test_no_node_lies_on_another_label(graph: nx.MultiDiGraph[str]) -> None:
    at = network_positions(graph, ("Disease", "MeshTerm"))
    boxes = [(at[node][0], at[node][1], box_of(graph, node)) for node in sorted(graph)]
    for i, (x, y, box) in enumerate(boxes):
        for other_x, other_y, other in boxes[i + 1 :]:
            apart = abs(x - other_x) >= box.wide + other.wide - 2
            assert apart or abs(y + box.below - other_y - other.below) >= box.high + other.high - 2


def test_lanes_have_a_class_each_and_papers_by_year(graph: nx.MultiDiGraph[str]) -> None:
    lanes = lane_positions(graph)
    assert len({lanes[node] for node in graph}) == len(graph)
    assert lanes[ADC][0] < lanes[T_DXD][0] < lanes[LUNG01][0] < lanes[MUTATION][0] < lanes[ONE][0]
    assert lanes[ONE][1] < lanes[REVIEW][1]


def test_lanes_untangle_what_can_be_untangled() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(6):
        for cls, label in (("Drug", f"drug {number}"), ("Study", f"study {5 - number}")):
            graph.add_node(f"{cls}{number}", cls=cls, label=label, year=None, iri="")
        graph.add_edge(f"Study{number}", f"Drug{number}", kind="study")
    assert crossings(graph, lane_positions(graph)) == 0
