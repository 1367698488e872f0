"""What was found in a document: mentions, studies, statements and their evidence."""

from __future__ import annotations

from typing import Final

from ..model import (
    Certainty,
    ConceptClass,
    ConceptId,
    Mention,
    Node,
    PublicationId,
    Reading,
    RegisterId,
    Span,
    Statement,
    StudyId,
)
from ..vocabulary import concept_iri, digest, publication_iri, slug, study_iri, term
from ..write import GraphWriter, boolean, text, typed
from .bibliography import section_iri, short_citation
from .concepts import add_concept

#: How much text a quote selector keeps on either side, in characters (model.md).
CONTEXT: Final = 32
#: Biolink's values for what a text-mining agent asserts from text.
KNOWLEDGE_LEVEL: Final = "not_provided"
AGENT_TYPE: Final = "text_mining_agent"
#: Facts of studies, which are properties of the study whatever else is said of them.
STUDY_FACTS: Final = frozenset(
    {"investigates", "enrols", "condition", "population", "design", "reportedIn", "partOf", "pools", "registeredAs"}
)


def node_iri(node: Node) -> str:
    """The IRI of what a statement is about."""
    match node:
        case ConceptId(cls=ConceptClass.STUDY, label=label):
            return study_iri(slug(label))
        case ConceptId():
            return concept_iri(node)
        case StudyId(slug=name):
            return study_iri(name)
        case PublicationId(iri=iri) | RegisterId(iri=iri):
            return iri


def node_label(node: Node) -> str:
    """What people call it."""
    match node:
        case ConceptId(label=label):
            return label
        case StudyId(slug=name):
            return name
        case PublicationId(iri=iri):
            return iri
        case RegisterId(number=number):
            return number


def add_quote(graph: GraphWriter, node: str, span: Span, section: int, reading: Reading) -> None:
    """The place of a mention or an evidence, in our words and in those of the Web Annotation model."""
    document = reading.document
    iri = publication_iri(document.publication)
    exact = span.of(document.text)
    start, end = typed(span.start, "integer"), typed(span.end, "integer")
    graph.link(node, "her2:document", iri)
    graph.link(node, "her2:inSection", section_iri(graph, document, section))
    graph.add(node, "her2:exact", text(exact))
    graph.add(node, "her2:start", start)
    graph.add(node, "her2:end", end)
    target, position, quote = f"{node}-target", f"{node}-position", f"{node}-quote"
    graph.type(node, "oa:Annotation")
    graph.link(node, "oa:hasTarget", target)
    graph.type(target, "oa:SpecificResource")
    graph.link(target, "oa:hasSource", iri)
    graph.link(target, "oa:hasSelector", position)
    graph.link(target, "oa:hasSelector", quote)
    graph.type(position, "oa:TextPositionSelector")
    graph.add(position, "oa:start", start)
    graph.add(position, "oa:end", end)
    graph.type(quote, "oa:TextQuoteSelector")
    graph.add(quote, "oa:exact", text(exact))
    graph.add(quote, "oa:prefix", text(document.text[max(0, span.start - CONTEXT) : span.start]))
    graph.add(quote, "oa:suffix", text(document.text[span.end : span.end + CONTEXT]))


def mention_iri(graph: GraphWriter, mention: Mention) -> str:
    """The IRI of a mention, from its place and class."""
    return f"{graph.graph}#mention-{mention.span.start}-{mention.span.end}-{slug(mention.cls)}"


def add_mentions(graph: GraphWriter, reading: Reading) -> None:
    """Write the mentions, and the concepts that only this document knows."""
    for mention in reading.mentions:
        node = mention_iri(graph, mention)
        graph.type(node, "her2:Mention")
        graph.link(node, "oa:hasBody", node_iri(mention.concept))
        for name in mention.changes:
            graph.add(node_iri(mention.concept), "her2:notation", text(name))
        add_quote(graph, node, mention.span, mention.section, reading)
    for concept in reading.concepts:
        if concept.unresolved:
            add_concept(graph, concept)


def add_studies(graph: GraphWriter, reading: Reading) -> list[str]:
    """Write the studies; the names of those that no lexicon row has are returned."""
    unresolved = set()
    for study in reading.studies:
        node = study_iri(study.slug)
        graph.type(node, "her2:Study", f"her2:{study.cls}")
        graph.label(node, study.label)
        graph.add(node, "her2:acronym", text(study.acronym) if study.acronym else None)
        for name in study.names:
            graph.add(node, "skos:altLabel", text(name, "en"))
        for phase in study.phases:
            graph.add(node, "her2:phase", text(phase))
        if not study.resolved and study.acronym:
            graph.add(node, "her2:status", text("unresolved"))
            unresolved.add(f"study “{study.label}”")
    unresolved |= {f"{c.type.lower()} “{c.id.label}”" for c in reading.concepts if c.unresolved}
    return sorted(unresolved)


def statement_iri(statement: Statement) -> str:
    """The IRI of a statement, from its content alone."""
    content = digest(
        node_iri(statement.subject),
        statement.predicate,
        node_iri(statement.object),
        str(statement.negated),
        statement.certainty,
        statement.appraisal or "",
        node_iri(statement.context) if statement.context else "",
    )
    return f"https://w3id.org/her2kg/statement/{content}"


