"""The appraisals of a therapy as statements of the GA4GH Variant Annotation Specification (VA-Spec 1.0).

VA-Spec knows one proposition that fits: the variant ``predictsSensitivityTo`` the therapy in a condition.  Our
statement becomes an assessment of that proposition: a favourable appraisal supports it, an unfavourable one disputes
it, any other is neutral.  A study that gives a drug to patients with an alteration assesses nothing and is left out,
and so is an appraisal where no disease is printed, since the condition is required; these are counted by their
appraisal, since what remains may be all favourable where the text is not.  No strength, evidence level or
classification is given: the texts name none.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

from .. import __version__
from . import Exported
from .codings import Json, mappings
from .values import Node, counts, line, local, nodes, said, store_of, words
from .values import curie as short

#: An appraised efficacy, and whether it is denied → direction.  What is not favourable need not be unfavourable.
DIRECTIONS: Final[dict[tuple[str, bool], str]] = {
    ("Favourable", False): "supports",
    ("Favourable", True): "disputes",
    ("Unfavourable", False): "disputes",
}
_NEUTRAL: Final = "neutral"
#: Classes that are no variation of a sequence, which is what a categorical variant is about.
_NO_VARIANTS: Final = ("her2:Expression", "her2:Overexpression")


class _Things:
    """The nodes of a graph that statements name."""

    def __init__(self, folder: Path) -> None:
        store = store_of(folder)
        self.concepts = nodes(store, "skos:Concept")
        self.studies = nodes(store, "Study")
        self.statements = nodes(store, "Statement")
        self.evidences = nodes(store, "Evidence")
        self.sections = nodes(store, "Section")
        self.papers = nodes(store, "Publication")
        self.counts = counts(store, "mentions")


def write(folder: Path) -> Exported:
    """All assessments of a therapeutic response, as a JSON list of VA-Spec statements."""
    things = _Things(folder)
    kept, dropped = [], Counter[str]()
    for statement in things.statements.values():
        reason = _reason_against(statement, things)
        if reason:
            dropped[_appraised(statement) + reason] += 1
        else:
            kept.append(_statement(statement, things))
    data = json.dumps(kept, ensure_ascii=False, indent=2) + "\n"
    return Exported({"": data.encode()}, dict(sorted(dropped.items())) | things.counts)


def _reason_against(statement: Node, things: _Things) -> str:
    """Why VA-Spec cannot hold a statement; empty when it can."""
    if statement.one("biolink:subject") in things.studies:
        return "facts of studies"
    if short(statement.one("biolink:predicate")) != "her2:efficacyIn":
        return "statements on other things than efficacy"
    alteration = things.concepts[statement.one("biolink:object")]
    if "her2:Disease" in alteration.classes:
        return "statements on efficacy without an alteration"
    if set(_NO_VARIANTS) & set(alteration.classes):
        return "statements on efficacy for an expression, which is no variant"
    if not _diseases(statement, things):
        return "statements on efficacy without a printed disease"
    return ""


def _appraised(statement: Node) -> str:
    """The appraisal of what is left out, for the line that says so: those that remain may be of one kind only."""
    if not statement.all("her2:appraisal"):
        return ""
    if local(statement.one("her2:certainty")) == "OpenQuestion":
        return "open "
    denied = "not " if statement.one("biolink:negated") == "true" else ""
    return f"{denied}{words(local(statement.one('her2:appraisal')))} "


def _diseases(statement: Node, things: _Things) -> list[Node]:
    context = (things.concepts.get(iri) for iri in statement.all("her2:context"))
    return [node for node in context if node and "her2:Disease" in node.classes]


def direction(statement: Node) -> str:
    """Whether a statement speaks for a response, against it or for neither; a question speaks for neither."""
    if local(statement.one("her2:certainty")) == "OpenQuestion":
        return _NEUTRAL
    negated = statement.one("biolink:negated") == "true"
    return DIRECTIONS.get((local(statement.one("her2:appraisal")), negated), _NEUTRAL)


def _statement(statement: Node, things: _Things) -> Json:
    certainty = local(statement.one("her2:certainty"))
    evidences = sorted(
        (things.evidences[iri] for iri in statement.all("her2:hasEvidence")),
        key=lambda e: (e.one("her2:document"), int(e.one("her2:start"))),
    )
    documents = {iri: _document(things.papers[iri]) for iri in (_paper(e, things) for e in evidences)}
    alteration = things.concepts[statement.one("biolink:object")]
    diseases = _diseases(statement, things)
    return {
        "id": statement.iri,
        "type": "Statement",
        "description": said(statement),
        "proposition": {
            "type": "VariantTherapeuticResponseProposition",
            "subjectVariant": _variant(alteration, things),
            "predicate": "predictsSensitivityTo",
            "objectTherapeutic": _therapeutic(things.concepts[statement.one("biolink:subject")], things),
            "conditionQualifier": _condition(diseases),
        }
        | _gene_context(alteration, things),
        "direction": direction(statement),
        # The one thing the text says about strength: that it speaks with reserve.
        **({"strength": {"name": "stated with reserve"}} if certainty == "Hedged" else {}),
        "specifiedBy": {"type": "Method", "name": "her2kg extraction rules", "methodType": "text mining"},
        "contributions": [
            {
                "type": "Contribution",
                "activityType": "text mining",
                "contributor": {"type": "Agent", "name": f"her2kg {__version__}", "agentType": "software"},
            }
        ],
        "reportedIn": list(documents.values()),
        "hasEvidenceLines": [_evidence_line(e, statement, documents[_paper(e, things)]) for e in evidences],
        "extensions": [
            {"name": "predicate", "value": short(statement.one("biolink:predicate"))},
            {"name": "appraisal", "value": words(local(statement.one("her2:appraisal")))},
            {"name": "certainty", "value": words(certainty)},
            {"name": "negated", "value": statement.one("biolink:negated") == "true"},
        ],
    }


def _evidence_line(evidence: Node, statement: Node, document: Json) -> Json:
    """One quote, with what is needed to find it again in the document."""
    place: Json = {name: evidence.one(f"her2:{name}") for name in ("document", "rule")}
    place |= {name: int(evidence.one(f"her2:{name}")) for name in ("start", "end")}
    place["confidence"] = float(evidence.one("her2:confidence"))
    words_used = [
        *evidence.all("her2:appraisalWord"),
        *evidence.all("her2:hedgeCue"),
        *evidence.all("her2:negationCue"),
    ]
    return {
        "id": evidence.iri,
        "type": "EvidenceLine",
        "description": evidence.one("her2:exact"),
        "directionOfEvidenceProvided": direction(statement),
        "reportedIn": [document],
        "extensions": [{"name": "place", "value": place}, {"name": "words", "value": words_used}],
    }


def _paper(evidence: Node, things: _Things) -> str:
    return things.sections[evidence.one("her2:inSection")].one("her2:about") or evidence.one("her2:document")


def _document(paper: Node) -> Json:
    found = {
        "id": paper.iri,
        "type": "Document",
        "documentType": "publication",
        "name": paper.one("rdfs:label"),
        "title": line(paper.one("dcterms:title")),
        "doi": paper.one("prism:doi"),
        "pmid": paper.one("her2:pmid"),
    }
    return {name: value for name, value in found.items() if value}


def _variant(alteration: Node, things: _Things) -> Json:
    """A class of variants by its name and gene; the texts give no positions."""
    genes = [things.concepts[iri] for iri in alteration.all("her2:alterationOf")]
    found: Json = {
        "id": alteration.iri,
        "type": "CategoricalVariant",
        "name": alteration.one("rdfs:label"),
        "aliases": [*alteration.all("skos:altLabel"), *alteration.all("her2:notation")],
        "constraints": [
            {"type": "FeatureContextConstraint", "featureContext": _concept(gene, "Gene")} for gene in genes
        ],
        "mappings": mappings(alteration),
    }
    return {name: value for name, value in found.items() if value}


def _gene_context(alteration: Node, things: _Things) -> Json:
    genes = alteration.all("her2:alterationOf")
    return {"geneContextQualifier": _concept(things.concepts[genes[0]], "Gene")} if len(genes) == 1 else {}


def _therapeutic(therapy: Node, things: _Things) -> Json:
    """A drug, a class of drugs, or the parts of a regimen given together."""
    parts = [things.concepts[iri] for iri in therapy.all("her2:hasComponent")]
    if len(parts) > 1:
        return {
            "id": therapy.iri,
            "membershipOperator": "AND",
            "therapies": [_concept(part, _kind(part)) for part in parts],
        }
    return _concept(therapy, _kind(therapy))


def _kind(therapy: Node) -> str:
    return "Drug" if "her2:Drug" in therapy.classes else "Therapy"


def _condition(diseases: list[Node]) -> Json:
    members = [_concept(disease, "Disease") for disease in diseases]
    return members[0] if len(members) == 1 else {"membershipOperator": "OR", "conditions": members}


def _concept(node: Node, kind: str) -> Json:
    found = mappings(node)
    return {"id": node.iri, "conceptType": kind, "name": node.one("rdfs:label")} | (
        {"mappings": found} if found else {}
    )
