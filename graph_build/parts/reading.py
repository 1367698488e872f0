"""Files to chunks of documents: in order, going on where an earlier run was stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from typing import Final

from ..model import Document, ReadError, SectionType
from ..read import Deletion, Found, read_all
from ..read.opening import STANDARD_INPUT, files_of, opened
from ..vocabulary import document_slug, publication_iri
from .database import Database, Item
from .fingerprint import of_file, state
from .part import Part

#: A chunk is full with so many documents, or so many characters: little enough to be lost, enough to be worth sending.
CHUNK_DOCUMENTS: Final = 32
CHUNK_CHARACTERS: Final = 400_000

Tell = Callable[[str, int, int], None]
#: What a file holds.
Taken = Found | Deletion | ReadError
#: The number of a file, its path, and how many of its items were read before.
Unread = tuple[int, Path, int]


@dataclass(slots=True)
class Chunk:
    """Some items in their order, and the inputs that end with them."""

    items: list[Item] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    characters: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it is time for the next one."""
        return len(self.documents) >= CHUNK_DOCUMENTS or self.characters >= CHUNK_CHARACTERS

    def take(self, found: Taken, number: int) -> None:
        """Take in what a file holds; ``number`` is the file's."""
        match found:
            case Deletion(pmid=pmid, place=place):
                self.items.append(Item(input=number, kind="deletion", pmid=pmid, place=place))
            case ReadError():
                self.items.append(Item(input=number, kind="error", message=str(found)))
            case Found():
                self.items.append(_item(found, number))
                self.documents.append(found.document)
                self.characters += len(found.document.text)

    def kept(self, database: Database, parts: Sequence[Part]) -> None:
        """Keep the items, the documents' parts among them."""
        of_documents = iter(parts)
        database.store([(item, next(of_documents) if item.key else None) for item in self.items], self.ended)


def all_files(paths: Iterable[Path]) -> list[Path]:
    """The files that paths stand for, without the checksums that lie beside them; a folder without files is itself."""
    found: list[Path] = []
    for path in paths:
        files = files_of(path)
        found += [file for file in files if len(files) == 1 or not _is_checksum(file)] or [path]
    return found


def _is_checksum(file: Path) -> bool:
    try:
        with opened(file) as source:
            return source.is_checksum
    except ReadError:
        return False


def chunks_of(files: Iterable[Unread], take: Callable[[Chunk, Taken, int], None] = Chunk.take) -> Iterator[Chunk]:
    """The chunks of files, each without its first items; ``take`` puts an item of a file into the chunk."""
    chunk = Chunk()
    for number, file, before in files:
        for found in islice(read_all(file), before, None):
            take(chunk, found, number)
            if chunk.is_full:
                yield chunk
                chunk = Chunk()
        chunk.ended.append(number)
    yield chunk


@dataclass(slots=True)
class Wanted:
    """What of the files is of use: all; after an error under ``--strict``, which writes nothing then, other errors."""

    strict: bool
    refused: bool = False

    def __call__(self, found: Taken) -> bool:
        wanted = not (self.refused and isinstance(found, Found))
        self.refused |= self.strict and isinstance(found, ReadError)
        return wanted


class Reading:
    """Reads files into a database that may hold the beginning of it already."""

    def __init__(self, database: Database, files: Sequence[Path], batch: int, tell: Tell, *, strict: bool) -> None:
        self._database, self._files, self._batch, self._tell = database, files, batch, tell
        self.wanted = Wanted(strict)
        self._before = [0, *accumulate(map(_size, files))]  # the bytes of the files before each, and of all
        self._position = self._read = 0  # the file at hand, and how many bytes of all are read
        self._count = database.value("SELECT count(*) FROM items WHERE kind = 'document'")
        self._ended = 0  # how many files a cluster has read

    def unread(self) -> Iterator[Unread]:
        """The files that the database does not hold whole."""
        first = self._database.value("SELECT coalesce(max(id), 0) FROM inputs WHERE batch < ?", self._batch) + 1
        for position, file in enumerate(self._files):
            self._position, number = position, first + position
            before = next(self._database.rows("SELECT items, done FROM inputs WHERE id = ?", number), None)
            if before is None:
                row = (number, self._batch, str(file), state(file), of_file(file))
                self._database.do("INSERT INTO inputs (id, batch, path, state, sha256) VALUES (?, ?, ?, ?, ?)", *row)
            if before is None or not before[1]:
                yield number, file, before[0] if before else 0

    def chunks(self) -> Iterator[tuple[Chunk, list[Document]]]:
        """What is not in the database yet."""
        for chunk in chunks_of(self.unread(), self._take):
            if chunk.is_full:
                self._told()
            yield chunk, chunk.documents

    def _take(self, chunk: Chunk, found: Taken, number: int) -> None:
        if not self.wanted(found):
            return
        if isinstance(found, Found):
            self._count += 1
            self._read = self._before[self._position] + found.at
        chunk.take(found, number)

    def came(self, chunk: Chunk) -> None:
        """Tell of a chunk that other machines read: how far they are shows in the files that ended."""
        self._count += sum(item.kind == "document" for item in chunk.items)
        self._ended += len(chunk.ended)
        self._tell("reading", self._count, round(self._count * len(self._files) / self._ended) if self._ended else 0)

    def _told(self) -> None:
        """Tell how many documents were read, and how many there will be if they go on as they began."""
        read, size = self._read, self._before[-1]
        self._tell("reading", self._count, round(self._count * size / read) if 0 < read < size else 0)


def _item(found: Found, number: int) -> Item:
    document = found.document
    publication = document.publication
    return Item(
        input=number,
        kind="document",
        key=publication_iri(publication),
        name=document_slug(publication),
        pmid=publication.pmid,
        version=found.version,
        revised=found.revised,
        place=found.place,
        sha256=document.sha256,
        format=document.format,
        abstract=any(section.type is SectionType.ABSTRACT for section in document.sections),
        title=publication.title,
    )


def _size(file: Path) -> int:
    try:
        return 0 if file == STANDARD_INPUT else file.stat().st_size
    except (OSError, ValueError):
        return 0
