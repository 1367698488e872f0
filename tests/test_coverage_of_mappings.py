"""How far the mappings reach: what must be mapped is, and what is not has a reason."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from graph_build.lexicon import default_lexicon
from graph_build.link.ours import OurConcept, lexicon_concepts, ontology_terms
from graph_build.resources import resource
from graph_build.sssom import EXACT, mapping_files, read_mappings

MAPPINGS = resource("ontology", "mappings")

#: Groups of patients that trials define and no vocabulary names, with the wider entry where there is one.
OF_TRIALS = {
    "gastric or gastroesophageal junction adenocarcinoma",
    "gastrointestinal cancer",
    "HER2-low breast cancer",
    "HR-positive HER2-negative breast cancer",
    "metastatic castration-resistant prostate cancer",
    "muscle-invasive bladder cancer",
    "non-muscle-invasive bladder cancer",
    "solid tumor",
}


@pytest.fixture(scope="module")
def vocabularies() -> dict[str, dict[str, set[str]]]:
    """By concept and predicate: the prefixes of the vocabularies it is mapped to."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in read_mappings(mapping_files(MAPPINGS)).rows:
        if not row.rejected:
            found[row.subject_id][row.predicate_id].add(row.object_id.partition(":")[0])
    return found


def concepts(*classes: str) -> list[OurConcept]:
    return [concept for concept in lexicon_concepts(default_lexicon()) if concept.cls in classes]


def test_every_gene_is_exact_in_hgnc_ncbi_gene_and_ensembl(vocabularies: dict[str, dict[str, set[str]]]) -> None:
    for gene in concepts("Gene"):
        assert {"hgnc", "ncbigene", "ensembl"} <= vocabularies[gene.curie][EXACT], gene.label


def test_every_disease_is_exact_somewhere_but_for_what_trials_define(
    vocabularies: dict[str, dict[str, set[str]]],
) -> None:
    without = {disease.label for disease in concepts("Disease") if not vocabularies[disease.curie].get(EXACT)}
    assert without == OF_TRIALS


@pytest.mark.parametrize(
    "drug",
    [
        "ado-trastuzumab emtansine",
        "afatinib",
        "amivantamab",
        "atezolizumab",
        "bevacizumab",
        "brigatinib",
        "capecitabine",
        "carboplatin",
        "cetuximab",
        "cisplatin",
        "dacomitinib",
        "docetaxel",
        "durvalumab",
        "erlotinib",
        "everolimus",
        "gefitinib",
        "gemcitabine",
        "lapatinib",
        "lazertinib",
        "margetuximab",
        "mobocertinib",
        "neratinib",
        "nivolumab",
        "osimertinib",
        "paclitaxel",
        "pembrolizumab",
        "pemetrexed",
        "pertuzumab",
        "pralsetinib",
        "pyrotinib",
        "ramucirumab",
        "sacituzumab govitecan",
        "selpercatinib",
        "sotorasib",
        "tarlatamab",
        "trastuzumab",
        "trastuzumab deruxtecan",
        "tucatinib",
        "vinorelbine",
        "zanidatamab",
    ],
)
def test_a_drug_of_the_clinic_is_in_four_vocabularies(drug: str, vocabularies: dict[str, dict[str, set[str]]]) -> None:
    concept = next(c for c in concepts("Drug") if c.label == drug)
    found: set[str] = set().union(*vocabularies[concept.curie].values())
    assert len(found) >= 4, sorted(found)


def test_what_is_not_mapped_says_why(vocabularies: dict[str, dict[str, set[str]]]) -> None:
    with (MAPPINGS / "unmapped.tsv").open(encoding="utf-8", newline="") as file:
        reasons = {row["subject_id"]: row["reason"] for row in csv.DictReader(file, delimiter="\t")}
    assert all(reasons.values())
    everything = [c for c in lexicon_concepts(default_lexicon()) if c.cls not in ("Regimen", "Study")]
    silent = [c.label for c in [*everything, *ontology_terms()] if not vocabularies[c.curie] and c.curie not in reasons]
    assert silent == []
