"""The shapes: a small graph of every class conforms, and each fault is named in one sentence."""

from __future__ import annotations

import re

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH

from graph_build.reason import ontology_graph
from graph_build.shapes import ShapesError, Violation, shapes_graph, validate
from graph_build.vocabulary import HER2, PREFIXES

KG = "https://w3id.org/her2kg/"
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + "".join(
    f"@prefix {name}: <{KG}{path}> .\n"
    for name, path in {
        "gene": "gene/",
        "alt": "alteration/",
        "drug": "drug/",
        "class": "drug-class/",
        "study": "study/",
        "doc": "graph/document/d#",
        "st": "statement/",
    }.items()
)


def concept(name: str, cls: str, label: str, more: str = "") -> str:
    return f'{name} a her2:{cls}, skos:Concept ; rdfs:label "{label}"@en ; skos:prefLabel "{label}"@en {more} .\n'


def place(name: str, start: int, end: int, exact: str) -> str:
    """A mention or an evidence: its quote, in our words and in those of the Web Annotation model."""
    return (
        f'doc:{name} her2:exact "{exact}" ; her2:start {start} ; her2:end {end} ;'
        " her2:document <https://doi.org/10.1/d> ;"
        f" her2:inSection doc:reference-1 ; oa:hasTarget doc:{name}-target .\n"
        f"doc:{name}-target oa:hasSource <https://doi.org/10.1/d> ;"
        f" oa:hasSelector doc:{name}-position, doc:{name}-quote .\n"
        f"doc:{name}-position a oa:TextPositionSelector ; oa:start {start} ; oa:end {end} .\n"
        f'doc:{name}-quote a oa:TextQuoteSelector ; oa:exact "{exact}" ; oa:prefix "" ; oa:suffix " in lung cancer" .\n'
    )


