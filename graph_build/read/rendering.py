"""A record as plain text, and the document of that text.

The text is laid out as PubMed lays out a page, so that people can read it and quotes
can be compared with it; offsets are known because every value is written once, by
:class:`_Writer`, and need not be found again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from ..model import Document, Heading, Publication, PublicationKind, ReadError, Section, SectionType, Span
from .cited_entry import read_cited
from .guard import MAX_BYTES, MAX_LINE
from .kind import abstract_number_in_pages, publication_kind, says_review
from .printed_work import MOST_AUTHORS, citation_line, composed, optional
from .record import Cited, Record
from .values import clean

#: Types of publication that make a review, and a congress abstract; lower case.
_REVIEW_TYPE: Final = "review"
_ABSTRACT_TYPES: Final = frozenset({"meeting abstract", "meeting abstracts"})

#: Notices that say that nothing of a publication holds any more, as facts of it.
_RETRACTIONS: Final = {"retracted by": "retractedBy", "retraction of": "retractionOf"}

#: Author lists are broken into lines of about this length.
_AUTHORS_LINE: Final = 20_000


def rendered(record: Record, name: str) -> Document:
    """Write a record as text and return the document of that text; ``name`` is that of its file.

    Raises :class:`~graph_build.model.ReadError` with the reason alone when the record is of no
    use: it has no title, holds bytes that are not UTF-8, or is longer than a page can be.
    """
    page = _Writer()
    publication = _publication(record)
    if not publication.title:
        raise ReadError("the record has no title, so nothing can be said of it")
    page.section(SectionType.TITLE, page.line(publication.title), zoned=True)
    _write_head(page, publication)
    _write_abstract(page, record)
    _write_lists(page, record)
    _write_notes(page, record)
    untitled = _write_references(page, record)
    text = page.text()
    if len(data := text.encode()) > MAX_BYTES:
        raise ReadError(f"the record has {len(data):,} bytes as text; expected {MAX_BYTES:,} at most")
    if len(text) > MAX_LINE and (longest := max(map(len, text.split("\n")))) > MAX_LINE:
        raise ReadError(f"a line of the record has {longest:,} characters; expected {MAX_LINE:,} at most")
    return Document(
        name=name,
        text=text,
        sha256=hashlib.sha256(data).hexdigest(),
        format=record.format,
        publication=publication,
        sections=tuple(page.sections),
        headings=tuple(page.headings),
        substances=tuple(page.substances),
        keywords=tuple(page.keywords),
        publication_types=tuple(value for value in map(clean, record.publication_types) if value),
        mesh=tuple(dict.fromkeys((value, number) for name, number in record.mesh_numbers if (value := clean(name)))),
        facts=tuple(_retractions(record)),
        warnings=_warnings(record, name, untitled),
    )


@dataclass(slots=True)
class _Writer:
    """The text so far, and what stands where in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    sections: list[Section] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    substances: list[tuple[str, Span]] = field(default_factory=list)
    keywords: list[tuple[str, Span]] = field(default_factory=list)

    def put(self, text: str) -> Span:
        """Write on; where the text stands."""
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return Span(start, self.length)

    def line(self, text: str, *, lead: str = "", after: str = "\n\n") -> Span:
        """Write a line and what separates it from the next; where its text stands, without ``lead``."""
        start = self.length + len(lead)
        end = start + len(text)
        self.parts += (lead, text, after)
        self.length = end + len(after)
        return Span(start, end)

    def section(self, kind: SectionType, span: Span, *, zoned: bool = False) -> None:
        """Note a section; ``zoned``: names are recognised in the whole of it."""
        self.sections.append(Section(type=kind, span=span, zone=span if zoned else None))

    def bullets(self, heading: str, values: tuple[str, ...]) -> tuple[Span, tuple[Span, ...]]:
        """Write a heading and a list; where both stand together, and where each value does."""
        start = self.line(heading).start
        spans = tuple(self.line(value, lead="  • ", after="\n") for value in values)
        self.put("\n")
        return Span(start, spans[-1].end), spans

    def metadata(self, heading: str, values: tuple[str, ...]) -> None:
        """Write a list that is kept as metadata, if there is anything in it."""
        if values:
            self.section(SectionType.METADATA, self.bullets(heading, values)[0])

    def text(self) -> str:
        """All that was written, ending with one line end."""
        return "".join(self.parts).rstrip("\n") + "\n"


def _publication(record: Record) -> Publication:
    """The record's publication, its values as they are written, its kind as far as the record shows it."""
    given = record.publication
    creators = tuple(value for value in map(clean, given.creators) if value)
    authors = optional(given.authors, MOST_AUTHORS) or ", ".join(creators) or None
    found = replace(
        given,
        title=clean(given.title),
        authors=authors,
        creators=creators,
        journal=optional(given.journal),
        volume=optional(given.volume),
        issue=optional(given.issue),
        pages=optional(given.pages),
        abstract_number=optional(given.abstract_number),
        doi=optional(given.doi),
        pmid=optional(given.pmid),
    )
    if found.kind is not PublicationKind.ARTICLE:
        return found
    number = found.abstract_number or abstract_number_in_pages(found.pages, found.issue)
    kind = publication_kind(found.title, found.issue, found.pages, number)
    types = [clean(value).casefold() for value in record.publication_types]
    if any(_REVIEW_TYPE in value for value in types) or says_review(
        found.title, "\n\n".join(clean(part.text) for part in record.abstract)
    ):
        kind = PublicationKind.REVIEW
    elif _ABSTRACT_TYPES.intersection(types):
        kind = PublicationKind.ABSTRACT
    return replace(found, kind=kind, abstract_number=number)


