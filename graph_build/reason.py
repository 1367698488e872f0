"""Reasoning: the ontology as Python classes, and what HermiT infers from it.

HermiT sees the ontology, the concepts and the studies, never mentions, evidences
or statements: those carry no axioms and would take it minutes.  The jar is the
one that owlready2 ships, called here with class and instance classification only:
owlready2's own call classifies properties too (11 s instead of 2.6 s for 700
individuals) and leaves its file behind when the ontology is inconsistent.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import owlready2
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS
from rdflib.term import Node

from .model import Her2kgError
from .resources import resource
from .vocabulary import HER2

Triple = tuple[Node, Node, Node]

#: The roots of the classes whose instances are reasoned over.
ROOTS: Final = (SKOS.Concept, URIRef(HER2 + "Study"))
#: Nothing but these values is reasoned over; other literals are names and dates.
DATA_PROPERTIES: Final = frozenset({URIRef(HER2 + "phase")})
#: Annotation properties that need no declaration.
BUILT_IN_ANNOTATIONS: Final = frozenset({RDFS.label, RDFS.comment, RDFS.isDefinedBy, OWL.versionInfo, OWL.versionIRI})
#: After so many seconds something is wrong: 700 individuals take three.
TIMEOUT: Final = 120.0
#: For a program that runs for seconds: a quarter less time, half the processor.
JVM_OPTIONS: Final = ("-Xmx2000M", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
#: A line of HermiT's answer: ``SubClassOf( <a> <b> )``.
_ANSWER: Final = re.compile(r"^(SubClassOf|EquivalentClasses|Type)\( (.+) \)$", re.MULTILINE)


class ReasonerUnavailable(Her2kgError):
    """Java, in which HermiT runs, is missing."""


class ReasonerError(Her2kgError):
    """HermiT ended without an answer."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """What the reasoner found out.

    ``types`` holds the pairs of individual and defined class that follow from the
    definitions and were not asserted, sorted; it is empty when the whole is not
    consistent, because then everything follows.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()

    def triples(self) -> Iterator[tuple[URIRef, URIRef, URIRef]]:
        """The inferred types as triples, for the ``inferred`` graph."""
        for individual, cls in self.types:
            yield URIRef(individual), RDF.type, URIRef(cls)


def ontology_graph() -> Graph:
    """The ontology that ships with the project, as triples."""
    return Graph().parse(resource("ontology", "her2.ttl"), format="turtle")


def ontology() -> Any:
    """The ontology as Python classes: ``ontology().Gene``, ``ontology().Mutation.is_a``.

    Each call has a world of its own, so changes stay with the caller.
    """
    world = owlready2.World()
    loaded = world.get_ontology(HER2.removesuffix("#"))
    return loaded.load(fileobj=BytesIO(_ntriples(ontology_graph()).encode()))


def java_version() -> str:
    """The version of the Java on the path, such as ``17.0.15``.

    Raises :class:`ReasonerUnavailable` when there is none that runs.
    """
    try:
        command = [_java(), "-version"]
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=TIMEOUT)  # noqa: S603  our own words
    except (OSError, subprocess.SubprocessError) as error:
        raise ReasonerUnavailable("The Java on this machine does not run; reinstall it to use --reason.") from error
    found = re.search(r'version "([^"]+)"', answer.stderr + answer.stdout)
    return found[1] if found else "unknown"


def reason(triples: Iterable[Triple], ontology: Graph | None = None, timeout: float = TIMEOUT) -> Inferred:
    """What follows from the ontology for the concepts and studies in ``triples``.

    ``triples`` may hold a whole graph; only types, hierarchy and links between
    concepts and studies are used.  Raises :class:`ReasonerUnavailable` without Java
    and :class:`ReasonerError` when HermiT fails or takes longer than ``timeout`` seconds.
    """
    terms = ontology_graph() if ontology is None else ontology
    axioms = _axioms(terms)
    facts = _facts(triples, terms)
    asserted = {(str(s), str(o)) for s, p, o in facts if p == RDF.type}
    for triple in facts:
        axioms.add(triple)
    answer = _hermit(_ntriples(axioms), timeout)
    if answer is None:
        return Inferred(consistent=False)
    return _read(answer, {str(cls) for cls in defined_classes(terms)}, asserted)


def defined_classes(ontology: Graph) -> list[URIRef]:
    """The classes that the reasoner fills: those defined by an intersection, sorted."""
    return sorted(
        cls
        for cls, meaning in ontology.subject_objects(OWL.equivalentClass)
        if isinstance(cls, URIRef) and (meaning, OWL.intersectionOf, None) in ontology
    )