GOOD = "".join(
    [
        concept("gene:erbb2", "Gene", "ERBB2", "; her2:memberOf gene:erbb-family ; skos:altLabel 'HER2'@en"),
        concept("gene:erbb-family", "GeneFamily", "ErbB family"),
        concept("alt:her2-alteration", "Alteration", "HER2 alteration", "; her2:alterationOf gene:erbb2"),
        concept("alt:her2-mutation", "Mutation", "HER2 mutation", "; skos:broader alt:her2-alteration"),
        concept(
            "alt:p-l755p",
            "Variant",
            "p.L755P",
            "; skos:broader alt:her2-mutation ; her2:hgvs 'p.Leu755Pro' ; her2:alterationOf gene:erbb2",
        ),
        concept("alt:her2-amplification", "Amplification", "HER2 amplification", "; skos:broader alt:her2-alteration"),
        concept(
            "alt:her2-overexpression", "Overexpression", "HER2 overexpression", "; skos:broader alt:her2-alteration"
        ),
        concept("alt:her2-expression", "Expression", "HER2 expression", "; skos:broader alt:her2-alteration"),
        concept("alt:ret-fusion", "Rearrangement", "RET fusion"),
        concept("<https://w3id.org/her2kg/method/immunohistochemistry>", "DetectionMethod", "immunohistochemistry"),
        concept("class:antibody-drug-conjugate", "DrugClass", "antibody-drug conjugate"),
        concept(
            "drug:t-dm1", "Drug", "T-DM1", "; her2:inClass class:antibody-drug-conjugate ; her2:targets gene:erbb2"
        ),
        concept("drug:xyz-1", "Drug", "XYZ-1", "; her2:status 'unresolved'"),
        concept("mesh:D008198", "ExternalConcept", "Lymph Nodes", "; skos:inScheme doc:scheme"),
        "doc:scheme a skos:ConceptScheme .\n",
        concept(
            "<https://w3id.org/her2kg/regimen/a-b>",
            "Regimen",
            "A + B",
            "; a her2:CombinationRegimen ; her2:hasComponent drug:t-dm1, class:antibody-drug-conjugate",
        ),
        concept(
            "<https://w3id.org/her2kg/disease/lung-cancer>",
            "Disease",
            "lung cancer",
            "; skos:exactMatch obo:MONDO_0008903",
        ),
        concept("<https://w3id.org/her2kg/study-design/open-label>", "StudyDesign", "open-label"),
        concept("<https://w3id.org/her2kg/population/chinese>", "Population", "Chinese"),
        concept("<https://w3id.org/her2kg/outcome/survival>", "Outcome", "survival"),
        concept("<https://w3id.org/her2kg/topic/her2-positivity-testing>", "Topic", "HER2 positivity testing"),
        """
study:lung01 a her2:Study, her2:InterventionalTrial ; rdfs:label "Lung01"@en ;
    her2:acronym "Lung01" ; her2:phase "1a/1b", "2" ;
    her2:design <https://w3id.org/her2kg/study-design/open-label> ;
    her2:investigates drug:t-dm1, <https://w3id.org/her2kg/regimen/a-b> ;
    her2:enrols alt:p-l755p ; her2:condition <https://w3id.org/her2kg/disease/lung-cancer> ;
    her2:population <https://w3id.org/her2kg/population/chinese> ; her2:reportedIn <https://doi.org/10.1000/p> .
study:pool a her2:Study, her2:PooledAnalysis ; rdfs:label "pool"@en ; her2:pools study:lung01 .
study:lung01-2 a her2:Study, her2:InterventionalTrial ; rdfs:label "Lung01-2"@en ; her2:partOf study:lung01 ;
    her2:registeredAs <https://clinicaltrials.gov/study/NCT03505710> .

<https://doi.org/10.1/d> a her2:Publication, fabio:ReviewArticle, her2:Document, prov:Entity ;
    dcterms:title "A review" ; her2:authors "A B, C D." ;
    prism:publicationDate "2025"^^xsd:gYear ; prism:doi "10.3971/d" ; her2:pmid "32135383" ; her2:keyword "HER2" ;
    her2:sha256 "0000000000000000000000000000000000000000000000000000000000000000" ; prov:wasGeneratedBy doc:build ;
    her2:hasSection doc:reference-1, doc:title ; her2:hasHeading doc:heading ; cito:cites <https://doi.org/10.1000/p> ;
    her2:recommends <https://doi.org/10.1000/p> ; her2:hasSubstance mesh:C508053 ; her2:publicationType mesh:D016454 .
<https://doi.org/10.1000/p> a her2:Publication,
    fabio:ConferenceAbstract ; dcterms:title "Lung01" ; dcterms:creator doc:author-1 .
doc:author-1 rdfs:label "Li BT" .
doc:title a her2:Section ; her2:sectionType "title" ; her2:start 0 ; her2:end 8 .
doc:reference-1 a her2:Section ; her2:sectionType "reference" ; her2:start 10 ; her2:end 90 ; her2:referenceNumber 1 ;
    her2:about <https://doi.org/10.1000/p> .
doc:citation a her2:Citation ; her2:citingWork <https://doi.org/10.1/d> ; her2:citedWork <https://doi.org/10.1000/p> ;
    her2:referenceNumber 1 ; her2:printedText "Li BT. Lung01" .
doc:related a her2:Recommendation ; her2:recommendingWork <https://doi.org/10.1/d> ;
    her2:recommendedWork <https://doi.org/10.1000/p> ;
    her2:referenceNumber 1 ; her2:printedText "Li BT. Lung01" .
doc:heading a her2:MeshHeading ; her2:descriptor mesh:D018719 ; her2:qualifier mesh:Q000235 ;
    her2:pair mesh:D018719Q000235 ;
    her2:majorTopic true .
mesh:D018719 rdfs:label "Receptor, ErbB-2"@en .
mesh:Q000235 rdfs:label "genetics"@en .

doc:mention a her2:Mention, oa:Annotation ; oa:hasBody alt:her2-mutation .
doc:study-mention a her2:Mention, oa:Annotation ; oa:hasBody study:lung01 .
st:1 a her2:Statement ; biolink:subject study:lung01 ; biolink:predicate her2:enrols ; biolink:object alt:p-l755p ;
    biolink:negated false ; her2:certainty her2:Asserted ; biolink:knowledge_level "not_provided" ;
    biolink:agent_type "text_mining_agent" ; her2:hasEvidence doc:evidence .
st:2 a her2:Statement ; biolink:subject drug:t-dm1 ; biolink:predicate her2:efficacyIn ;
    biolink:object alt:her2-mutation ;
    biolink:negated false ; her2:certainty her2:Hedged ; biolink:knowledge_level "not_provided" ;
    biolink:agent_type "text_mining_agent" ; her2:hasEvidence doc:evidence ; her2:appraisal her2:Favourable ;
    her2:appraisalWord "encouraging" ; her2:context <https://w3id.org/her2kg/disease/lung-cancer> ;
    her2:outcome <https://w3id.org/her2kg/outcome/survival> .
st:3 a her2:Statement ; biolink:subject study:lung01 ; biolink:predicate her2:registeredAs ;
    biolink:object <https://clinicaltrials.gov/study/NCT00000001> ; biolink:negated false ;
    her2:certainty her2:Asserted ; biolink:knowledge_level "not_provided" ;
    biolink:agent_type "text_mining_agent" ; her2:hasEvidence doc:evidence .
<https://clinicaltrials.gov/study/NCT00000001> a her2:RegisterEntry ; rdfs:label "NCT00000001"@en .
study:lung01 her2:hasResult doc:result .
doc:result a her2:Result ; rdfs:label "Lung01: median progression-free survival 8·2 months"@en ;
    her2:measure <https://w3id.org/her2kg/outcome/survival> ; her2:statistic "median" ; her2:printedValue "8·2" ;
    her2:value 8.2 ; her2:unit "months" ; her2:lower 6.0 ; her2:printedLower "6·0" ; her2:printedUpper "NE" ;
    her2:confidenceLevel 95.0 ; her2:count 9 ; her2:total 25 ; her2:group "patients with brain metastases" ;
    her2:subgroup <https://w3id.org/her2kg/population/chinese> ; her2:arm drug:t-dm1 ;
    her2:assay <https://w3id.org/her2kg/method/immunohistochemistry> ; her2:certainty her2:Asserted ;
    her2:hasEvidence doc:evidence .
doc:evidence a her2:Evidence, oa:Annotation ; her2:quoteRole her2:CitedTitle ;
    her2:rule "title-trial" ; her2:confidence 0.9 ;
    her2:hedgeCue "initial" ; prov:wasDerivedFrom doc:mention, doc:study-mention .

<https://w3id.org/her2kg/dataset> a void:Dataset, dcat:Dataset ; dcterms:title "her2kg" ; dcat:version "0.1.0" ;
    dcterms:description "What documents say." ; dcat:keyword "HER2" ;
    dcterms:creator <https://w3id.org/her2kg/contributors> ; dcterms:publisher <https://w3id.org/her2kg/contributors> ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; prov:wasGeneratedBy doc:build ; void:triples 100 ;
    void:entities 20 ; void:vocabulary <https://w3id.org/her2kg/ontology> ; void:exampleResource study:lung01 ;
    void:subset doc:graph ; dcterms:source doc:vocabulary ; dcat:distribution doc:file .
doc:build a prov:Activity ; rdfs:label "her2kg build" ; prov:used <https://doi.org/10.1/d> ;
    prov:wasAssociatedWith doc:software .
doc:software a prov:SoftwareAgent ; schema:softwareVersion "0.1.0" .
doc:graph dcterms:title "What a document says" ; void:triples 100 .
doc:vocabulary rdfs:label "MeSH" ; dcat:hasVersion doc:edition ; dcterms:rights "free" .
doc:edition dcat:version "2026" .
doc:file a dcat:Distribution ; dcat:mediaType <https://www.iana.org/assignments/media-types/application/n-quads> ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> .
""",
        place("mention", 20, 33, "HER2 mutation"),
        place("study-mention", 40, 46, "Lung01"),
        place("evidence", 14, 60, "Lung01 in HER2 mutation"),
    ]
)


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return shapes_graph()


