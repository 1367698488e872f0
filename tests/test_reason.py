"""What HermiT infers from a small graph, and what is said when it cannot run."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS

from graph_build import reason as module
from graph_build.reason import Inferred, ReasonerError, ReasonerUnavailable, java_version, ontology_graph, reason
from graph_build.vocabulary import HER2, PREFIXES, term

KG = "https://w3id.org/her2kg/"
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")

HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "".join(
    f"@prefix {name}: <{KG}{path}/> .\n"
    for name, path in {
        "alt": "alteration",
        "drug": "drug",
        "class": "drug-class",
        "regimen": "regimen",
        "population": "population",
        "study": "study",
        "mention": "mention",
    }.items()
)
CONCEPTS = """
alt:her2-mutation a skos:Concept, her2:Mutation .
alt:her2-exon-20-mutation a her2:Mutation ; skos:broader alt:her2-mutation .
alt:her2-exon-20-insertion a her2:Mutation ; skos:broader alt:her2-exon-20-mutation .
alt:y772-a775dup a her2:Variant ; skos:broader alt:her2-exon-20-insertion .
alt:her2-amplification a her2:Amplification .
alt:egfr-mutation a her2:Mutation .
class:antibody-drug-conjugate a her2:DrugClass .
class:her2-directed-antibody-drug-conjugate a her2:DrugClass ; skos:broader class:antibody-drug-conjugate .
class:tyrosine-kinase-inhibitor a her2:DrugClass .
class:pan-her-inhibitor a her2:DrugClass ; skos:broader class:tyrosine-kinase-inhibitor .
class:immune-checkpoint-inhibitor a her2:DrugClass .
drug:t-dxd a her2:Drug ; her2:inClass class:her2-directed-antibody-drug-conjugate ; rdfs:label "T-DXd"@en .
drug:pyrotinib a her2:Drug ; her2:inClass class:pan-her-inhibitor .
drug:pembrolizumab a her2:Drug ; her2:inClass class:immune-checkpoint-inhibitor .
regimen:both a her2:Regimen, her2:CombinationRegimen ; her2:hasComponent drug:t-dxd, drug:pembrolizumab .
population:previously-treated a her2:Population .
population:after-platinum a her2:Population ; skos:broader population:previously-treated .
"""
STUDIES = """
study:adc-trial a her2:Study, her2:InterventionalTrial ; her2:investigates drug:t-dxd ; her2:enrols alt:her2-mutation .
study:adc-cohort a her2:Study, her2:CohortStudy ; her2:investigates drug:t-dxd ; her2:enrols alt:her2-mutation .
study:adc-amplified a her2:InterventionalTrial ; her2:investigates drug:t-dxd ; her2:enrols alt:her2-amplification .
study:combination a her2:InterventionalTrial ; her2:investigates regimen:both ; her2:enrols alt:egfr-mutation .
study:tki a her2:InterventionalTrial ; her2:investigates drug:pyrotinib ; her2:enrols alt:y772-a775dup ;
    her2:phase "1", "2" ; her2:population population:after-platinum .
