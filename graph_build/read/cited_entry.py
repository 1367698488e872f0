"""An entry of a reference list in one of the styles of Western journals: authors, title, source.

Each style is told by how names are written and where the year stands.  What fits none of
them is left alone: a title that is only guessed would put the names of journals ("Lung
Cancer") among the diseases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from ..model import Publication, PublicationKind, Span
from .citation import Citation, is_marked, original_spans, parse_citation, read_doi
from .kind import publication_kind
from .lines import squeeze
from .printed_work import MOST_AUTHORS, optional
from .record import Cited
from .values import clean

_LETTER: Final = r"[^\W\d_]"
_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ]"
_PARTICLES: Final = r"(?:(?:de|da|di|du|del|della|van|von|der|den|la|le|el|al|bin|ter|ten|dos|do)[\s-]){0,3}"
_FAMILY: Final = rf"{_PARTICLES}['’]?{_CAPITAL}{_LETTER}{{0,30}}(?:[\s'’-]{_LETTER}{{2,30}}){{0,3}}"
_DOTTED: Final = rf"{_CAPITAL}\.(?:[\s-]?{_CAPITAL}\.){{0,3}}"
_INITIALS: Final = rf"(?:{_DOTTED}|{_CAPITAL}{{1,4}}(?:[\s-]{_CAPITAL}{{1,2}})?)(?!{_LETTER})"
_SUFFIX: Final = r"(?:,?\s(?:Jr|Sr|II|III|2nd|3rd)\.?)?"
_BETWEEN: Final = r"(?:[,;]\s(?:and\s|&\s|…\s|\.\.\.\s)?|\s(?:and|&)\s)"
_OTHERS: Final = r"(?:[,;]?\s(?:et\sal\b|and\sothers\b)\.?)?"

#: How one author is written, the surest way first: "Poudel, D. R.", "Oda T", "J. L. Keddie".
_NAMES: Final = tuple(
    re.compile(rf"{name}(?:{_BETWEEN}{name}){{0,400}}{_OTHERS}")
    for name in (
        rf"{_FAMILY},\s{_INITIALS}{_SUFFIX}",
        rf"{_FAMILY}\s{_INITIALS}{_SUFFIX}",
        rf"{_DOTTED}{_FAMILY}{_SUFFIX}",
    )
)
_NAME: Final = (
    re.compile(rf"(?P<family>{_FAMILY}),\s(?P<initials>{_INITIALS})"),
    re.compile(rf"(?P<family>{_FAMILY})\s(?P<initials>{_INITIALS})"),
    re.compile(rf"(?P<initials>{_DOTTED})\s?(?P<family>{_FAMILY})"),
)
#: Before the last of several authors, perhaps without a comma: "Berg SC and Ito Y".
_LAST: Final = re.compile(r"\s(?:and|&)\s")
# What stands between the authors and the title: "(2017). ", ", 1990. ", ". ", ": ", ", ".
_BORDER: Final = re.compile(
    r"[,.]?\s?\((?P<year>(?:18|19|20)\d\d)[a-z]?\)[.,:]?\s|[,.]?\s(?P<bare>(?:18|19|20)\d\d)[a-z]?[.:]\s|[.:]\s|(?<=\.)[,:]?\s|,\s(?=[A-Z])"
)
_END: Final = re.compile(r"[.?!](?=\s)")

# The source: a journal without digits, then numbers.
_SOURCE: Final = re.compile(
    r"\s(?P<journal>[A-Z][^\d;:?!]{1,120}?)(?:[.,]?\s\((?P<place>[A-Z][A-Za-z ,.]{2,40})\))?[.,;:]?\s"
    r"(?P<numbers>\(?(?:[A-Z]?\d|vol\b|Vol\b).*)"
)
_YEAR: Final = re.compile(r"(?<![\d-])(?:18|19|20)\d\d(?![\d-])")
_NUMBERS: Final = re.compile(
    r"(?:(?P<year>(?:18|19|20)\d\d)(?:\s[A-Z][a-z]{2}(?:\s\d{1,2})?)?(?:\s?[;,.:]\s?|\)\s))?(?:[Vv]ol\.?\s?)?(?P<volume>[A-Za-z]?\d{1,5})"
    r"(?:\s?\((?P<issue>[^()]{1,20})\))?(?:\s?[:,]\s?(?:pp?\.\s?)?(?P<pages>[A-Za-z]{0,3}\d[\w–-]{0,19}))?"
)
_SENTENCE: Final = re.compile(r"\d\.\s[A-Z]")
_CHAPTER: Final = re.compile(r"[.?!]\s[Ii]n:?\s")
_TAIL: Final = re.compile(r"\s(?:https?://|doi\b|DOI\b|PMID\b|Available\b|\[).*", re.DOTALL)

# A DOI that nothing announces, at the end of an entry.
_BARE_DOI: Final = re.compile(r"(?<=[\s.])(?P<doi>10\.\d{4,9}/\S{1,120})\s{0,3}$")

#: A word before a full stop inside a journal's name is an abbreviation, …
_SHORT: Final = re.compile(r"[A-Z][A-Za-z]{0,11}")
# Several such words before the full stop of "J.": "CA Cancer J. Clin.".
_SHORT_NAME: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,11}\s){1,4}J")
#: … and a name has no more words than this.
_JOURNAL_WORDS: Final = 12
#: A title of fewer characters is none.
_SHORTEST: Final = 12


# The document type of GB/T 7714 behind a title, the style of Chinese journals.
_MARKED: Final = re.compile(r"\[[JMCDARSPNZ](?:/[A-Z]{2})?\][.,]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, read: the work, and where its title stands, perhaps with a group that wrote it."""

    publication: Publication
    title: Span
    zone: Span


