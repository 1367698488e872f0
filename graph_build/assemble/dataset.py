"""The dataset's description of itself (VoID, DCAT, PROV), and the ontology as a graph without blank nodes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rdflib import BNode, Graph
from rdflib.term import Node

from .. import __version__
from ..model import Document
from ..resources import resource
from ..vocabulary import BASE, DATASET, GRAPH, HER2, PREFIXES, digest, publication_iri, slug
from ..write import GraphWriter, Quad, iri, text, typed
from .bibliography import software_iri
from .mappings import vocabulary_editions

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "her2kg: evidence on HER2-altered lung cancer, statement by statement with its quote"


def dataset_quads(quads: set[Quad], documents: Sequence[Document], command: str) -> set[Quad]:
    """Describe a graph; the counts are those of all other graphs."""
    graph = GraphWriter(GRAPH + "dataset")
    graph.type(DATASET, "void:Dataset", "dcat:Dataset")
    graph.add(DATASET, "dcterms:title", text(TITLE, "en"))
    graph.link(DATASET, "dcterms:license", LICENCE)
    graph.add(DATASET, "dcat:version", text(__version__))
    entities = {s for s, p, _, _ in quads if p == iri("rdf:type")}
    graph.add(DATASET, "void:triples", typed(len({q[:3] for q in quads}), "integer"))
    graph.add(DATASET, "void:entities", typed(len(entities), "integer"))
    graph.link(DATASET, "void:sparqlEndpoint", BASE + "sparql")
    graph.add(DATASET, "void:uriSpace", text(BASE))
    for prefix in sorted(PREFIXES):
        graph.link(DATASET, "void:vocabulary", PREFIXES[prefix])
    for example in ("drug/trastuzumab-deruxtecan", "alteration/her2-exon-20-insertion", "gene/erbb2"):
        graph.link(DATASET, "void:exampleResource", BASE + example)
    activity = DATASET + "#build"
    graph.link(DATASET, "prov:wasGeneratedBy", activity)
    graph.type(activity, "prov:Activity")
    graph.add(activity, "rdfs:label", text(command))
    graph.link(activity, "prov:wasAssociatedWith", software_iri())
    graph.type(software_iri(), "prov:SoftwareAgent")
    graph.add(software_iri(), "rdfs:label", text(f"her2kg {__version__}"))
    for vocabulary, edition in vocabulary_editions():
        node = f"{DATASET}#vocabulary-{slug(vocabulary + ' ' + edition)}"
        graph.link(DATASET, "dcterms:source", node)
        graph.add(node, "rdfs:label", text(vocabulary))
        graph.add(node, "dcat:version", text(edition) if edition else None)
    for document in documents:
        source = publication_iri(document.publication)
        graph.link(activity, "prov:used", source)
        graph.link(DATASET, "prov:wasDerivedFrom", source)
        graph.add(source, "her2:sha256", text(document.sha256))
    return graph.quads


@cache
def ontology_quads() -> frozenset[Quad]:
    """The ontology as a named graph; blank nodes get IRIs made from what they say."""
    source = Graph().parse(resource("ontology", "her2.ttl"), format="turtle")
    names: dict[Node, str] = {}

    def content(node: Node) -> str:
        if not isinstance(node, BNode):
            return node.n3()
        return "[" + " ".join(sorted(f"{p.n3()} {content(o)}" for p, o in source.predicate_objects(node))) + "]"

    def name(node: Node) -> str:
        if not isinstance(node, BNode):
            return node.n3() if node.n3().startswith("<") else _literal(node)
        if node not in names:
            owners = "".join(
                sorted(s.n3() + p.n3() for s, p in source.subject_predicates(node) if not isinstance(s, BNode))
            )
            names[node] = iri(f"{HER2}node-{digest(owners, content(node))}")
        return names[node]

    return frozenset((name(s), name(p), name(o), iri(GRAPH + "ontology")) for s, p, o in source)


def _literal(node: Node) -> str:
    from rdflib import Literal

    assert isinstance(node, Literal)
    if node.language:
        return text(str(node), node.language)
    if node.datatype and not str(node.datatype).endswith("#string"):
        return f"{text(str(node))}^^{iri(str(node.datatype))}"
    return text(str(node))
