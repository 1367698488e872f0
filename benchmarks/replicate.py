"""Larger graphs out of a real one: copies of its documents under other names, all else as it is.

Such a graph is synthetic: it has the shape of real documents and a real vocabulary, and says the same many times.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from graph_build.store import NQUADS, REPORT

#: What belongs to documents; concepts, mappings and the ontology are there once.
_OF_DOCUMENTS: Final = re.compile(
    r"<(https://doi\.org/|https://pubmed\.ncbi\.nlm\.nih\.gov/"
    r"|https://w3id\.org/her2kg/(?:graph/document|statement|study|publication)/)"
)
_GRAPH: Final = "<https://w3id.org/her2kg/graph/document/"


def copied(line: str, number: int) -> str:
    """A line of N-Quads about another copy of the document.

    >>> copied('<https://doi.org/10.1/a> <p> <https://w3id.org/her2kg/drug/b> <g> .', 3)
    '<https://doi.org/copy-3/10.1/a> <p> <https://w3id.org/her2kg/drug/b> <g> .'
    """
    return _OF_DOCUMENTS.sub(lambda found: f"<{found[1]}copy-{number}/", line)


def lines(source: Path, triples: int) -> Iterator[str]:
    """The lines of a graph, and copies of those of its documents until there are as many triples."""
    whole = (source / NQUADS).read_text(encoding="utf-8").splitlines(keepends=True)
    yield from whole
    of_documents = [line for line in whole if _graph_of(line).startswith(_GRAPH)]
    if not of_documents:
        return
    count, number = len(whole), 0
    while count < triples:
        number += 1
        for line in of_documents[: triples - count]:
            yield copied(line, number)
        count += len(of_documents)


def _graph_of(line: str) -> str:
    return line.rsplit(" ", 2)[-2]


def replicate(source: Path, target: Path, triples: int) -> int:
    """Write the N-Quads of a larger graph into a folder; how many lines they are.  The store is not made."""
    target.mkdir(parents=True, exist_ok=True)
    count = 0
    with (target / NQUADS).open("w", encoding="utf-8", newline="\n") as file:
        for line in lines(source, triples):
            file.write(line)
            count += 1
    report = json.loads((source / REPORT).read_text(encoding="utf-8"))
    (target / REPORT).write_text(json.dumps(report | {"synthetic": True, "quads": count}), encoding="utf-8")
    return count