def read_cited(cited: Cited, printed: str) -> Entry | None:
    """Read an entry of which the record may know more than what is printed; that counts before."""
    given = clean(cited.publication.title)
    given = given if given in printed else ""
    if _MARKED.search(printed):
        citation = parse_citation(printed)
        entry = Entry(citation.publication, citation.title, citation.zone) if citation.publication.title else None
    else:
        entry = read_entry(printed)
    if given:
        at = Span(printed.index(given), printed.index(given) + len(given))
        entry = Entry(entry.publication if entry else Publication(title=given), at, at)
    return Entry(_known(cited.publication, entry.publication, given), entry.title, entry.zone) if entry else None


def _known(given: Publication, read: Publication, title: str) -> Publication:
    """What the record says of a cited work, and what was read where it says nothing."""
    creators = tuple(value for value in map(clean, given.creators) if value)
    return Publication(
        title=title or read.title,
        kind=given.kind if given.kind is not PublicationKind.ARTICLE else read.kind,
        authors=optional(given.authors, MOST_AUTHORS) or ", ".join(creators) or read.authors,
        creators=creators or read.creators,
        journal=optional(given.journal) or read.journal,
        date=given.date or read.date,
        volume=optional(given.volume) or read.volume,
        issue=optional(given.issue) or read.issue,
        pages=optional(given.pages) or read.pages,
        abstract_number=optional(given.abstract_number) or read.abstract_number,
        doi=optional(given.doi) or read.doi,
        pmid=optional(given.pmid) or read.pmid,
    )


def read_reference(printed: str) -> Citation:
    """Read an entry of a journal page, wrapped or not, in the style that it shows.

    >>> found = read_reference("Oda, T.; Lim, K. A small change. Lung 2017, 18, 288–291. [CrossRef]")
    >>> found.publication.title, found.publication.journal, found.publication.pages
    ('A small change', 'Lung', '288–291')
    """
    citation = parse_citation(printed)
    if not citation.publication.doi and (bare := _BARE_DOI.search(printed)):
        citation = replace(citation, publication=replace(citation.publication, doi=read_doi("doi:" + bare["doi"])))
    read = citation.publication
    if is_marked(printed) or (read.creators and read.journal and read.date and (read.volume or read.pages)):
        return citation
    entry = read_entry(squeeze(printed))
    if entry is None or (read.creators and read.journal and read.date and not entry.publication.volume):
        return citation
    title, zone = original_spans(printed, entry.title, entry.zone)
    return Citation(replace(entry.publication, doi=entry.publication.doi or read.doi, pmid=read.pmid), title, zone, ())


