"""The pipeline: files → documents → readings → quads → store, and a report of it all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from . import __version__
from .assemble import concept_quads, document_quads
from .assemble.dataset import dataset_quads, ontology_quads
from .assemble.mappings import load_mappings, mapping_quads
from .assemble.mesh_records import mesh_quads
from .gather import Gathered, gather
from .ground import VocabularyGrounder, load_vocabularies
from .ground.account import Effort, vocabulary_quads, vocabulary_report
from .lexicon import Lexicon, default_lexicon, load
from .mesh import load_mesh
from .model import Her2kgError, Reading
from .relate import interpret
from .relate.clashes import told_apart
from .replace import whole_folder
from .resources import packaged_sources, resource
from .sssom import MappingSet
from .store import DOCUMENTS, NQUADS, REPORT, load_store
from .vocabulary import document_graph, document_slug, publication_iri
from .write import Quad, iri, write_nquads

Progress = Callable[[str, int, int], None]


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class BuildError(Her2kgError):
    """No graph could be built."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What a build did."""

    folder: Path
    report: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # faulty mapping rows, when lenient
    effort: Effort | None = None  # of reading vocabularies; never in the report, which is the same on every machine


def build(
    files: Sequence[Path] = (),
    output: Path = Path("her2kg-graph"),
    *,
    strict: bool = False,
    additions: Sequence[Path] = (),
    lenient: bool = False,
    vocabularies: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Outcome:
    """Build the graph of some files, or of the two packaged documents when none is named.

    A file that cannot be read is left out and named in :attr:`Outcome.errors`, unless
    ``strict``; the others count.  The folder is replaced whole or not at all.
    ``additions`` are folders with rows of one's own for the lexicon (``drugs.tsv``, …) and the
    mappings (``*.sssom.tsv``); a faulty mapping row ends the build, unless ``lenient``: then it is
    left out and named in :attr:`Outcome.left_out`.  ``vocabularies`` are files, and folders of known
    files, whose names are recognised too, the first before the others (``docs/vocabularies.md``).

    Raises :class:`BuildError` when nothing could be read, or anything could not and ``strict``;
    :class:`~graph_build.link.terms.VocabularyError` for a vocabulary that is not what it says.
    """
    tell = progress or silent
    inputs = list(files) or packaged_sources()
    gathered = gather(inputs, tell)
    documents, errors = gathered.documents, gathered.errors
    if not documents or (errors and strict):
        raise BuildError("\n".join(errors) or "no record is left: all were deleted by a later file")
    lexicon, mappings = own_rows(additions, lenient=lenient)
    grounder, effort = _grounder(vocabularies, lexicon, mappings, tell)
    readings = []
    for number, found in enumerate(documents, 1):
        tell("reading", number, len(documents))
        readings.append(interpret(found.document, lexicon, grounder))
    tell("assembling", 0, 1)
    command = " ".join(["her2kg", "build", *sorted(p.name for p in files), *(f"--add {p.name}" for p in additions)])
    command = " ".join([command, *(f"--vocabulary {p.name}" for p in vocabularies)])
    quads, unresolved = assemble_all(readings, lexicon, command, mappings)
    left_out = [*mappings.problems, *_strangers(mappings, additions, quads)]
    if len(left_out) > len(mappings.problems) and not lenient:
        raise BuildError("\n".join(left_out))
    report = _report(gathered, readings, quads, unresolved) | {"left_out": left_out}
    if grounder:
        quads |= vocabulary_quads(grounder.vocabularies, readings)
        report |= vocabulary_report(grounder.vocabularies, readings)
    tell("assembling", 1, 1)
    with whole_folder(output, REPORT) as work:
        write_nquads(quads, work / NQUADS)
        (work / DOCUMENTS).mkdir()
        for document in (found.document for found in documents):
            text = document.text.encode()  # for a page, the bytes of its file; for a record, what was made of it
            (work / DOCUMENTS / f"{document_slug(document.publication)}.txt").write_bytes(text)
        (work / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        tell("loading", 0, 1)
        load_store(work)
        tell("loading", 1, 1)
    return Outcome(folder=output, report=report, errors=errors, left_out=left_out, effort=effort)


def _grounder(
    paths: Sequence[Path], lexicon: Lexicon, mappings: MappingSet, tell: Progress
) -> tuple[VocabularyGrounder | None, Effort | None]:
    """What grounds names in the vocabularies of a user, and the time it took to get ready; nothing without any."""
    if not paths:
        return None, None
    tell("vocabularies", 0, 1)
    began = perf_counter()
    loaded = load_vocabularies(paths, lexicon, mappings)
    tell("vocabularies", 1, 1)
    return VocabularyGrounder(loaded), Effort(perf_counter() - began)


def own_rows(additions: Sequence[Path], *, lenient: bool) -> tuple[Lexicon, MappingSet]:
    """The lexicon and the mappings, with the rows that folders of a user add to them.

    Raises :class:`BuildError` for a folder that adds nothing.
    """
    for folder in additions:
        if not folder.is_dir() or not any(folder.glob("*.tsv")):
            raise BuildError(f"{folder}: is no folder with lexicon rows (drugs.tsv, …) or mappings (*.sssom.tsv)")
    lexicon = load(resource("ontology", "lexicon"), *additions) if additions else default_lexicon()
    return lexicon, load_mappings((a for a in additions if any(a.glob("*.sssom.tsv"))), lenient=lenient)


def _strangers(mappings: MappingSet, additions: Sequence[Path], quads: set[Quad]) -> list[str]:
    """A sentence for each row of a user that maps what is not in the graph."""
    subjects = {quad[0] for quad in quads}
    return [
        f"{row.place}: {row.subject_id} is no concept of the lexicon or of these documents"
        for row in mappings.rows
        if any(row.place.startswith(f"{folder}/") for folder in additions)
        and not row.rejected
        and iri(mappings.expand(row.subject_id)) not in subjects
    ]


def assemble_all(
    readings: Iterable[Reading], lexicon: Lexicon, command: str, mappings: MappingSet
) -> tuple[set[Quad], dict[str, list[str]]]:
    """All quads of some readings, the curated graphs and the dataset description included."""
    mesh = load_mesh()
    readings = told_apart(list(readings))
    quads: set[Quad] = set()
    unresolved: dict[str, list[str]] = {}
    for reading in readings:
        found, names = document_quads(reading, mesh)
        quads |= found
        unresolved[document_slug(reading.document.publication)] = names
    quads |= concept_quads(lexicon, (c for r in readings for c in r.concepts))
    quads |= mapping_quads(quads, mappings)
    quads |= mesh_quads(quads, mesh)
    quads |= ontology_quads()
    quads |= dataset_quads(quads, [r.document for r in readings], command)
    return quads, unresolved


def _report(
    gathered: Gathered,
    readings: Sequence[Reading],
    quads: set[Quad],
    unresolved: dict[str, list[str]],
) -> dict[str, Any]:
    entries = []
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad[3], []).append(quad)
    for found, reading in zip(gathered.documents, readings, strict=True):
        document = found.document
        name = document_slug(document.publication)
        entries.append(
            {
                "file": str(found.path),
                **({"record": found.place} if found.place else {}),
                "sha256": document.sha256,
                "format": document.format,
                "document": name,
                "publication": publication_iri(document.publication),
                "counts": _counts(graphs.get(iri(document_graph(document.publication)), ())),
                "mentions": dict(sorted(Counter(m.cls.value for m in reading.mentions).items())),
                "warnings": list(document.warnings),
                "unresolved": unresolved[name],
            }
        )
    return {
        "software": {"name": "her2kg", "version": __version__},
        "inputs": entries,
        "quads": len(quads),
        "counts": _counts(quads),
        "errors": gathered.errors,
        "notes": gathered.notes,
    }


def _counts(quads: Iterable[Quad]) -> dict[str, int]:
    """How many things there are of each class."""
    kinds = {(s, o) for s, p, o, _ in quads if p.endswith("22-rdf-syntax-ns#type>")}
    return dict(sorted(Counter(o.strip("<>").rpartition("/")[2].rpartition("#")[2] for _, o in kinds).items()))
