"""The SHACL shapes: what a valid graph is, and where a graph is not.

pyshacl works over a plain in-memory rdflib graph; over an oxrdflib store it
reported violations that were none.  Subclasses (a variant is a mutation is an
alteration) come from the ontology, so a graph need not hold the ontology itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyshacl
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import RDF, RDFS, SH, SKOS
from rdflib.term import Node

from .model import Her2kgError
from .prefixes import curie
from .resources import resource

#: The namespace of the shapes.
SHAPES: Final = "https://w3id.org/her2kg/shapes#"


#: How a shape names the nodes that it is about.
TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


class ShapesError(Her2kgError):
    """The shapes themselves could not be used."""


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where a graph breaks a shape.

    ``path`` is the property as SPARQL writes it (``her2:start``), ``value`` the
    offending value; they are empty when the node as a whole, or a missing value,
    is meant.  ``shape`` names the broken shape: ``shape:Start`` or, for a part
    without a name of its own, the node shape around it.
    """

    focus: str
    path: str
    value: str
    message: str
    shape: str

    def __str__(self) -> str:
        """One line for a report: the node, what is wrong, and the value."""
        return f"{self.focus}: {self.message}" + (f" Found: {self.value}" if self.value else "")


def shapes_graph() -> Graph:
    """The shapes that ship with the project."""
    return Graph().parse(resource("ontology", "shapes.ttl"), format="turtle")


def core_shapes() -> Graph:
    """The shapes that ship, without the constraints in SPARQL: the store answers those (decision 0007)."""
    shapes = shapes_graph()
    shapes.remove((None, SH.sparql, None))
    return shapes


def ontology_classes() -> dict[str, frozenset[str]]:
    """The classes of the ontology, each with itself and all above it."""
    ontology = Graph().parse(resource("ontology", "her2.ttl"), format="turtle")
    return {
        str(name): frozenset(map(str, ontology.transitive_objects(name, RDFS.subClassOf)))
        for name in ontology.subjects(RDFS.subClassOf)
    }


def validate(
    graph: Graph, shapes: Graph | None = None, ontology: Graph | None = None, *, inplace: bool = False
) -> tuple[Violation, ...]:
    """The violations of ``graph``, sorted; none when it conforms.

    ``shapes`` and ``ontology`` default to the ones that ship.  ``graph`` stays as
    it is, unless ``inplace``.  Raises :class:`ShapesError` when the shapes cannot be used.
    """
    shapes = shapes_graph() if shapes is None else shapes
    if ontology is None:
        ontology = Graph().parse(resource("ontology", "her2.ttl"), format="turtle")
    merged = graph if inplace else Graph() + graph  # pyshacl may add to it
    for triple in ontology.triples((None, RDFS.subClassOf, None)):
        if not isinstance(triple[2], BNode):
            merged.add(triple)
    flat = _flat(shapes)
    merged += _unions(flat)
    try:
        _, report, text = pyshacl.validate(merged, shacl_graph=flat, inplace=True, do_owl_imports=False)
    except RuntimeError as error:  # what pyshacl raises for shapes that are not well formed
        raise ShapesError(f"The shapes cannot be used: {' '.join(str(error).split())}") from error
    if not isinstance(report, Graph):
        raise ShapesError(f"The shapes cannot be used: {' '.join(text.split())}")
    return tuple(sorted(set(_violations(report, shapes))))


def _flat(shapes: Graph) -> Graph:
    """The same shapes with each property shape aimed at the targets of the node shape around it.

    pyshacl then checks a property of all nodes at once instead of all properties node
    by node, which took twice as long.  A node shape that another shape refers to keeps its parts.
    """
    flat = Graph()
    flat += shapes
    for owner, part in list(shapes.subject_objects(SH.property)):
        targets = [(kind, target) for kind in TARGETS for target in shapes.objects(owner, kind)]
        if targets and (None, None, owner) not in shapes:
            flat.remove((owner, SH.property, part))
            flat.add((part, RDF.type, SH.PropertyShape))
            for kind, target in targets:
                flat.add((part, kind, target))
    return flat


def _unions(shapes: Graph) -> Graph:
    """Give ``shapes`` one class in the place of each choice of classes; of what these are the superclasses.

    pyshacl tries every alternative of a ``sh:or`` for every value and words a result for each that fails,
    which was a third of its time; that a value is of one class it just looks up.
    """
    superclasses = Graph()
    for shape, choice in list(shapes.subject_objects(SH["or"])):
        alternatives = [list(shapes.predicate_objects(each)) for each in shapes.items(choice)]
        classes = [pairs[0][1] for pairs in alternatives if len(pairs) == 1 and pairs[0][0] == SH["class"]]
        told_otherwise = (shape, SH.message, None) in shapes or (None, SH["not"], shape) in shapes
        if len(classes) == len(alternatives) and told_otherwise:  # else the message would change
            union = BNode()
            shapes.remove((shape, SH["or"], choice))
            shapes.add((shape, SH["class"], union))
            for each in classes:
                superclasses.add((each, RDFS.subClassOf, union))
    return superclasses


def _violations(report: Graph, shapes: Graph) -> Iterator[Violation]:
    owners: dict[Node | None, Node] = {part: owner for owner, part in shapes.subject_objects(SH.property)}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        focus = report.value(result, SH.focusNode)
        if focus == SKOS.Concept:  # a constraint run once for the whole graph: the node is its value
            focus = value
        yield Violation(
            focus=_text(focus),
            path=_path(report, path),
            value="" if value == focus else _text(value),
            message=" ".join(sorted(str(message) for message in report.objects(result, SH.resultMessage))),
            shape=_short(source if isinstance(source, URIRef) else owners.get(source)),
        )


def _text(node: Node | None) -> str:
    """An IRI or a literal as text; a blank node without its accidental name."""
    return "" if node is None else "[blank node]" if isinstance(node, BNode) else str(node)


def _short(node: Node | None) -> str:
    """An IRI with one of the project's prefixes, where one fits."""
    text = _text(node)
    if text.startswith(SHAPES):
        return "shape:" + text.removeprefix(SHAPES)
    return curie(text) or text


#: How SHACL's property paths are written in SPARQL.
_PATHS: Final = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}


def _path(graph: Graph, path: Node | None) -> str:
    """A property path as SPARQL writes it."""
    if path is None:
        return ""
    if isinstance(path, URIRef):
        return _short(path)
    alternatives = graph.value(path, SH.alternativePath)
    if alternatives is not None:
        return "|".join(_path(graph, step) for step in graph.items(alternatives))
    for kind, pattern in _PATHS.items():
        inner = graph.value(path, kind)
        if inner is not None:
            return pattern.format(_path(graph, inner))
    return "/".join(_path(graph, step) for step in graph.items(path))
