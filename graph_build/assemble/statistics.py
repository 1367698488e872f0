"""How much of what a graph holds: VoID partitions, named graphs and linksets, each with a true count.

The numbers come from :mod:`graph_build.assemble.counting`; a test counts again, by SPARQL.  Every node has an
IRI made of the dataset's and the term's name, so that two descriptions can be compared line by line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from ..prefixes import PREFIXES, PrefixError, curie, vocabulary
from ..vocabulary import BASE, DATASET, GRAPH, digest, slug
from ..write import GraphWriter, Quad, iri, text, typed
from .counting import Counts

#: What the graphs that every build has are called.
GRAPH_TITLES: Final[Mapping[str, str]] = {
    GRAPH + "ontology": "The classes and properties of the graph, with their definitions",
    GRAPH + "concepts": "What concepts are: labels, kinds and hierarchies, curated",
    GRAPH
    + "mappings": "Links from our concepts to other vocabularies, each confirmed there, and the MeSH records used",
}


def add_statistics(graph: GraphWriter, counts: Counts) -> None:
    """Write the counts of the whole: triples, entities, subjects, objects, classes and properties."""
    for name, number in (
        ("triples", counts.triples),
        ("entities", counts.entities),
        ("distinctSubjects", counts.subjects),
        ("distinctObjects", counts.objects),
        ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
    ):
        graph.add(DATASET, f"void:{name}", typed(number, "integer"))
    for cls, node in _nodes("class", counts.classes).items():
        graph.link(DATASET, "void:classPartition", node)
        graph.add(node, "void:class", cls)
        graph.add(node, "void:entities", typed(counts.classes[cls], "integer"))
    for prop, node in _nodes("property", counts.properties).items():
        uses = counts.properties[prop]
        graph.link(DATASET, "void:propertyPartition", node)
        graph.add(node, "void:property", prop)
        graph.add(node, "void:triples", typed(uses.triples, "integer"))
        graph.add(node, "void:distinctSubjects", typed(uses.subjects, "integer"))
        graph.add(node, "void:distinctObjects", typed(uses.objects, "integer"))
    terms = [term.strip("<>") for term in (*counts.classes, *counts.properties)]
    for base in sorted(PREFIXES.values()):
        if any(_namespace(term) == base for term in terms):
            graph.link(DATASET, "void:vocabulary", base)


def _namespace(term: str) -> str | None:
    """The base of a term's prefix, the longest that fits."""
    prefix = (curie(term) or "").partition(":")[0]
    return PREFIXES.get(prefix)


def _nodes(kind: str, terms: Iterable[str]) -> dict[str, str]:
    """An IRI of ours for each term: its name in kebab case, told apart where two would be one."""
    nodes: dict[str, str] = {}
    taken: set[str] = set()
    for term in sorted(terms):
        plain = term.strip("<>")
        node = f"{DATASET}#{kind}-{slug(curie(plain) or plain)}"
        nodes[term] = f"{node}-{digest(plain)}" if node in taken else node
        taken.add(nodes[term])
    return nodes


def add_named_graph(graph: GraphWriter, name: str, triples: int, document: tuple[str, str] | None = None) -> None:
    """Write a named graph as a subset; ``document`` is the publication that it was read from, and its title."""
    publication, title = document or (None, GRAPH_TITLES.get(name, name.rpartition("/")[2]))
    graph.link(DATASET, "void:subset", name)
    graph.type(name, "void:Dataset")
    graph.add(name, "dcterms:title", text(f"What was read from: {title}" if publication else title, "en"))
    graph.add(name, "void:triples", typed(triples, "integer"))
    graph.link(name, "prov:wasDerivedFrom", publication)


def add_linksets(graph: GraphWriter, quads: Iterable[Quad]) -> None:
    """Write the links of the mappings graph, a linkset for each vocabulary and each relation.

    VoID has one predicate a linkset.  Links to vocabularies that are not registered are in none.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for subject, predicate, target, name in quads:
        if name == iri(GRAPH + "mappings") and subject.startswith(f"<{BASE}"):  # not what MeSH says of its records
            counts[predicate, (curie(target.strip("<>")) or "").partition(":")[0]] += 1
    for (predicate, prefix), number in sorted(counts.items()):
        try:
            known = vocabulary(prefix)
        except PrefixError:
            continue
        relation = (curie(predicate.strip("<>")) or predicate).partition(":")[2]
        node = f"{DATASET}#links-{slug(known.prefix)}-{slug(relation)}"
        graph.link(DATASET, "void:subset", node)
        graph.type(node, "void:Linkset")
        graph.add(node, "dcterms:title", text(f"{relation} to {known.name}", "en"))
        graph.link(node, "void:subjectsTarget", DATASET)
        graph.link(node, "void:objectsTarget", source_iri(known.prefix))
        graph.add(node, "void:linkPredicate", predicate)
        graph.add(node, "void:triples", typed(number, "integer"))


def source_iri(prefix: str) -> str:
    """The node of a vocabulary that our concepts are mapped to."""
    return f"{DATASET}#vocabulary-{slug(prefix)}"