def add_statements(graph: GraphWriter, reading: Reading) -> None:
    """Write statements and evidence; what is plainly so also as the plain triple."""
    labels = {study_iri(s.slug): s.label for s in reading.studies}
    cited = (section.publication for section in reading.document.sections if section.publication)
    labels |= {publication_iri(p): short_citation(p) for p in (reading.document.publication, *cited)}
    for statement in reading.statements:
        node = statement_iri(statement)
        subject, target = node_iri(statement.subject), node_iri(statement.object)
        graph.type(node, "her2:Statement")
        graph.label(node, sentence_of(statement, labels))
        graph.link(node, "biolink:subject", subject)
        graph.link(node, "biolink:predicate", term(statement.predicate))
        graph.link(node, "biolink:object", target)
        if isinstance(statement.object, RegisterId):
            graph.type(target, "her2:RegisterEntry")
            graph.label(target, statement.object.number)
        graph.add(node, "biolink:negated", boolean(statement.negated))
        graph.add(node, "biolink:knowledge_level", text(KNOWLEDGE_LEVEL))
        graph.add(node, "biolink:agent_type", text(AGENT_TYPE))
        graph.link(node, "her2:certainty", term(statement.certainty))
        if statement.appraisal:
            graph.link(node, "her2:appraisal", term(statement.appraisal))
        graph.add(node, "her2:appraisalWord", text(statement.appraisal_word) if statement.appraisal_word else None)
        graph.link(node, "her2:context", node_iri(statement.context) if statement.context else None)
        graph.link(node, "her2:outcome", node_iri(statement.outcome) if statement.outcome else None)
        _add_evidence(graph, node, statement, reading)
        plain = not statement.negated and statement.certainty is Certainty.ASSERTED
        free = not statement.appraisal and not statement.context
        if plain and (free or statement.predicate in STUDY_FACTS):
            graph.link(subject, f"her2:{statement.predicate}", target)


def _add_evidence(graph: GraphWriter, statement_node: str, statement: Statement, reading: Reading) -> None:
    evidence = statement.evidence
    key = digest(statement_node, evidence.rule)
    node = f"{graph.graph}#evidence-{evidence.span.start}-{evidence.span.end}-{key}"
    graph.link(statement_node, "her2:hasEvidence", node)
    graph.type(node, "her2:Evidence")
    add_quote(graph, node, evidence.span, evidence.section, reading)
    graph.link(node, "her2:quoteRole", term(evidence.role))
    graph.add(node, "her2:rule", text(evidence.rule))
    graph.add(node, "her2:confidence", typed(f"{evidence.confidence:g}", "decimal"))
    graph.add(node, "her2:negationCue", text(evidence.negation_cue) if evidence.negation_cue else None)
    graph.add(node, "her2:hedgeCue", text(evidence.hedge_cue) if evidence.hedge_cue else None)
    graph.add(node, "her2:appraisalWord", text(statement.appraisal_word) if statement.appraisal_word else None)
    graph.link(node, "her2:outcome", node_iri(statement.outcome) if statement.outcome else None)
    for mention in evidence.mentions:
        graph.link(node, "prov:wasDerivedFrom", mention_iri(graph, mention))


#: Predicates as sentences; the others are verbs by their own name ("A investigates B").
_SENTENCES: Final = {
    "condition": "{0} is about {1}",
    "design": "{0} has the design {1}",
    "efficacyIn": "efficacy of {0} in {1}",
    "hasConsensus": "{0} has a consensus in {1}",
    "hasGoldStandard": "{0} has a gold standard in {1}",
    "inClass": "{0} is {a} {1}",
    "mechanismOf": "{0} is a mechanism of {1}",
    "memberOf": "{0} is a member of {1}",
    "oncogenicDriverIn": "{0} is an oncogenic driver in {1}",
    "partOf": "{0} is part of {1}",
    "population": "{0} has the population {1}",
    "prognosticIn": "{0} is prognostic in {1}",
    "registeredAs": "{0} is registered as {1}",
    "reportedIn": "{0} is reported in {1}",
    "safetyIn": "safety of {0} in {1}",
    "standardOfCareFor": "{0} is the standard of care for {1}",
    "studiedIn": "{0} is studied in {1}",
    "therapeuticTargetIn": "{0} is a therapeutic target in {1}",
}


def sentence_of(statement: Statement, labels: dict[str, str]) -> str:
    """The statement as a short sentence, for tables and tooltips."""
    subject = labels.get(node_iri(statement.subject), node_label(statement.subject))
    target = labels.get(node_iri(statement.object), node_label(statement.object))
    sentence = _SENTENCES.get(statement.predicate, f"{{0}} {statement.predicate} {{1}}")
    article = "an" if target[:1].lower() in "aeio" else "a"
    words = ("not: " if statement.negated else "") + sentence.format(subject, target, a=article)
    if statement.context:
        words += f" ({node_label(statement.context)})"
    if statement.appraisal:
        words += f": {statement.appraisal.value.lower()}"
    if statement.certainty is Certainty.HEDGED:
        words += " (hedged)"
    if statement.certainty is Certainty.OPEN_QUESTION:
        words += "?"
    return words
