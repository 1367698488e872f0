"""The shapes over a graph of any size: some nodes at a time, each with all that its shapes look at.

That is little: a node's own triples, the classes of what they lead to, what longer paths lead to, and, for steps
backwards, what leads to the node.  ``tests/test_pieces.py`` compares the findings with those over the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib import Literal as RdfLiteral

from .shapes import Violation, ontology_classes, validate
from .vocabulary import GRAPH, PREFIXES

#: So many triples are a piece; with what belongs to them some 150 MB of memory.
PIECE: Final = 50_000
_ONTOLOGY: Final = NamedNode(GRAPH + "ontology")
_TYPE: Final = NamedNode(str(RDF.type))
#: Datatypes that rdflib leaves unsaid.
_PLAIN: Final = frozenset({PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "langString"})
#: Stands before the IRI of a class that values are to have.  What a piece only leads to is of this class: it counts as
#: a value, and is no instance whose own shape would be looked at.
_VALUE: Final = "urn:value:"


#: Nodes with the triples of each.
_Nodes = dict[NamedNode, list[Triple]]


@dataclass(frozen=True, slots=True)
class _Aims:
    """What the shapes look at beside a node's own triples."""

    classes: frozenset[str]  # that values must have
    backwards: dict[str, frozenset[str]]  # predicates of steps backwards → the classes that have such shapes
    towards: frozenset[str]  # predicates whose objects have a shape
    nodes: frozenset[str]  # that have a shape by name
    onwards: dict[str, frozenset[tuple[str, ...]]]  # first predicates of longer paths → the others

    @classmethod
    def of(cls, shapes: Graph) -> _Aims:
        backwards: dict[str, set[str]] = {}
        for path, predicate in shapes.subject_objects(SH.inversePath):
            for part in shapes.subjects(SH.path, path):
                for owner in (part, *shapes.subjects(SH.property, part)):
                    targets = map(str, shapes.objects(owner, SH.targetClass))
                    backwards.setdefault(str(predicate), set()).update(targets)
        onwards: dict[str, set[tuple[str, ...]]] = {}
        for path in shapes.objects(None, SH.path):
            if (path, RDF.first, None) not in shapes:
                continue
            first, *others = map(str, shapes.items(path))
            onwards.setdefault(first, set()).add(tuple(others))
        return cls(
            frozenset(map(str, shapes.objects(None, SH["class"]))),
            {predicate: frozenset(classes) for predicate, classes in backwards.items()},
            frozenset(map(str, shapes.objects(None, SH.targetObjectsOf))),
            frozenset(map(str, shapes.objects(None, SH.targetNode))),
            {first: frozenset(others) for first, others in onwards.items()},
        )


def violations_of(store: Store, quads: Iterable[Quad], shapes: Graph, piece: int = PIECE) -> Iterator[Violation]:
    """What is against the shapes in a graph, whose ``quads`` come in the order of their subjects; ``store`` has them.

    The ontology's own graph is left out.  Raises :class:`~graph_build.shapes.ShapesError` when the shapes
    cannot be used.
    """
    above = ontology_classes()
    aims, valued = _Aims.of(shapes), _with_classes_of_values(shapes)
    of_objects = _without(valued, SH.targetClass, SH.targetNode, SH.targetSubjectsOf)
    of_others = _without(valued, SH.targetObjectsOf)
    reader = _Reader(store, aims, above)
    for nodes in _pieces(quads, aims.nodes, reader, piece):
        parts = chain([(nodes, (), of_others)], ((*part, of_objects) for part in reader.aimed_at(nodes, piece)))
        for members, leading, looked_at in parts:
            for violation in validate(reader.graph_of(members, leading), looked_at, inplace=True):
                if NamedNode(violation.focus) in members:
                    yield violation


def _pieces(quads: Iterable[Quad], named: Iterable[str], reader: _Reader, size: int) -> Iterator[_Nodes]:
    """The subjects with their triples, ``size`` triples together; those with a shape by name come first."""
    piece = {node: reader.triples_of(node) for node in map(NamedNode, sorted(named))}
    count = 0
    own = (quad.triple for quad in quads if quad.graph_name != _ONTOLOGY)
    for subject, triples in groupby(own, key=lambda triple: triple.subject):
        if not isinstance(subject, NamedNode):  # a blank node, which no graph of ours has
            continue
        piece[subject] = list(triples)
        count += len(piece[subject])
        if count >= size:
            yield piece
            piece, count = {}, 0
    yield piece


def _with_classes_of_values(shapes: Graph) -> Graph:
    """The shapes with the classes of values in the place of classes."""
    changed = Graph()
    for subject, predicate, target in shapes:
        changed.add((subject, predicate, URIRef(f"{_VALUE}{target}") if predicate == SH["class"] else target))
    return changed


