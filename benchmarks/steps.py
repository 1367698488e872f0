"""``python -m benchmarks.steps STEP …``: one step of our work in a process of its own; prints what it took as JSON.

Only public functions are called, so that a change of what is inside changes nothing here.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final


@contextmanager
def _timed(result: dict[str, Any]) -> Iterator[None]:
    """The seconds and the CPU seconds of what is inside, those of worker processes too."""
    began, before = time.perf_counter(), os.times()
    yield
    after = os.times()
    result["seconds"] = time.perf_counter() - began
    result["cpu_seconds"] = sum(after[:4]) - sum(before[:4])


def read(path: str) -> dict[str, Any]:
    """Read a file: documents with their sections, of which nothing is recognised."""
    from graph_build.read import Found, read_all

    result: dict[str, Any] = {}
    with _timed(result):
        result["records"] = sum(1 for item in read_all(Path(path)) if isinstance(item, Found))
    return result


def interpret(path: str) -> dict[str, Any]:
    """Read a file and recognise and relate what is in it."""
    from graph_build.lexicon import default_lexicon
    from graph_build.read import Found, read_all
    from graph_build.relate import interpret as reading_of

    lexicon = default_lexicon()
    records = mentions = statements = 0
    result: dict[str, Any] = {}
    with _timed(result):
        for item in read_all(Path(path)):
            if isinstance(item, Found):
                found = reading_of(item.document, lexicon)
                records += 1
                mentions += len(found.mentions)
                statements += len(found.statements)
    return result | {"records": records, "mentions": mentions, "statements": statements}


def quads(path: str, output: str) -> dict[str, Any]:
    """Build the whole graph of a file as sorted N-Quads, without the store."""
    return _built(path, output, store=False)


def build(path: str, output: str) -> dict[str, Any]:
    """Build the whole graph of a file, the store included."""
    return _built(path, output, store=True)


def _built(path: str, output: str, *, store: bool) -> dict[str, Any]:
    from graph_build.build import build as built

    result: dict[str, Any] = {}
    with _timed(result):
        report = built([Path(path)], Path(output), store=store).report
    return result | {"records": len(report["inputs"]), "quads": report["quads"]}


def scale(way: str, output: str, *paths: str) -> dict[str, Any]:
    """Build the graph of some files with a number of processes, or with the processors of a Spark master."""
    from graph_build.build import build as built

    files, master = [Path(path) for path in paths], way.startswith("local[")
    result: dict[str, Any] = {}
    with _timed(result):
        done = built(files, Path(output), spark=way) if master else built(files, Path(output), jobs=int(way))
    return result | {"records": done.documents, "quads": done.quads}


def write(folder: str, target: str) -> dict[str, Any]:
    """Write the quads of a graph again as a build does: document by document, then sorted, each once."""
    import random
    from tempfile import TemporaryDirectory

    from graph_build.parts.sorting import SortedLines
    from graph_build.store import NQUADS
    from graph_build.write import Quad, nquads

    parts: dict[str, list[Quad]] = {}
    with (Path(folder) / NQUADS).open(encoding="utf-8") as file:
        for line in file:
            subject, predicate, rest = line.split(" ", 2)
            term, graph, _ = rest.rsplit(" ", 2)
            parts.setdefault(graph, []).append((subject, predicate, term, graph))
    found = list(parts.values())
    for number, quads in enumerate([found, *found]):  # in no order, as sets are
        random.Random(number).shuffle(quads)
    result: dict[str, Any] = {"quads": 0}
    with TemporaryDirectory(dir=Path(target).parent) as work, _timed(result), Path(target).open("wb") as file:
        lines = SortedLines(Path(work))
        for quads in found:
            lines.add(sorted(nquads(quads)))
        for block in lines.blocks():
            file.writelines(block)
            result["quads"] += len(block)
    return result


def load(folder: str) -> dict[str, Any]:
    """Make the store of a graph anew."""
    import shutil

    from graph_build.store import NQUADS, STORE, load_store

    place = Path(folder)
    shutil.rmtree(place / STORE, ignore_errors=True)
    result: dict[str, Any] = {}
    with _timed(result):
        load_store(place)
    with (place / NQUADS).open("rb") as file:
        result["quads"] = sum(1 for _ in file)
    result["bytes"] = sum(file.stat().st_size for file in (place / STORE).rglob("*") if file.is_file())
    result["bytes_of_text"] = (place / NQUADS).stat().st_size
    return result


def texts(path: str, target: str) -> dict[str, Any]:
    """Write the titles and abstracts of a file, and the names of the lexicon, for recognisers to read."""
    from graph_build.lexicon import default_lexicon
    from graph_build.model import SectionType
    from graph_build.read import Found, read_all

    folder = Path(target)
    with (folder / "texts.jsonl").open("w", encoding="utf-8") as file:
        for item in read_all(Path(path)):
            if isinstance(item, Found):
                wanted = (SectionType.TITLE, SectionType.ABSTRACT)
                zones = [s.zone for s in item.document.sections if s.zone and s.type in wanted]
                file.write(json.dumps([zone.of(item.document.text) for zone in zones]) + "\n")
    names = {(name.text, name.concept.cls.value, name.concept.label) for name in default_lexicon().names}
    with (folder / "names.tsv").open("w", encoding="utf-8") as file:
        file.writelines("\t".join(name) + "\n" for name in sorted(names))
    return {"names": len(names), "seconds": 0.0}


def recognise(folder: str, target: str) -> dict[str, Any]:
    """Recognise the lexicon's names in the texts; the spans go into a file."""
    from graph_build.lexicon import default_lexicon
    from graph_build.model import Document, Publication, Section, SectionType, Span
    from graph_build.recognise import recognise as recognised

    lexicon = default_lexicon()
    documents = []
    for number, line in enumerate((Path(folder) / "texts.jsonl").read_text(encoding="utf-8").splitlines()):
        zones: list[str] = json.loads(line)
        sections, at = [], 0
        for zone in zones:
            span = Span(at, at + len(zone))
            sections.append(Section(type=SectionType.ABSTRACT if at else SectionType.TITLE, span=span, zone=span))
            at = span.end + 1
        publication = Publication(title=zones[0] if zones else "", pmid=str(number + 1))
        documents.append(
            Document(
                name=str(number),
                text="\n".join(zones),
                sha256="",
                format="benchmark",
                publication=publication,
                sections=tuple(sections),
            )
        )
    recognised(documents[0], lexicon)  # its tables are made once
    result: dict[str, Any] = {"bytes": sum(len(d.text.encode()) for d in documents)}
    with _timed(result):
        found = [recognised(document, lexicon) for document in documents]
    spans = [[[m.span.start, m.span.end] for m in one.mentions] for one in found]
    Path(target).write_text(json.dumps(spans), encoding="utf-8")
    return result | {"mentions": sum(map(len, spans)), "records": len(documents)}


STEPS: Final[dict[str, Callable[..., dict[str, Any]]]] = {
    step.__name__: step for step in (read, interpret, quads, build, scale, write, load, texts, recognise)
}


if __name__ == "__main__":
    print(json.dumps(STEPS[sys.argv[1]](*sys.argv[2:])))
