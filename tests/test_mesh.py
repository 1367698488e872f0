"""MeSH: the tables that the project ships, and what the graph says of its records."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph_build.assemble.indexing import add_indexing
from graph_build.assemble.mesh_records import mesh_quads
from graph_build.mesh import Mesh, above, load_mesh
from graph_build.model import Document
from graph_build.read import Found, read, read_all
from graph_build.resources import packaged_sources, resource
from graph_build.store import NQUADS
from graph_build.vocabulary import GRAPH, MESH, PREFIXES
from graph_build.write import GraphWriter, iri

MESHV = PREFIXES["meshv"]
Triple = tuple[str, str, str, str]
DOCUMENT = GRAPH + "document/d"


@pytest.fixture(scope="module")
def mesh() -> Mesh:
    return load_mesh()


@pytest.fixture(scope="module")
def quads(packaged: Path) -> list[Triple]:
    """Subject, predicate, object and graph of the packaged documents' graph, as plain text."""
    text = (packaged / NQUADS).read_text(encoding="utf-8")
    found = (re.fullmatch(r"<(.*?)> <(.*?)> (.*) <(.*?)> \.", line) for line in text.splitlines())
    return [(m[1], m[2], m[3].strip("<>"), m[4]) for m in found if m]


def said(graph: GraphWriter, mesh: Mesh) -> set[tuple[str, str, str]]:
    """What MeSH says of the records of a graph, its IRIs shortened."""
    found = mesh_quads(graph.quads, mesh)
    assert {q[3] for q in found} <= {iri(GRAPH + "mappings")}
    return {(_short(s), _short(p), _short(o)) for s, p, o, _ in found}


def _short(term: str) -> str:
    term = term.strip("<>")
    for base in (MESHV, MESH):
        term = term.removeprefix(base)
    return term.rpartition("#")[2] if "#" in term else term


def document() -> GraphWriter:
    return GraphWriter(DOCUMENT)


