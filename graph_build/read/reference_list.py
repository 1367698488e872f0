"""The numbered lists of a journal page: its references and its related articles."""

from __future__ import annotations

import re
from typing import Final

from ..model import Section, SectionType, Span
from .citation import is_complete, looks_like_citation
from .cited_entry import read_entry, read_reference
from .journal_labels import DOTTED, NUMBERED, is_furniture
from .lines import Draft, Line, squeeze

# How a wrapped line begins: in the middle of numbers, with the DOI, or in small letters.
_WRAPPED: Final = re.compile(r"[\d(:,;.a-z]|DOI|https?:|PMID")

#: A line of more characters is no reference.
_LONGEST: Final = 4000

#: A reference fills at most so many lines.
_MOST_LINES: Final = 30


class ReferenceList:
    """Reads one entry after the other and watches over their numbers."""

    def __init__(self, draft: Draft, lines: tuple[Line, ...]) -> None:
        self.draft = draft
        self.lines = lines
        self.kind: SectionType | None = None  # REFERENCE or RELATED once such a list has begun
        self._last: dict[SectionType, int] = {}
        self._seen: set[tuple[SectionType, int]] = set()

    def number(self, line: Line) -> re.Match[str] | None:
        """The number that a line begins with: in brackets, or the next of a list that has no brackets."""
        if found := NUMBERED.match(line.text):
            return found
        dotted = DOTTED.fullmatch(line.text) if self.kind else None
        expected = self._last.get(self.kind, 0) + 1 if self.kind else 0
        return dotted if dotted and int(dotted["number"]) == expected else None

    def is_unnumbered(self, line: Line) -> bool:
        """Whether a line below the heading of the references is an entry of a list that has no numbers."""
        if self.kind is not SectionType.REFERENCE or self._last.get(SectionType.REFERENCE):
            return False
        entry = read_entry(squeeze(line.text)) if len(line.text) <= _LONGEST else None
        return entry is not None and entry.publication.volume is not None

    def entry(self, at: int) -> int:
        """Read the entry that begins in line ``at``; the line after it."""
        line, text = self.lines[at], self.draft.page.text
        numbered = self.number(line)
        number = int(numbered["number"]) if numbered else None
        rest = len(numbered["rest"] or "") if numbered else len(line.text)
        kind = self.kind = self.kind or SectionType.REFERENCE
        name = _name(kind, number)
        self._check_number(line, kind, number)
        after = at + 1
        if rest:
            body = Span(line.span.end - rest, line.span.end)
        elif after < len(self.lines) and not self._is_other(self.lines[after]):
            body = self.lines[after].span
            after += 1
        else:
            return self._empty(line, name, line.span, after)
        for following in self.lines[after : after + _MOST_LINES]:
            if self._is_other(following) or not _continues(body.of(text), following):
                break
            body = Span(body.start, following.span.end)
            after += 1
        citation = read_reference(body.of(text))
        if not citation.publication.title:
            return self._empty(line, name, body, after)
        for problem in citation.problems:
            self.draft.warn(line.number, f"in {name}, {problem}")
        self.draft.sections.append(
            Section(
                type=kind,
                span=Span(line.span.start, body.end),
                zone=_shift(citation.zone, body.start),
                title=_shift(citation.title, body.start),
                number=number,
                publication=citation.publication,
                printed=body,
            )
        )
        return after

    def _is_other(self, line: Line) -> bool:
        """Whether a line is furniture or begins the next entry."""
        return is_furniture(line) or self.number(line) is not None or self.is_unnumbered(line)

    def _empty(self, line: Line, name: str, body: Span, after: int) -> int:
        """An entry that says nothing is kept as metadata."""
        self.draft.add(SectionType.METADATA, Span(line.span.start, body.end))
        self.draft.warn(line.number, f"{name} has no text; expected a citation behind or below the number")
        return after

    def check_end(self) -> None:
        """Warn when the text ends in the middle of an entry."""
        entries = [section for section in self.draft.sections if section.publication]
        last = max(entries, key=lambda section: section.span, default=None)
        if last is None or last.publication is None or last.span.end != self.lines[-1].span.end:
            return
        if not last.publication.date or not (last.publication.pages or last.publication.doi):
            self.draft.warn(self.lines[-1].number, f"the file ends in the middle of {_name(last.type, last.number)}")

    def _check_number(self, line: Line, kind: SectionType, number: int | None) -> None:
        """Warn of a number that is missing, printed twice or not the next one."""
        last = self._last.get(kind, 0)
        if number is None and not last:  # a list without any numbers
            return
        if number is None:
            self.draft.warn(
                line.number, f"{_name(kind, number)} was found after [{last}]; expected [{last + 1}] before it"
            )
            return
        if (kind, number) in self._seen:
            self.draft.warn(line.number, f"{_name(kind, number)} has a number that was already printed")
        elif number != last + 1:
            self.draft.warn(line.number, f"{_name(kind, number)} was found where [{last + 1}] was expected")
        self._last[kind] = number
        self._seen.add((kind, number))


def _continues(printed: str, line: Line) -> bool:
    """Whether a line goes on with the entry above it, which was wrapped."""
    if line.gap or line.bullet:
        return False
    if is_complete(printed):
        return bool(_WRAPPED.match(line.text))
    return not (looks_like_citation(printed) and looks_like_citation(line.text))


def _shift(span: Span, offset: int) -> Span:
    """A span of an entry as a span of the text."""
    return Span(span.start + offset, span.end + offset)


def _name(kind: SectionType, number: int | None) -> str:
    """How a warning calls an entry."""
    name = "related article" if kind is SectionType.RELATED else "reference"
    return f"{name} [{number}]" if number is not None else f"a {name} without number"