def _without(shapes: Graph, *targets: URIRef) -> Graph:
    """The shapes without some of the ways by which they say what they look at."""
    kept = Graph()
    for triple in shapes:
        if triple[1] not in targets:
            kept.add(triple)
    return kept


class _Reader:
    """Reads from the store what belongs to some nodes."""

    def __init__(self, store: Store, aims: _Aims, above: dict[str, frozenset[str]]) -> None:
        self._store, self._aims, self._above = store, aims, above

    def triples_of(self, node: NamedNode) -> list[Triple]:
        """All triples of a node."""
        return self._triples(node, None, None)

    def aimed_at(self, nodes: _Nodes, size: int) -> Iterator[tuple[_Nodes, list[Triple]]]:
        """The objects of theirs that have shapes, ``size`` triples together, with what leads to each.

        One node can lead to all documents (what a build used), so they are pieces of their own.
        """
        leading: dict[NamedNode, dict[NamedNode, Triple]] = {}  # one by each predicate, which has shapes of its own
        for triple in chain.from_iterable(nodes.values()):
            if triple.predicate.value in self._aims.towards and isinstance(triple.object, NamedNode):
                leading.setdefault(triple.object, {})[triple.predicate] = triple
        piece: _Nodes = {}
        count = 0
        for target in leading:
            piece[target] = nodes.get(target) or self.triples_of(target)
            count += len(piece[target])
            if count >= size:
                yield piece, [triple for node in piece for triple in leading[node].values()]
                piece, count = {}, 0
        if piece:
            yield piece, [triple for node in piece for triple in leading[node].values()]

    def graph_of(self, nodes: _Nodes, leading: Iterable[Triple] = ()) -> Graph:
        """The triples of nodes, some that lead to them, and what belongs to them."""
        graph, term = Graph(), cache(_rdflib)
        values: set[NamedNode] = set()
        for triple in chain(leading, *(self._around(node, own) for node, own in nodes.items())):
            graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
            for end in (triple.subject, triple.object):
                if isinstance(end, NamedNode) and end not in nodes and triple.predicate != _TYPE:
                    values.add(end)
        typed = [(value, self._triples(value, _TYPE, None)) for value in values]
        for node, own in (*nodes.items(), *typed):  # said of all, so that nobody need look at what is above a class
            for triple in own:
                for name in self._classes(triple) & self._aims.classes if triple.predicate == _TYPE else ():
                    graph.add((URIRef(node.value), RDF.type, URIRef(_VALUE + name)))
        return graph

    def _around(self, node: NamedNode, own: list[Triple]) -> Iterator[Triple]:
        """A node's own triples, and what its shapes look at beside them."""
        return chain(own, self._leading_to(node, own), self._led_to(own))

    def _leading_to(self, node: NamedNode, own: list[Triple]) -> Iterator[Triple]:
        """What leads to a node by the steps that the shapes of its classes, or of such objects, go backwards."""
        classes = {name for triple in own if triple.predicate == _TYPE for name in self._classes(triple)}
        for predicate, aimed in self._aims.backwards.items():
            if not aimed or aimed & classes:
                yield from self._triples(None, NamedNode(predicate), node)

    def _classes(self, triple: Triple) -> frozenset[str]:
        """The class that a node is said to be of, and all above it."""
        assert isinstance(triple.object, NamedNode)
        return self._above.get(triple.object.value, frozenset({triple.object.value}))

    def _led_to(self, own: list[Triple]) -> Iterator[Triple]:
        """What stands at the second and later steps of longer paths."""
        for triple in own:
            for steps in self._aims.onwards.get(triple.predicate.value, ()):
                ends = [triple.object]
                for step in steps:
                    found = [t for end in ends if isinstance(end, NamedNode) for t in self._at(end, step)]
                    ends = [t.object for t in found]
                    yield from found

    def _at(self, node: NamedNode, predicate: str) -> list[Triple]:
        return self._triples(node, NamedNode(predicate), None)

    def _triples(
        self, subject: NamedNode | None, predicate: NamedNode | None, target: NamedNode | None
    ) -> list[Triple]:
        found = self._store.quads_for_pattern(subject, predicate, target)
        return [quad.triple for quad in found if quad.graph_name not in (_ONTOLOGY, DefaultGraph())]


def _rdflib(term: object) -> URIRef | BNode | RdfLiteral:
    """A term of Oxigraph as rdflib's."""
    if isinstance(term, Literal):
        typed = term.datatype.value not in _PLAIN
        return RdfLiteral(term.value, lang=term.language, datatype=URIRef(term.datatype.value) if typed else None)
    assert isinstance(term, NamedNode | BlankNode)
    return URIRef(term.value) if isinstance(term, NamedNode) else BNode(term.value)
