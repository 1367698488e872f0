"""The shapes of MeSH records: what MeSH RDF says of a heading conforms, and each fault is named in one sentence."""

from __future__ import annotations

import pytest
from rdflib import Graph

from graph_build.shapes import shapes_graph, validate
from graph_build.vocabulary import MESH, PREFIXES

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
GOOD = """
mesh:D002289 a meshv:TopicalDescriptor ; rdfs:label "Carcinoma, Non-Small-Cell Lung"@en ;
    meshv:treeNumber mesh:C04.588 .
mesh:D009369 a meshv:TopicalDescriptor ; rdfs:label "Neoplasms"@en ; meshv:treeNumber mesh:C04 .
mesh:C04.588 meshv:parentTreeNumber mesh:C04 .
mesh:Q000188 a meshv:Qualifier ; rdfs:label "drug therapy"@en .
mesh:D002289Q000188 a meshv:AllowedDescriptorQualifierPair ;
    rdfs:label "Carcinoma, Non-Small-Cell Lung/drug therapy"@en ;
    meshv:hasDescriptor mesh:D002289 ; meshv:hasQualifier mesh:Q000188 .
mesh:C508053 a meshv:SCR_Chemical ; rdfs:label "ERBB2 protein, human"@en ; meshv:mappedTo mesh:D002289 .
"""
#: What is changed, and what is then wrong: the record, the value and the sentence.
FAULTS = {
    "a record without a name": (
        'rdfs:label "Neoplasms"@en ;',
        "",
        ("D009369", "", "A MeSH record needs its name (rdfs:label)."),
    ),
    "a record that is none": (
        "mesh:C508053 a meshv:SCR_Chemical",
        "<http://example.org/C508053> a meshv:SCR_Chemical",
        (
            "http://example.org/C508053",
            "",
            "A MeSH record has the IRI of its number: D, Q or C and six digits or more.",
        ),
    ),
    "a pair without its descriptor": (
        "meshv:hasDescriptor mesh:D002289 ;",
        "",
        (
            "D002289Q000188",
            "",
            "A MeSH pair needs exactly one descriptor, with the IRI of its number (meshv:hasDescriptor).",
        ),
    ),
    "a descriptor in the place of a qualifier": (
        "meshv:hasQualifier mesh:Q000188",
        "meshv:hasQualifier mesh:D009369",
        (
            "D002289Q000188",
            "D009369",
            "A MeSH pair needs exactly one qualifier, with the IRI of its number (meshv:hasQualifier).",
        ),
    ),
    "a pair without a name": (
        'rdfs:label "Carcinoma, Non-Small-Cell Lung/drug therapy"@en ;',
        "",
        ("D002289Q000188", "", "A MeSH pair needs exactly one name (rdfs:label)."),
    ),
    "a pair of one record": (
        "mesh:D002289Q000188 a",
        "mesh:D002289 a",
        ("D002289", "", "A MeSH pair has the IRI of its descriptor's number followed by its qualifier's."),
    ),
    "a tree number that is a word": (
        "meshv:treeNumber mesh:C04.588 .",
        "meshv:treeNumber mesh:C04.588, mesh:Lung .",
        (
            "Lung",
            "",
            "A tree number is a letter and two digits, then groups of three (http://id.nlm.nih.gov/mesh/C04.588).",
        ),
    ),
    "two parents of a tree number": (
        "meshv:parentTreeNumber mesh:C04 .",
        "meshv:parentTreeNumber mesh:C04, mesh:C04.588 .",
        ("C04.588", "", "A tree number has at most one above it (meshv:parentTreeNumber)."),
    ),
    "a tree number of no heading": (
        "meshv:treeNumber mesh:C04 .",
        "meshv:treeNumber mesh:C05 .",
        ("C04", "", "A tree number must be that of exactly one heading, whose name is known (meshv:treeNumber)."),
    ),
    "a supplementary record mapped to another": (
        "meshv:mappedTo mesh:D002289",
        "meshv:mappedTo mesh:C508053",
        ("C508053", "", "A supplementary record is mapped to descriptors or pairs (meshv:mappedTo)."),
    ),
}


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return shapes_graph()


def turtle(text: str) -> Graph:
    return Graph().parse(data=HEADER + text, format="turtle")


def test_records_of_mesh_conform(shapes: Graph) -> None:
    assert validate(turtle(GOOD), shapes) == ()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(fault: str, shapes: Graph) -> None:
    old, new, expected = FAULTS[fault]
    assert GOOD.count(old) == 1

    found = validate(turtle(GOOD.replace(old, new)), shapes)

    assert expected in [(v.focus.removeprefix(MESH), v.value.removeprefix(MESH), v.message) for v in found]
