"""Is a built graph what it promises to be?  Quotes, shapes, and the model's own rules."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, QuerySolutions, RdfFormat, Store, parse
from rdflib import Literal as RdfLiteral
from rdflib import URIRef

from .pieces import violations_of
from .read import decode
from .reason import Inferred, reason
from .replace import whole_folder
from .rules import PREFIXES as RULE_PREFIXES
from .rules import RULES
from .shapes import core_shapes
from .store import DOCUMENTS, NQUADS, REPORT, STORE, find_graph, load_store, open_store
from .vocabulary import GRAPH, HER2
from .write import Quad, iri

_QUOTES: Final = (
    RULE_PREFIXES
    + """
SELECT DISTINCT ?node ?document ?sha ?start ?end ?exact ?oaStart ?oaEnd ?oaExact ?prefix ?suffix WHERE {
  VALUES ?kind { her2:Mention her2:Evidence }
  ?node a ?kind ; her2:document ?document .
  OPTIONAL { ?document her2:sha256 ?sha }
  OPTIONAL { ?node her2:start ?start ; her2:end ?end ; her2:exact ?exact }
  OPTIONAL {
    ?node oa:hasTarget/oa:hasSelector ?position, ?quote .
    ?position oa:start ?oaStart ; oa:end ?oaEnd .
    ?quote oa:exact ?oaExact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  }
}
"""
)


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
    quotes, findings = _check_quotes(store, folder / DOCUMENTS)
    findings += _check_lines(folder / NQUADS)
    findings += _check_overlaps(store)
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


def _documents(folder: Path) -> dict[str, str]:
    """The texts that the build kept, by the hash of their bytes."""
    return {
        sha256(data).hexdigest(): decode(data, path.name)
        for path in sorted(folder.glob("*.txt"))
        for data in [path.read_bytes()]
    }


def _check_quotes(store: Store, folder: Path) -> tuple[int, list[Finding]]:
    texts = _documents(folder)
    solutions = store.query(_QUOTES)
    assert isinstance(solutions, QuerySolutions)
    count = 0
    findings = []
    for row in solutions:
        count += 1
        values = {v.value: row[v].value if isinstance(row[v], Literal) else None for v in solutions.variables}
        problem = _quote_problem(values, texts)
        if problem:
            findings.append(Finding("quotes", _short(row["node"]), problem))
    return count, findings


def _quote_problem(values: Mapping[str, str | None], texts: Mapping[str, str]) -> str | None:
    text = texts.get(values["sha"] or "")
    if text is None:
        return "the document that it quotes is not in the folder, or was changed"
    start, end, exact = values["start"], values["end"], values["exact"]
    if start is None or end is None or exact is None:
        return "has no place or no quote"
    if text[int(start) : int(end)] != exact or not exact:
        return f"quotes “{exact}”, but the document has “{text[int(start) : int(end)]}” at {start}–{end}"
    if (values["oaStart"], values["oaEnd"], values["oaExact"]) != (start, end, exact):
        return "says one place in her2: and another in oa:"
    if not text[: int(start)].endswith(values["prefix"] or "") or not text[int(end) :].startswith(
        values["suffix"] or ""
    ):
        return "has a prefix or suffix that is not the text around it"
    return None


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


def _check_overlaps(store: Store) -> Iterator[Finding]:
    """Within one class the mentions of a document do not overlap."""
    query = (
        RULE_PREFIXES
        + """
      SELECT DISTINCT ?node ?document ?start ?end WHERE {
        ?node a her2:Mention ; her2:document ?document ; her2:start ?start ; her2:end ?end }"""
    )
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    places: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for row in solutions:
        node, start, end = _short(row["node"]), row["start"], row["end"]
        assert isinstance(start, Literal)
        assert isinstance(end, Literal)
        cls = node.split("#mention-", 1)[-1].split("-", 2)[-1]
        places.setdefault((str(row["document"]), cls), []).append((int(start.value), int(end.value), node))
    for spans in places.values():
        spans.sort()
        for (_, end, _), (start, _, node) in pairwise(spans):
            if start < end:
                yield Finding("rules", node, "overlaps another mention of its class")


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
    new = {f"{s} {p} {o} {g} .\n" for s, p, o, g in quads}
    old = (folder / NQUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in old if not line.endswith(f" {inferred} .\n")]
    if set(old) == set(kept) | new:
        return
    with whole_folder(folder, REPORT) as work:
        for path in folder.iterdir():
            if path.name not in (STORE, NQUADS):
                (shutil.copytree if path.is_dir() else shutil.copyfile)(path, work / path.name)
        (work / NQUADS).write_text("".join(sorted([*kept, *new])), encoding="utf-8", newline="\n")
        load_store(work)
