"""One bibliographic reference (GB/T 7714, the style of Chinese journals) as a record.

``authors, et al. [group.] title[J]. journal, year, volume(issue): pages. doi: …``
Every part but the title may be missing; what is not printed stays ``None``.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Final

from ..model import Publication, Span
from .authors import split_authors
from .dates import iso_date
from .kind import abstract_number_in_pages, publication_kind, split_abstract_number
from .lines import squeeze

# Full-width punctuation has the width of one character too, so offsets hold.
_PLAIN: Final = str.maketrans("\uff1a\uff0c\uff1b\u3002\uff0e\uff08\uff09\uff3b\uff3d", ":,;..()[]")

# Spaces are bounded where two runs could meet, so that no text takes quadratic time.
_DOI: Final = re.compile(r"(?:doi[\s:]{0,9}|https?://(?:dx\.)?doi\.org/){1,3}(?P<doi>10\.\d{4,9}/\S+)", re.IGNORECASE)
# A DOI with a space where a line ended, up to the end of the reference: "10.1016/j. abc. 2022. 1003".
_BROKEN_DOI: Final = re.compile(
    r"(?i:doi)[\s:]{0,9}(?P<doi>10\.\s?\d{4,9}/(?:[\w()]{1,40}[./-](?:\s(?=[a-z\d]))?){0,12}[\w()]{1,40})\.?\s{0,9}$"
)
_DOI_LABEL: Final = re.compile(r"\bdoi[\s:]{0,9}(?=10|$)|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")
_PMID: Final = re.compile(r"\bPMID[\s:]{1,9}(\d{1,9})\b", re.IGNORECASE)

# The document type of GB/T 7714: [J] journal, [M] book, [C] proceedings, [EB/OL] web page …
_MARKER: Final = re.compile(r"\[(?P<type>[A-Z]{1,2})(?:/[A-Z]{2})?\]")

# A year after punctuation, perhaps with month and day: ", 2020", ". 2018 Sep", "(2024-03-12)".
_YEAR: Final = re.compile(
    r"(?:[,.;(]|^)\s{0,9}(?P<date>(?:18|19|20)\d\d(?!\d)"
    r"(?:\s[A-Z][a-z]{2,8}\.?(?:\s\d{1,2})?(?!\d)|-\d\d-\d\d)?)(?=[\s,;:.()]|$)"
)

# "52(2): 87-92", "29: viii540", "(3): 12", "27 suppl 5: v1", "12: 4"
_VOLUME: Final = re.compile(
    r"[\s,;]{0,9}(?P<volume>[A-Za-z]{0,2}\d[\w/-]{0,9})?(?P<supplement>\s{0,3}[Ss]uppl[\w. ]{0,9})?"
    r"\s{0,3}(?:\((?P<issue>[^()]{1,60})\))?\s{0,3}(?::(?P<pages>.*)|,\s{0,3}(?P<listed>[A-Za-z]{0,5}\d.*))?",
    re.DOTALL,
)
_PAGES_END: Final = re.compile(r"\.(?=\s|$)|[;\[]")
_RANGE: Final = re.compile(
    r"(?P<prefix>[A-Za-z]{0,5})(?P<first>\d{1,9})\s?[-–]\s?(?P<again>[A-Za-z]{0,5})(?P<last>\d{1,9})"
)

_CLOSING_STOP: Final = re.compile(r"(?<=\w)\.$")

#: A range of more pages than this is a slip of the pen (70-7072).
_MOST_PAGES: Final = 500

# A journal's name in full stops ("J. Clin. Oncol.") after a sentence's end.
_DOTTED_JOURNAL: Final = re.compile(r"(?<=[.?!]\s)(?:[A-Z][a-z]{0,12}\.\s?){2,8}$")
_SENTENCE_END: Final = re.compile(r"[.?!]\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference, read: the record, where its title stands, and what was odd."""

    publication: Publication
    title: Span
    zone: Span  # a collective author and the title
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a work appeared."""

    journal: str | None = None
    date: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    problems: tuple[str, ...] = ()


def looks_like_citation(text: str) -> bool:
    """Whether a line without a number is a reference: a type marker, or a year with volume or pages."""
    plain = _plain(text)
    if (marker := _MARKER.search(plain)) and marker.start():
        return True
    year = _last_year(plain)
    return bool(
        year
        and year.start() > 20
        and re.match(r"[\s,;]{0,9}[\w ]{0,20}(?:\([^()]{1,60}\))?:\s?\w", plain[year.end() :])
    )


def is_complete(text: str) -> bool:
    """Whether a reference goes as far as its year, so that a new line can begin another."""
    plain = _plain(text)
    marker = _MARKER.search(plain)
    return bool(_YEAR.search(plain, marker.end() if marker else 0))


def read_doi(text: str) -> str | None:
    """The DOI in a text, in lower case.

    >>> read_doi("DOI: 10.1016/S0140-6736(24)00001-2."), read_doi("doi:")
    ('10.1016/s0140-6736(24)00001-2', None)
    >>> read_doi("DOI: 10.1016/j. abc. 2022. 1003."), read_doi("doi: 10.1000/abc. Epub 2022.")
    ('10.1016/j.abc.2022.1003', '10.1000/abc')
    """
    plain = _plain(text) if "doi" in text.lower() else ""
    match = _BROKEN_DOI.search(plain) or _DOI.search(plain)
    if match is None:
        return None
    doi = match["doi"].replace(" ", "").rstrip(".,;").lower()
    return doi[:-1].rstrip(".") if doi.endswith(")") and doi.count("(") < doi.count(")") else doi


def parse_citation(text: str) -> Citation:
    """Read a reference; spans count from the beginning of ``text``."""
    line = squeeze(text)  # read as one line, however it was wrapped
    plain = _plain(line)
    label, pmid = _DOI_LABEL.search(plain), _PMID.search(plain)
    end = min([len(plain), *(match.start() for match in (label, pmid) if match)])
    marker = _MARKER.search(plain, 0, end)
    head, tail = (plain[: marker.start()], plain[marker.end() : end]) if marker else _split_unmarked(plain[:end])
    source = _read_source(tail, periodical=not marker or marker["type"] in ("J", "N"))
    authors = split_authors(head)
    start, stop = _trim(head, authors.end)
    number, skipped = split_abstract_number(line[start:stop])
    start += skipped
    if start >= stop:  # nothing but names, or nothing at all: a title too long is better than none
        start, stop = _trim(plain, 0)
    doi = read_doi(line)
    number = number or abstract_number_in_pages(source.pages, source.issue)
    title = line[start:stop]
    record = Publication(
        title=title,
        kind=publication_kind(title, source.issue, source.pages, number),
        authors=line[: authors.printed] or None,
        creators=authors.creators,
        journal=source.journal,
        date=source.date,
        volume=source.volume,
        issue=source.issue,
        pages=source.pages,
        abstract_number=number,
        doi=doi,
        pmid=pmid[1] if pmid else None,
    )
    problems = list(source.problems)
    if label and not doi:
        problems.append("the DOI cannot be read")
    zone = start if authors.collective is None else min(authors.collective, start)
    title_span, zone_span = original_spans(text, Span(start, stop), Span(zone if title else stop, stop))
    return Citation(record, title_span, zone_span, tuple(problems))


def is_marked(text: str) -> bool:
    """Whether a reference carries a type marker of GB/T 7714.

    >>> is_marked("A drug[J]. Lung, 2020, 3: 1."), is_marked("A drug. Lung. 2020;3:1. [PubMed]")
    (True, False)
    """
    return _MARKER.search(_plain(text)) is not None


def _plain(text: str) -> str:
    """A text on one line, with plain punctuation of the same width."""
    return squeeze(text).translate(_PLAIN)


def original_spans(text: str, *spans: Span) -> tuple[Span, ...]:
    """Spans of a squeezed text as spans of the text itself."""
    places = [at for word in _WORD.finditer(text) for at in range(word.start() - 1, word.end())][1:]
    return tuple(Span(places[span.start], places[span.end - 1] + 1) if len(span) else Span(0, 0) for span in spans)


def _trim(plain: str, start: int) -> tuple[int, int]:
    """The range of a title without the space and punctuation around it."""
    body = plain[start:]
    first = start + len(body) - len(body.lstrip(" .,;:"))
    return first, max(first, start + len(body.rstrip().rstrip(".,;").rstrip()))


def _last_year(plain: str) -> re.Match[str] | None:
    """The last year of a reference that stands where the year of publication stands."""
    years = deque(_YEAR.finditer(plain), maxlen=1)
    return years[0] if years else None


def _split_unmarked(body: str) -> tuple[str, str]:
    """Head and source of a reference without a type marker: the journal is the last sentence before the year."""
    year = _last_year(body)
    if year is None:
        return body, ""
    near = max(0, year.start() + 1 - 200)  # no journal's name is longer
    before = body[near : year.start()] + ("." if body[year.start()] == "." else "")
    dotted = _DOTTED_JOURNAL.search(before)
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    if not dotted and not ends:
        return body[: year.start()], body[year.start() :]
    journal = near + (dotted.start() if dotted else ends[-1])
    return body[:journal], body[journal:]


def _read_source(tail: str, *, periodical: bool) -> _Source:
    """Journal, year, volume, issue and pages from what follows the title."""
    tail = tail.strip().lstrip(".,;:/ ")
    year = _YEAR.search(tail)
    journal = _journal(tail[: year.start() + 1] if year else tail) if periodical else ""
    if year is None:
        return _Source(journal or None, problems=("no year was found",))
    rest = _VOLUME.match(tail, year.end())
    if rest is None:
        return _Source(journal or None, iso_date(year["date"]), problems=())
    raw = rest["pages"] or rest["listed"] or ""
    pages = squeeze(_PAGES_END.split(raw, maxsplit=1)[0])
    clean = pages.rstrip(",;: ")
    problem = (
        f'the pages are printed "{_CLOSING_STOP.sub("", squeeze(raw))[:60]}"'
        if clean != pages or not _sound_range(clean)
        else None
    )
    supplement = squeeze(rest["supplement"] or "").rstrip(".")
    return _Source(
        journal=journal or None,
        date=iso_date(year["date"]),
        volume=rest["volume"],
        issue=squeeze(rest["issue"] or "") or supplement or None,
        pages=clean or None,
        problems=(problem,) if problem else (),
    )


def _journal(printed: str) -> str:
    """A journal's name without the punctuation behind it; "J. Clin. Oncol." keeps its full stops."""
    name = squeeze(printed).rstrip(",;:( ")
    return name if "." in name[:-1] else name.rstrip(".")


def _sound_range(pages: str) -> bool:
    """Whether a range of pages goes forwards and not too far; what is no range is sound.

    >>> _sound_range("139-144"), _sound_range("1321-8"), _sound_range("70-7072"), _sound_range("182")
    (True, True, False, True)
    """
    match = _RANGE.fullmatch(pages)
    if match is None:
        return any(c.isdigit() for c in pages) or not pages
    first, last = match["first"], match["last"]
    return 0 <= int(first[: max(len(first) - len(last), 0)] + last) - int(first) <= _MOST_PAGES
