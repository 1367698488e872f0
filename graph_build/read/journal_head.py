"""What stands on a journal page before its lists: the work's own citation or imprint, and its title."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ..model import Publication
from .authors import author_names
from .citation import looks_like_citation, read_doi
from .cited_entry import read_reference
from .dates import iso_date
from .journal_imprint import is_imprint, with_imprint
from .journal_labels import NEIGHBOUR, NUMBERED, OWN_CITATION, is_furniture, is_heading, labelled
from .layout import is_part_label, is_prose, join_wrapped
from .lines import Line, Page, fold, squeeze

#: A title has no fewer spaces, unless the page's citation prints it.
_TITLE_SPACES: Final = 2

#: What stands between the names of authors that have a line each.
_BETWEEN: Final = re.compile(r"(?:\d{1,3}|[,*†‡§\s]){0,20}(?:and|&)?", re.IGNORECASE)

# What stands between the names of a journal: "J Inv Lung : Journal of Invented Lung".
_BANNER: Final = re.compile(r"\s[:|]\s")

# The heading above the page's own citation, which closes some pages.
_CITE: Final = re.compile(r"(?:how to )?cite this article(?: as)?", re.IGNORECASE)
# Numbers of the work: nothing that was wrapped goes on with them.
_IDENTIFIER: Final = re.compile(r"(?:PMC?ID|DOI|Editors?)\s?:", re.IGNORECASE)
# The authors' family names before the title: "Meyer, Li, and Rossi: A Title".
_RUNNING_HEAD: Final = re.compile(r"(?:[^\W\d_][\w'’-]{0,40}(?:, |,? and )){1,30}[^\W\d_][\w'’-]{0,40}: (?=[A-Z0-9])")


@dataclass(frozen=True, slots=True)
class Head:
    """What was read before the lists."""

    publication: Publication
    citation: str | None  # the page's own citation, folded
    title: Line | None
    problems: tuple[tuple[int, str], ...] = ()


def read_head(lines: tuple[Line, ...]) -> Head:
    """The work's record as far as the lines of the whole page show it."""
    head = lines[: head_length(lines)]
    cited, citation, problems = _own_citation(lines, head)
    record = cited or Publication(title="")
    if cited:
        wanted = fold(record.title)
        title = next((line for line in head if fold(line.text) == wanted), None)
    else:
        title = _first_title(head)
        printed = title.text[running_head(title.text) :] if title else ""
        record = replace(record, title=squeeze(printed).rstrip("."))
    if not record.volume:
        record = with_imprint(record, head)
    if not (cited or record.volume or record.date):
        problems = [(1, 'no "Citation:" line was found, so journal, year and pages of this page are unknown')]
    listed = () if record.creators else _one_a_line(head)
    if listed:
        record = replace(record, authors=", ".join(listed), creators=listed)
    return Head(record, citation, title, tuple(problems))


def _own_citation(
    lines: tuple[Line, ...], head: tuple[Line, ...]
) -> tuple[Publication | None, str | None, list[tuple[int, str]]]:
    """The page's own citation: behind its label or on the line below it, else a line of the head that is one."""
    candidates = []
    for at, line in enumerate(lines):
        if label := OWN_CITATION.match(line.text):
            bare = label.end() == len(line.text) and at + 1 < len(lines)
            candidates.append((line, squeeze(lines[at + 1].text) if bare else line.text[label.end() :]))
        elif _CITE.fullmatch(line.text) and at + 1 < len(lines) and read_doi(lines[at + 1].text):
            candidates.append((line, lines[at + 1].text))
    for line in head:
        if is_prose(line.text) and not looks_like_citation(line.text):
            break
        candidates.append((line, line.text[label_length(line.text) :]))
    for line, printed in candidates:
        own = OWN_CITATION.match(line.text) is not None or _CITE.fullmatch(line.text) is not None
        if (own and printed) or (looks_like_citation(printed) and not is_imprint(printed)):
            read = read_reference(printed)
            if read.publication.journal and read.publication.title:
                problems = [(line.number, f"in the page's own citation, {problem}") for problem in read.problems]
                return read.publication, fold(printed), problems
    return None, None, []


def _first_title(head: tuple[Line, ...]) -> Line | None:
    """Without a citation, the first line that can be a title."""
    journals = {fold(with_imprint(Publication(title=""), [line]).journal or "") for line in head} - {""}
    neighbour = False  # the line above announces another work of the journal
    for line in head:
        sentence = is_prose(line.text) and line.text.endswith(".")
        skip = neighbour or line.bullet or line.text.count(" ") < _TITLE_SPACES or sentence
        neighbour = NEIGHBOUR.fullmatch(line.text) is not None
        # The heading of a kind of works, a row of buttons, and a publisher's address are no titles; a date is none.
        if line.text.endswith(":") or line.text.count("|") > 1 or " \u00b7 " in line.text or iso_date(line.text):
            continue
        if journals.intersection(_BANNER.split(fold(line.text))):  # the journal's own name above its works
            continue
        if skip or neighbour or is_furniture(line) or is_imprint(line.text) or author_names(line.text):
            continue
        return line
    return None


def _one_a_line(head: tuple[Line, ...]) -> tuple[str, ...]:
    """Authors below the word "by", each on a line of its own."""
    names: list[str] = []
    at = next((i + 1 for i, line in enumerate(head) if line.text.casefold() == "by"), len(head))
    for line in head[at:]:
        name = author_names(f"{line.text} *")
        if name:
            names += name
        elif not _BETWEEN.fullmatch(line.text):
            break
    return tuple(names)


def running_head(text: str) -> int:
    """The length of the authors' names before a title.

    >>> running_head("Meyer, Li, and Rossi: HER2 in the Lung"), running_head("Lung cancer: HER2")
    (22, 0)
    """
    found = _RUNNING_HEAD.match(text)
    return found.end() if found else 0


def head_length(lines: tuple[Line, ...]) -> int:
    """How many lines stand before the lists."""
    return next((at for at, line in enumerate(lines) if NUMBERED.match(line.text) or is_heading(line)), len(lines))


def unwrapped(page: Page) -> tuple[Line, ...]:
    """The lines of a page; those before the lists are joined where they were wrapped."""
    count = head_length(page.lines)
    return (*join_wrapped(page.lines[:count], page.text, _goes_on), *page.lines[count:])


def _goes_on(above: Line, line: Line) -> bool:
    """Whether a line of the head can be the rest of the one above it, which was wrapped."""
    if (
        _IDENTIFIER.match(line.text)
        or is_imprint(line.text)
        or is_part_label(line.text)
        or is_furniture(line)
        or looks_like_citation(line.text)
        or author_names(line.text)
    ):
        return False
    label = labelled(above.text)
    return bool(label and label[1]) or not is_furniture(above)


def label_length(text: str) -> int:
    """The length of a "Citation:" label; zero where there is none."""
    label = OWN_CITATION.match(text)
    return label.end() if label else 0
