"""The dataset's description of itself (VoID, DCAT, PROV), and the ontology as a graph without blank nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from rdflib import BNode, Graph
from rdflib.term import Node

from .. import __version__
from ..prefixes import expand, vocabulary
from ..resources import resource
from ..vocabulary import BASE, DATASET, GRAPH, HER2, digest, slug
from ..write import GraphWriter, Quad, date, iri, text
from .bibliography import software_iri
from .counting import Counts
from .mappings import vocabulary_editions
from .statistics import add_linksets, add_named_graph, add_statistics, source_iri

_BUILD: Final = DATASET + "#build"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
TITLE: Final = "her2kg: evidence on HER2-altered lung cancer, statement by statement with its quote"
DESCRIPTION: Final = (
    "What biomedical documents say about HER2 (ERBB2) alterations in lung cancer: studies, statements and mentions, "
    "each with the exact quote, its place, its document, and in which role and how certainly it is said; joined to "
    "curated concepts with links to public vocabularies. The counts are those of the named graphs that are listed as "
    "subsets; this description and what a reasoner infers are not counted."
)
KEYWORDS: Final = (
    "HER2",
    "ERBB2",
    "non-small cell lung cancer",
    "precision oncology",
    "evidence",
    "text mining",
    "knowledge graph",
)
#: Who answers for the dataset: the project as a whole, as the package says too.
CONTRIBUTORS: Final = BASE + "contributors"
#: What the dataset is about, and good places to begin; only what a graph holds is written.
THEMES: Final = ("gene/erbb2", "disease/non-small-cell-lung-carcinoma", "alteration/her2-mutation")
EXAMPLES: Final = ("drug/trastuzumab-deruxtecan", "alteration/her2-exon-20-insertion", "gene/erbb2")
N_QUADS: Final = "https://www.iana.org/assignments/media-types/application/n-quads"
ENGLISH: Final = "http://id.loc.gov/vocabulary/iso639-1/en"


#: What of our own is looked for while a graph is counted.
WANTED: Final = frozenset((*THEMES, *EXAMPLES))


def dataset_quads(counts: Counts, links: Iterable[Quad], command: str) -> set[Quad]:
    """Describe a graph by its counts and the links of its mappings; nothing here depends on time or machine.

    What is said of each document comes from :func:`document_description`.
    """
    graph = GraphWriter(GRAPH + "dataset")
    _add_identity(graph)
    _add_examples(graph, counts)
    _add_provenance(graph, command)
    _add_sources(graph)
    add_statistics(graph, counts)
    for name, number in counts.graphs.items():
        add_named_graph(graph, name.strip("<>"), number)
    add_linksets(graph, links)
    return graph.quads


def document_description(publication: str, name: str, title: str, sha256: str, triples: int) -> set[Quad]:
    """What the description of a graph says of one document: where it comes from, and how much is said of it."""
    graph = GraphWriter(GRAPH + "dataset")
    graph.link(_BUILD, "prov:used", publication)
    graph.link(DATASET, "prov:wasDerivedFrom", publication)
    graph.type(publication, "prov:Entity")
    graph.add(publication, "her2:sha256", text(sha256))
    add_named_graph(graph, f"{GRAPH}document/{name}", triples, (publication, title))
    return graph.quads


def _add_identity(graph: GraphWriter) -> None:
    """Title, licence, version, who made it and how it can be had."""
    graph.type(DATASET, "void:Dataset", "dcat:Dataset")
    graph.add(DATASET, "dcterms:title", text(TITLE, "en"))
    graph.add(DATASET, "dcterms:description", text(DESCRIPTION, "en"))
    graph.link(DATASET, "dcterms:license", LICENCE)
    graph.add(DATASET, "dcat:version", text(__version__))
    graph.link(DATASET, "dcterms:language", ENGLISH)
    graph.link(DATASET, "dcterms:conformsTo", HER2.removesuffix("#"))
    graph.link(DATASET, "dcterms:conformsTo", BASE + "shapes")
    for role in ("dcterms:creator", "dcterms:publisher"):
        graph.link(DATASET, role, CONTRIBUTORS)
    graph.type(CONTRIBUTORS, "foaf:Agent", "prov:Agent")
    graph.add(CONTRIBUTORS, "rdfs:label", text("her2kg contributors"))
    for keyword in KEYWORDS:
        graph.add(DATASET, "dcat:keyword", text(keyword, "en"))
    graph.link(DATASET, "void:sparqlEndpoint", BASE + "sparql")
    graph.add(DATASET, "void:uriSpace", text(BASE))
    file = DATASET + "#graph.nq"
    graph.link(DATASET, "dcat:distribution", file)
    graph.type(file, "dcat:Distribution")
    graph.add(file, "dcterms:title", text("graph.nq: all named graphs as sorted N-Quads", "en"))
    graph.link(file, "dcat:mediaType", N_QUADS)
    graph.link(file, "dcterms:license", LICENCE)


def _add_examples(graph: GraphWriter, counts: Counts) -> None:
    """Themes and example resources that the graph holds; of a graph without the usual ones its first concept."""
    held = counts.concepts
    for theme in held & set(THEMES):
        graph.link(DATASET, "dcat:theme", BASE + theme)
    first = {counts.first_concept} - {""}
    for example in held & set(EXAMPLES) or first:
        graph.link(DATASET, "void:exampleResource", BASE + example)


def _add_provenance(graph: GraphWriter, command: str) -> None:
    """The build: which software, which command."""
    graph.link(DATASET, "prov:wasGeneratedBy", _BUILD)
    graph.type(_BUILD, "prov:Activity")
    graph.add(_BUILD, "rdfs:label", text(command))
    graph.link(_BUILD, "prov:wasAssociatedWith", software_iri())
    graph.type(software_iri(), "prov:SoftwareAgent")
    graph.add(software_iri(), "rdfs:label", text(f"her2kg {__version__}"))
    graph.add(software_iri(), "schema:softwareVersion", text(__version__))


def _add_sources(graph: GraphWriter) -> None:
    """The vocabularies to which concepts are mapped, their licences, and the editions that were read."""
    for prefix, editions in vocabulary_editions().items():
        source, node = vocabulary(prefix), source_iri(prefix)
        graph.link(DATASET, "dcterms:source", node)
        graph.type(node, "void:Dataset")
        graph.label(node, source.name)
        graph.link(node, "dcterms:license", source.licence_iri or None)
        graph.add(node, "dcterms:rights", text(source.rights, "en") if source.rights else None)
        graph.link(node, "foaf:homepage", source.homepage)
        graph.add(node, "void:uriSpace", text(source.base))
        graph.link(node, "rdfs:seeAlso", expand(f"bioregistry:{source.bioregistry}") if source.bioregistry else None)
        for edition in editions:
            of_edition = f"{DATASET}#edition-{slug(f'{prefix} {edition}')}"
            graph.link(node, "dcat:hasVersion", of_edition)
            graph.label(of_edition, f"{source.name}, {edition}")
            graph.add(of_edition, "dcat:version", text(edition))
            when = re.search(r"(?<!\d)20\d\d-\d\d-\d\d(?!\d)", edition) or re.search(r"\b20\d\d\b", edition)
            graph.add(of_edition, "dcterms:date", date(when[0]) if when else None)


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
