"""KGX: what Biolink's own classes and its own file accept, and nothing that reads stronger than the text."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import biolink_model
import pandas
import pytest
import yaml
from biolink_model.datamodel import pydanticmodel_v2 as biolink

from graph_build.export import exported
from graph_build.export.biolink import CATEGORIES, PREDICATES, PREFERRED, PREFIXES
from graph_build.export.kgx import APPRAISAL, EDGE_COLUMNS, NODE_COLUMNS, identifiers
from graph_build.export.values import Node, local, nodes, own, words
from graph_build.store import open_store
from graph_build.vocabulary import BASE, term

Row = dict[str, Any]


@pytest.fixture(scope="session")
def model() -> dict[str, Any]:
    """The Biolink model's own file."""
    path = Path(next(iter(biolink_model.__path__))) / "schema" / "biolink_model.yaml"
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


@pytest.fixture(scope="session")
def tables(graph: Path) -> tuple[list[Row], list[Row]]:
    """Nodes and edges, read as KGX reads them: without quoting, lists at bars."""
    files = exported(graph, "kgx").files
    return _rows(files["_nodes.tsv"]), _rows(files["_edges.tsv"])


def _rows(data: bytes) -> list[Row]:
    table = pandas.read_csv(io.BytesIO(data), sep="\t", quoting=3, dtype=str, keep_default_na=False)
    return [{name: value for name, value in row.items() if value} for row in table.to_dict("records")]


def _instance(row: Row) -> Any:
    cls = getattr(biolink, row["category"].removeprefix("biolink:"))
    several = {name for name, field in cls.model_fields.items() if "list" in str(field.annotation)}
    return cls(**{name: value.split("|") if name in several else value for name, value in row.items()})


def test_every_row_is_an_instance_of_its_biolink_class(tables: tuple[list[Row], list[Row]]) -> None:
    """The classes forbid slots they do not know and demand those that are required.

    The appraisal is taken out first: it is no slot of Biolink's, though KGX reads and keeps any column.
    """
    for row in (*tables[0], *tables[1]):
        _instance({name: value for name, value in row.items() if name != APPRAISAL})


def test_an_appraised_edge_says_so_in_a_column(tables: tuple[list[Row], list[Row]], graph: Path) -> None:
    """No unfavourable edge looks like a favourable one to a reader who takes the columns only."""
    appraised = {row["id"]: row[APPRAISAL] for row in tables[1] if APPRAISAL in row}
    assert Counter(appraised.values()) == {"favourable": 2, "unfavourable": 2, "limited": 2, "inconclusive": 1}
    statements = nodes(open_store(graph), "Statement").values()
    truth = {own(s.iri): words(local(s.one("her2:appraisal"))) for s in statements if s.all("her2:appraisal")}
    assert appraised == {row["id"]: truth[row["id"]] for row in tables[1] if row["id"] in truth}
    assert {row["id"] for row in tables[1] if row["original_predicate"] == "her2:efficacyIn"} >= set(appraised)


def test_every_asserted_statement_is_one_edge(tables: tuple[list[Row], list[Row]], count: dict[str, int]) -> None:
    nodes, edges = tables
    assert len(edges) == count["Statement"] - count["hedged"] - count["open"] - count["negated"]
    assert len({row["id"] for row in edges}) == len(edges)
    ids = [row["id"] for row in nodes]
    assert len(set(ids)) == len(ids)
    ends = {end for row in edges for end in (row["subject"], row["object"], *_list(row, "qualifiers"))}
    assert ends <= set(ids)


def _list(row: Row, name: str) -> list[str]:
    return row[name].split("|") if name in row else []


def test_what_is_left_out_is_counted(graph: Path, count: dict[str, int]) -> None:
    dropped = exported(graph, "kgx").dropped
    assert dropped["hedged statements"] == count["hedged"] > 0
    assert dropped["open questions"] == count["open"] > 0
    assert dropped["negated statements"] == count["negated"] > 0
    assert dropped["mentions"] == count["Mention"]
    assert dropped["citations"] == count["Citation"]


def test_no_edge_claims_a_treatment(tables: tuple[list[Row], list[Row]]) -> None:
    edges = tables[1]
    assert {row["predicate"] for row in edges} == {
        "biolink:associated_with",
        "biolink:member_of",
        "biolink:mentioned_by",
        "biolink:part_of",
        "biolink:related_to",
        "biolink:subclass_of",
        "biolink:target_for",
    }
    assert {row["negated"] for row in edges} == {"false"}
    assert {(row["knowledge_level"], row["agent_type"]) for row in edges} == {("not_provided", "text_mining_agent")}
    assert all(row["predicate"] == "biolink:related_to" for row in edges if "efficacyIn" in row["original_predicate"])


def test_terms_are_in_the_model(model: dict[str, Any]) -> None:
    classes, slots = model["classes"], model["slots"]
    for category in {*CATEGORIES.values(), "biolink:NamedThing", "biolink:Treatment"}:
        name = _words(category)
        assert name in classes
        assert not classes[name].get("mixin")
        assert not classes[name].get("abstract")
        assert not classes[name].get("deprecated")
    for predicate in {*PREDICATES.values(), "biolink:related_to", "biolink:target_for"}:
        name = _words(predicate)
        assert "related to" in _ancestors(slots, name)
        assert not slots[name].get("deprecated")
        assert not slots[name].get("mixin")


