"""Every statement as a nanopublication: what is said, on what evidence, and who says that it is said.

The assertion is the statement as a node, with its negation and its certainty; the plain triple joins it only
where the graph has it too, that is where the text asserts it without reserve, appraisal or context.  Without a
signature and without a time of making, so that one graph gives the same nanopublications on every day; whoever
publishes them signs them with a key of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, serialize

from ..vocabulary import BASE, DATASET, PREFIXES, term
from . import Exported
from .trusty import PLACEHOLDER, artifact_code, with_code
from .values import Node, counts, local, nodes, said, store_of

NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
#: Where our nanopublications have their identifiers.
NANOPUBS: Final = f"{BASE}np/"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"

_THIS: Final = NANOPUBS + PLACEHOLDER
_HEAD, _ASSERTION, _PROVENANCE, _PUBINFO = (
    NamedNode(f"{_THIS}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")
)
#: What of an evidence goes into the provenance; the mentions it is derived from are not in the file.
_OF_EVIDENCE: Final = tuple(
    term(name)
    for name in (
        *("exact", "start", "end", "document", "inSection", "quoteRole", "rule", "confidence"),
        *("negationCue", "hedgeCue", "appraisalWord"),
    )
)
_OF_SECTION: Final = (term("sectionType"), term("about"))
_OF_PAPER: Final = (PREFIXES["dcterms"] + "title", term("sha256"))

Triple = tuple[NamedNode, NamedNode, NamedNode | Literal]


def write(folder: Path) -> Exported:
    """One nanopublication for each statement, in the order of the statements' IRIs, as TriG."""
    store = store_of(folder)
    software = _software(store)
    written: list[Quad] = []
    for statement in nodes(store, "Statement").values():
        quads = list(_quads(store, statement, software))
        written += with_code(quads, artifact_code(quads))
    prefixes = {**PREFIXES, "np": NP, "npx": NPX}
    data = cast(bytes, serialize(written, format=RdfFormat.TRIG, prefixes=prefixes))
    dropped = counts(store, "mentions", "citations", "recommendations", "MeSH headings", "curated links", "papers")
    dropped["authors and journals of papers"] = dropped.pop("papers")
    return Exported({"": data}, dropped)


def _quads(store: Store, statement: Node, software: list[NamedNode]) -> Iterator[Quad]:
    this = NamedNode(_THIS)
    head = {"Assertion": _ASSERTION, "Provenance": _PROVENANCE, "PublicationInfo": _PUBINFO}
    yield Quad(this, _term("rdf:type"), NamedNode(NP + "Nanopublication"), _HEAD)
    for part, graph in head.items():
        yield Quad(this, NamedNode(f"{NP}has{part}"), graph, _HEAD)
    for graph, triples in (
        (_ASSERTION, _assertion(store, statement)),
        (_PROVENANCE, _provenance(store, statement, software)),
        (_PUBINFO, _publication_info(statement, software)),
    ):
        for triple in sorted(set(triples), key=str):
            yield Quad(*triple, graph)


def _assertion(store: Store, statement: Node) -> Iterator[Triple]:
    """The statement, what it calls its subject, object and context, and the plain triple where the graph has it."""
    for subject, predicate, value in _of(store, statement.iri):
        if predicate.value != term("hasEvidence"):
            yield subject, predicate, value
    ends = [statement.one(f"biolink:{end}") for end in ("subject", "predicate", "object")]
    for iri in (*ends, *statement.all("her2:context"), *statement.all("her2:outcome")):
        yield from _of(store, iri, PREFIXES["rdfs"] + "label")
    plain = (NamedNode(ends[0]), NamedNode(ends[1]), NamedNode(ends[2]))
    if _is_plain(statement):
        yield plain


def _is_plain(statement: Node) -> bool:
    """Whether a statement is also a triple: positive, asserted, without appraisal and context."""
    return (
        statement.one("biolink:negated") == "false"
        and local(statement.one("her2:certainty")) == "Asserted"
        and not statement.all("her2:appraisal")
        and not statement.all("her2:context")
    )


def _provenance(store: Store, statement: Node, software: list[NamedNode]) -> Iterator[Triple]:
    """The quotes, each with its place, its document and the rule that read it."""
    for agent in software:
        yield _ASSERTION, _term("prov:wasAttributedTo"), agent
    for iri in statement.all("her2:hasEvidence"):
        evidence = NamedNode(iri)
        yield _ASSERTION, _term("prov:wasDerivedFrom"), evidence
        yield evidence, _term("rdf:type"), NamedNode(term("Evidence"))
        yield from _of(store, iri, *_OF_EVIDENCE)
        documents = [document for _, _, document in _of(store, iri, term("document"))]
        cited = []
        for _, _, section in _of(store, iri, term("inSection")):
            yield from _of(store, section.value, *_OF_SECTION)
            cited += [paper for _, _, paper in _of(store, section.value, term("about"))]
        for paper in documents + cited:
            yield from _of(store, paper.value, *_OF_PAPER)
        for document in documents:
            yield _ASSERTION, _term("prov:hadPrimarySource"), document
        for paper in cited:  # only its title was read, as the document prints it: no source, but referred to
            yield _ASSERTION, _term("dcterms:references"), paper


def _publication_info(statement: Node, software: list[NamedNode]) -> Iterator[Triple]:
    this = NamedNode(_THIS)
    for agent in software:
        yield this, _term("dcterms:creator"), agent
    yield this, _term("dcterms:license"), NamedNode(LICENCE)
    yield this, _term("dcterms:isPartOf"), NamedNode(DATASET)
    yield this, _term("rdfs:label"), Literal(said(statement), language="en")
    yield this, NamedNode(NPX + "hasNanopubType"), NamedNode(term("Statement"))


def _of(store: Store, iri: str, *properties: str) -> Iterator[Triple]:
    """What the graph says of a node, all or only some properties."""
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        if not properties or quad.predicate.value in properties:
            yield quad.subject, quad.predicate, quad.object


def _software(store: Store) -> list[NamedNode]:
    """The program that the dataset's description names as its maker."""
    build = NamedNode(f"{DATASET}#build")
    found = store.quads_for_pattern(build, _term("prov:wasAssociatedWith"), None, DefaultGraph())
    return sorted((quad.object for quad in found if isinstance(quad.object, NamedNode)), key=str)


def _term(curie: str) -> NamedNode:
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)
