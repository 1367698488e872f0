"""A text as numbered lines with offsets, and the draft a reader fills while it walks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from ..model import Document, Heading, Publication, Section, SectionType, Span

# The ends of lines that editors write.  `str.splitlines` knows more (U+2028,
# form feed …), which are characters of a sentence here.
_NEWLINE: Final = re.compile(r"\r\n|\r|\n")

# Space (a byte order mark and zero-width spaces count), then at most one bullet
# that is followed by space or stands alone.
_LEAD: Final = re.compile(r"[\s\ufeff\u200b]*(?:[•·●▪◦‣∙*-](?=\s|$)[\s\ufeff\u200b]*)?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without its bullet and surrounding space."""

    number: int  # from 1, as an editor counts
    span: Span
    text: str
    bullet: bool
    gap: int  # blank lines before it


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded file, cut into lines; the comment lines it opens with lie apart."""

    name: str
    text: str
    sha256: str
    note: Span | None
    lines: tuple[Line, ...]


def split_lines(text: str) -> tuple[Line, ...]:
    """The lines of ``text`` that are not blank.

    >>> [(line.number, line.text, line.bullet, line.gap) for line in split_lines("A\\r\\n\\r\\n  • B ")]
    [(1, 'A', False, 0), (3, 'B', True, 1)]
    """
    lines: list[Line] = []
    start, gap = 0, 0
    ends = [(match.start(), match.end()) for match in _NEWLINE.finditer(text)]
    for number, (end, following) in enumerate([*ends, (len(text), len(text))], start=1):
        raw = text[start:end]
        lead = _LEAD.match(raw)
        indent = lead.end() if lead else 0
        content = raw[indent:].rstrip().rstrip("\ufeff\u200b").rstrip()
        if content:
            span = Span(start + indent, start + indent + len(content))
            lines.append(Line(number, span, content, bool(lead and lead.group().strip(" \t\u00a0\ufeff\u200b")), gap))
        gap = 0 if content else gap + 1
        start = following
    return tuple(lines)


def open_page(name: str, text: str, sha256: str) -> Page:
    """Cut a text into lines and set the comment lines at its beginning apart."""
    lines = split_lines(text)
    count = 0
    while count < len(lines) and (lines[count].text.startswith("# ") or lines[count].text == "#"):
        count += 1
    note = Span(lines[0].span.start, lines[count - 1].span.end) if count else None
    return Page(name, text, sha256, note, lines[count:])


def fold(text: str) -> str:
    """A text for comparison: without case, surplus space and a final full stop.

    >>> fold(" The force of  HER2. ")
    'the force of her2'
    """
    return " ".join(text.split()).rstrip(".").rstrip().casefold()


def squeeze(text: str) -> str:
    """A printed value on one line: every run of space is one space."""
    return " ".join(text.split())


@dataclass(slots=True)
class Draft:
    """What a reader has found so far."""

    page: Page
    sections: list[Section] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    substances: list[tuple[str, Span]] = field(default_factory=list)
    keywords: list[tuple[str, Span]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)

    def add(self, kind: SectionType, span: Span, zone: Span | None = None) -> None:
        """Add a section without the space around it, unless nothing is left."""
        covered = span.of(self.page.text)
        start = span.start + len(covered) - len(covered.lstrip())
        if covered.strip():
            self.sections.append(Section(type=kind, span=Span(start, start + len(covered.strip())), zone=zone))

    def metadata(self, line: Line) -> None:
        """Add a line as metadata: kept, but nothing is recognised in it."""
        self.add(SectionType.METADATA, line.span)

    def fact(self, key: str, value: str) -> None:
        """Add a piece of metadata once, if it says anything."""
        entry = (key, squeeze(value))
        if entry[1] and entry not in self.facts:
            self.facts.append(entry)

    def warn(self, number: int, message: str) -> None:
        """Say what could not be read, and where."""
        self.warnings.append((number, message))

    def finish(self, layout: str, publication: Publication) -> Document:
        """The document, its sections in the order of the text."""
        if self.page.note:
            self.add(SectionType.METADATA, self.page.note)
        return Document(
            name=self.page.name,
            text=self.page.text,
            sha256=self.page.sha256,
            format=layout,
            publication=publication,
            sections=tuple(sorted(self.sections, key=lambda section: section.span)),
            headings=tuple(self.headings),
            substances=tuple(self.substances),
            keywords=tuple(self.keywords),
            publication_types=tuple(self.types),
            facts=tuple(self.facts),
            warnings=tuple(f"{self.page.name}, line {number}: {message}" for number, message in sorted(self.warnings)),
        )
