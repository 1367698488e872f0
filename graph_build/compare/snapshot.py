"""What is compared of a built graph, read from its store."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pyoxigraph import QuerySolutions, Store

from ..answers import rows
from ..store import NQUADS, REPORT, GraphNotFound, find_graph, open_store
from ..vocabulary import BASE

_PREFIXES: Final = """
PREFIX biolink: <https://w3id.org/biolink/vocab/>
PREFIX her2: <https://w3id.org/her2kg/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_ONTOLOGY: Final = "SELECT ?version WHERE { <https://w3id.org/her2kg/ontology> owl:versionInfo ?version }"
_DOCUMENTS: Final = """
SELECT ?document (SAMPLE(?name) AS ?label) (MIN(?digest) AS ?sha256) WHERE {
  ?document a her2:Document ; her2:sha256 ?digest . OPTIONAL { ?document rdfs:label ?name }
} GROUP BY ?document
"""
_STUDIES: Final = """
SELECT ?study (MIN(STR(?name)) AS ?label) WHERE { ?study a her2:Study . OPTIONAL { ?study rdfs:label ?name } }
GROUP BY ?study
"""
_MENTIONED: Final = """
SELECT ?concept (MIN(STR(?name)) AS ?label) WHERE {
  { SELECT DISTINCT ?concept WHERE { ?mention a her2:Mention ; oa:hasBody ?concept } }
  OPTIONAL { ?concept rdfs:label ?name }
} GROUP BY ?concept
"""
_CLAIMS: Final = """
SELECT ?claim ?subject ?predicate ?object ?negated ?certainty ?appraisal ?context WHERE {
  ?claim a her2:Statement ; biolink:subject ?subject ; biolink:predicate ?predicate ; biolink:object ?object ;
         biolink:negated ?negated ; her2:certainty ?certainty .
  OPTIONAL { ?claim her2:appraisal ?appraisal }
  OPTIONAL { ?claim her2:context ?context }
}
"""
_EVIDENCE: Final = """
SELECT ?claim ?document ?quote ?start ?role WHERE {
  ?claim her2:hasEvidence ?evidence .
  ?evidence her2:document ?document ; her2:exact ?quote ; her2:start ?start ; her2:quoteRole ?role .
}
"""
_NAMES: Final = """
SELECT ?thing (MIN(STR(?name)) AS ?label) WHERE {
  { SELECT DISTINCT ?thing WHERE {
      ?claim a her2:Statement ; biolink:subject|biolink:predicate|biolink:object|her2:context ?thing } }
  ?thing rdfs:label ?name
} GROUP BY ?thing
"""
_MAPPINGS: Final = """
SELECT ?concept ?relation ?target WHERE {
  GRAPH <https://w3id.org/her2kg/graph/mappings> {
    VALUES ?relation { skos:exactMatch skos:closeMatch skos:broadMatch skos:narrowMatch skos:relatedMatch
                       her2:registeredAs }
    ?concept ?relation ?target
  }
}
"""


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A document, study or concept, by its name and its IRI."""

    label: str
    iri: str

    @property
    def kind(self) -> str:
        """What it is, as our IRIs say it: ``drug``, ``alteration``, …; ``concept`` for those of others."""
        path = self.iri.removeprefix(BASE)
        return path.partition("/")[0].replace("-", " ") if path != self.iri and "/" in path else "concept"


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Where a document says something, and in which words."""

    document: str
    start: int
    text: str
    role: str


