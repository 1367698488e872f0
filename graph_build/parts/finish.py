"""Parts to a graph: its sorted lines, its report and its documents; memory does not grow with their number."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256 as sha256_of
from pathlib import Path
from typing import Any, Final

from .. import __version__
from ..assemble import concept_quads
from ..assemble.counting import Counting, Counts
from ..assemble.dataset import WANTED, dataset_quads, document_description, ontology_quads
from ..assemble.mappings import mapping_quads
from ..assemble.mesh_records import Uses, used_mesh_quads
from ..gather import Settled
from ..ground.account import vocabulary_quads, vocabulary_report
from ..model import Concept
from ..relate.clashes import told_apart
from ..sssom import MappingSet
from ..store import DOCUMENTS, NQUADS, REPORT
from ..write import Quad, iri, nquads
from .database import Database
from .part import Tools, Used, class_counts, local_name, part_of_reading
from .report import write_json
from .sealed import unseal
from .sorting import BLOCK_BYTES, Distinct, SortedLines, woven

_TYPE: Final = iri("rdf:type").encode()
#: So many sentences of a kind are told on the terminal.
MOST_TOLD: Final = 20

_COUNTING: Final = """
SELECT items.id, items.key, items.name, items.sha256, items.title, inputs.path, items.place,
    parts.lines, parts.quads, parts.text, parts.entry, parts.uses, parts.concepts
FROM counting JOIN items ON items.id = counting.item JOIN inputs ON inputs.id = items.input
JOIN parts ON parts.item = items.id ORDER BY counting.key
"""
#: Who reports which study; a paper that is named by its PMID alone is the one whose DOI some document prints with it.
_REPORTED: Final = """
SELECT item, study, unnamed, paper, coalesce((SELECT min(by_doi) FROM same_works JOIN counting USING (item)
    WHERE by_pmid = paper), paper) AS work FROM reports JOIN counting USING (item)