def _axioms(ontology: Graph) -> Graph:
    """The ontology without its annotations, which say nothing to a reasoner."""
    annotations = set(ontology.subjects(RDF.type, OWL.AnnotationProperty)) | BUILT_IN_ANNOTATIONS
    axioms = Graph()
    for subject, predicate, value in ontology:
        if predicate not in annotations and subject not in annotations:
            axioms.add((subject, predicate, value))
    return axioms


def _facts(triples: Iterable[Triple], ontology: Graph) -> set[Triple]:
    """Types of, and links between, the concepts and studies in ``triples``."""
    defined = set(defined_classes(ontology))  # left out: an earlier inference is not a fact
    kinds = {kind for root in ROOTS for kind in ontology.transitive_subjects(RDFS.subClassOf, root)} - set(ROOTS[:1])
    links = set(ontology.subjects(RDF.type, OWL.ObjectProperty))
    known = list(triples)
    types = {(s, p, o) for s, p, o in known if p == RDF.type and o in kinds - defined and not isinstance(s, BNode)}
    individuals: set[Node] = {subject for subject, _, _ in types}
    facts: set[Triple] = types | {(individual, RDF.type, OWL.NamedIndividual) for individual in individuals}
    for subject, predicate, value in known:
        if subject in individuals and predicate in links and value in individuals:
            facts.add((subject, predicate, value))
        elif subject in individuals and predicate in DATA_PROPERTIES:
            facts.add((subject, predicate, Literal(str(value))))
    return facts


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise ReasonerUnavailable(
            "Reasoning needs Java, which is not installed here; everything else works without it."
        )
    return java


def _hermit(ntriples: str, timeout: float) -> str | None:
    """HermiT's answer, or None when the ontology is inconsistent."""
    java = _java()
    home = Path(owlready2.__file__).parent / "hermit"
    with TemporaryDirectory(prefix="her2kg-reason-") as folder:
        file = Path(folder) / "ontology.nt"
        file.write_text(ntriples, encoding="utf-8")
        classpath = os.pathsep.join(
            [str(home), str(home / "HermiT.jar")]
        )  # owlready2's own classes come first: -I is theirs
        command = [java, *JVM_OPTIONS, "-cp", classpath, "org.semanticweb.HermiT.cli.CommandLine"]
        command += ["-c", "-I", file.as_uri()]
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)  # noqa: S603  our own words
        except subprocess.TimeoutExpired as error:
            raise ReasonerError(f"HermiT found no answer within {timeout:g} seconds.") from error
    if run.returncode == 0 and _ANSWER.search(run.stdout):  # HermiT ends with 0 even when it did not run
        return run.stdout
    if "Inconsistent ontology" in run.stdout + run.stderr:
        return None
    lines = [line for line in (run.stderr + run.stdout).splitlines() if line.strip()]
    raise ReasonerError(f"HermiT failed: {lines[0] if lines else f'exit code {run.returncode}'}")


def _read(answer: str, defined: set[str], asserted: set[tuple[str, str]]) -> Inferred:
    """HermiT names the most specific types only; the wider ones follow from its class hierarchy."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    most_specific: set[tuple[str, str]] = set()
    unsatisfiable: set[str] = set()
    for relation, arguments in _ANSWER.findall(answer):
        names = re.findall(r"<([^>]+)>", arguments)
        if relation == "Type":
            most_specific.add((names[0], names[1]))
        elif relation == "SubClassOf":
            above[names[0]].add(names[1])
        elif str(OWL.Nothing) in names:
            unsatisfiable |= set(names)
        else:
            for name in names:
                above[name] |= set(names)
    types = {(individual, wider) for individual, cls in most_specific for wider in _closure(cls, above)}
    return Inferred(
        consistent=True,
        unsatisfiable=tuple(sorted(unsatisfiable - {str(OWL.Nothing)})),
        types=tuple(sorted((individual, cls) for individual, cls in types - asserted if cls in defined)),
    )


def _closure(cls: str, above: Mapping[str, set[str]]) -> set[str]:
    """The class and all classes above it."""
    seen: set[str] = set()
    waiting = {cls}
    while waiting:
        seen |= waiting
        waiting = {wider for name in waiting for wider in above.get(name, ())} - seen
    return seen


def _ntriples(graph: Graph) -> str:
    return "".join(sorted(line + "\n" for line in graph.serialize(format="nt").splitlines() if line))
