"""The rules of the model that are about several nodes at once, as questions that find offenders."""

from __future__ import annotations

from typing import Final

#: What every question here may abbreviate.
PREFIXES: Final = """
PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
#: The rules of model.md that are about several nodes at once: each finds offenders.
RULES: Final = {
    "a statement's evidence lies in the section that it names": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Evidence ; her2:inSection ?section ; her2:start ?start ; her2:end ?end .
        ?section her2:start ?from ; her2:end ?to . FILTER(?start < ?from || ?end > ?to) }""",
    "a mention lies in the section that it names": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Mention ; her2:inSection ?section ; her2:start ?start ; her2:end ?end .
        ?section her2:start ?from ; her2:end ?to . FILTER(?start < ?from || ?end > ?to) }""",
    "a mention stands for something that has a label": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Mention ; oa:hasBody ?body . FILTER NOT EXISTS { ?body rdfs:label ?label } }""",
    "a result's printed value stands in its quote": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Result ; her2:printedValue ?printed ; her2:hasEvidence ?evidence .
        FILTER(?printed != "not reached")
        ?evidence her2:exact ?quote . FILTER(!CONTAINS(?quote, ?printed)) }""",
    "what a result is printed with stands in its quote": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Result ; her2:hasEvidence/her2:exact ?quote ;
              her2:printedLower|her2:printedUpper|her2:dose|her2:grade ?printed .
        FILTER(!CONTAINS(?quote, ?printed)) }""",
    "what a statement is about has a label or a title": """
      SELECT DISTINCT ?node WHERE {
        ?node a her2:Statement ; biolink:subject|biolink:object|her2:context ?thing .
        FILTER NOT EXISTS { ?thing rdfs:label ?label } }""",
    "a fact of a study is a statement with evidence": """
      SELECT DISTINCT ?node WHERE {
        VALUES ?fact { her2:investigates her2:enrols her2:condition her2:population her2:design her2:reportedIn
                       her2:partOf her2:pools }
        ?node ?fact ?value .
        FILTER NOT EXISTS { ?s biolink:subject ?node ; biolink:predicate ?fact ; biolink:object ?value ;
                               her2:hasEvidence ?evidence } }""",
    "a plain triple is backed by an asserted, positive statement": """
      SELECT DISTINCT ?node WHERE {
        VALUES ?p { her2:detects her2:mechanismOf her2:efficacyIn her2:safetyIn her2:therapeuticTargetIn
                    her2:oncogenicDriverIn her2:hasConsensus her2:hasGoldStandard her2:standardOfCareFor
                    her2:prognosticIn her2:studiedIn }
        ?node ?p ?value .
        FILTER NOT EXISTS { ?s biolink:subject ?node ; biolink:predicate ?p ; biolink:object ?value ;
                               biolink:negated false ; her2:certainty her2:Asserted } }""",
    "a concept is of exactly one kind": """
      SELECT DISTINCT ?node WHERE {
        VALUES ?kind { her2:Gene her2:GeneFamily her2:Alteration her2:DetectionMethod her2:Drug her2:DrugClass
                       her2:Regimen her2:Disease her2:StudyDesign her2:Population her2:Outcome her2:Topic
                       her2:ExternalConcept }
        VALUES ?other { her2:Gene her2:GeneFamily her2:Alteration her2:DetectionMethod her2:Drug her2:DrugClass
                        her2:Regimen her2:Disease her2:StudyDesign her2:Population her2:Outcome her2:Topic
                       her2:ExternalConcept }
        ?node a skos:Concept, ?kind, ?other . FILTER(STR(?kind) < STR(?other)) }""",
    "nothing is broader than itself": """
      SELECT DISTINCT ?node WHERE { ?node skos:broader ?up . ?up skos:broader* ?node }""",
    "nobody claims that a drug treats": """
      SELECT DISTINCT ?node WHERE { ?node her2:treats|biolink:treats ?what }""",
    "what a document says and what is curated lie in different graphs": """
      SELECT DISTINCT ?node WHERE {
        GRAPH <https://w3id.org/her2kg/graph/concepts> { ?node a ?kind }
        VALUES ?kind { her2:Statement her2:Evidence her2:Mention her2:Study her2:Result } }""",
}