def rows(name: str) -> Iterator[dict[str, str]]:
    with resource("ontology", name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def test_a_renamed_heading_is_found_by_both_names_and_has_the_new_one(mesh: Mesh) -> None:
    assert mesh.descriptor("Receptor, ErbB-2") == mesh.descriptor("Erb-b2 Receptor Tyrosine Kinases")
    assert mesh.records["D018719"].label == "Erb-b2 Receptor Tyrosine Kinases"


def test_the_way_up_of_every_heading_is_in_the_table(mesh: Mesh) -> None:
    missing = {
        p for record in mesh.records.values() for tree in record.trees for _, p in above(tree) if p not in mesh.at
    }
    assert missing == set()
    assert {h for record in mesh.records.values() for h in record.mapped_to} <= mesh.records.keys()


def test_a_tree_number_is_that_of_one_heading(mesh: Mesh) -> None:
    assert sum(len(record.trees) for record in mesh.records.values()) == len(mesh.at)


def test_every_set_of_qualifiers_is_there_and_used(mesh: Mesh) -> None:
    used = {record.qualifiers for record in mesh.records.values()} - {""}
    assert used == set(mesh.allowed)
    assert set().union(*mesh.allowed.values()) <= {q for q in mesh.records if q.startswith("Q")}


def test_every_record_that_a_mapping_leads_to_is_in_the_table(mesh: Mesh) -> None:
    text = resource("ontology", "mappings", "mesh.sssom.tsv").read_text(encoding="utf-8")
    table = csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    assert {row["object_id"].removeprefix("mesh:") for row in table} - mesh.records.keys() == set()


@pytest.mark.parametrize(
    ("identifier", "cls"),
    [
        ("D002289", "TopicalDescriptor"),
        ("D006801", "TopicalDescriptor"),  # Humans: a check tag for indexers, a topic in MeSH RDF
        ("D005260", "CheckTag"),  # Female stands in no tree
        ("D016454", "PublicationType"),
        ("D002681", "GeographicalDescriptor"),
        ("Q000188", "Qualifier"),
        ("C508053", "SCR_Chemical"),
    ],
)
def test_class_of_a_record(identifier: str, cls: str, mesh: Mesh) -> None:
    assert mesh.type_of(identifier) == f"meshv:{cls}"


def test_a_supplementary_record_that_is_not_of_chemicals_alone_has_the_class_above(mesh: Mesh) -> None:
    records = {i for i, r in mesh.records.items() if r.kind == "supplementary" and "SCR_C" not in mesh.type_of(i)}
    assert {mesh.type_of(i) for i in records} <= {"meshv:SupplementaryConceptRecord"}


def test_pairs_are_allowed_as_mesh_lists_them(mesh: Mesh) -> None:
    assert mesh.allows("D002289", "Q000188")  # NSCLC / drug therapy
    assert not mesh.allows("D002289", "Q000037")  # / antagonists & inhibitors is for chemicals
    assert not mesh.allows("D9", "Q000188")


def test_a_heading_gets_its_place_in_the_trees_and_all_above(mesh: Mesh) -> None:
    graph = document()
    graph.link("urn:heading", "her2:descriptor", MESH + "D000077192")
    graph.label(MESH + "D000077192", "Adenocarcinoma of Lung")

    found = said(graph, mesh)

    assert ("D000077192", "type", "TopicalDescriptor") in found
    assert ("D000077192", "treeNumber", "C04.588.894.797.520.055") in found
    assert ("C04.588.894.797.520.055", "parentTreeNumber", "C04.588.894.797.520") in found
    assert ("D008175", "treeNumber", "C04.588.894.797.520") in found
    assert ("D008175", "label", '"Lung Neoplasms"@en') in found
    assert not any(s == "D000077192" and p in ("label", "prefLabel") for s, p, _ in found)  # printed so


def test_what_a_document_prints_differently_keeps_that_name_beside_the_present_one(mesh: Mesh) -> None:
    graph = document()
    graph.link("urn:heading", "her2:descriptor", MESH + "D018719")
    graph.label(MESH + "D018719", "Receptor, ErbB-2")

    found = said(graph, mesh)

    assert ("D018719", "prefLabel", '"Erb-b2 Receptor Tyrosine Kinases"@en') in found
    assert not any(s == "D018719" and p == "label" for s, p, _ in found)


def test_a_pair_has_its_parts_and_is_allowed_or_not_known_to_be(mesh: Mesh) -> None:
    graph = document()
    graph.link("urn:heading", "her2:pair", MESH + "D002289Q000188")
    graph.link("urn:heading", "her2:pair", MESH + "D002289Q000037")

    found = said(graph, mesh)

    assert ("D002289Q000188", "type", "AllowedDescriptorQualifierPair") in found
    assert ("D002289Q000188", "hasDescriptor", "D002289") in found
    assert ("D002289Q000188", "hasQualifier", "Q000188") in found
    assert ("D002289Q000188", "label", '"Carcinoma, Non-Small-Cell Lung/drug therapy"@en') in found
    assert ("D002289Q000037", "type", "DescriptorQualifierPair") in found


def test_a_supplementary_record_leads_to_its_headings(mesh: Mesh) -> None:
    graph = document()
    graph.link("urn:publication", "her2:hasSubstance", MESH + "C508053")

    found = said(graph, mesh)

    assert ("C508053", "mappedTo", "D018719") in found
    assert any(s == "D018719" and p == "treeNumber" for s, p, _ in found)


def test_a_record_that_no_document_uses_has_a_name_and_a_class_alone(mesh: Mesh) -> None:
    graph = GraphWriter(GRAPH + "mappings")
    graph.link("urn:concept", "skos:exactMatch", MESH + "D002289")

    assert said(graph, mesh) == {
        ("D002289", "type", "TopicalDescriptor"),
        ("D002289", "label", '"Carcinoma, Non-Small-Cell Lung"@en'),
    }


def test_a_record_that_the_table_does_not_have_has_the_class_of_its_number_and_the_printed_name(mesh: Mesh) -> None:
    graph = document()
    graph.link("urn:heading", "her2:descriptor", MESH + "D999999")
    graph.label(MESH + "D999999", 'Grey "Seals"')
    graph.link("urn:heading", "her2:qualifier", MESH + "Q000188")
    graph.link("urn:heading", "her2:pair", MESH + "D999999Q000188")
    graph.link("urn:other", "her2:pair", MESH + "D999998Q000188")  # whose descriptor nobody names
    graph.link("urn:document", "her2:hasSubstance", MESH + "C999999")
    assert said(graph, mesh) == {
        ("D999999", "type", "Descriptor"),
        ("D999998", "type", "Descriptor"),
        ("C999999", "type", "SupplementaryConceptRecord"),
        ("Q000188", "type", "Qualifier"),
        ("Q000188", "label", '"drug therapy"@en'),
        ("D999999Q000188", "type", "DescriptorQualifierPair"),
        ("D999999Q000188", "hasDescriptor", "D999999"),
        ("D999999Q000188", "hasQualifier", "Q000188"),
        ("D999999Q000188", "label", '"Grey \\"Seals\\"/drug therapy"@en'),
        ("D999998Q000188", "type", "DescriptorQualifierPair"),
        ("D999998Q000188", "hasDescriptor", "D999998"),
        ("D999998Q000188", "hasQualifier", "Q000188"),
    }


def test_a_record_gives_numbers_of_names_that_the_tables_do_not_have(mesh: Mesh) -> None:
    printed = [("Grey Seals", "D999999"), ("humming", "Q999999"), ("Lung Neoplasms", "D999998"), ("Humming", "D999997")]
    with_printed = mesh.with_printed(printed)
    assert with_printed.descriptor("grey seals") == (MESH + "D999999", True)
    assert with_printed.descriptor("Humming") == (MESH + "D999997", True)
    assert with_printed.qualifier("humming") == (MESH + "Q999999", True)
    assert with_printed.descriptor("Lung Neoplasms") == (MESH + "D008175", True)  # the tables go before
    assert with_printed.pair("Grey Seals", "humming") == f"{MESH}D999999Q999999"
    assert with_printed.pair("Grey Seals", "whistling") is None
    assert mesh.descriptor("Grey Seals") == ("https://w3id.org/her2kg/mesh-heading/grey-seals", False)


RECORD = """<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">1</PMID>
<Article><ArticleTitle>Grey seals hum.</ArticleTitle><PublicationTypeList>
<PublicationType UI="D999990">Song</PublicationType></PublicationTypeList></Article>
<ChemicalList><Chemical><NameOfSubstance UI="C999991">humming factor</NameOfSubstance></Chemical></ChemicalList>
<MeshHeadingList><MeshHeading><DescriptorName UI="D999992">Grey Seals</DescriptorName>
<QualifierName UI="Q999993" MajorTopicYN="Y">voice</QualifierName></MeshHeading>
<MeshHeading><DescriptorName UI="D-wrong">Whales</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""


def test_a_record_of_pubmed_is_indexed_with_the_numbers_that_it_gives(mesh: Mesh, tmp_path: Path) -> None:
    (tmp_path / "record.xml").write_text(RECORD, encoding="utf-8")
    [found] = read_all(tmp_path / "record.xml")
    assert isinstance(found, Found)
    graph = document()
    assert add_indexing(graph, found.document, mesh) == ["MeSH heading “Whales”"]
    of_ours = "https://w3id.org/her2kg/mesh-heading/whales"
    predicates = ("descriptor", "qualifier", "pair", "hasSubstance", "publicationType")
    links = {(_short(p), _short(o)) for _, p, o, _ in graph.quads if _short(p) in predicates}
    assert links == {
        ("descriptor", "D999992"),
        ("qualifier", "Q999993"),
        ("pair", "D999992Q999993"),
        ("descriptor", of_ours),
        ("hasSubstance", "C999991"),
        ("publicationType", "D999990"),
    }


def test_a_pair_that_mesh_does_not_allow_is_told() -> None:
    documents = [read(path) for path in packaged_sources()]
    indexed: Document = next(d for d in documents if d.headings)
    none_allowed = load_mesh()
    none_allowed = Mesh(none_allowed.descriptors, none_allowed.qualifiers, none_allowed.records, none_allowed.at)

    assert add_indexing(document(), indexed, load_mesh()) == []
    assert "MeSH pair “Carcinoma, Non-Small-Cell Lung / drug therapy”, which MeSH does not allow" in add_indexing(
        document(), indexed, none_allowed
    )


def test_every_record_in_the_graph_has_one_name_and_a_class(quads: list[Triple]) -> None:
    records = {o for _, _, o, _ in quads if re.fullmatch(rf"{MESH}(?:[CDQ]\d{{6,}}|D\d{{6,}}Q\d{{6,}})", o)}
    triples = {quad[:3] for quad in quads}  # a name may stand in two graphs
    labels = Counter(s for s, p, _ in triples if p.endswith("#label"))
    types = {s for s, p, _ in triples if p.endswith("#type")}
    assert records
    assert {r for r in records if labels[r] != 1} == set()
    assert records - types == set()


def test_what_mesh_says_stands_with_the_mappings_and_is_no_tenth_of_the_graph(quads: list[Triple]) -> None:
    theirs = [q for q in quads if q[0].startswith(MESH) and "/document/" not in q[3]]
    assert {q[3] for q in theirs} == {GRAPH + "mappings"}
    assert len(theirs) < len(quads) / 10