def turtle(text: str) -> Graph:
    return Graph().parse(data=HEADER + text, format="turtle")


def test_the_small_graph_conforms(shapes: Graph) -> None:
    assert validate(turtle(GOOD), shapes) == ()


def test_every_class_of_the_small_graph_is_every_class_of_the_ontology() -> None:
    ontology, used = ontology_graph(), {str(cls) for cls in turtle(GOOD).objects(None, RDF.type)}
    filled_by_reasoner = set(ontology.subjects(OWL.equivalentClass))  # and the closed lists of values
    abstract = {"Therapy", "CohortStudy", "Registry", "MetaAnalysis", "GuidelineConsensus"}
    classes = {c for c in ontology.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c.startswith(HER2)}
    assert {str(c) for c in classes - filled_by_reasoner} - used == {HER2 + name for name in abstract}


#: What is changed in the small graph, and the whole list of what is then wrong (node, property, value, sentence).
FAULTS = {
    "a statement without evidence": (
        ("her2:hasEvidence doc:evidence .\nst:2", "rdfs:label 'x' .\nst:2"),
        [("statement/1", "her2:hasEvidence", "", "A statement needs at least one evidence.")],
    ),
    "a result without evidence": (
        (
            "her2:certainty her2:Asserted ;\n    her2:hasEvidence doc:evidence .\ndoc:evidence",
            "her2:certainty her2:Asserted .\ndoc:evidence",
        ),
        [("graph/document/d#result", "her2:hasEvidence", "", "A result needs at least one evidence.")],
    ),
    "a result of no study": (
        ("study:lung01 her2:hasResult doc:result .", ""),
        [("graph/document/d#result", "^her2:hasResult", "", "A result belongs to exactly one study (her2:hasResult).")],
    ),
    "a result with a limit above its value": (
        ("her2:lower 6.0 ;", "her2:lower 9.0 ;"),
        [
            (
                "graph/document/d#result",
                "her2:lower",
                "9.0",
                "The lower limit of an interval is one number, not above the value or the upper limit (her2:lower).",
            )
        ],
    ),
    "more than all": (
        ("her2:count 9 ; her2:total 25", "her2:count 26 ; her2:total 25"),
        [
            (
                "graph/document/d#result",
                "her2:count",
                "26",
                "A count is one whole number, not above the total (her2:count).",
            )
        ],
    ),
    "a unit of nobody's": (
        ('her2:unit "months"', 'her2:unit "moons"'),
        [
            (
                "graph/document/d#result",
                "her2:unit",
                "moons",
                "The unit of a result is one of %, months, weeks, years or days (her2:unit).",
            )
        ],
    ),
    "an external concept of no vocabulary": (
        ("; skos:inScheme doc:scheme", ""),
        [
            (
                "http://id.nlm.nih.gov/mesh/D008198",
                "",
                "",
                (
                    "A concept needs an IRI of ours, its kind and its label in kebab case, "
                    "or the vocabulary whose IRI it has (skos:inScheme)."
                ),
            ),
            (
                "http://id.nlm.nih.gov/mesh/D008198",
                "skos:inScheme",
                "",
                "A concept of an external vocabulary needs this one vocabulary, a skos:ConceptScheme (skos:inScheme).",
            ),
        ],
    ),
    "two subjects": (
        ("st:1 a her2:Statement ;", "st:1 a her2:Statement ; biolink:subject drug:t-dm1 ;"),
        [
            (
                "statement/1",
                "biolink:subject",
                "",
                "A statement needs exactly one subject: a concept, a study or a publication.",
            )
        ],
    ),
    "a predicate of nobody's": (
        ("biolink:predicate her2:enrols", "biolink:predicate her2:cures"),
        [
            (
                "statement/1",
                "biolink:predicate",
                HER2 + "cures",
                "A statement needs exactly one predicate, one that the model lists.",
            )
        ],
    ),
    "a certainty of nobody's": (
        ("her2:certainty her2:Asserted", "her2:certainty her2:Sure"),
        [
            (
                "statement/1",
                "her2:certainty",
                HER2 + "Sure",
                "A statement is exactly one of asserted, hedged or an open question (her2:certainty).",
            )
        ],
    ),
    "negated in words": (
        ("alt:p-l755p ;\n    biolink:negated false", "alt:p-l755p ;\n    biolink:negated 'no'"),
        [("statement/1", "biolink:negated", "no", "A statement says once whether it is negated, as true or false.")],
    ),
    "an appraisal without its word": (
        ('her2:appraisalWord "encouraging" ;', ""),
        [
            (
                "statement/2",
                "her2:appraisalWord",
                "",
                "An appraised statement needs the printed word from which the appraisal was read (her2:appraisalWord).",
            )
        ],
    ),
    "an evidence without its role": (
        ("her2:quoteRole her2:CitedTitle ;", ""),
        [
            (
                "graph/document/d#evidence",
                "her2:quoteRole",
                "",
                "An evidence says once in which role the document says it (her2:quoteRole).",
            )
        ],
    ),
    "too much confidence": (
        ("her2:confidence 0.9", "her2:confidence 1.1"),
        [
            (
                "graph/document/d#evidence",
                "her2:confidence",
                "1.1",
                "An evidence needs one confidence from 0 to 1 (her2:confidence).",
            )
        ],
    ),
    "a mention that ends before it starts": (
        ("her2:start 20 ; her2:end 33", "her2:start 33 ; her2:end 20"),
        [
            (
                "graph/document/d#mention",
                "her2:start",
                "33",
                "It needs exactly one start: a whole number from 0, smaller than its end (her2:start, her2:end).",
            )
        ],
    ),
    "a mention of nothing": (
        ('doc:mention her2:exact "HER2 mutation"', 'doc:mention her2:exact ""'),
        [
            (
                "graph/document/d#mention",
                "her2:exact",
                "",
                "It needs exactly one quoted text that is not empty (her2:exact).",
            )
        ],
    ),
    "a mention of a document": (
        ("oa:hasBody study:lung01", "oa:hasBody <https://doi.org/10.1/d>"),
        [
            (
                "graph/document/d#study-mention",
                "oa:hasBody",
                "https://doi.org/10.1/d",
                "A mention needs exactly one concept or study that it names (oa:hasBody).",
            )
        ],
    ),
    "a label that is not the preferred one": (
        ('rdfs:label "survival"@en', 'rdfs:label "Survival"@en'),
        [
            (
                "outcome/survival",
                "skos:prefLabel",
                "Survival",
                "A concept needs exactly one preferred label, the same as its label (skos:prefLabel).",
            ),
            (
                "outcome/survival",
                "skos:prefLabel",
                "survival",
                "A concept needs exactly one preferred label, the same as its label (skos:prefLabel).",
            ),
        ],
    ),
    "a concept of two kinds": (
        ("drug:xyz-1 a her2:Drug,", "drug:xyz-1 a her2:Drug, her2:Gene,"),
        [
            (
                "drug/xyz-1",
                "",
                "",
                "A concept must be of exactly one kind (gene, alteration, drug and so on).",
            )
        ],
    ),
    "an unknown phase": (
        ('"1a/1b", "2"', '"II"'),
        [
            (
                "study/lung01",
                "her2:phase",
                "II",
                "A phase is one of 1, 1a, 1b, 1a/1b, 1/2, 2, 2a, 2b, 2/3, 3, 4 (her2:phase).",
            )
        ],
    ),
    "a trial that is a registry too": (
        ("study:lung01-2 a her2:Study,", "study:lung01-2 a her2:Study, her2:Registry,"),
        [
            (
                "study/lung01-2",
                "",
                "",
                "A study must not be of two kinds (trial, cohort, registry, pooled, meta-analysis or consensus).",
            )
        ],
    ),
    "a trial that pools": (
        ("study:pool a her2:Study, her2:PooledAnalysis", "study:pool a her2:Study, her2:CohortStudy"),
        [("study/pool", "", "", "Only a pooled analysis or a meta-analysis pools studies (her2:pools).")],
    ),
    "a citation without number": (
        (
            'her2:referenceNumber 1 ; her2:printedText "Li BT. Lung01" .\ndoc:related',
            'her2:printedText "Li" .\ndoc:related',
        ),
        [
            (
                "graph/document/d#citation",
                "her2:referenceNumber",
                "",
                "It needs exactly one printed number, from 1 (her2:referenceNumber).",
            )
        ],
    ),
    "a related article without its text": (
        (
            'her2:referenceNumber 1 ; her2:printedText "Li BT. Lung01" .\ndoc:heading',
            "her2:referenceNumber 1 .\ndoc:heading",
        ),
        [
            (
                "graph/document/d#related",
                "her2:printedText",
                "",
                "It needs the printed text, once (her2:printedText).",
            )
        ],
    ),
    "a heading without its star": (
        ("her2:majorTopic true", "rdfs:label 'x'"),
        [
            (
                "graph/document/d#heading",
                "her2:majorTopic",
                "",
                "A MeSH heading says once whether it is a major topic (her2:majorTopic).",
            )
        ],
    ),
    "a document without checksum": (
        ('her2:sha256 "0000', 'her2:sha256 "000'),
        [
            (
                "https://doi.org/10.1/d",
                "her2:sha256",
                "0" * 63,
                "A document needs the SHA-256 checksum of its file, 64 hexadecimal digits (her2:sha256).",
            ),
            (
                "https://doi.org/10.1/d",
                "her2:sha256",
                "0" * 63,
                "An input of the build needs exactly one SHA-256 checksum, 64 hexadecimal digits (her2:sha256).",
            ),
        ],
    ),
    "a publication of no kind": (
        (",\n    fabio:ConferenceAbstract ;", " ;"),
        [
            (
                "https://doi.org/10.1000/p",
                "rdf:type",
                "",
                "A publication must be a journal article, a review article or a conference abstract (fabio:).",
            )
        ],
    ),
    "a section of an unknown type": (
        ('her2:sectionType "title"', 'her2:sectionType "Title"'),
        [
            (
                "graph/document/d#title",
                "her2:sectionType",
                "Title",
                (
                    "A section is one of title, abstract, keywords, mesh, substances, reference, related, metadata "
                    "(her2:sectionType)."
                ),
            )
        ],
    ),
    "a dataset without licence": (
        ("dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; prov:", "prov:"),
        [("dataset", "dcterms:license", "", "The dataset needs a licence with an IRI (dcterms:license).")],
    ),
    "a blank node as author": (
        ("dcterms:creator doc:author-1", "dcterms:creator [ rdfs:label 'Li BT' ]"),
        [
            (
                "https://doi.org/10.1000/p",
                "dcterms:creator",
                "[blank node]",
                "An author must be an IRI (dcterms:creator).",
            )
        ],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_and_nothing_else(fault: str, shapes: Graph) -> None:
    (old, new), expected = FAULTS[fault]
    assert old in GOOD
    graph = turtle(GOOD.replace(old, new, 1))

    found = validate(graph, shapes)

    assert [(v.focus.removeprefix(KG), v.path, v.value, v.message) for v in found] == expected


@pytest.mark.parametrize(
    ("added", "expected"),
    [
        (
            "alt:her2-alteration skos:broader alt:her2-mutation .",
            [
                ("alteration/her2-alteration", "", "A concept must not be broader than itself"),
                (
                    "alteration/her2-amplification",
                    "skos:broader+",
                    "An amplification, overexpression or expression must",
                ),
                ("alteration/her2-expression", "skos:broader+", "An amplification, overexpression or expression must"),
                ("alteration/her2-mutation", "", "A concept must not be broader than itself"),
                (
                    "alteration/her2-overexpression",
                    "skos:broader+",
                    "An amplification, overexpression or expression must",
                ),
            ],
        ),
        (
            "alt:p-l755p skos:broader alt:her2-amplification .",
            [("alteration/p-l755p", "skos:broader+", "A mutation must never stand under an amplification")],
        ),
        (
            "drug:t-dm1 skos:broader class:antibody-drug-conjugate .",
            [("drug/t-dm1", "skos:broader", "What is broader than a")],
        ),
        (
            "drug:t-dm1 her2:treats <https://w3id.org/her2kg/disease/lung-cancer> .",
            [
                (
                    "drug/t-dm1",
                    "her2:treats|biolink:treats|biolink:treats_or_applied_or_studied_to_treat",
                    "The graph must not",
                )
            ],
        ),
    ],
)
def test_what_must_not_be_added(added: str, expected: list[tuple[str, str, str]], shapes: Graph) -> None:
    found = validate(turtle(GOOD + added), shapes)

    assert [(v.focus.removeprefix(KG), v.path) for v in found] == [(focus, path) for focus, path, _ in expected]
    assert all(v.message.startswith(start) for v, (_, _, start) in zip(found, expected, strict=True))


def test_the_order_is_the_same_each_time_and_the_graph_stays_as_it_is(shapes: Graph) -> None:
    graph = turtle(re.sub("her2:certainty her2:Asserted|her2:rule 'title-trial'", "rdfs:label 'x'", GOOD))
    before = set(graph)

    runs = {validate(graph, shapes) for _ in range(3)}

    assert len(runs) == 1
    assert next(iter(runs)) == tuple(sorted(next(iter(runs))))
    assert set(graph) == before


def test_a_violation_reads_as_one_line(shapes: Graph) -> None:
    (violation,) = validate(turtle(GOOD.replace('"1a/1b", "2"', '"II"', 1)), shapes)

    assert violation == Violation(
        focus="https://w3id.org/her2kg/study/lung01",
        path="her2:phase",
        value="II",
        message="A phase is one of 1, 1a, 1b, 1a/1b, 1/2, 2, 2a, 2b, 2/3, 3, 4 (her2:phase).",
        shape="shape:Study",
    )
    assert str(violation) == (
        "https://w3id.org/her2kg/study/lung01: A phase is one of 1, 1a, 1b, 1a/1b, 1/2, 2, 2a, 2b, 2/3, 3, 4"
        " (her2:phase). Found: II"
    )


def test_shapes_that_cannot_be_used_are_an_error_of_ours() -> None:
    broken = Graph().parse(
        data=HEADER + "<urn:s> a sh:NodeShape ; sh:targetNode <urn:x> ; sh:property <urn:p> .",
        format="turtle",
    )
    with pytest.raises(ShapesError, match="The shapes cannot be used"):
        validate(turtle(GOOD), broken)


def test_every_shape_says_in_words_what_is_wrong(shapes: Graph) -> None:
    parts = set(shapes.objects(None, SH.property)) | set(shapes.objects(None, SH.sparql))
    for part in parts:
        messages = list(shapes.objects(part, SH.message))
        assert len(messages) == 1
        assert re.fullmatch(r"[A-Z].*\.", str(messages[0]))
    named = set(shapes.subjects(RDF.type, SH.NodeShape))
    assert all((shape, RDFS.label, None) in shapes for shape in named)


def test_every_class_of_the_ontology_has_a_shape(shapes: Graph) -> None:
    ontology = ontology_graph()
    targets = set(shapes.objects(None, SH.targetClass))
    covered = {down for target in targets for down in ontology.transitive_subjects(RDFS.subClassOf, target)}
    values = {URIRef(HER2 + name) for name in ("Certainty", "Appraisal", "QuoteRole")}  # the shapes list their members
    classes = {c for c in ontology.subjects(RDF.type, OWL.Class) if isinstance(c, URIRef) and c.startswith(HER2)}
    defined = set(ontology.subjects(OWL.equivalentClass))
    assert classes - defined - covered - values == {URIRef(HER2 + "Therapy")}  # by its three kinds