def _write_head(page: _Writer, publication: Publication) -> None:
    """The citation line, the authors, the identifiers."""
    if citation := citation_line(publication):
        page.section(SectionType.METADATA, page.line(citation))
    authors = publication.authors or ""
    while authors:  # an endless line can be no page
        cut = authors.find(" ", _AUTHORS_LINE) if len(authors) > _AUTHORS_LINE else -1
        line, authors = (authors, "") if cut < 0 else (authors[:cut], authors[cut + 1 :])
        page.section(SectionType.METADATA, page.line(line, after="\n" if authors else "\n\n"))
    if publication.pmid:
        page.section(SectionType.METADATA, page.line(f"PMID: {publication.pmid}"))


def _write_abstract(page: _Writer, record: Record) -> None:
    """The abstract: one section, a paragraph for each part with its label before it."""
    parts = [(clean(part.label).rstrip(": "), clean(part.text)) for part in record.abstract]
    lines = [f"{label}: {text}" if label else text for label, text in parts if text]
    if not lines:
        return
    page.section(SectionType.METADATA, page.line("Abstract"))
    spans = [page.line(line) for line in lines]
    page.section(SectionType.ABSTRACT, Span(spans[0].start, spans[-1].end), zoned=True)


def _write_lists(page: _Writer, record: Record) -> None:
    """Keywords, types, MeSH terms, substances."""
    if words := tuple(value for value in map(clean, record.keywords) if value):
        start = page.put("Keywords:").start
        for word in words:
            page.put("; " if page.keywords else " ")
            page.keywords.append((word, page.put(word)))
        page.put("\n\n")
        zone = Span(page.keywords[0][1].start, page.keywords[-1][1].end)
        page.sections.append(Section(type=SectionType.KEYWORDS, span=Span(start, zone.end), zone=zone))
    page.metadata("Publication types", tuple(value for value in map(clean, record.publication_types) if value))
    entries = [(d, clean(e.qualifier), e.major) for e in record.mesh if (d := clean(e.descriptor))]
    if entries:
        lines = tuple(d + (f" / {q}" if q else "") + ("*" if major else "") for d, q, major in entries)
        whole, spans = page.bullets("MeSH terms", lines)
        page.section(SectionType.MESH, whole)
        page.headings += [
            Heading(descriptor=d, qualifier=q or None, major=major, span=span)
            for (d, q, major), span in zip(entries, spans, strict=True)
        ]
    if names := tuple(value for value in map(clean, record.substances) if value):
        whole, spans = page.bullets("Substances", names)
        page.section(SectionType.SUBSTANCES, whole)
        page.substances += zip(names, spans, strict=True)


def _write_notes(page: _Writer, record: Record) -> None:
    """Numbers of registers, and notices such as a retraction."""
    page.metadata("Secondary source ID", tuple(value for value in map(clean, record.registry_numbers) if value))
    page.metadata("Comments and corrections", tuple(f"{kind}: {what}" for kind, what in _notices(record)))


def _retractions(record: Record) -> Iterator[tuple[str, str]]:
    """Who retracted the publication, and what it retracts: the PMID, or what is printed."""
    for kind, what in record.notices:
        if (name := _RETRACTIONS.get(clean(kind))) and (value := clean(what)):
            yield name, value


def _notices(record: Record) -> list[tuple[str, str]]:
    notices = [(clean(kind), clean(what)) for kind, what in record.notices]
    return [
        (kind, f"PMID {what}" if what.isdecimal() else what) for kind, what in dict.fromkeys(notices) if kind and what
    ]


def _warnings(record: Record, name: str, untitled: int) -> tuple[str, ...]:
    """What a reader of the report must know of a record."""
    where = f"{name}, {record.place}" if record.place else name
    said = [f"{kind} {what}" for kind, what in _notices(record) if "retract" in kind or "concern" in kind]
    if not said and any(clean(value).casefold() == "retracted publication" for value in record.publication_types):
        said = ["the publication was retracted, as its type says"]
    if untitled:
        of = f"{untitled} of {len(record.references)} references"
        said.append(f"{of} show no title, or none that can be told from the rest; they are kept as text")
    return tuple(f"{where}: {sentence}" for sentence in said)


def _write_references(page: _Writer, record: Record) -> int:
    """Write the reference list; how many entries show no title, so that they are kept as text alone."""
    if not record.references:
        return 0
    page.section(SectionType.METADATA, page.line("References"))
    return sum(not _write_reference(page, cited) for cited in record.references)


def _write_reference(page: _Writer, cited: Cited) -> bool:
    """An entry of the reference list: its number on a line, what is printed below it."""
    printed = clean(cited.printed) or composed(cited.publication)
    if not printed:
        return False
    start = page.line(f"[{cited.number}]", after="\n").start if cited.number is not None else page.length
    body = page.line(printed)
    entry = read_cited(cited, printed)
    if entry is None:
        page.section(SectionType.METADATA, Span(start, body.end))
        return False
    page.sections.append(
        Section(
            type=SectionType.REFERENCE,
            span=Span(start, body.end),
            zone=Span(entry.zone.start + body.start, entry.zone.end + body.start),
            title=Span(entry.title.start + body.start, entry.title.end + body.start),
            number=cited.number,
            publication=entry.publication,
            printed=body,
        )
    )
    return True