@dataclass(frozen=True, slots=True, order=True)
class About:
    """What a statement is about, whatever it says of it."""

    subject: str
    predicate: str
    object: str
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Stance:
    """What is said: the direction, the certainty, the appraisal."""

    negated: bool
    certainty: str
    appraisal: str

    def __str__(self) -> str:
        certainty = {"Asserted": "", "Hedged": "hedged", "OpenQuestion": "open question"}.get(
            self.certainty, self.certainty
        )
        parts = ["denied" if self.negated else "asserted" if not certainty else "", certainty, self.appraisal.lower()]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement with its quotes."""

    iri: str
    about: About
    stance: Stance
    quotes: tuple[Quote, ...]

    @property
    def documents(self) -> frozenset[str]:
        """The documents that say so."""
        return frozenset(quote.document for quote in self.quotes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A built graph, as far as it is compared."""

    folder: Path
    tool: str
    ontology: str
    documents: Mapping[str, str] = field(repr=False)  # the digest of each
    studies: frozenset[Thing] = field(repr=False)
    mentioned: frozenset[Thing] = field(repr=False)
    claims: Mapping[str, Claim] = field(repr=False)
    mappings: frozenset[tuple[str, str, str]] = field(repr=False)
    names: Mapping[str, str] = field(repr=False)

    @property
    def nquads(self) -> Path:
        """The file of the whole graph."""
        return self.folder / NQUADS

    def name(self, iri: str) -> str:
        """What a thing is called; its IRI where it has no name."""
        return self.names.get(iri, iri)


def snapshot(folder: Path) -> Snapshot:
    """What is compared of the graph in a folder.

    Raises :class:`graph_build.store.GraphNotFound` when there is none.
    """
    store = open_store(find_graph(folder))
    try:
        tool = str(json.loads((folder / REPORT).read_text(encoding="utf-8"))["software"]["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraphNotFound(f"{folder}: its {REPORT} cannot be read; build the graph again") from error
    documents = list(_asked(store, _DOCUMENTS))
    studies = frozenset(_things(store, _STUDIES))
    mentioned = frozenset(_things(store, _MENTIONED))
    names = {str(iri): str(label or iri) for iri, label, _ in documents}
    names |= {thing.iri: thing.label for thing in (*studies, *mentioned, *_things(store, _NAMES))}
    return Snapshot(
        folder=folder,
        tool=tool,
        ontology=", ".join(sorted(str(version) for (version,) in _asked(store, _ONTOLOGY))),
        documents={str(iri): str(digest) for iri, _, digest in documents},
        studies=studies,
        mentioned=mentioned,
        claims=_claims(store),
        mappings=frozenset((str(s), str(p), str(o)) for s, p, o in _asked(store, _MAPPINGS)),
        names=names,
    )


def _asked(store: Store, query: str) -> Iterator[tuple[object, ...]]:
    found = store.query(_PREFIXES + query)
    assert isinstance(found, QuerySolutions)
    return iter(rows(found))


def _things(store: Store, query: str) -> Iterator[Thing]:
    for iri, label in _asked(store, query):
        if iri is not None:  # a group of nothing is a row
            yield Thing(str(label or iri), str(iri))


def _claims(store: Store) -> dict[str, Claim]:
    quotes: dict[str, list[Quote]] = {}
    for claim, document, text, start, role in _asked(store, _EVIDENCE):
        quote = Quote(str(document), int(str(start)), str(text), _local(role))
        quotes.setdefault(str(claim), []).append(quote)
    contexts: dict[str, set[str]] = {}
    found: dict[str, tuple[str, str, str, Stance]] = {}
    for claim, subject, predicate, thing, negated, certainty, appraisal, context in _asked(store, _CLAIMS):
        stance = Stance(bool(negated), _local(certainty), _local(appraisal) if appraisal else "")
        found[str(claim)] = (str(subject), str(predicate), str(thing), stance)
        contexts.setdefault(str(claim), set()).update([str(context)] if context else [])
    return {
        iri: Claim(
            iri=iri,
            about=About(subject, predicate, thing, tuple(sorted(contexts[iri]))),
            stance=stance,
            quotes=tuple(sorted(set(quotes.get(iri, ())))),
        )
        for iri, (subject, predicate, thing, stance) in sorted(found.items())
    }


def _local(iri: object) -> str:
    return str(iri).rpartition("#")[2]