def read_entry(printed: str) -> Entry | None:
    """Read an entry on one line; nothing when it is of no known style.

    >>> entry = read_entry("Oda T, Lim K. A small change. BMC Bioinfo. 2017;18(1):288.")
    >>> entry.publication.title, entry.publication.journal, entry.publication.date, entry.publication.creators
    ('A small change', 'BMC Bioinfo', '2017', ('Oda T', 'Lim K'))
    >>> entry = read_entry("Poudel, D. R., & Bharati, R. (2017). Burden of events. Drug Safety, 26(6), 635-641.")
    >>> entry.publication.title, entry.publication.pages, entry.publication.creators
    ('Burden of events', '635-641', ('Poudel DR', 'Bharati R'))
    >>> read_entry("J Clin Oncol. 2016 Dec;34(34):4183-4185"), read_entry("B. B. Snider, Chem. Rev. 1996, 96, 339;")
    (None, None)
    """
    for style, names in enumerate(_NAMES):
        authors = names.match(printed)
        border = _BORDER.match(printed, authors.end()) if authors else None
        if authors is None or border is None:
            continue
        title, source = _split(printed, border.end(), comma=border.group().startswith(","))
        if source is None:
            continue
        numbers = _NUMBERS.match(source["numbers"].lstrip("("))
        found = numbers.groupdict() if numbers else {}
        years = _YEAR.findall(source["numbers"])
        year = border["year"] or border["bare"] or found.get("year") or (years[-1] if years else None)
        if year is None:
            continue
        text = title.of(printed)
        volume = found.get("volume")
        return Entry(
            Publication(
                title=text,
                kind=publication_kind(text, found.get("issue"), found.get("pages"), None),
                authors=authors.group()
                if style != 1 or authors.group().endswith("al.")
                else authors.group().rstrip("."),
                creators=tuple(_creators(authors.group(), style)),
                journal=source["journal"].strip(" .,") or None,
                date=year,
                volume=volume if volume != year else None,
                issue=found.get("issue") if volume != year else None,
                pages=found.get("pages") if volume != year else None,
                doi=read_doi(printed),
            ),
            title,
            title,
        )
    return None


def _split(printed: str, start: int, *, comma: bool) -> tuple[Span, re.Match[str] | None]:
    """The title that begins at ``start``, and the source behind it."""
    body = _TAIL.sub("", printed[start:])
    for end in _END.finditer(body):
        source = _SOURCE.fullmatch(body, end.end())
        if source is None or not _is_journal(source["journal"]):
            continue
        year = _YEAR.search(source["numbers"])
        if year and _SENTENCE.search(source["numbers"], 0, year.start()):
            continue  # "… of study 1234. J Inv 2001;7:18": the number is in the title
        stop = start + end.start() + (end.group() != ".")
        if (
            stop - start < _SHORTEST
            or _CHAPTER.search(printed, start, stop)
            or (comma and " " not in printed[start:stop])
        ):
            break
        return Span(start, stop), source
    return Span(start, start), None


def _is_journal(name: str) -> bool:
    """Whether the words can be the name of a journal, not a sentence and a journal."""
    *before, _ = re.split(r"\.\s", name)
    return len(name.split()) <= _JOURNAL_WORDS and all(
        _SHORT.fullmatch(part.strip(" -")) or _SHORT_NAME.fullmatch(part) for part in before
    )


def _creators(authors: str, style: int) -> list[str]:
    found = []
    for part in _LAST.split(authors):
        for match in _NAME[style].finditer(part):
            initials = "".join(c for c in match["initials"] if c.isalpha())
            found.append(f"{match['family']} {initials}")
    return found
