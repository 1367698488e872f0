"""PubTator's text format: ``PMID|t|title``, ``PMID|a|abstract``, then annotations, which are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from ..model import Publication
from .abstract_parts import abstract_parts
from .any_lines import any_lines
from .fault import Fault
from .record import Record
from .values import plain_title

FORMAT: Final = "pubtator"

_TEXT: Final = re.compile(r"(?P<id>[\w.-]{1,40})\|(?P<kind>[ta])\|(?P<text>.*)", re.DOTALL)
# "29355051	24	37	breast cancer	Disease	MESH:D001943", "29355051	CID	D003000	D007022"
_ANNOTATION: Final = re.compile(r"(?P<id>[\w.-]{1,40})\t.*", re.DOTALL)
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class _Document:
    """The lines of one document."""

    id: str
    line: int
    title: str | None = None
    abstract: list[str] = field(default_factory=list)


def recognises(head: str) -> int:
    """How sure the beginning of a file shows this format, from 0 to 10.

    >>> recognises("123|t|A title\\n123|a|An abstract\\n123\\t0\\t1\\tA\\tGene\\t1"), recognises("a|t|b")
    (9, 0)
    """
    first = next((line for line in _NEWLINE.split(head.lstrip("\ufeff")) if line.strip()), "")
    match = _TEXT.fullmatch(first)
    return 9 if match and (match["id"].isdecimal() or f"\n{match['id']}|a|" in head) else 0


def read(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The documents of a file."""
    current: _Document | None = None
    strange = False  # whether a line that is none of the format was reported already
    for number, line in any_lines(stream, name):
        if not line.strip() or _ANNOTATION.fullmatch(line):
            continue
        match = _TEXT.fullmatch(line.strip())
        if match is None:
            if not strange:
                found = (
                    f"the line is no title, abstract or annotation; expected {current.id if current else 'PMID'}|a|…"
                )
                yield Fault(name, f"line {number}", found)
            strange = True
            continue
        strange = False
        begins = match["kind"] == "t" or current is None or match["id"] != current.id
        if begins:
            if current is not None:
                yield _finished(current, name)
            current = _Document(match["id"], number)
        if current is not None:
            text = match["text"].strip()
            if match["kind"] == "t":
                current.title = text
            elif text:
                current.abstract.append(text)
    if current is not None:
        yield _finished(current, name)


def _finished(document: _Document, name: str) -> Record | Fault:
    """The record of a document."""
    place = f"line {document.line}"
    pmid = document.id if document.id.isdecimal() and len(document.id) <= 8 else None
    title = plain_title(document.title or "")
    if not title and not pmid:
        return Fault(
            name, place, f"the document {document.id} has no title and no PMID, so it belongs to no publication"
        )
    parts = tuple(part for text in document.abstract for part in abstract_parts(text))
    return Record(publication=Publication(title=title, pmid=pmid), abstract=parts, place=place, format=FORMAT)
