"""The pipeline: files → documents → readings → quads → store, and a report of it all."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import __version__
from .assemble import concept_quads, document_quads
from .assemble.dataset import dataset_quads, ontology_quads
from .assemble.mappings import mapping_quads
from .lexicon import Lexicon, default_lexicon
from .mesh import load_mesh
from .model import Document, Her2kgError, ReadError, Reading
from .read import read
from .relate import interpret
from .relate.clashes import told_apart
from .replace import whole_folder
from .resources import packaged_sources
from .store import DOCUMENTS, NQUADS, REPORT, load_store
from .vocabulary import document_slug, publication_iri
from .write import Quad, write_nquads

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


def build(
    files: Sequence[Path] = (),
    output: Path = Path("her2kg-graph"),
    *,
    strict: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Build the graph of some files, or of the two packaged documents when none is named.

    A file that cannot be read is left out and named in :attr:`Outcome.errors`, unless
    ``strict``; the others count.  The folder is replaced whole or not at all.

    Raises :class:`BuildError` when nothing could be read, or anything could not and ``strict``.
    """
    tell = progress or silent
    inputs = list(files) or packaged_sources()
    documents, errors = _read_all(inputs, tell)
    if not documents or (errors and strict):
        raise BuildError("\n".join(errors))
    lexicon = default_lexicon()
    readings = []
    for number, (_, document) in enumerate(documents, 1):
        tell("reading", number, len(documents))
        readings.append(interpret(document, lexicon))
    tell("assembling", 0, 1)
    command = " ".join(["her2kg", "build", *sorted(p.name for p in files)])
    quads, unresolved = assemble_all(readings, lexicon, command)
    report = _report(documents, readings, quads, unresolved, errors)
    tell("assembling", 1, 1)
    with whole_folder(output, REPORT) as work:
        write_nquads(quads, work / NQUADS)
        (work / DOCUMENTS).mkdir()
        for path, document in documents:
            shutil.copyfile(path, work / DOCUMENTS / f"{document_slug(document.publication)}.txt")
        (work / REPORT).write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        tell("loading", 0, 1)
        load_store(work)
        tell("loading", 1, 1)
    return Outcome(folder=output, report=report, errors=errors)


def _read_all(inputs: Sequence[Path], tell: Progress) -> tuple[list[tuple[Path, Document]], list[str]]:
    documents: dict[str, tuple[Path, Document]] = {}
    errors: list[str] = []
    hashes: dict[str, Path] = {}
    for number, path in enumerate(inputs, 1):
        tell("opening", number, len(inputs))
        try:
            document = read(path)
        except ReadError as error:
            errors.append(str(error))
            continue
        key = publication_iri(document.publication)
        if document.sha256 in hashes:
            errors.append(f"{path}: is the same file as {hashes[document.sha256]}; name it once")
        elif key in documents:
            errors.append(f"{path}: is about the same publication ({key}) as {documents[key][0]}; keep one of the two")
        else:
            documents[key] = (path, document)
            hashes[document.sha256] = path
    return [documents[key] for key in sorted(documents)], errors


def assemble_all(readings: Iterable[Reading], lexicon: Lexicon, command: str) -> tuple[set[Quad], dict[str, list[str]]]:
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
    quads |= mapping_quads(quads)
    quads |= ontology_quads()
    quads |= dataset_quads(quads, [r.document for r in readings], command)
    return quads, unresolved


def _report(
    documents: Sequence[tuple[Path, Document]],
    readings: Sequence[Reading],
    quads: set[Quad],
    unresolved: dict[str, list[str]],
    errors: Sequence[str],
) -> dict[str, Any]:
    entries = []
    for (path, document), reading in zip(documents, readings, strict=True):
        name = document_slug(document.publication)
        graph = f"graph/document/{name}>"
        entries.append(
            {
                "file": str(path),
                "sha256": document.sha256,
                "format": document.format,
                "document": name,
                "publication": publication_iri(document.publication),
                "counts": _counts(quad for quad in quads if quad[3].endswith(graph)),
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
        "errors": list(errors),
    }


def _counts(quads: Iterable[Quad]) -> dict[str, int]:
    """How many things there are of each class."""
    kinds = {(s, o) for s, p, o, _ in quads if p.endswith("22-rdf-syntax-ns#type>")}
    return dict(sorted(Counter(o.strip("<>").rpartition("/")[2].rpartition("#")[2] for _, o in kinds).items()))
