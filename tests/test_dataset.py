"""The dataset's description of itself: true counts, licences, provenance, and a shape for each of its promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, RdfFormat, Store, parse
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, PROV, RDF, RDFS, SH, VOID, XSD
from rdflib.term import Node

from graph_build import __version__
from graph_build.assemble.mappings import vocabulary_editions
from graph_build.prefixes import PREFIXES, curie, vocabulary
from graph_build.shapes import core_shapes, validate
from graph_build.store import NQUADS, merge
from graph_build.vocabulary import BASE, DATASET, GRAPH, HER2

DCAT = Namespace(PREFIXES["dcat"])  # rdflib's own knows DCAT 2 only
THIS = URIRef(DATASET)
DESCRIPTION = NamedNode(GRAPH + "dataset")
BUILD = URIRef(DATASET + "#build")


@pytest.fixture(scope="module")
def counted(packaged: Path) -> Store:
    """All that the description counts: every named graph but the description itself."""
    store = Store()
    store.extend(q for q in parse(path=packaged / NQUADS, format=RdfFormat.N_QUADS) if q.graph_name != DESCRIPTION)
    return merge(store)


@pytest.fixture(scope="module")
def description(packaged: Path) -> Graph:
    """The description alone."""
    lines = (packaged / NQUADS).read_text(encoding="utf-8").splitlines()
    end = f" {DESCRIPTION} ."
    return Graph().parse(data="\n".join(f"{line.removesuffix(end)} ." for line in lines if line.endswith(end)))


def ask(store: Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=dict(PREFIXES))
    assert isinstance(found, QuerySolutions)
    return [tuple(getattr(term, "value", "") for term in row) for row in found]


def said(graph: Graph, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in graph.query(query, initNs=PREFIXES)]  # type: ignore[arg-type]


# Counts


@pytest.mark.parametrize(
    ("name", "recount"),
    [
        ("triples", "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } } }"),
        ("entities", "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?class } }"),
        ("distinctSubjects", "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
        ("classes", "SELECT (COUNT(DISTINCT ?class) AS ?n) { GRAPH ?g { ?s a ?class } }"),
        ("properties", "SELECT (COUNT(DISTINCT ?p) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
    ],
)
def test_a_count_is_true(name: str, recount: str, description: Graph, counted: Store) -> None:
    assert [str(description.value(THIS, VOID[name]))] == [row[0] for row in ask(counted, recount)]


def test_the_count_of_objects_is_true(description: Graph, packaged: Path) -> None:
    # Counted in the file: the store makes one of 2 as xsd:integer and 2 as xsd:nonNegativeInteger, which OWL asks for.
    quads = parse(path=packaged / NQUADS, format=RdfFormat.N_QUADS)
    objects = {quad.object for quad in quads if quad.graph_name != DESCRIPTION}
    assert str(description.value(THIS, VOID.distinctObjects)) == str(len(objects))


def test_the_class_partition_is_every_class_with_its_true_count(description: Graph, counted: Store) -> None:
    found = said(description, "SELECT ?c ?n { ?d void:classPartition [ void:class ?c ; void:entities ?n ] }")
    again = ask(counted, "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")
    assert sorted(found) == sorted(again)
    assert len(found) > 50
    assert {HER2 + "Mention", HER2 + "Statement"} < {name for name, _ in found}


def test_the_property_partition_is_every_property_with_its_true_counts(description: Graph, counted: Store) -> None:
    found = said(
        description,
        """SELECT ?p ?n ?s ?o { ?d void:propertyPartition [
             void:property ?p ; void:triples ?n ; void:distinctSubjects ?s ; void:distinctObjects ?o ] }""",
    )
    again = ask(
        counted,
        """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)
           { ?s ?p ?o } GROUP BY ?p""",
    )
    assert sorted(found) == sorted(again)


def test_the_subsets_are_the_named_graphs_with_their_true_counts(description: Graph, counted: Store) -> None:
    found = said(
        description,
        "SELECT ?g ?n { ?d void:subset ?g . ?g void:triples ?n FILTER NOT EXISTS { ?g a void:Linkset } }",
    )
    assert sorted(found) == sorted(ask(counted, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"))
    assert {GRAPH + name for name in ("ontology", "concepts", "mappings")} < {name for name, _ in found}


def test_the_linksets_are_the_mappings_graph_with_its_true_counts(description: Graph, counted: Store) -> None:
    found = said(
        description,
        """SELECT ?space ?p ?n { ?d void:subset ?l . ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
             void:subjectsTarget ?d ; void:objectsTarget/void:uriSpace ?space }""",
    )
    links = ask(
        counted,
        f"""SELECT ?p ?o {{ GRAPH <{GRAPH}mappings> {{ ?s ?p ?o }}
              FILTER(STRSTARTS(STR(?s), "{BASE}") && ISIRI(?o)) }}""",
    )
    for space, predicate, number in found:
        assert int(number) == sum(p == predicate and o.startswith(space) for p, o in links), space
    assert sum(int(number) for _, _, number in found) == len(links)


def test_the_vocabularies_are_those_whose_terms_are_used(description: Graph, counted: Store) -> None:
    terms = {row[0] for row in ask(counted, "SELECT DISTINCT ?t { { ?s ?t ?o } UNION { ?s a ?t } }")}
    used = {PREFIXES.get((curie(term) or "").partition(":")[0]) for term in terms} - {None}
    assert {str(o) for o in description.objects(THIS, VOID.vocabulary)} == used


def test_examples_and_themes_are_in_the_graph(description: Graph, counted: Store) -> None:
    shown = [*description.objects(THIS, VOID.exampleResource), *description.objects(THIS, DCAT.theme)]
    assert len(shown) == 6
    for node in shown:
        assert any(counted.quads_for_pattern(NamedNode(str(node)), None, None, DefaultGraph()))


# Who, how, of what


def test_it_says_what_it_is_and_who_made_it(description: Graph) -> None:
    facts = {
        DCTERMS.license: URIRef("https://creativecommons.org/licenses/by/4.0/"),
        DCAT.version: Literal(__version__),
        DCTERMS.creator: URIRef(BASE + "contributors"),
        DCTERMS.publisher: URIRef(BASE + "contributors"),
        VOID.sparqlEndpoint: URIRef(BASE + "sparql"),
        VOID.uriSpace: Literal(BASE),
        PROV.wasGeneratedBy: BUILD,
    }
    assert {predicate: description.value(THIS, predicate) for predicate in facts} == facts
    assert set(description.objects(THIS, RDF.type)) == {VOID.Dataset, DCAT.Dataset}
    (file,) = description.objects(THIS, DCAT.distribution)
    assert (file, DCAT.downloadURL, None) not in description  # it is nowhere to be downloaded
    assert "application/n-quads" in str(description.value(file, DCAT.mediaType))


def test_the_build_names_software_command_and_every_input_with_its_checksum(description: Graph, packaged: Path) -> None:
    software = description.value(BUILD, PROV.wasAssociatedWith)
    assert description.value(BUILD, RDFS.label) == Literal("her2kg build")
    assert description.value(software, URIRef("https://schema.org/softwareVersion")) == Literal(__version__)
    inputs = set(description.objects(BUILD, PROV.used))
    assert inputs == set(description.objects(THIS, PROV.wasDerivedFrom))
    sums = {str(description.value(node, URIRef(HER2 + "sha256"))) for node in inputs}
    assert sums == {sha256(path.read_bytes()).hexdigest() for path in (packaged / "documents").iterdir()}


def test_every_vocabulary_has_its_editions_and_its_licence(description: Graph) -> None:
    found = {}
    for node in description.objects(THIS, DCTERMS.source):
        name = str(description.value(node, RDFS.label))
        editions = {
            str(v) for e in description.objects(node, DCAT.hasVersion) for v in description.objects(e, DCAT.version)
        }
        found[name] = (
            editions,
            str(description.value(node, DCTERMS.license) or ""),
            str(description.value(node, DCTERMS.rights) or ""),
        )
    assert found == {
        vocabulary(prefix).name: (set(editions), vocabulary(prefix).licence_iri, vocabulary(prefix).rights)
        for prefix, editions in vocabulary_editions().items()
    }
    assert all(licence or rights for _, licence, rights in found.values())


def test_an_edition_has_the_date_that_it_names(description: Graph) -> None:
    for edition in description.objects(None, DCAT.hasVersion):
        version, date = str(description.value(edition, DCAT.version)), description.value(edition, DCTERMS.date)
        assert (date is not None) == bool(re.search(r"\b20\d\d\b|20\d\d-", version)), version
        assert date is None or str(date) in version
        assert date is None or (isinstance(date, Literal) and date.datatype in {XSD.date, XSD.gYear})


def test_nothing_in_it_is_a_blank_node_or_a_time_of_today(description: Graph) -> None:
    assert all(isinstance(node, URIRef | Literal) for triple in description for node in triple)
    assert not [o for o in description.objects() if isinstance(o, Literal) and o.datatype == XSD.dateTime]


def test_a_document_without_the_usual_concepts_still_has_an_example(tmp_path: Path) -> None:
    from graph_build.assemble.counting import Counting
    from graph_build.assemble.dataset import WANTED, dataset_quads
    from graph_build.parts.sorting import Distinct
    from graph_build.write import GraphWriter, nquads

    graph = GraphWriter(GRAPH + "concepts")
    for name in ("drug/b", "drug/a"):
        graph.type(BASE + name, "skos:Concept", "her2:Drug")
    counting = Counting(Distinct(tmp_path), WANTED)
    assert [*map(len, counting.passing([sorted(nquads(graph.quads))]))] == [4]
    quads = dataset_quads(counting.counts, [], "her2kg build")
    examples = {q[2] for q in quads if q[1].endswith("exampleResource>")}
    assert examples == {f"<{BASE}drug/a>"}


# Shapes


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return core_shapes()


def messages(graph: Graph, shapes: Graph) -> list[str]:
    return sorted({violation.message for violation in validate(graph, shapes)})


def test_the_description_conforms(description: Graph, shapes: Graph) -> None:
    assert messages(description, shapes) == []


def node_of(graph: Graph, predicate: URIRef, of: Node = THIS) -> Node:
    return sorted(graph.objects(of, predicate))[0]  # type: ignore[type-var]


def without(predicate: URIRef, of: Callable[[Graph], Node] = lambda _: THIS) -> Callable[[Graph], None]:
    """Take something away from a node."""

    def damage(graph: Graph) -> None:
        assert (of(graph), predicate, None) in graph
        graph.remove((of(graph), predicate, None))

    return damage


def no_longer(triple: tuple[Node, Node, Node]) -> Callable[[Graph], None]:
    """Take one triple away."""

    def damage(graph: Graph) -> None:
        assert triple in graph
        graph.remove(triple)

    return damage


def instead(predicate: URIRef, value: Node, of: Callable[[Graph], Node] = lambda _: THIS) -> Callable[[Graph], None]:
    """Say something else of a node."""

    def damage(graph: Graph) -> None:
        assert (of(graph), predicate, None) in graph
        graph.set((of(graph), predicate, value))

    return damage


def source(graph: Graph) -> Node:
    return URIRef(DATASET + "#vocabulary-mesh")


def edition(graph: Graph) -> Node:
    return node_of(graph, DCAT.hasVersion, URIRef(DATASET + "#vocabulary-hgnc"))


def linkset(graph: Graph) -> Node:
    return URIRef(DATASET + "#links-hgnc-exactmatch")


def document(graph: Graph) -> Node:
    return node_of(graph, PROV.used, BUILD)


def software(graph: Graph) -> Node:
    return node_of(graph, PROV.wasAssociatedWith, BUILD)


def file(graph: Graph) -> Node:
    return node_of(graph, DCAT.distribution)


def named_graph(graph: Graph) -> Node:
    return URIRef(GRAPH + "concepts")


def cls(graph: Graph) -> Node:
    return URIRef(DATASET + "#class-her2-drug")


def prop(graph: Graph) -> Node:
    return URIRef(DATASET + "#property-her2-enrols")


def both(*damages: Callable[[Graph], None]) -> Callable[[Graph], None]:
    def damage(graph: Graph) -> None:
        for each in damages:
            each(graph)

    return damage


SHA = URIRef(HER2 + "sha256")
INPUT = "An input of the build needs exactly one SHA-256 checksum, 64 hexadecimal digits (her2:sha256)."
PART = "A part of the dataset needs its number of triples, once and from 1 (void:triples)."
TRIPLES = "The dataset needs its number of triples, once (void:triples)."
LINK_TARGET = "A linkset needs exactly one vocabulary in which its objects are, a void:Dataset (void:objectsTarget)."
VERSION = "The build of the dataset needs the version of the software (prov:wasAssociatedWith/schema:softwareVersion)."
ACTIVITY = "The dataset needs the build that made it, a prov:Activity (prov:wasGeneratedBy)."
COMMAND = "The build of the dataset needs the command that was given (prov:wasGeneratedBy/rdfs:label)."
DOCUMENTS = "The build of the dataset needs the documents that it read (prov:used)."
RIGHTS = "A vocabulary needs a licence or a statement of rights (dcterms:license, dcterms:rights)."
EDITION = "A vocabulary needs the edition that was read (dcat:hasVersion/dcat:version)."
DAMAGES: dict[str, tuple[Callable[[Graph], None], list[str]]] = {
    "no title": (without(DCTERMS.title), ["The dataset needs a title (dcterms:title)."]),
    "an empty title": (instead(DCTERMS.title, Literal("")), ["The dataset needs a title (dcterms:title)."]),
    "no description": (
        without(DCTERMS.description),
        ["The dataset needs a description in words (dcterms:description)."],
    ),
    "no licence": (without(DCTERMS.license), ["The dataset needs a licence with an IRI (dcterms:license)."]),
    "a licence in words": (
        instead(DCTERMS.license, Literal("CC BY")),
        ["The dataset needs a licence with an IRI (dcterms:license)."],
    ),
    "no version": (without(DCAT.version), ["The dataset needs a version (dcat:version or owl:versionInfo)."]),
    "no creator": (without(DCTERMS.creator), ["The dataset needs its creator, with an IRI (dcterms:creator)."]),
    "no publisher": (
        without(DCTERMS.publisher),
        ["The dataset needs its publisher, with an IRI (dcterms:publisher)."],
    ),
    "no keyword": (without(DCAT.keyword), ["The dataset needs keywords (dcat:keyword)."]),
    "no build": (without(PROV.wasGeneratedBy), [COMMAND, DOCUMENTS, VERSION, ACTIVITY]),
    "a build that is no activity": (without(RDF.type, lambda _: BUILD), [ACTIVITY]),
    "no command": (without(RDFS.label, lambda _: BUILD), [COMMAND]),
    "no software": (without(PROV.wasAssociatedWith, lambda _: BUILD), [VERSION]),
    "no version of the software": (without(URIRef("https://schema.org/softwareVersion"), software), [VERSION]),
    "no input": (without(PROV.used, lambda _: BUILD), [DOCUMENTS]),
    "an input without checksum": (without(SHA, document), [INPUT]),
    "a checksum of 63 digits": (instead(SHA, Literal("a" * 63), document), [INPUT]),
    "a checksum in capitals": (instead(SHA, Literal("A" * 64), document), [INPUT]),
    "no triples": (without(VOID.triples), [TRIPLES]),
    "none at all": (instead(VOID.triples, Literal(0)), [TRIPLES]),
    "triples in words": (instead(VOID.triples, Literal("many")), [TRIPLES]),
    "no entities": (without(VOID.entities), ["The dataset needs its number of entities, once (void:entities)."]),
    "no vocabulary": (
        without(VOID.vocabulary),
        ["The dataset needs the vocabularies that it uses (void:vocabulary)."],
    ),
    "no example": (without(VOID.exampleResource), ["The dataset needs example resources (void:exampleResource)."]),
    "no file": (
        without(DCAT.distribution),
        ["The dataset needs a form in which it can be had, a dcat:Distribution (dcat:distribution)."],
    ),
    "a file without media type": (
        without(DCAT.mediaType, file),
        ["A file of the dataset needs its media type, with an IRI (dcat:mediaType)."],
    ),
    "a file without licence": (
        without(DCTERMS.license, file),
        ["A file of the dataset needs a licence with an IRI (dcterms:license)."],
    ),
    "an endpoint in words": (
        instead(VOID.sparqlEndpoint, Literal("here")),
        ["The SPARQL endpoint of the dataset must be an IRI (void:sparqlEndpoint)."],
    ),
    "no sources": (
        without(DCTERMS.source),
        ["The dataset needs the vocabularies to which its concepts are mapped (dcterms:source)."],
    ),
    "no dcat": (
        no_longer((THIS, RDF.type, DCAT.Dataset)),
        ["The dataset must be a dcat:Dataset."],
    ),
    "no void": (
        no_longer((THIS, RDF.type, VOID.Dataset)),
        ["The dataset must be a void:Dataset."],
    ),
    "a graph without title": (
        without(DCTERMS.title, named_graph),
        ["A part of the dataset needs a title (dcterms:title)."],
    ),
    "a graph without count": (without(VOID.triples, named_graph), [PART]),
    "an empty linkset": (instead(VOID.triples, Literal(0), linkset), [PART]),
    "a linkset without predicate": (
        without(VOID.linkPredicate, linkset),
        ["A linkset needs exactly one predicate (void:linkPredicate)."],
    ),
    "a linkset from nowhere": (
        without(VOID.subjectsTarget, linkset),
        ["A linkset needs exactly one dataset in which its subjects are (void:subjectsTarget)."],
    ),
    "a linkset to nowhere": (without(VOID.objectsTarget, linkset), [LINK_TARGET]),
    "a linkset to no dataset": (instead(VOID.objectsTarget, URIRef("https://example.org/"), linkset), [LINK_TARGET]),
    "a linkset of nobody": (
        no_longer((THIS, VOID.subset, URIRef(DATASET + "#links-hgnc-exactmatch"))),
        ["A linkset must be part of a dataset (void:subset)."],
    ),
    "a class partition without class": (
        without(VOID["class"], cls),
        ["A class partition needs exactly one class (void:class)."],
    ),
    "a class partition without count": (
        without(VOID.entities, cls),
        ["A class partition needs its number of entities, once and from 1 (void:entities)."],
    ),
    "a property partition without property": (
        without(VOID.property, prop),
        ["A property partition needs exactly one property (void:property)."],
    ),
    "a property partition without count": (
        instead(VOID.triples, Literal(0), prop),
        ["A property partition needs its number of triples, once and from 1 (void:triples)."],
    ),
    "a vocabulary without name": (without(RDFS.label, source), ["A vocabulary needs a name (rdfs:label)."]),
    "a vocabulary without edition": (without(DCAT.hasVersion, source), [EDITION]),
    "an edition that does not say which": (without(DCAT.version, edition), [EDITION]),
    "a vocabulary without licence": (both(without(DCTERMS.license, source), without(DCTERMS.rights, source)), [RIGHTS]),
    "a vocabulary with a licence in words": (
        instead(DCTERMS.license, Literal("CC0"), source),
        ["The licence of a vocabulary must be an IRI (dcterms:license)."],
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_description_is_found_and_said_in_words(name: str, description: Graph, shapes: Graph) -> None:
    damage, expected = DAMAGES[name]
    graph = Graph() + description
    damage(graph)
    assert messages(graph, shapes) == sorted(expected)


def test_every_message_about_the_description_is_tested(shapes: Graph) -> None:
    about = {URIRef(f"https://w3id.org/her2kg/shapes#{n}") for n in ("Dataset", "Distribution", "BuildInput", "Subset")}
    about |= {
        URIRef(f"https://w3id.org/her2kg/shapes#{n}")
        for n in ("Linkset", "ClassPartition", "PropertyPartition", "VocabularySource")
    }
    said = {
        str(message)
        for shape in about
        for part in shapes.objects(shape, SH.property)
        for message in shapes.objects(part, SH.message)
    }
    tested = {message for _, expected in DAMAGES.values() for message in expected}
    assert said - tested == {"The dataset needs its named graphs (void:subset)."}  # without one it is not found at all
    assert len(said) > 35


def test_homepages_are_links(description: Graph) -> None:
    assert all(str(o).startswith("http") for o in description.objects(None, FOAF.homepage))
