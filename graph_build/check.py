"""Is a built graph what it promises to be?  Quotes, shapes, and the model's own rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions, RdfFormat, Store, parse
from rdflib import Literal as RdfLiteral
from rdflib import URIRef

from .pieces import violations_of
from .quotes import quoted
from .reason import Inferred, reason
from .replace import whole_folder
from .rules import PREFIXES as RULE_PREFIXES
from .rules import RULES
from .shapes import core_shapes
from .store import NQUADS, REPORT, STORE, find_graph, load_store, open_store
from .vocabulary import GRAPH, HER2
from .write import Quad, iri, nquads


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be."""

    part: str
    node: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The result of all checks."""

    quotes: int  # mentions and evidences that were compared with their document
    rules: int
    findings: tuple[Finding, ...]
    inferred: Inferred | None = None

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(folder: Path, *, with_reasoner: bool = False) -> Checked:
    """Check a built graph.

    With the reasoner, what follows is written into the graph's ``inferred`` graph.
    Raises :class:`graph_build.reason.ReasonerUnavailable` without Java.
    """
    find_graph(folder)
    store = open_store(folder)
    quotes, findings = _check_quotes(store, folder)
    findings += _check_lines(folder / NQUADS)
    for name, query in RULES.items():
        found = store.query(RULE_PREFIXES + query)
        assert isinstance(found, QuerySolutions)
        findings += [Finding("rules", _short(row["node"]), f"broken rule: {name}") for row in found]
    findings += _check_shapes(folder, store)
    inferred = _infer(folder, store) if with_reasoner else None
    if inferred and not inferred.consistent:
        findings.append(Finding("reasoner", "the graph", "the ontology and the graph contradict each other"))
    if inferred:
        findings += [Finding("reasoner", name, "nothing can be of this class") for name in inferred.unsatisfiable]
    return Checked(
        quotes=quotes,
        rules=len(RULES) + 3,
        findings=tuple(sorted(set(findings), key=lambda f: (f.part, f.node, f.message))),
        inferred=inferred,
    )


def _short(term: object) -> str:
    return str(term).strip("<>")


def _check_quotes(store: Store, folder: Path) -> tuple[int, list[Finding]]:
    """How many quotes were compared with their documents, and which of them are wrong."""
    count = 0
    findings = []
    for quote in quoted(store, folder):
        if quote.overlaps:
            findings.append(Finding("rules", quote.node, "overlaps another mention of its class"))
            continue
        count += 1
        if quote.problem:
            findings.append(Finding("quotes", quote.node, quote.problem))
    return count, findings


def _check_lines(path: Path) -> Iterator[Finding]:
    """The file itself: sorted, each line once, no blank nodes."""
    before = ""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line <= before:
                yield Finding("file", f"{path.name}, line {number}", "lines are not sorted, or one is there twice")
            if "_:" in line and re.search(r"(?:^| )_:", re.sub(r'"(?:[^"\\]|\\.)*"', "", line)):
                yield Finding("file", f"{path.name}, line {number}", "has a blank node")
            before = line


def _check_shapes(folder: Path, store: Store) -> Iterator[Finding]:
    quads = parse(path=folder / NQUADS, format=RdfFormat.N_QUADS)
    for violation in violations_of(store, quads, core_shapes()):
        yield Finding(
            "shapes", violation.focus, violation.message + (f" Found: {violation.value}" if violation.value else "")
        )


def _infer(folder: Path, store: Store) -> Inferred:
    """Reason, and write what follows into the graph folder."""

    def facts() -> Iterator[tuple[URIRef, URIRef, URIRef | RdfLiteral]]:
        for quad in store.quads_for_pattern(None, None, None):
            graph = _short(quad.graph_name)
            if not graph.startswith(GRAPH):  # the default graph repeats the named ones
                continue
            if graph in (GRAPH + "ontology", GRAPH + "inferred", GRAPH + "dataset"):
                continue
            if isinstance(quad.object, Literal):
                if quad.predicate.value == HER2 + "phase":
                    yield URIRef(_short(quad.subject)), URIRef(quad.predicate.value), RdfLiteral(quad.object.value)
            else:
                yield URIRef(_short(quad.subject)), URIRef(_short(quad.predicate)), URIRef(_short(quad.object))

    inferred = reason(facts())
    quads = [(iri(str(s)), iri(str(p)), iri(str(o)), iri(GRAPH + "inferred")) for s, p, o in inferred.triples()]
    _write_inferred(folder, quads)
    return inferred


def _write_inferred(folder: Path, quads: Iterable[Quad]) -> None:
    inferred = iri(GRAPH + "inferred")
    new = set(nquads(quads))
    old = (folder / NQUADS).read_bytes().splitlines(keepends=True)
    kept = [line for line in old if not line.endswith(f" {inferred} .\n".encode())]
    if set(old) == set(kept) | new:
        return
    with whole_folder(folder, REPORT) as work:
        for path in folder.iterdir():
            if path.name not in (STORE, NQUADS):
                (shutil.copytree if path.is_dir() else shutil.copyfile)(path, work / path.name)
        (work / NQUADS).write_bytes(b"".join(sorted([*kept, *new])))
        load_store(work)