def _words(curie: str) -> str:
    """``biolink:GeneFamily`` → ``gene family``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", curie.removeprefix("biolink:")).replace("_", " ").lower()


def _ancestors(slots: dict[str, Any], name: str) -> list[str]:
    found = [name]
    while above := slots[found[-1]].get("is_a"):
        found.append(above)
    return found


def test_identifiers_are_preferred_in_the_order_of_the_model(model: dict[str, Any]) -> None:
    for category, prefixes in PREFERRED.items():
        order = model["classes"][_words(category)]["id_prefixes"]
        assert [prefix for prefix in order if prefix in prefixes] == list(prefixes)
        ours = set(PREFIXES.values()) & set(order)
        assert ours <= set(prefixes) | {"NCIT"}, f"{category}: {ours - set(prefixes)} would never be chosen"


def test_our_classes_and_predicates_are_in_our_ontology(graph: Path) -> None:
    ontology = (Path(__file__).parents[2] / "ontology" / "her2.ttl").read_text(encoding="utf-8")
    for name in (*CATEGORIES, *PREDICATES):
        assert re.search(rf"^{name} a ", ontology, re.MULTILINE), term(name)


def test_identifiers_of_known_things(tables: tuple[list[Row], list[Row]]) -> None:
    found = {row["name"]: (row["id"], row["category"]) for row in tables[0]}
    expected = {
        "ERBB2": ("NCBIGene:2064", "biolink:Gene"),
        "ErbB family": ("her2kg.gene:erbb-family", "biolink:GeneFamily"),
        "non-small cell lung carcinoma": ("MONDO:0005233", "biolink:Disease"),
        "neratinib": ("CHEBI:61397", "biolink:Drug"),
        "antibody-drug conjugate": ("her2kg.drug-class:antibody-drug-conjugate", "biolink:ChemicalEntity"),
        "chemotherapy": ("her2kg.drug-class:chemotherapy", "biolink:Treatment"),
        "neratinib + temsirolimus": ("her2kg.regimen:neratinib-temsirolimus", "biolink:Treatment"),
        "HER2 mutation": ("her2kg.alteration:her2-mutation", "biolink:SequenceVariant"),
        "HER2 overexpression": ("her2kg.alteration:her2-overexpression", "biolink:ClinicalFinding"),
        "HER2 alteration": ("her2kg.alteration:her2-alteration", "biolink:NamedThing"),
        "DESTINY-Lung01": ("CLINICALTRIALS:NCT03505710", "biolink:ClinicalTrial"),
        "POLISH": ("her2kg.study:polish", "biolink:Study"),
        "randomized": ("her2kg.study-design:randomized", "biolink:NamedThing"),
    }
    assert {name: found[name] for name in expected} == expected


def test_the_identifier_is_the_most_preferred_one(tables: tuple[list[Row], list[Row]]) -> None:
    for row in tables[0]:
        order = PREFERRED.get(row["category"], ())
        known = {identifier.partition(":")[0] for identifier in (row["id"], *_list(row, "xref"))}
        first = next((prefix for prefix in order if prefix in known), None)
        assert first is None or row["id"].startswith(f"{first}:"), row["name"]


def test_an_identifier_that_two_things_share_is_neithers() -> None:
    same = {"skos:exactMatch": ("http://purl.obolibrary.org/obo/MONDO_1",), "rdf:type": (term("Disease"),)}
    things = {iri: Node(iri, same) for iri in (f"{BASE}disease/a", f"{BASE}disease/b")}
    assert identifiers(things) == {f"{BASE}disease/{name}": f"her2kg.disease:{name}" for name in "ab"}


def test_one_edge_in_full(packaged: Path) -> None:
    edges = _rows(exported(packaged, "kgx").files["_edges.tsv"])
    [edge] = [row for row in edges if row["description"] == "efficacy of immunotherapy in HER2 mutation: unfavourable"]
    quote = edge.pop("supporting_text")
    assert "immunotherapy" in quote
    assert edge == {
        "id": "her2kg.statement:031a174744d50f05",
        "category": "biolink:Association",
        "subject": "her2kg.drug-class:immunotherapy",
        "predicate": "biolink:related_to",
        "object": "her2kg.alteration:her2-mutation",
        "knowledge_level": "not_provided",
        "agent_type": "text_mining_agent",
        "negated": "false",
        "publications": "doi:10.3971/j.issn.1000-8578.2025.24.1062",
        "original_subject": "her2kg.drug-class:immunotherapy",
        "original_predicate": "her2:efficacyIn",
        "original_object": "her2kg.alteration:her2-mutation",
        "description": "efficacy of immunotherapy in HER2 mutation: unfavourable",
        "her2kg_appraisal": "unfavourable",
    }


def test_our_own_identifiers_are_curies_for_kgx(tables: tuple[list[Row], list[Row]]) -> None:
    """KGX allows no slash in a CURIE; DOIs have one, and Biolink asks for them all the same."""
    for row in tables[0]:
        assert row["id"].startswith("doi:") or re.fullmatch(r"[^ <()>:]*:[^/ :]+", row["id"]), row["id"]


def test_columns_but_one_are_biolink_slots() -> None:
    assert set(EDGE_COLUMNS) - {APPRAISAL} <= set(biolink.Association.model_fields)
    assert EDGE_COLUMNS[-1] == APPRAISAL == "her2kg_appraisal"
    assert set(NODE_COLUMNS) <= {*biolink.SequenceVariant.model_fields, *biolink.Publication.model_fields}
