"""The ontology is complete, explained, honest about foreign terms, and OWL 2 DL."""

from __future__ import annotations

import re

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from graph_build.model import Appraisal, Certainty, ConceptClass, QuoteRole
from graph_build.reason import defined_classes, ontology, ontology_graph
from graph_build.resources import resource
from graph_build.vocabulary import HER2, PREFIXES, term

#: The terms of model.md, by kind.  The page is the contract; a term may be added, never dropped.
CLASSES = frozenset(
    {
        "Gene",
        "GeneFamily",
        "Alteration",
        "Mutation",
        "Variant",
        "Amplification",
        "Overexpression",
        "Expression",
        "Rearrangement",
        "DetectionMethod",
        "Drug",
        "DrugClass",
        "Regimen",
        "Disease",
        "StudyDesign",
        "Population",
        "Outcome",
        "Topic",
        "Study",
        "InterventionalTrial",
        "CohortStudy",
        "Registry",
        "PooledAnalysis",
        "MetaAnalysis",
        "GuidelineConsensus",
        "Publication",
        "Document",
        "Section",
        "Citation",
        "Recommendation",
        "MeshHeading",
        "Mention",
        "Evidence",
        "Statement",
        "Certainty",
        "Appraisal",
        "QuoteRole",
    }
)
OBJECT_PROPERTIES = frozenset(
    {
        "alterationOf",
        "memberOf",
        "inClass",
        "targets",
        "hasComponent",
        "design",
        "investigates",
        "enrols",
        "condition",
        "population",
        "reportedIn",
        "reports",
        "partOf",
        "pools",
        "registeredAs",
        "document",
        "hasSection",
        "inSection",
        "about",
        "citingWork",
        "citedWork",
        "recommendingWork",
        "recommendedWork",
        "recommends",
        "hasHeading",
        "descriptor",
        "qualifier",
        "pair",
        "hasSubstance",
        "publicationType",
        "hasEvidence",
        "certainty",
        "appraisal",
        "context",
        "outcome",
        "quoteRole",
        "detects",
        "mechanismOf",
        "efficacyIn",
        "safetyIn",
        "therapeuticTargetIn",
        "oncogenicDriverIn",
        "hasConsensus",
        "hasGoldStandard",
        "standardOfCareFor",
        "prognosticIn",
        "studiedIn",
    }
)
DATA_PROPERTIES = frozenset(
    {
        "exact",
        "start",
        "end",
        "sectionType",
        "referenceNumber",
        "printedText",
        "sha256",
        "pmid",
        "authors",
        "journal",
        "keyword",
        "acronym",
        "phase",
        "hgvs",
        "status",
        "rule",
        "confidence",
        "negationCue",
        "hedgeCue",
        "appraisalWord",
        "majorTopic",
        "abstractNumber",
        "funding",
        "correspondingAuthor",
        "correspondingEmail",
        "competingInterests",
    }
)
DATES = frozenset({"received", "revised", "accepted", "available"})
VALUES = frozenset(value.value for kind in (Certainty, Appraisal, QuoteRole) for value in kind)
#: The only datatypes of ours that OWL 2 DL lets a data property have.
DL_DATATYPES = {URIRef(PREFIXES["xsd"] + name) for name in ("string", "integer", "decimal", "boolean")}
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return ontology_graph()


def of_kind(graph: Graph, kind: Node) -> set[URIRef]:
    return {s for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef)}


def ours(graph: Graph, kind: Node) -> set[str]:
    return {iri.removeprefix(HER2) for iri in of_kind(graph, kind) if iri.startswith(HER2)}


def test_every_term_of_the_model_is_declared_as_what_it_is(graph: Graph) -> None:
    assert CLASSES - ours(graph, OWL.Class) == set()
    assert OBJECT_PROPERTIES - ours(graph, OWL.ObjectProperty) == set()
    assert DATA_PROPERTIES - ours(graph, OWL.DatatypeProperty) == set()
    assert ours(graph, OWL.AnnotationProperty) == DATES
    assert ours(graph, OWL.NamedIndividual) == VALUES


