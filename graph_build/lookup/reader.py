"""A store as lookups see it: values, labels and classes by bounded steps, never by a query."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ..model import Her2kgError
from ..prefixes import PREFIXES, curie
from ..vocabulary import BASE, HER2

#: So many things are looked through for one answer, no more.
LARGEST: Final = 200_000
SKOS, RDFS, BIOLINK = PREFIXES["skos"], PREFIXES["rdfs"], PREFIXES["biolink"]
TYPE: Final = PREFIXES["rdf"] + "type"
LABELS: Final = (RDFS + "label", SKOS + "prefLabel", PREFIXES["dcterms"] + "title")
#: Along these a thing belongs to a wider one.
UPWARDS: Final = tuple(SKOS + n for n in ("broader",)) + tuple(HER2 + n for n in ("inClass", "memberOf", "partOf"))


class LookupRefused(Her2kgError):
    """A lookup cannot be answered as it is asked."""


class NoSuchThing(LookupRefused):
    """Nothing in the graph is called so; ``near`` are the labels or IRIs of what was perhaps meant."""

    def __init__(self, sentence: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.near = near


class TooMany(LookupRefused):
    """A lookup would go through too much."""


def node(iri: str) -> NamedNode | None:
    """The node of an IRI; nothing for what is none."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


class Reader:
    """Lookups in a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.label = lru_cache(maxsize=20_000)(self._label)

    def quads(self, subject: str | None, predicate: str | None, object: str | None) -> Iterator[Quad]:
        """The triples of a pattern, each once; none for what is no IRI.  Raises :class:`TooMany`."""
        s, p, o = (None if iri is None else node(iri) for iri in (subject, predicate, object))
        if any(made is None and iri is not None for made, iri in ((s, subject), (p, predicate), (o, object))):
            return
        for number, quad in enumerate(self.store.quads_for_pattern(s, p, o, DefaultGraph())):
            if number >= LARGEST:
                raise TooMany(f"this goes through more than {LARGEST:,} triples; ask for less, or ask it in SPARQL")
            yield quad

    def objects(self, iri: str, predicate: str) -> list[str]:
        """The values of a property, sorted."""
        return sorted(
            q.object.value for q in self.quads(iri, predicate, None) if isinstance(q.object, NamedNode | Literal)
        )

    def one(self, iri: str, predicate: str) -> str | None:
        """The value of a property; the first when there are several."""
        return next(iter(self.objects(iri, predicate)), None)

    def subjects(self, predicate: str | None, iri: str) -> set[str]:
        """What has a thing as the value of a property."""
        return {q.subject.value for q in self.quads(None, predicate, iri) if isinstance(q.subject, NamedNode)}

    def exists(self, iri: str) -> bool:
        """Whether the graph says anything about an IRI."""
        return any(islice(self.quads(iri, None, None), 1))

    def graphs(self, quad: Quad) -> tuple[str, ...]:
        """The named graphs that hold a triple."""
        found = self.store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        return tuple(sorted(q.graph_name.value for q in found if isinstance(q.graph_name, NamedNode)))

    def _label(self, iri: str) -> str:
        """Its label, in English when there are several; else its short IRI."""
        for name in LABELS:
            labels = [q.object for q in self.quads(iri, name, None) if isinstance(q.object, Literal)]
            if labels:
                return min(labels, key=lambda o: (o.language != "en", o.value)).value
        if iri.startswith(BASE) and not iri.startswith(HER2):
            return iri.removeprefix(BASE)
        return curie(iri) or iri

    def kinds(self, iri: str) -> tuple[str, ...]:
        """The classes of our ontology that a thing has, the most special one first."""
        types = {o for o in self.objects(iri, TYPE) if o.startswith(HER2) and o != HER2 + "Document"}
        above = {wider for one in types for wider in self.objects(one, RDFS + "subClassOf")}
        return tuple(one.removeprefix(HER2) for one in sorted(types, key=lambda one: (one in above, one)))

    @cached_property
    def concept_kinds(self) -> tuple[str, ...]:
        """The classes that concepts, studies and publications have."""
        tops = (SKOS + "Concept", HER2 + "Study", HER2 + "Publication")
        return tuple(sorted({kind for top in tops for iri in self.subjects(TYPE, top) for kind in self.kinds(iri)}))

    def below(self, iri: str) -> set[str]:
        """A thing and all that belongs to it, regimens that contain it included."""
        found, last = {iri}, {iri}
        while last:
            last = {s for one in last for way in (*UPWARDS, HER2 + "hasComponent") for s in self.subjects(way, one)}
            last -= found
            found |= last
            if len(found) > LARGEST:
                raise TooMany(f"more than {LARGEST:,} things belong to this; ask for less, or ask it in SPARQL")
        return found
