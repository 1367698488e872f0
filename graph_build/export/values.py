"""The nodes of a graph as plain values, which is what formats other than RDF are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..store import open_store
from ..vocabulary import BASE, PREFIXES, term

#: ?class is among the answers because only such a variable can be given a value.
_NODES: Final = "SELECT ?node ?property ?value ?class WHERE { ?node a ?class ; ?property ?value }"
_LABELS: Final = "SELECT ?node ?label WHERE { ?node rdfs:label ?label }"
#: Longest base first, so that the MeSH vocabulary goes before MeSH.
_BASES: Final = sorted(((base, prefix) for prefix, base in PREFIXES.items()), key=lambda pair: -len(pair[0]))
#: What XML 1.0 cannot hold.
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

#: What is counted when a format leaves it out.
_COUNTED: Final = {
    "mentions": "Mention",
    "citations": "Citation",
    "recommendations": "Recommendation",
    "MeSH headings": "MeshHeading",
    "studies": "Study",
    "papers": "Publication",
    "statements": "Statement",
    "quotes": "Evidence",
    "concepts": "skos:Concept",
}
_CURATED: Final = """
SELECT (COUNT(*) AS ?links) WHERE {
  VALUES ?property { skos:broader her2:memberOf her2:inClass her2:targets her2:alterationOf her2:hasComponent }
  GRAPH <https://w3id.org/her2kg/graph/concepts> { ?node ?property ?other }
}
"""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the graph: its IRI and what its properties say, each in the order of the alphabet."""

    iri: str
    values: dict[str, tuple[str, ...]]  # by CURIE of the property

    def one(self, name: str) -> str:
        """The value of a property; the first of several, the empty string when there is none."""
        return next(iter(self.all(name)), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a property."""
        return self.values.get(name, ())

    @property
    def classes(self) -> tuple[str, ...]:
        """The CURIEs of its classes."""
        return tuple(map(curie, self.all("rdf:type")))


def store_of(folder: Path) -> ox.Store:
    """The store of a built graph; raises :class:`graph_build.store.GraphNotFound`."""
    return open_store(folder)


def nodes(store: ox.Store, cls: str) -> dict[str, Node]:
    """Every node of a class, ``Study`` of ours or ``skos:Concept``, sorted by IRI."""
    found = store.query(_NODES, prefixes=PREFIXES, substitutions={ox.Variable("class"): _class(cls)})
    assert isinstance(found, ox.QuerySolutions)
    values: dict[str, dict[str, set[str]]] = {}
    for node, name, value, _ in found:
        of_node = values.setdefault(node.value, {})
        of_node.setdefault(curie(name.value), set()).add(value.value)
    return {
        iri: Node(iri, {name: tuple(sorted(those)) for name, those in sorted(of_node.items())})
        for iri, of_node in sorted(values.items())
    }


def labels(store: ox.Store) -> dict[str, str]:
    """The label of everything that has one."""
    found = store.query(_LABELS, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return dict(sorted(((row[0].value, row[1].value) for row in found), reverse=True))  # the first in the alphabet wins


def counts(store: ox.Store, *names: str) -> dict[str, int]:
    """How many there are, for the line that says what a format leaves out."""
    found: dict[str, int] = {}
    for name in names:
        if name == "curated links":
            solutions = store.query(_CURATED, prefixes=PREFIXES)
            assert isinstance(solutions, ox.QuerySolutions)
            found[name] = int(next(solutions)[0].value)
        else:
            found[name] = len(instances(store, name))
    return found


def instances(store: ox.Store, name: str) -> set[str]:
    """The IRIs of what is counted under a name."""
    a = ox.NamedNode(PREFIXES["rdf"] + "type")
    return {str(q.subject.value) for q in store.quads_for_pattern(None, a, _class(_COUNTED[name]), ox.DefaultGraph())}  # type: ignore[union-attr]


def _class(name: str) -> ox.NamedNode:
    prefix, colon, rest = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + rest if colon else term(name))


@cache
def curie(iri: str) -> str:
    """An IRI with one of the project's prefixes, else as it is.

    >>> curie("https://w3id.org/her2kg/ontology#targets"), curie("https://example.org/x")
    ('her2:targets', 'https://example.org/x')
    """
    return next((f"{prefix}:{iri.removeprefix(base)}" for base, prefix in _BASES if iri.startswith(base)), iri)


def local(iri: str) -> str:
    """The last part of an IRI of ours.

    >>> local("https://w3id.org/her2kg/ontology#OpenQuestion")
    'OpenQuestion'
    """
    return re.split(r"[#/]", iri)[-1]


def words(name: str) -> str:
    """The name of a term as words.

    >>> words("OpenQuestion"), words("")
    ('open question', '')
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def own(iri: str) -> str:
    """One of our IRIs as a CURIE, a prefix for each kind; an IRI of others, a DOI for one, stays as it is.

    A prefix ``her2kg`` alone would leave ``drug/afatinib``, and a slash is not allowed in KGX.

    >>> own("https://w3id.org/her2kg/drug/afatinib"), own("https://doi.org/10.1038/nature25475")
    ('her2kg.drug:afatinib', 'https://doi.org/10.1038/nature25475')
    """
    if not iri.startswith(BASE):
        return iri
    kind, _, name = iri.removeprefix(BASE).partition("/")
    return f"her2kg.{kind}:{name}"


def said(statement: Node) -> str:
    """A statement in words; its label shows a denial and a question, but no reserve."""
    hedged = local(statement.one("her2:certainty")) == "Hedged"
    return statement.one("rdfs:label") + (" (stated with reserve)" if hedged else "")


def line(text: str) -> str:
    """A text on one line, its runs of white space as single spaces."""
    return " ".join(text.split())


def xml_safe(text: str) -> str:
    """A text without the control characters that XML cannot hold."""
    return _NO_XML.sub("�", text)
