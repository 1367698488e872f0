"""The page of PubMed: title, citation, abstract, keywords, publication types, MeSH terms, substances."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ..model import Document, Publication, PublicationKind, SectionType, Span
from .authors import author_names
from .citation import read_doi
from .journal_abstract import ends_abstract
from .kind import abstract_number_in_pages, publication_kind, says_review
from .layout import add_abstract, add_keywords, is_part_label, is_prose, join_wrapped
from .lines import Draft, Line, Page, fold, squeeze
from .mesh_line import parse_mesh_line
from .pubmed_citation import is_citation, parse_citation_line, read_epub, read_pmid
from .pubmed_headings import INLINE, part_of
from .pubmed_title import IDENTIFIERS, abstract_heading, find_title

FORMAT: Final = "pubmed-page"

_COPYRIGHT: Final = re.compile(r"copyright\b|©|\(c\)\s\d{4}", re.IGNORECASE)

# A grant or a register entry, not a substance: "P30 CA016672/CA/NCI NIH HHS/United States".
_GRANT: Final = re.compile(r"/(?:[A-Z]{2,}|United )")

# A citation without the journal's name: ". 2020 Jun:86:101996."
_NUMBERS: Final = re.compile(r"\.\s(?:18|19|20)\d\d\b")

#: The citation stands near the top.
_CITATION_WITHIN: Final = 60


def score(page: Page) -> int:
    """How much of this layout the page shows."""
    points, late = 0, False
    for line in page.lines:
        part = part_of(line.text)
        late = late or part == "late"  # what is cited below is not this work's own citation
        if part in ("mesh", "types"):
            points += 2
        elif IDENTIFIERS.match(line.text) and read_pmid(line.text):
            points += 1
        elif not late and line.number <= _CITATION_WITHIN and is_citation(line.text):
            points += 3
    return points


def read_pubmed_page(page: Page) -> Document:
    """Read a page of this layout."""
    return _Reader(page).read()


class _Reader:
    """One walk over the lines of one page."""

    def __init__(self, page: Page) -> None:
        self.draft = Draft(page)
        self.lines = join_wrapped(_with_journal(page), page.text, _goes_on)
        self.part = "head"
        self.open = False  # whether the part's section can still grow
        self.abstract: list[Line] = []
        self.keywords: list[tuple[Line, list[Span]]] = []
        self.authors: tuple[str, ...] = ()
        self.citation = next(
            (line for line in self.lines if line.number <= _CITATION_WITHIN and is_citation(line.text)), None
        )
        self.heading = abstract_heading(self.lines)
        self.title = find_title(self.lines, self.citation, self.heading)
        self.publication = self._read_citation(squeeze(self.title.text).rstrip(".") if self.title else "")

    def read(self) -> Document:
        """Walk over all lines and return the document."""
        for line in self.lines:
            self._step(line)
        abstract, last = add_abstract(self.draft, self.abstract), self.lines[-1]
        if not abstract:
            self.draft.warn(last.number, "the page ends and no abstract was found")
        elif self.abstract[-1] is last and not last.text.endswith((".", "?", "!", ")", "]", '"')):
            self.draft.warn(last.number, "the file ends in the middle of the abstract")
        for label, values in self.keywords:
            add_keywords(self.draft, label, values)
        return self.draft.finish(FORMAT, self._record(abstract))

    # -- title and citation ----------------------------------------------------

    def _read_citation(self, title: str) -> Publication:
        """The record of the page, as far as its citation line shows it."""
        if not title:
            self.draft.warn(1, "no title was found; expected it on a line of its own above the citation")
        if self.citation is None:
            example = "Cancer Treat Rev. 2020 Jun:86:101996."
            self.draft.warn(1, f'no citation such as "{example}" was found, so journal and year are unknown')
            return Publication(title=title)
        self.draft.fact("available", read_epub(self.citation.text) or "")
        return parse_citation_line(self.citation.text, title)

    def _record(self, abstract: str) -> Publication:
        """The document's record with its kind and authors."""
        record = self.publication
        number = abstract_number_in_pages(record.pages, record.issue)
        kind = publication_kind(record.title, record.issue, record.pages, number)
        if any("review" in name.casefold() for name in self.draft.types) or says_review(record.title, abstract):
            kind = PublicationKind.REVIEW
        return replace(
            record, kind=kind, abstract_number=number, authors=", ".join(self.authors) or None, creators=self.authors
        )

    # -- one line after the other ------------------------------------------------

    def _step(self, line: Line) -> None:
        """Read one line in the part of the page that has been reached."""
        part, inline = part_of(line.text), INLINE.match(line.text)
        if line is self.title:
            self.draft.add(SectionType.TITLE, line.span, line.span)
            self.part = "early" if self.abstract else "head"
        elif self.part == "abstract" and self.abstract and ends_abstract(line, self.abstract):
            self.part = "late"
            self.draft.metadata(line)
        elif part:
            self._begin(part, line)
        elif inline:
            value = inline["value"]
            self._begin(part_of(inline["heading"]) or "late", line)
            self._value(replace(line, span=Span(line.span.end - len(value), line.span.end), text=value))
        elif self.part != "late" and IDENTIFIERS.match(line.text):
            self._identifiers(line)
        elif self.part == "abstract" and _COPYRIGHT.match(line.text):
            self.part = "early"
            self.draft.metadata(line)
        elif self.part in ("mesh", "substances") and self.open and line.gap >= 2:
            self._unnamed(line)
        elif self.part in ("head", "early"):
            self._head(line)
        else:
            self._value(line)

    def _begin(self, part: str, line: Line) -> None:
        """A heading: what follows belongs to it."""
        early = part == "head" or (part == "abstract" and self.abstract)
        self.part = ("early" if self.abstract else "head") if early else part
        self.open = False
        if part == "keywords":
            self.keywords.append((line, []))
        elif part in ("mesh", "substances"):
            self.draft.add(SectionType(part), line.span)  # a second heading begins a second section
            self.open = False  # the gap below the heading is none of the list
        else:
            self.draft.metadata(line)

    def _identifiers(self, line: Line) -> None:
        """PMID and DOI on a line of their own."""
        record = self.publication
        self.publication = replace(
            record, pmid=record.pmid or read_pmid(line.text), doi=record.doi or read_doi(line.text)
        )
        self.part = "head" if self.part == "head" else "early"
        self.draft.metadata(line)

    def _head(self, line: Line) -> None:
        """Around the abstract: citation, authors, affiliations; the first running text is the abstract."""
        repeated = self.title is not None and fold(line.text) == fold(self.title.text)
        early = self.heading is not None and line.number < self.heading.number
        if repeated or is_citation(line.text) or self.part == "early" or self.abstract:
            self.draft.metadata(line)
        elif not (early or line.bullet) and (is_part_label(line.text) or is_prose(line.text)):
            self.part = "abstract"
            self._paragraph(line)
        else:
            if self.title is None or line.number > self.title.number:
                self.authors = self.authors or author_names(line.text)
            self.draft.metadata(line)

    def _value(self, line: Line) -> None:
        """A line below a heading."""
        match self.part:
            case "abstract":
                self._paragraph(line)
            case "keywords":
                self.keywords[-1][1].append(line.span)
                self.part = "early" if line.text.endswith(".") else "keywords"
            case "mesh":
                self._extend(SectionType.MESH, line)
                self.draft.headings.append(parse_mesh_line(line))
            case "substances":
                self._extend(SectionType.SUBSTANCES, line)
                self.draft.substances.append((line.text.strip("* "), line.span))
            case _:
                self._metadata(line)

    def _metadata(self, line: Line) -> None:
        """A line that is kept as metadata, perhaps as a fact too."""
        if self.part == "types":
            self.draft.types.append(line.text)
        elif self.part == "authors":
            self.authors = self.authors or author_names(line.text) or (squeeze(line.text),)
            self.part = "head"
        elif self.part in ("funding", "competingInterests"):
            self.draft.fact(self.part, line.text)
        if not any(line.span in section.span for section in self.draft.sections[-1:]):  # the value behind a label
            self.draft.metadata(line)

    def _paragraph(self, line: Line) -> None:
        """A paragraph of the abstract; a copyright notice at its end is none of it."""
        notice = next(
            (
                found
                for found in _COPYRIGHT.finditer(line.text)
                if line.text[: found.start()].rstrip().endswith((".", "?", ")"))
            ),
            None,
        )
        if notice is None:
            self.abstract.append(line)
            return
        text = line.text[: notice.start()].rstrip()
        self.abstract.append(replace(line, span=Span(line.span.start, line.span.start + len(text)), text=text))
        self.draft.add(SectionType.METADATA, Span(line.span.start + notice.start(), line.span.end))
        self.part = "early"

    def _unnamed(self, line: Line) -> None:
        """A list whose heading was lost: behind the MeSH terms stand the substances."""
        if self.part == "mesh" and not _GRANT.search(line.text):
            self.part, self.open = "substances", False
            self._value(line)
            return
        self.part = "late"
        self.draft.warn(
            line.number, "a list without heading; expected one such as Substances above it; it is kept as metadata"
        )
        self.draft.metadata(line)

    def _extend(self, kind: SectionType, line: Line) -> None:
        """Let the section of MeSH terms or substances reach to this line, or begin it."""
        last = self.draft.sections[-1] if self.draft.sections else None
        if last and last.type is kind:
            self.draft.sections[-1] = replace(last, span=Span(last.span.start, line.span.end))
        else:
            self.draft.add(kind, line.span)
        self.open = True


def _with_journal(page: Page) -> list[Line]:
    """The lines of a page; a citation that begins behind the journal's name, which stands above it, is one line."""
    lines: list[Line] = []
    for line in page.lines:
        if lines and line.number <= _CITATION_WITHIN and _NUMBERS.match(line.text):
            span = Span(lines[-1].span.start, line.span.end)
            joined = replace(lines[-1], span=span, text=span.of(page.text))
            if is_citation(joined.text):
                lines[-1] = joined
                continue
        lines.append(line)
    return lines


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line can be the rest of the one above it, which was wrapped."""
    if part_of(above.text) or above.bullet or part_of(line.text) or is_part_label(line.text):
        return False
    if INLINE.match(line.text) or IDENTIFIERS.match(line.text) or is_citation(line.text):
        return False
    return above.text.endswith(",") or not author_names(line.text)
