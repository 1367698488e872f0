"""Results: the numbers that documents report of studies, each with its place."""

from __future__ import annotations

from typing import Final

from ..model import Certainty, Reading, Result
from ..relate.results.numbers import is_number, plain
from ..vocabulary import concept_iri, digest, study_iri, term
from ..write import GraphWriter, text, typed
from .findings import add_quote, mention_iri

#: How a result says that the median was not reached.
NOT_REACHED: Final = "not reached"


def result_iri(graph: GraphWriter, result: Result) -> str:
    """The IRI of a result, from its content: what is said twice in a document is one result with two evidences."""
    content = digest(
        result.study.slug,
        concept_iri(result.measure),
        result.statistic,
        *(value or "" for value in _printed(result).values()),
        *(value or "" for value in (result.level, result.count, result.total)),
        result.certainty,
    )
    return f"{graph.graph}#result-{content}"


def printed_value(result: Result) -> str:
    """The value as printed: digits, "9/25" where only that is printed, or that it was not reached."""
    counted = f"{result.count}/{result.total}" if result.count and result.total else None
    return result.value or counted or NOT_REACHED


def _printed(result: Result) -> dict[str, str | None]:
    """The values of a result that are kept as strings, by the property that holds them."""
    return {
        "her2:printedValue": printed_value(result),
        "her2:unit": result.unit,
        "her2:printedLower": result.lower,
        "her2:printedUpper": result.upper,
        "her2:timePoint": result.time,
        "her2:printedPValue": result.p,
        "her2:grade": result.grade,
        "her2:dose": result.dose,
        "her2:score": result.score,
        "her2:cutOff": result.cut_off,
        "her2:group": result.group,
        "her2:comparatorGroup": result.comparator_group,
    }


def add_results(graph: GraphWriter, reading: Reading) -> None:
    """Write the results and their evidences."""
    labels = {study.slug: study.label for study in reading.studies}
    for result in reading.results:
        node = result_iri(graph, result)
        graph.link(study_iri(result.study.slug), "her2:hasResult", node)
        graph.type(node, "her2:Result")
        graph.label(node, sentence_of(result, labels))
        graph.link(node, "her2:measure", concept_iri(result.measure))
        graph.add(node, "her2:statistic", text(result.statistic))
        graph.link(node, "her2:certainty", term(result.certainty))
        for name, value in _printed(result).items():
            graph.add(node, name, text(value) if value else None)
        _add_numbers(graph, node, result)
        graph.link(node, "her2:assay", concept_iri(result.assay) if result.assay else None)
        graph.link(node, "her2:arm", concept_iri(result.arm) if result.arm else None)
        graph.link(node, "her2:comparator", concept_iri(result.comparator) if result.comparator else None)
        for subgroup in result.subgroups:
            graph.link(node, "her2:subgroup", concept_iri(subgroup))
        _add_evidence(graph, node, result, reading)


def _add_numbers(graph: GraphWriter, node: str, result: Result) -> None:
    for name, value in (("value", result.value), ("lower", result.lower), ("upper", result.upper)):
        if value and is_number(value):
            graph.add(node, f"her2:{name}", typed(plain(value), "decimal"))
    graph.add(node, "her2:confidenceLevel", typed(result.level, "decimal") if result.level else None)
    for name, value in (("count", result.count), ("total", result.total)):
        graph.add(node, f"her2:{name}", typed(int(value), "integer") if value else None)


def _add_evidence(graph: GraphWriter, result_node: str, result: Result, reading: Reading) -> None:
    evidence = result.evidence
    key = digest(result_node, evidence.rule, str(result.place.start))
    node = f"{graph.graph}#evidence-{evidence.span.start}-{evidence.span.end}-{key}"
    graph.link(result_node, "her2:hasEvidence", node)
    graph.type(node, "her2:Evidence")
    add_quote(graph, node, evidence.span, evidence.section, reading)
    graph.link(node, "her2:quoteRole", term(evidence.role))
    graph.add(node, "her2:rule", text(evidence.rule))
    graph.add(node, "her2:confidence", typed(f"{evidence.confidence:g}", "decimal"))
    graph.add(node, "her2:hedgeCue", text(evidence.hedge_cue) if evidence.hedge_cue else None)
    graph.add(node, "her2:printedText", text(result.place.of(reading.document.text)))
    for mention in evidence.mentions:
        graph.link(node, "prov:wasDerivedFrom", mention_iri(graph, mention))


def sentence_of(result: Result, labels: dict[str, str]) -> str:
    """The result in one line, for tables and tooltips.

    >>> from graph_build.model import *
    >>> evidence = Evidence(span=Span(0, 9), section=0, role=QuoteRole.OWN_RESULT, rule="r", confidence=0.8)
    >>> measure = ConceptId(ConceptClass.OUTCOME, "progression-free survival")
    >>> result = Result(study=StudyId("a"), measure=measure, statistic="median", evidence=evidence, place=Span(0, 3),
    ...     value="8·2", unit="months", lower="6", upper="NE", level="95", group="patients with brain metastases")
    >>> sentence_of(result, {"a": "A"})
    'A: median progression-free survival 8·2 months (95% CI 6–NE), patients with brain metastases'
    """
    parts = [labels.get(result.study.slug, result.study.slug) + ":"]
    name = result.measure.label
    if result.grade:
        name = f"{result.grade[0].lower()}{result.grade[1:]} {name}"
    if result.score and result.assay and not result.group:
        name += f" {result.score}"
    if result.time:
        name += f" at {result.time}"
    if result.statistic in ("median", "mean"):
        parts.append(f"{result.statistic} {name}")
    elif result.statistic in ("hazard ratio", "cut-off"):
        parts.append(f"{name}, {result.statistic}")
    else:
        parts.append(name)
    value = result.cut_off or printed_value(result)
    parts.append(value + ("%" if result.unit == "%" and result.value else f" {result.unit}" if result.unit else ""))
    inside = [f"{result.count}/{result.total}"] if result.count and result.total and result.value else []
    if result.lower:
        level = f"{result.level}% CI" if result.level else "interval"
        inside.append(f"{level} {result.lower}–{result.upper}")
    words = " ".join(parts) + (f" ({'; '.join(inside)})" if inside else "")
    if result.group:
        words += f", {result.group}"
    if result.comparator_group:
        words += f" versus {result.comparator_group}"
    return words + (" (hedged)" if result.certainty is Certainty.HEDGED else "")
