"""SKOS, and OWL and RDFS in writings other than RDF/XML, by rdflib."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.term import Node

from ..prefixes import canonical
from .terms import Term, VocabularyError

_OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
_CLASSES: Final = (SKOS.Concept, OWL.Class, RDFS.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
_LABELS: Final = (SKOS.prefLabel, RDFS.label)
_SYNONYMS: Final = (SKOS.altLabel, URIRef(_OIO + "hasExactSynonym"))
_XREFS: Final = (SKOS.exactMatch, OWL.equivalentClass, OWL.equivalentProperty, URIRef(_OIO + "hasDbXref"))
_PARENTS: Final = (SKOS.broader, RDFS.subClassOf, RDFS.subPropertyOf)
_EDITIONS: Final = (OWL.versionInfo, OWL.versionIRI, DCTERMS.modified, DCTERMS.issued)


def read_turtle(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of a Turtle or N-Triples file."""
    return _read(path, data, "turtle")


def read_xml(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of an RDF/XML file."""
    return _read(path, data, "xml")


def read_json_ld(path: Path, data: bytes) -> tuple[str, list[Term]]:
    """The edition and the entries of a JSON-LD file; a context elsewhere is not fetched."""
    try:
        far = _contexts_elsewhere(json.loads(data))
    except (ValueError, RecursionError) as error:
        raise VocabularyError(f"{path}: is not JSON ({error})") from error
    if far:
        raise VocabularyError(
            f"{path}: its JSON-LD context lies elsewhere ({far}); put it into the file, or give Turtle"
        )
    return _read(path, data, "json-ld")


def _contexts_elsewhere(node: object) -> str:
    """The first context that is an address and not there; empty when there is none."""
    if isinstance(node, dict):
        context = node.get("@context", [])
        for item in context if isinstance(context, list) else [context]:
            if isinstance(item, str):
                return item
            if isinstance(item, dict) and "@import" in item:
                return str(item["@import"])
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return next((found for child in children if (found := _contexts_elsewhere(child))), "")


def _read(path: Path, data: bytes, format: str) -> tuple[str, list[Term]]:
    graph = Graph()
    try:
        graph.parse(data=data, format=format)
    except BadSyntax as error:
        raise VocabularyError(f"{path}, line {error.lines + 1}: is not Turtle ({error._why})") from error
    except Exception as error:  # rdflib's parsers raise errors of many kinds
        place = f", line {error.getLineNumber()}" if hasattr(error, "getLineNumber") else ""
        raise VocabularyError(f"{path}{place}: is not RDF ({str(error).splitlines()[0]})") from error
    edition = next((o for p in _EDITIONS for o in sorted(map(str, graph.objects(None, p))) if o), "")
    terms = {}
    for cls in _CLASSES:
        for node in sorted(s for s in graph.subjects(RDF.type, cls) if isinstance(s, URIRef)):
            labels = _texts(graph, node, _LABELS)
            if labels and node not in terms:
                terms[node] = Term(
                    id=canonical(str(node)),
                    label=labels[0],
                    synonyms=tuple(dict.fromkeys([*labels[1:], *_texts(graph, node, _SYNONYMS)])),
                    obsolete=any(str(o) in ("true", "1") for o in graph.objects(node, OWL.deprecated)),
                    replaced_by=_links(graph, node, (DCTERMS.isReplacedBy, URIRef(_OIO + "replacedBy"))),
                    xrefs=_links(graph, node, _XREFS),
                    parents=_links(graph, node, _PARENTS),
                )
    return edition, list(terms.values())


def _texts(graph: Graph, node: Node, properties: Iterable[URIRef]) -> list[str]:
    """English texts before those without a language; other languages are left out."""
    found = [o for p in properties for o in sorted(graph.objects(node, p), key=str) if isinstance(o, Literal)]
    english = [str(o) for o in found if (o.language or "").startswith("en")]
    return list(dict.fromkeys(english + [str(o) for o in found if not o.language]))


def _links(graph: Graph, node: Node, properties: Iterable[URIRef]) -> tuple[str, ...]:
    found = (o for p in properties for o in graph.objects(node, p) if isinstance(o, URIRef | Literal))
    return tuple(sorted({canonical(str(o)) for o in found}))
