"""The page of a journal: title, dates, abstract, numbered references, related articles.

References are printed in GB/T 7714 (see :mod:`.citation`) or a Western style (see
:mod:`.cited_entry`), each under or behind its number: in brackets, or below the heading
of the list with a full stop.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ..model import Document, PublicationKind, SectionType, Span
from .authors import author_names
from .citation import looks_like_citation, parse_citation, read_doi
from .dates import iso_date
from .journal_abstract import abstract_heading, ends_abstract, goes_on
from .journal_head import label_length, read_head, running_head, unwrapped
from .journal_labels import (
    CHROME,
    DATES,
    DOTTED,
    OWN_CITATION,
    REFERENCES,
    is_furniture,
    is_heading,
    labelled,
)
from .journal_signs import score
from .kind import says_review
from .layout import add_abstract, add_keywords, is_part_label, is_prose
from .lines import Draft, Line, Page, fold, squeeze
from .reference_list import ReferenceList

__all__ = ["FORMAT", "read_journal_page", "score"]

FORMAT: Final = "journal-page"

_EMAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_EMAIL_LABEL: Final = re.compile(r"[\s,;(]{0,9}(?:e-?mails?|electronic address)[\s:\uff1a]{0,9}$", re.IGNORECASE)

_AUTHORS: Final = re.compile(r"^(?:authors?|by)\s+(?=[A-Z])", re.IGNORECASE)

# Several dates on one line: "Received: …; Revised: …", perhaps with the DOI behind them.
_NEXT_DATE: Final = re.compile(
    r"\s?[;|]\s{0,9}|\s/\s|\s(?=DOI:|https?://)"
    r"|[.,]?\s{1,9}(?:•\s{0,9})?(?=(?:received|revised|accepted|published)\b)",
    re.IGNORECASE,
)


def read_journal_page(page: Page) -> Document:
    """Read a page of this layout."""
    return _Reader(page).read()


class _Reader:
    """One walk over the lines of one page."""

    def __init__(self, page: Page) -> None:
        self.draft = Draft(page)
        self.lines = unwrapped(page)
        self.list = ReferenceList(self.draft, self.lines)
        self.abstract: list[Line] = []
        self.heading = abstract_heading(self.lines)
        self.abstract_state = (
            "before" if self.heading else ""
        )  # the heading is still to come; "", "lay" (a summary for lay people), "labelled", "open" or "done"
        head = read_head(self.lines)
        self.publication, self.citation, self.title = head.publication, head.citation, head.title
        for number, problem in head.problems:
            self.draft.warn(number, problem)

    def read(self) -> Document:
        """Walk over all lines and return the document."""
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        abstract = add_abstract(self.draft, self.abstract)
        if not abstract:
            self.draft.warn(self.lines[-1].number, "the page ends and no abstract was found")
        record = self.publication
        if record.kind is PublicationKind.ARTICLE and says_review(record.title, abstract):
            record = replace(record, kind=PublicationKind.REVIEW)
        self.list.check_end()
        return self.draft.finish(FORMAT, record)

    # -- one line after the other ---------------------------------------------

    def _step(self, at: int) -> int:
        """Read the line ``at`` and what belongs to it; where to go on."""
        line = self.lines[at]
        if self._is_abstract(line):
            self.abstract.append(line)
            self.abstract_state = "open"
            return at + 1
        if self.abstract:
            self.abstract_state = "done"
        if self.list.number(line):
            return self.list.entry(at)
        if CHROME.fullmatch(line.text):
            return at + 1
        if line is self.title:
            title = Span(line.span.start + running_head(line.text), line.span.end)
            if title != line.span:
                self.draft.add(SectionType.METADATA, Span(line.span.start, title.start))
            self.draft.add(SectionType.TITLE, title, title)
        elif is_heading(line):
            self.list.kind = SectionType.REFERENCE if REFERENCES.fullmatch(line.text) else SectionType.RELATED
            self.draft.metadata(line)
        elif OWN_CITATION.match(line.text) or fold(line.text) == self.citation:
            self._own_citation(line)
        elif label := labelled(line.text):
            return self._label(at, *label)
        elif ((self.list.kind or self.abstract) and looks_like_citation(line.text)) or self.list.is_unnumbered(line):
            return self.list.entry(at)
        else:
            self._other(line)
        return at + 1

    def _is_abstract(self, line: Line) -> bool:
        """Whether the line is the abstract's first or next paragraph."""
        if (
            self.list.kind
            or self.abstract_state in ("done", "lay", "before")
            or line is self.title
            or is_furniture(line)
        ):
            return False
        if looks_like_citation(line.text) or fold(line.text) == self.citation:
            return False
        if self.abstract and ends_abstract(line, self.abstract):
            return False
        if self.abstract_state == "labelled" or is_prose(line.text):
            return True
        if self.abstract and goes_on(self.abstract[-1], line):
            return True
        return bool(self.abstract) and is_part_label(line.text)

    def _own_citation(self, line: Line) -> None:
        """The page's own citation is metadata; where the title stands nowhere else, it is read here."""
        start = line.span.start + label_length(line.text)
        printed = self.draft.page.text[start : line.span.end]
        if self.title or fold(printed) != self.citation:
            self.draft.metadata(line)
            return
        self.title = line
        inside = parse_citation(printed).title
        title = Span(start + inside.start, start + inside.end)
        self.draft.add(SectionType.METADATA, Span(line.span.start, title.start))
        self.draft.add(SectionType.TITLE, title, title)
        self.draft.add(SectionType.METADATA, Span(title.end, line.span.end))

    def _other(self, line: Line) -> None:
        """A line that nothing announces: metadata; before the lists it may name the authors."""
        listed = author_names(_AUTHORS.sub("", line.text))
        above = self.title is not None and line.number < self.title.number  # "JOURNAL ARTICLE" is no author
        if listed and not (above or self.citation or self.list.kind or self.publication.creators):
            self.publication = replace(self.publication, authors=", ".join(listed), creators=listed)
        elif self.list.kind and is_prose(line.text):
            self.draft.warn(line.number, "this line belongs to no reference; expected a number such as [1] before it")
        self.draft.metadata(line)

    def _label(self, at: int, key: str, value: str) -> int:
        """A labelled line; its value may stand on the next one, keywords on several."""
        line, after = self.lines[at], at + 1
        behind = replace(line, span=Span(line.span.end - len(value), line.span.end), text=value)
        if key == "laySummary":
            if self.abstract_state != "before":
                self.abstract_state = "done" if self.abstract else "lay"
            self.draft.metadata(line)
            return after
        if key == "abstract":
            if self.heading and line.number < self.heading.number:
                self.draft.metadata(line)
                return after
            self.abstract_state = "done" if self.abstract else "labelled"
            if value and not self.abstract:
                self.abstract.append(behind)
            else:
                self.draft.metadata(line)
            return after
        values = [behind] if value else []
        while not value and after < len(self.lines) and (not values or key in ("keywords", "authors")):
            following = self.lines[after]
            wanted = key in ("funding", "competingInterests") or not is_prose(following.text)
            wanted = wanted and (key != "authors" or bool(author_names(f"{following.text} *")))
            wanted = wanted and not (key == "keywords" and DOTTED.fullmatch(following.text))  # the next heading
            if (
                not wanted
                or following is self.title
                or is_furniture(following)
                or fold(following.text) == self.citation
                or (values and following.gap and not following.bullet and key == "keywords")
            ):
                break
            values.append(following)
            after += 1
        if key == "keywords":
            add_keywords(self.draft, line, [part.span for part in values])
            return after
        self.draft.metadata(line)
        if not value:
            for part in values:
                self.draft.metadata(part)
        self._fact(key, line, squeeze((", " if key == "authors" else " ").join(part.text for part in values)))
        return after

    def _fact(self, key: str, line: Line, value: str) -> None:
        """Keep what a label announced."""
        if key in DATES:
            first, *others = _NEXT_DATE.split(value)
            if day := iso_date(first):
                self.draft.fact(key, day)
            elif value:
                self.draft.warn(
                    line.number, f'"{value[:60]}" cannot be read as a date; expected one such as October 29, 2024'
                )
            for other in others:
                if label := labelled(other):
                    self._fact(label[0], line, label[1])
        elif key == "correspondingAuthor":
            email = _EMAIL.search(value)
            person = _EMAIL_LABEL.sub("", value[: email.start()] if email else value)
            self.draft.fact(key, person.rstrip(" ,;:("))
            self.draft.fact("correspondingEmail", email[0] if email else "")
        elif key == "correspondingEmail":
            email = _EMAIL.search(value)
            self.draft.fact(key, email[0] if email else "")
        elif key == "authors":
            if not (self.citation or self.list.kind or self.publication.creators):
                listed = author_names(value)
                self.publication = replace(self.publication, authors=", ".join(listed) or None, creators=listed)
        elif key == "doi":
            self.publication = replace(self.publication, doi=self.publication.doi or read_doi("doi:" + value))
        elif key in ("funding", "competingInterests"):
            self.draft.fact(key, value)