study:tki-2 a her2:InterventionalTrial ; her2:partOf study:tki ; her2:phase "2" ; her2:enrols alt:egfr-mutation .
mention:1 a her2:Mention ; oa:hasBody alt:her2-mutation ; her2:start 0 .
"""


def turtle(text: str) -> Graph:
    return Graph().parse(data=HEADER + text, format="turtle")


def short(inferred: Inferred) -> list[tuple[str, str]]:
    return [(individual.rsplit("/", 1)[1], cls.removeprefix(HER2)) for individual, cls in inferred.types]


@needs_java
def test_the_defined_classes_are_filled_through_the_hierarchy() -> None:
    inferred = reason(turtle(CONCEPTS + STUDIES))

    assert (inferred.consistent, inferred.unsatisfiable) == (True, ())
    assert short(inferred) == [
        ("adc-amplified", "AntibodyDrugConjugateTrial"),
        ("adc-amplified", "HER2AmplificationStudy"),
        ("adc-cohort", "HER2MutationStudy"),
        ("adc-trial", "AntibodyDrugConjugateTrial"),
        ("adc-trial", "AntibodyDrugConjugateTrialInHER2Mutation"),
        ("adc-trial", "HER2MutationStudy"),
        ("combination", "AntibodyDrugConjugateTrial"),
        ("combination", "CombinationStudy"),
        ("combination", "ImmunotherapyStudy"),
        ("tki", "HER2Exon20Study"),
        ("tki", "HER2MutationStudy"),
        ("tki", "MultiPhaseTrial"),
        ("tki", "PretreatedPopulationStudy"),
        ("tki", "TyrosineKinaseInhibitorTrialInHER2Mutation"),
        ("tki-2", "SubStudy"),
    ]


@needs_java
def test_an_earlier_inference_is_not_a_fact() -> None:
    graph = turtle(CONCEPTS + STUDIES)
    once = reason(graph)

    stale = [(URIRef(KG + "study/adc-cohort"), RDF.type, URIRef(term("HER2AmplificationStudy")))]

    assert reason([*graph, *once.triples(), *stale]) == once


@needs_java
def test_the_ontology_alone_is_consistent_and_every_class_can_have_members() -> None:
    assert reason([]) == Inferred(consistent=True)


@needs_java
@pytest.mark.parametrize(
    "wrong",
    [
        "drug:t-dxd a her2:Gene .",
        "alt:her2-amplification skos:broader alt:x . alt:x a her2:Alteration ; skos:broader alt:her2-mutation .",
        "study:adc-trial a her2:CohortStudy .",
        "study:adc-trial her2:enrols drug:pyrotinib .",
    ],
    ids=["drug and gene", "amplification under mutation, in two steps", "trial and cohort", "enrols a drug"],
)
def test_a_contradiction_makes_the_whole_inconsistent(wrong: str) -> None:
    assert reason(turtle(CONCEPTS + STUDIES + wrong)) == Inferred(consistent=False)


@needs_java
def test_a_class_that_can_have_no_members_is_named() -> None:
    ontology, impossible = ontology_graph(), URIRef(term("Impossible"))
    ontology.add((impossible, RDF.type, OWL.Class))
    for above in ("Gene", "Drug"):
        ontology.add((impossible, RDFS.subClassOf, URIRef(term(above))))

    assert reason([], ontology) == Inferred(consistent=True, unsatisfiable=(term("Impossible"),))


@needs_java
def test_nothing_is_left_behind_and_the_answer_is_the_same_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    answers = [reason(turtle(CONCEPTS + more)) for more in ("", "", "drug:t-dxd a her2:Gene .")]

    assert answers == [Inferred(consistent=True), Inferred(consistent=True), Inferred(consistent=False)]
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("her2kg")] == []


@needs_java
def test_the_version_of_java_is_read() -> None:
    assert java_version().split(".")[0].isdigit()


def test_without_java_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = r"^Reasoning needs Java, which is not installed here; everything else works without it\.$"

    with pytest.raises(ReasonerUnavailable, match=sentence):
        java_version()
    with pytest.raises(ReasonerUnavailable, match=sentence):
        reason([])


def java_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Put a false Java on the path."""
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\n{does}\n")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


def test_a_java_that_does_not_run_is_told_from_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java_that(tmp_path, monkeypatch, "exit 1")

    with pytest.raises(
        ReasonerUnavailable, match=r"^The Java on this machine does not run; reinstall it to use --reason\.$"
    ):
        java_version()


@pytest.mark.parametrize(
    ("does", "sentence"),
    [
        ("echo 'Error: out of memory' >&2; exit 3", "^HermiT failed: Error: out of memory$"),
        ("exit 0", "^HermiT failed: exit code 0$"),
        ("exec sleep 5", "^HermiT found no answer within 0.2 seconds.$"),
    ],
)
def test_a_reasoner_without_answer_is_an_error(
    does: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java_that(tmp_path, monkeypatch, does)

    with pytest.raises(ReasonerError, match=sentence):
        reason([], timeout=0.2 if "sleep" in does else module.TIMEOUT)