"""
_CLASHING: Final = f"SELECT study FROM ({_REPORTED}) WHERE unnamed GROUP BY study HAVING count(DISTINCT work) > 1"  # noqa: S608
_WORKS_OF: Final = f"SELECT DISTINCT paper, work FROM ({_REPORTED}) WHERE study = ? AND work <> paper"  # noqa: S608
_ITEMS_OF: Final = "SELECT item FROM reports JOIN counting USING (item) WHERE study = ?"


@dataclass(slots=True)
class FileTold:
    """What is told of a file on the terminal."""

    records: int = 0
    are_records: bool = False
    mentions: int = 0
    warnings: int = 0
    first_warnings: list[str] = field(default_factory=list)

    def add(self, entry: dict[str, Any]) -> None:
        """Count a document in."""
        self.records += 1
        self.are_records = "record" in entry
        self.mentions += sum(entry["mentions"].values())
        self.warnings += len(entry["warnings"])
        self.first_warnings += entry["warnings"][: MOST_TOLD - len(self.first_warnings)]


@dataclass(slots=True)
class Finished:
    """What was written."""

    documents: int = 0
    quads: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    files: dict[str, FileTold] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    ambiguous: int = 0


class Finish:
    """Writes the graph of the documents that count into an empty folder."""

    def __init__(self, database: Database, work: Path, tools: Tools, mappings: MappingSet) -> None:
        self.database, self.work, self.tools, self.mappings = database, work, tools, mappings
        self.finished = Finished()
        self._places = [work / name for name in ("sorting", "describing", "counting")]
        for place in self._places:
            place.mkdir()
        self._lines = SortedLines(self._places[0], by_word=True)
        self._description = SortedLines(self._places[1])
        self._mapped: set[str] = set()
        self._named: set[str] = set()
        self._mesh = Uses()
        self._concepts: dict[Concept, None] = {}
        self._external = 0

    def documents(self) -> Iterator[dict[str, Any]]:
        """Take in each document, and give its entry in the report."""
        (self.work / DOCUMENTS).mkdir()
        clashing = {study for (study,) in self.database.rows(_CLASHING)}
        renamed = {item for study in sorted(clashing) for (item,) in self.database.rows(_ITEMS_OF, study)}
        works = dict(row for study in sorted(clashing) for row in self.database.rows(_WORKS_OF, study))
        seen: set[bytes] = set()
        for number, key, name, sha256, title, path, place, *rest in self.database.rows(_COUNTING):
            lines, quads, text, written, uses, concepts = rest
            if number in renamed:
                reading = unseal(self.database.value("SELECT reading FROM parts WHERE item = ?", number))
                part = part_of_reading(told_apart(reading, clashing, works), self.tools)
                lines, quads, written, uses = part.lines, part.quads, part.entry, part.uses
            self._lines.add(zlib.decompress(lines).splitlines(keepends=True))
            self._describe(document_description(key, name, title, sha256, quads))
            (self.work / DOCUMENTS / f"{name}.txt").write_bytes(zlib.decompress(text))
            if concepts and (sum_ := sha256_of(concepts).digest()) not in seen:
                seen.add(sum_)
                self._concepts.update(dict.fromkeys(c for c in unseal(concepts) if not c.unresolved))
            self._use(Used.read(uses))
            entry = {"file": path, **({"record": place} if place else {}), **json.loads(written)}
            self.finished.documents += 1
            self.finished.files.setdefault(path, FileTold()).add(entry)
            yield entry

    def _use(self, used: Used) -> None:
        self._mapped |= used.mapped
        self._named |= used.named
        self._mesh.add(used.mesh)
        self._external += used.external
        self.finished.ambiguous += len(used.ambiguous)

    def strangers(self, additions: Iterable[Path]) -> list[str]:
        """A sentence for each row of a user that maps what is not in the graph; makes the graphs for all documents."""
        concepts = concept_quads(self.tools.lexicon, self._concepts)
        subjects = self._mapped | {quad[0] for quad in concepts}
        self._links = mapping_quads(subjects, self.mappings)
        self._links |= used_mesh_quads(self._mesh, self._named, concepts | self._links, self.tools.mesh)
        shared = concepts | self._links | ontology_quads()
        self._lines.add(nquads(shared))
        subjects |= {quad[0] for quad in shared}
        folders = tuple(f"{folder}/" for folder in additions)
        return [
            f"{row.place}: {row.subject_id} is no concept of the lexicon or of these documents"
            for row in self.mappings.rows
            if row.place.startswith(folders)
            and not row.rejected
            and iri(self.mappings.expand(row.subject_id)) not in subjects
        ]

    def graph(self, command: str) -> None:
        """Write ``graph.nq``: what was taken in, and its description with the counts of all that."""
        counts = self._counted()
        self._describe(dataset_quads(counts, self._links, command))
        if self.tools.grounder:
            schemes = {concept.scheme for concept in self._concepts} - {""}
            self._describe(vocabulary_quads(self.tools.grounder.vocabularies, schemes))
        classes: Counter[bytes] = Counter()
        last = b""
        counted = self.work / "counted"
        with counted.open("rb") as content, (self.work / NQUADS).open("wb", buffering=1 << 20) as file:
            for block in woven(iter(partial(content.readlines, BLOCK_BYTES), []), self._description.blocks()):
                file.writelines(block)
                self.finished.quads += len(block)
                for line in [line for line in block if _TYPE in line]:
                    triple = line[:-3].rpartition(b" ")[0]
                    _, predicate, value = triple.split(b" ", 2)
                    if predicate == _TYPE and triple != last:
                        last = triple
                        classes[value] += 1
        counted.unlink()
        for place in self._places:
            place.rmdir()
        named: Counter[str] = Counter()
        for value, many in classes.items():
            named[local_name(value.decode())] += many
        self.finished.counts = class_counts(named)

    def _counted(self) -> Counts:
        counting = Counting(Distinct(self._places[2]), WANTED)
        with (self.work / "counted").open("wb", buffering=1 << 20) as file:
            for block in counting.passing(self._lines.blocks()):
                file.writelines(block)
        return counting.counts

    def _describe(self, quads: Iterable[Quad]) -> None:
        self._description.add(nquads(quads))

    def vocabularies(self) -> dict[str, Any]:
        """The part of the report about vocabularies; empty without any."""
        if not self.tools.grounder:
            return {}
        return vocabulary_report(self.tools.grounder.vocabularies, self._external, self._ambiguous())

    def _ambiguous(self) -> Iterator[tuple[str, str, list[str]]]:
        query = (
            "SELECT items.name, parts.uses FROM counting JOIN items ON items.id = counting.item "
            "JOIN parts USING (item) ORDER BY counting.key"
        )
        for document, uses in self.database.rows(query):
            for name, candidates in Used.read(uses).ambiguous.items():
                yield document, name, candidates


def finish(finish: Finish, settled: Settled, command: str, left_out: Any) -> None:
    """Write graph, documents and report; ``left_out`` is asked once all documents are taken in."""

    def later() -> Iterator[tuple[str, Any]]:
        yield "software", {"name": "her2kg", "version": __version__}
        yield "inputs", finish.documents()
        finish.finished.left_out = left_out()
        finish.graph(command)
        yield "quads", finish.finished.quads
        yield "counts", finish.finished.counts
        yield "errors", settled.errors
        yield "notes", settled.notes
        yield "left_out", finish.finished.left_out
        yield from finish.vocabularies().items()

    with (finish.work / REPORT).open("w", encoding="utf-8", newline="\n") as file:
        border = "{\n"
        for name, value in later():
            file.write(f"{border}  {json.dumps(name)}: ")
            write_json(file, value, "  ")
            border = ",\n"
        file.write("\n}\n")