def test_the_enumerations_of_the_code_are_those_of_the_ontology(graph: Graph) -> None:
    assert {c.value for c in ConceptClass} - ours(graph, OWL.Class) == set()
    for values in (Certainty, Appraisal, QuoteRole):
        members = {str(v).removeprefix(HER2) for v in graph.subjects(RDF.type, URIRef(term(values.__name__)))}
        assert members == {v.value for v in values}


def test_every_term_has_one_label_one_definition_and_says_where_it_is_defined(graph: Graph) -> None:
    terms = {iri for kind in KINDS for iri in of_kind(graph, kind) if iri.startswith(HER2)}
    for iri in sorted(terms):
        labels, definitions = list(graph.objects(iri, RDFS.label)), list(graph.objects(iri, SKOS.definition))
        assert [text.language for text in labels if isinstance(text, Literal)] == ["en"], iri
        assert [text.language for text in definitions if isinstance(text, Literal)] == ["en"], iri
        assert str(definitions[0]).endswith("."), iri
        assert str(definitions[0])[0].isupper(), iri
        assert list(graph.objects(iri, RDFS.isDefinedBy)) == [URIRef(HER2.removesuffix("#"))], iri


def test_no_two_terms_share_a_definition(graph: Graph) -> None:
    definitions = [str(text) for text in graph.objects(None, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_the_header_names_version_licence_and_prefix(graph: Graph) -> None:
    header = URIRef(HER2.removesuffix("#"))
    said = {(graph.namespace_manager.normalizeUri(str(p)), str(o)) for p, o in graph.predicate_objects(header)}
    assert {
        ("rdf:type", str(OWL.Ontology)),
        ("dcterms:creator", "her2kg contributors"),
        ("dcterms:license", "https://creativecommons.org/licenses/by/4.0/"),
        ("vann:preferredNamespacePrefix", "her2"),
        ("owl:versionIRI", "https://w3id.org/her2kg/ontology/0.1.0"),
        ("owl:versionInfo", "0.1.0"),
    } <= said


def test_nothing_treats_anything(graph: Graph) -> None:
    assert [s for s in set(graph.subjects()) if "treats" in str(s).lower()] == []


@pytest.mark.parametrize("file", ["her2.ttl", "shapes.ttl"])
def test_every_term_of_ours_that_is_used_is_declared(graph: Graph, file: str) -> None:
    declared = {iri for kind in KINDS for iri in of_kind(graph, kind)}
    used = {node for triple in Graph().parse(resource("ontology", file)) for node in triple}
    undeclared = {str(n) for n in used if isinstance(n, URIRef) and n.startswith(HER2) and n not in declared}
    assert undeclared - {term("treats")} == set()  # the shapes forbid it


# OWL 2 DL.  No profile checker is available from PyPI; these are the rules of the specification that can break here.


def test_no_property_is_of_two_kinds_and_no_class_is_a_datatype(graph: Graph) -> None:
    objects, data = of_kind(graph, OWL.ObjectProperty), of_kind(graph, OWL.DatatypeProperty)
    annotations = of_kind(graph, OWL.AnnotationProperty)
    assert (objects & data, objects & annotations, data & annotations) == (set(), set(), set())
    assert of_kind(graph, RDFS.Datatype) == set()


def test_every_class_and_property_that_an_axiom_uses_is_declared(graph: Graph) -> None:
    classes, objects = of_kind(graph, OWL.Class), of_kind(graph, OWL.ObjectProperty)
    data, annotations = of_kind(graph, OWL.DatatypeProperty), of_kind(graph, OWL.AnnotationProperty)
    individuals = of_kind(graph, OWL.NamedIndividual)
    language = (str(RDF), str(RDFS), str(OWL))
    for subject, predicate, value in graph:
        if not str(predicate).startswith(language):
            assert predicate in annotations, predicate  # no assertion in the ontology itself
        if predicate in {RDFS.subClassOf, OWL.equivalentClass, OWL.someValuesFrom, OWL.complementOf}:
            assert value in classes or isinstance(value, BNode), value
        if predicate == OWL.onProperty:
            assert value in objects | data, value
        if predicate == OWL.hasValue:
            assert value in individuals, value
        if predicate == RDFS.domain:
            assert value in classes or isinstance(value, BNode), value
        if predicate in {RDFS.subPropertyOf, OWL.inverseOf}:
            assert {subject, value} <= objects, subject
        if predicate == OWL.propertyChainAxiom:
            assert set(Collection(graph, value)) <= objects, subject


def test_ranges_are_classes_for_object_properties_and_known_datatypes_for_data_properties(graph: Graph) -> None:
    classes = of_kind(graph, OWL.Class)
    for prop in of_kind(graph, OWL.ObjectProperty):
        assert all(r in classes or isinstance(r, BNode) for r in graph.objects(prop, RDFS.range)), prop
    for prop in of_kind(graph, OWL.DatatypeProperty):
        assert set(graph.objects(prop, RDFS.range)) <= DL_DATATYPES, prop
    assert {r for p in DATES for r in graph.objects(URIRef(term(p)), RDFS.range)} == {URIRef(PREFIXES["xsd"] + "date")}


def test_no_composite_property_is_functional_or_counted(graph: Graph) -> None:
    composite = of_kind(graph, OWL.TransitiveProperty) | set(graph.subjects(OWL.propertyChainAxiom))
    for _ in composite:  # a superproperty of a composite property is composite
        composite |= {up for down in composite for up in graph.objects(down, RDFS.subPropertyOf)}
    simple_only = {
        OWL.FunctionalProperty,
        OWL.InverseFunctionalProperty,
        OWL.AsymmetricProperty,
        OWL.IrreflexiveProperty,
    }
    assert {p for kind in simple_only for p in of_kind(graph, kind)} & composite == set()
    counted = {r for r in graph.subjects(OWL.minCardinality) if graph.value(r, OWL.onProperty) in composite}
    assert counted == set()
    assert {p.removeprefix(HER2) for p in composite if isinstance(p, URIRef)} == {
        "within",
        "involves",
        "investigates",
        "partOf",
    }


def test_the_kinds_of_concept_exclude_each_other_and_amplification_is_no_mutation(graph: Graph) -> None:
    groups = [
        {str(member).removeprefix(HER2) for member in Collection(graph, members)}
        for axiom in graph.subjects(RDF.type, OWL.AllDisjointClasses)
        for members in graph.objects(axiom, OWL.members)
    ]
    kinds = {c.value for c in ConceptClass}
    assert any(kinds <= group for group in groups)
    assert {"Mutation", "Amplification", "Overexpression", "Expression", "Rearrangement"} in groups


def test_the_defined_classes(graph: Graph) -> None:
    assert [iri.removeprefix(HER2) for iri in defined_classes(graph)] == [
        "AntibodyDrugConjugateTrial",
        "AntibodyDrugConjugateTrialInHER2Mutation",
        "CombinationStudy",
        "HER2AmplificationStudy",
        "HER2Exon20Study",
        "HER2MutationStudy",
        "ImmunotherapyStudy",
        "MultiPhaseTrial",
        "PretreatedPopulationStudy",
        "SubStudy",
        "TyrosineKinaseInhibitorTrialInHER2Mutation",
    ]


def test_owlready2_opens_it_as_python_classes() -> None:
    her2 = ontology()

    assert her2.base_iri == HER2
    assert her2.Variant.is_a == [her2.Mutation]
    assert her2.Alteration in her2.Variant.ancestors()
    assert [str(label) for label in her2.Gene.label] == ["gene"]
    assert her2.enrols.domain == [her2.Study]
    assert her2.Hedged.is_a == [her2.Certainty]


def test_each_opened_ontology_is_its_own_world() -> None:
    one, other = ontology(), ontology()

    one.Gene.label = ["changed"]

    assert [str(label) for label in other.Gene.label] == ["gene"]
    assert one.world is not other.world


def test_foreign_identifiers_are_well_formed(graph: Graph) -> None:
    forms = re.compile(
        r"https://w3id\.org/biolink/vocab/\w+|https://schema\.org/\w+|http://www\.w3\.org/ns/oa#\w+"
        r"|http://semanticscience\.org/resource/SIO_\d{6}|http://www\.ebi\.ac\.uk/efo/EFO_\d{7}"
        r"|http://purl\.obolibrary\.org/obo/((SO|OBI|IAO|MONDO|ECO)_\d{7}|NCIT_C\d+|CHEBI_\d+)"
    )
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    mapped = {str(value) for match in matches for value in graph.objects(None, match)}
    assert [iri for iri in sorted(mapped) if not forms.fullmatch(iri)] == []
    assert len(mapped) > 40
