"""Files become documents: the text as it stands, its sections with offsets, its records.

:func:`read` reads one page; :func:`read_all` reads whatever a path holds, many records too.
The layout is recognised by what the text holds, never by a file's name.  Whatever
cannot be read raises :class:`~graph_build.model.ReadError` with one sentence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..model import Document, ReadError
from . import journal_page, pubmed_page
from .fault import Fault
from .formats import FORMATS
from .guard import EXPECTED, MAX_BYTES, check_text, decode
from .lines import open_page
from .opening import Opened, files_of, opened
from .record import Record
from .rendering import rendered
from .streams import Deletion, Format

__all__ = ["Deletion", "Found", "decode", "read", "read_all", "read_text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document, and where it was found."""

    document: Document
    path: Path
    place: str = ""  # of the record in its file; empty: the file is this document
    version: str = ""  # of the record, where its file says one
    revised: str = ""  # the date of its last revision, where its file says one
    at: int = 0  # so many bytes of the file, as it is packed, were read by then

    @property
    def where(self) -> str:
        """The file and the place in it, for a sentence."""
        return f"{self.path}, {self.place}" if self.place else str(self.path)


def read_all(path: Path) -> Iterator[Found | Deletion | ReadError]:
    """All documents of a file, of the files of a folder, or of standard input (``-``), in their order.

    A file may be packed with gzip.  What cannot be read is given as an error, not raised: one for a
    file, or for each record of it; the others count.  Nothing is kept, so a file may have any size.
    """
    files = files_of(path)
    if not files:
        yield ReadError(f"{path}: the folder has no files")
    for file in files:
        try:
            with opened(file) as source:
                if not (source.is_checksum and len(files) > 1):
                    yield from _documents(source, file)
        except ReadError as error:
            yield error


def _documents(source: Opened, path: Path) -> Iterator[Found | Deletion | ReadError]:
    """The documents of one file."""
    head = source.text_head()
    scores = [(form.recognises(head), form) for form in FORMATS]
    best, form = max(scores, key=lambda scored: scored[0])
    if not best:
        data = source.stream.read(MAX_BYTES + 1)
        if source.fault:
            raise ReadError(f"{source.name}: {source.fault}")
        sha256 = hashlib.sha256(data).hexdigest()
        yield Found(document=read_text(decode(data, source.name), source.name, sha256), path=path)
        return
    try:
        yield from _records(source, form, path)
    except ReadError as error:
        yield error
    if source.fault:
        yield ReadError(f"{source.name}: {source.fault}")


def _records(source: Opened, form: Format, path: Path) -> Iterator[Found | Deletion | ReadError]:
    """The documents of a file with records."""
    count = 0
    for count, item in enumerate(form.read(source.stream, source.name), 1):
        match item:
            case Deletion():
                yield item
            case Fault():
                yield ReadError(str(item))
            case Record():
                try:
                    document = rendered(item, source.name)
                except ReadError as error:
                    yield ReadError(f"{source.name}, {item.place or f'record {count}'}: {error}")
                    continue
                yield Found(
                    document=document,
                    path=path,
                    place=item.place or f"record {count}",
                    version=item.version,
                    revised=item.revised,
                    at=source.position,
                )
    if not count and not source.fault:
        yield ReadError(f"{source.name}: is {form.name} without any record; get the file again")


def read(path: Path) -> Document:
    """Read a file as a document."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        reason = getattr(error, "strerror", None) or error
        raise ReadError(f"{path}: cannot be opened ({reason}); give the path of a text file") from error
    return read_text(decode(data, path.name), path.name, hashlib.sha256(data).hexdigest())


def read_text(text: str, name: str, sha256: str) -> Document:
    """Read a decoded text as a document; every offset counts in ``text``."""
    check_text(text, name)
    page = open_page(name, text, sha256)
    if not page.lines:
        raise ReadError(f"{name} is empty; {EXPECTED}, with a title, a citation and an abstract")
    first = page.lines[0].number
    journal, pubmed = journal_page.score(page), pubmed_page.score(page)
    if max(journal, pubmed) < 2:  # a single weak sign is no layout
        signs = 'references numbered [1], [2] …, or a line such as "Cancer Treat Rev. 2020 Jun:86:101996."'
        raise ReadError(
            f"{name}, line {first}: a page of another kind; expected a journal page or a PubMed page "
            f"({signs}); save one of these as plain text"
        )
    document = journal_page.read_journal_page(page) if journal >= pubmed else pubmed_page.read_pubmed_page(page)
    record = document.publication
    if not (record.title or record.doi or record.pmid):
        raise ReadError(
            f"{name}, line {first}: no title, DOI or PMID was found, so the page belongs to no publication; "
            "expected a title near the top; save the whole page again"
        )
    return document
