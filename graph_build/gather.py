"""The documents of some files, each publication once: later and higher versions of a record replace earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .model import ReadError, SectionType
from .read import Deletion, Found, read_all
from .vocabulary import document_slug, publication_iri


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was read, sorted by publication, and what was not."""

    documents: list[Found] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # what could not be read
    notes: list[str] = field(default_factory=list)  # records that others replaced, or that were deleted


def gather(inputs: Sequence[Path], tell: Callable[[str, int, int], None]) -> Gathered:
    """Read all inputs in their order; ``tell`` is told of each."""
    gathering = _Gathering()
    for number, path in enumerate(inputs, 1):
        tell("opening", number, len(inputs))
        for item in read_all(path):
            match item:
                case Found():
                    gathering.add(item)
                case Deletion():
                    gathering.delete(item, path)
                case ReadError():
                    gathering.result.errors.append(str(item))
    return gathering.finish()


class _Gathering:
    """The documents so far, and the ways in which one can be there already."""

    def __init__(self) -> None:
        self.result = Gathered()
        self.documents: dict[str, Found] = {}
        self.names: dict[str, str] = {}  # of documents in the graph → their publication
        self.pmids: dict[str, str] = {}
        self.hashes: dict[str, str] = {}

    def add(self, found: Found) -> None:
        """Take a document, unless what is there already counts more."""
        publication = found.document.publication
        key, name = publication_iri(publication), document_slug(publication)
        other = self.pmids.get(publication.pmid or "", key)  # a DOI may have been added or mended since
        before = self.documents.get(other)
        if before and _same_record(found, before):
            if _version(found) < _version(before):
                self.result.notes.append(f"{found.where}: {before.where} is a higher version of it and counts")
                return
            if _is_poorer(found, before):
                better = f"{before.where} is the same record with an abstract and counts"
                self.result.notes.append(f"{found.where}: {better}")
                return
            self.result.notes.append(f"{before.where}: {found.where} is the same record, read later, and counts")
            self._drop(other)
        elif found.document.sha256 in self.hashes:
            self.result.errors.append(
                f"{found.where}: is the same file as {self.hashes[found.document.sha256]}; name it once"
            )
            return
        if key in self.documents:
            before = self.documents[key]
            self.result.errors.append(
                f"{found.where}: is about the same publication ({key}) as {before.where}; keep one of the two"
            )
            return
        if name in self.names:
            self.result.errors.append(
                f"{found.where}: its graph would have the same name ({name}) as that of {self.names[name]}"
            )
            return
        self.documents[key] = found
        self.names[name] = key
        self.hashes[found.document.sha256] = found.where
        if publication.pmid and found.place:
            self.pmids[publication.pmid] = key

    def delete(self, deletion: Deletion, path: Path) -> None:
        """Leave out a record that was deleted by its publisher."""
        key = self.pmids.get(deletion.pmid)
        if key is not None:
            before = self._drop(key)
            self.result.notes.append(
                f"{before.where}: was deleted (PMID {deletion.pmid}; {path}, {deletion.place}), so it is left out"
            )

    def _drop(self, key: str) -> Found:
        found = self.documents.pop(key)
        publication = found.document.publication
        del self.names[document_slug(publication)], self.hashes[found.document.sha256]
        self.pmids.pop(publication.pmid or "", None)
        return found

    def finish(self) -> Gathered:
        """All that was found, sorted by publication."""
        self.result.documents = [self.documents[key] for key in sorted(self.documents)]
        return self.result


def _same_record(one: Found, other: Found) -> bool:
    """Whether two of the same publication are one record, not two pages: the same PMID, where both have one."""
    if not (one.place and other.place):
        return False
    first, second = one.document.publication.pmid, other.document.publication.pmid
    return first == second or not (first and second)


def _is_poorer(found: Found, before: Found) -> bool:
    """Whether a record of another format says less: exports of titles often lie beside full records."""
    one, other = found.document, before.document
    has = [any(section.type is SectionType.ABSTRACT for section in document.sections) for document in (one, other)]
    return one.format != other.format and has == [False, True]


def _version(found: Found) -> tuple[int, ...]:
    """The version as numbers; without one, the first."""
    return tuple(int(part) for part in found.version.split(".") if part.isdecimal()) or (1,)
