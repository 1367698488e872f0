"""Things by their exact labels: answers to questions hold labels, and their readers want the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from ..prefixes import PREFIXES
from ..vocabulary import BASE, HER2

#: Labels that a page carries, at most.
LISTED: Final = 50_000
#: Of things that share a label so many are looked at.
_SHARED: Final = 1_000
#: A paper's label is its short citation.
_LABELS: Final = (
    NamedNode(PREFIXES["rdfs"] + "label"),
    NamedNode(PREFIXES["skos"] + "prefLabel"),
    NamedNode(PREFIXES["dcterms"] + "title"),
)
_TYPE, _PUBLICATION = NamedNode(PREFIXES["rdf"] + "type"), NamedNode(HER2 + "Publication")
#: What describes the graph, not its subject: “drug” is a word, and the label of a class.
_NOT: Final = frozenset({"contributors", "dataset", "graph", "ontology", "software"})


def called(store: Store, text: str, language: str | None = None) -> str | None:
    """The one thing of ours with this label, in a language or as a plain string; of several, and of numbers, none."""
    if not any(map(str.isalpha, text)):
        return None
    tags = dict.fromkeys(filter(None, ("en", language)))
    try:
        literals = [Literal(text), *(Literal(text, language=tag) for tag in tags)]
    except ValueError:  # half a character, a language that is none
        return None
    found = {iri for literal in literals for iri in _with_label(store, literal)}
    return found.pop() if len(found) == 1 else None


def labels(store: Store, iris: Iterable[str]) -> dict[str, str]:
    """Which of some things has a label, by the label; without labels of several."""
    found: dict[str, str] = {}
    for iri in iris:
        for label in _labels_of(store, iri):
            if called(store, label.value, label.language) == iri:
                found[label.value] = iri
        if len(found) >= LISTED:
            break
    return found


def _with_label(store: Store, literal: Literal) -> Iterator[str]:
    for property in _LABELS:
        for quad in islice(store.quads_for_pattern(None, property, literal, DefaultGraph()), _SHARED):
            if isinstance(quad.subject, NamedNode) and _is_ours(store, quad.subject):
                yield quad.subject.value


def _labels_of(store: Store, iri: str) -> Iterator[Literal]:
    for property in _LABELS:
        for quad in store.quads_for_pattern(NamedNode(iri), property, None, DefaultGraph()):
            if isinstance(quad.object, Literal):
                yield quad.object


def _is_ours(store: Store, node: NamedNode) -> bool:
    """Whether a thing is of our graph's subject: a concept, a study, a statement or a paper."""
    iri = node.value
    if "#" not in iri and iri.startswith(BASE) and iri.removeprefix(BASE).split("/")[0] not in _NOT:
        return True
    return any(store.quads_for_pattern(node, _TYPE, _PUBLICATION, DefaultGraph()))
