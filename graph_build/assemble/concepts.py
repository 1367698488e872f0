"""Curated concepts: what things are, apart from what documents say of them."""

from __future__ import annotations

from collections.abc import Iterable

from ..lexicon import Lexicon
from ..model import Concept
from ..vocabulary import GRAPH, concept_iri
from ..write import GraphWriter, Quad, text

#: The her2: classes above the one that a concept names.
_ABOVE = {
    "Mutation": ("Alteration",),
    "Amplification": ("Alteration",),
    "Overexpression": ("Alteration",),
    "Expression": ("Alteration",),
    "Rearrangement": ("Alteration",),
    "Variant": ("Mutation", "Alteration"),
    "CombinationRegimen": ("Regimen",),
}


def add_concept(graph: GraphWriter, concept: Concept) -> None:
    """Write one concept."""
    node = concept_iri(concept.id)
    graph.type(node, "skos:Concept", f"her2:{concept.type}", *(f"her2:{c}" for c in _ABOVE.get(concept.type, ())))
    graph.label(node, concept.id.label)
    graph.add(node, "skos:prefLabel", text(concept.id.label, "en"))
    for synonym in concept.synonyms:
        graph.add(node, "skos:altLabel", text(synonym, "en"))
    for hidden in concept.hidden:
        if "{" not in hidden and hidden not in concept.synonyms:
            graph.add(node, "skos:hiddenLabel", text(hidden, "en"))
    for broader in concept.broader:
        graph.link(node, "skos:broader", concept_iri(broader))
    for link, target in concept.links:
        graph.link(node, f"her2:{link}", concept_iri(target))
    graph.link(node, "skos:inScheme", concept.scheme or None)
    for match in concept.matches:
        graph.link(node, "skos:exactMatch", match)
    graph.add(node, "her2:hgvs", text(concept.hgvs) if concept.hgvs else None)
    graph.add(node, "her2:notation", text(concept.notation) if concept.notation else None)
    if concept.unresolved:
        graph.add(node, "her2:status", text("unresolved"))


def concept_quads(lexicon: Lexicon, composed: Iterable[Concept]) -> set[Quad]:
    """The graph of curated concepts: all of the lexicon, and the composed ones that documents name."""
    graph = GraphWriter(GRAPH + "concepts")
    for concept in lexicon.concepts.values():
        add_concept(graph, concept)
    for concept in composed:
        if not concept.unresolved:
            add_concept(graph, concept)
    return graph.quads
