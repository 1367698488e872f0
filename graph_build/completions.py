"""The names that an editor of SPARQL offers: prefixes, and the classes and properties that our queries use."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from .prefixes import PREFIXES, VOCABULARIES, curie
from .questions import stored
from .resources import resource
from .services import tokens
from .vocabulary import BASE

_OWL, _RDFS, _SKOS = PREFIXES["owl"], PREFIXES["rdfs"], PREFIXES["skos"]
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
_KINDS: Final = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "property",
    _OWL + "DatatypeProperty": "property",
    _OWL + "AnnotationProperty": "property",
    _OWL + "NamedIndividual": "value",
}

#: What a query may contain without escapes.
_NAME: Final = re.compile(r"[A-Za-z][\w-]*:[A-Za-z][\w-]*")


@cache
def completions() -> dict[str, Any]:
    """As JSON has them: ``prefixes``, and ``terms`` with IRI, compact name, kind, label and definition.

    ``base`` begins our own IRIs; ``short`` has the prefixes of identifiers as well, by which IRIs are shown in results.
    The terms are those of the ontology and those of other vocabularies that stored questions use.
    """
    ontology = Store()
    ontology.bulk_load(path=resource("ontology", "her2.ttl"), format=RdfFormat.TURTLE)
    kinds = dict(_foreign())
    for type, kind in _KINDS.items():
        for quad in ontology.quads_for_pattern(None, _TYPE, NamedNode(type)):
            if isinstance(quad.subject, NamedNode):
                kinds[quad.subject.value] = kind
    terms = [
        {
            "iri": iri,
            "name": short,
            "kind": kind,
            "label": _text(ontology, iri, _RDFS + "label"),
            "definition": _text(ontology, iri, _SKOS + "definition"),
        }
        for iri, kind in kinds.items()
        if (short := curie(iri)) and _NAME.fullmatch(short)
    ]
    return {
        "base": BASE,
        "prefixes": dict(PREFIXES),
        "short": {v.prefix: v.base for v in VOCABULARIES},
        "terms": sorted(terms, key=lambda term: str(term["name"])),
    }


def _foreign() -> dict[str, str]:
    """The terms that stored questions name by a prefix, and their kinds, which their spelling tells."""
    found = {}
    for question in stored().values():
        for token in tokens(question.text):
            prefix, _, local = token.text.partition(":")
            if token.kind == "name" and local and prefix in PREFIXES:
                found[PREFIXES[prefix] + local] = "class" if local[0].isupper() else "property"
    return found


def _text(ontology: Store, iri: str, predicate: str) -> str:
    found = ontology.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None)
    texts = [q.object for q in found if isinstance(q.object, Literal)]
    return min(texts, key=lambda text: (text.language != "en", text.value)).value if texts else ""
