"""Where the work of a journal page appeared, as the sites of publishers print it above the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ..model import Publication
from .citation import read_doi
from .dates import iso_date
from .lines import Line, squeeze
from .pubmed_citation import read_pmid

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_PAGES: Final = r"(?P<pages>[A-Za-z]{0,2}\d[\w.]{0,12}(?:\s?[-–—]{1,2}\s?[A-Za-z]{0,2}\d\w{0,8})?)"
_ISSUE: Final = r"(?:\((?P<issue>[^()]{1,20})\))?"
_JOURNAL: Final = r"(?P<journal>[A-Z][A-Za-z &.()-]{1,80}?)"

_YEAR: Final = r"(?:19|20)\d\d"
_VOLUME: Final = r"(?P<volume>\d{1,4})"
_BAR: Final = r"\s{0,3}\|\s{0,3}"

#: The forms of an imprint, wherever they stand in a line.
_FORMS: Final = tuple(
    re.compile("".join(form))
    for form in (
        # "Cells 2021, 9(2), 77"
        (rf"^{_JOURNAL}\s(?P<date>{_YEAR}),\s{_VOLUME}{_ISSUE},\s{_PAGES}(?=[;.]|\s|$)",),
        # "J Cells 2021;9(2):77-85", also behind a licence: "CC BY 4.0 · J Cells 2021; 9(2): 77-85"
        (rf"(?:^|\u00b7\s){_JOURNAL}[.,]?\s(?P<date>{_YEAR});\s?{_VOLUME}{_ISSUE}:\s?{_PAGES}(?=[;.|,]|\s|$)",),
        # "J Cells. Mar 4, 2021; 9(2): 77-85"
        (
            rf"^{_JOURNAL}\.\s(?P<date>{_MONTH}\s(?:\d{{1,2}},\s)?{_YEAR});\s?{_VOLUME}\s?{_ISSUE}:",
            rf"\s?{_PAGES}(?=[;.]|\s|$)",
        ),
        # "J Cells 9: 77-85 (2021)"
        (rf"^{_JOURNAL}\s{_VOLUME}{_ISSUE}:\s?{_PAGES}\s\((?P<date>{_YEAR})\)$",),
        # "Home > J Cells > Volume 9(2); 2021 > Article"
        (rf"^(?:(?:HOME|Home)\s>\s)?{_JOURNAL}\s>\sVolume\s{_VOLUME}{_ISSUE};\s(?P<date>{_YEAR})(?=\s>|$)",),
        # "Published in: Cells 2/2021"
        (rf"^(?:Published|Erschienen) in:\s{_JOURNAL}\s(?P<issue>\d{{1,3}})/(?P<date>{_YEAR})$",),
        # "Journal: Cells, 2021, № 2"
        (rf"^Journal:\s{_JOURNAL},\s(?P<date>{_YEAR})(?:,\s(?:№|No\.)\s?(?P<issue>\w{{1,9}}))?$",),
        # "J Cells, Volume 9, Issue 2, March 2021, Pages 77-85", perhaps without journal and issue
        (
            rf"^(?:{_JOURNAL},\s)?Volume\s{_VOLUME}(?:,\sIssue\s(?P<issue>\w{{1,9}}))?,",
            rf"\s(?P<date>(?:\d{{1,2}}\s)?(?:{_MONTH}\s)?{_YEAR}),\sPages?\s{_PAGES}(?=[,.;]|\s|$)",
        ),
        # "Publication: J Cells", "Volume 9, Number 2"
        (r"^Publication:\s(?P<journal>[A-Z][A-Za-z &-]{3,80})$",),
        (rf"^Volume\s{_VOLUME},\s(?:Number|Issue)\s(?P<issue>\w{{1,9}})$",),
        # "Volume 9, 2021 - Issue 2", "Pages 77-85 | Published online: 4 Mar 2021", "Pages: 77-85"
        (rf"^Volume\s{_VOLUME},\s(?P<date>{_YEAR})\s-\sIssue\s(?P<issue>\w{{1,9}})$",),
        (rf"^Pages\s{_PAGES}\s\|\s.{{0,80}}?Published online:\s(?P<date>\d{{1,2}}\s{_MONTH}\s{_YEAR})$",),
        (rf"^Pages:\s{_PAGES}$",),
        # "Cells. 2021 Mar 4;9(2):77–85. doi: …", and without the journal, which stands above it
        (
            rf"^(?:{_JOURNAL})?\.\s(?P<date>{_YEAR}(?:\s{_MONTH}(?:\s\d{{1,2}})?)?);",
            rf"\s?{_VOLUME}\s?{_ISSUE}:\s?{_PAGES}(?=[;.]|\s|$)",
        ),
        # "Cells volume 4, Article number: 34 (2019)"
        (
            rf"^{_JOURNAL},?\s[Vv]olume\s{_VOLUME},\s(?:Article\s[Nn]umber:?|[Pp]ages?:?)\s",
            rf"{_PAGES}\s\((?P<date>{_YEAR})\)",
        ),
        # "Year : 2021 | Volume : 9 | Issue : 2 | Page : 77-85"
        (
            rf"\bYear\s?:\s?(?P<date>{_YEAR}){_BAR}Volume\s?:\s?{_VOLUME}{_BAR}",
            rf"(?:Issue\s?:\s?(?P<issue>\w{{1,9}}){_BAR})?Pages?\s?:\s?{_PAGES}",
        ),
        # "Volume 9, Issue 2, P77-85, June 2021"
        (
            rf"\b[Vv]olume\s{_VOLUME},\s(?:[Ii]ssue|ISSUE)\s(?P<issue>\w{{1,9}}),\s[Pp](?:ages?\s)?{_PAGES},",
            rf"\s(?P<date>(?:{_MONTH}\s)?(?:\d{{1,2}},\s)?{_YEAR})",
        ),
        # "Published 4 March 2021 Volume 2021:9 Pages 77—85"
        (rf"^Published\s(?P<date>\d{{1,2}}\s{_MONTH}\s{_YEAR})\s[Vv]olume\s\d{{4}}:{_VOLUME}\s[Pp]ages\s{_PAGES}",),
    )
)
# A counter that a site prints without a space behind the DOI.
_GLUED: Final = re.compile(r"(?<=\w)Citations?:")
# The journal alone: "X logoLink to X" of an archive, "Back to Journals » X » Volume 3" of a publisher.
_NAMED: Final = re.compile(
    r"(?P<linked>.{3,90}?) logo\s?Link to (?P=linked)|Back to Journals?\s[»>]\s(?P<listed>[^»>]{3,90}?)\s[»>].*"
)


def is_imprint(text: str) -> bool:
    """Whether a line says where the work appeared.

    >>> is_imprint("Cells 2021, 9(2), 77; https://doi.org/10.1000/x"), is_imprint("In 2021, 9 (2%) were cured.")
    (True, False)
    """
    return len(text) < 400 and (_NAMED.fullmatch(text) is not None or any(form.search(text) for form in _FORMS))


def with_imprint(record: Publication, head: Iterable[Line]) -> Publication:
    """A record with what the lines above the lists say of where it appeared; what it knows already stays."""
    for line in head:
        text = squeeze(line.text)
        if len(text) >= 400:
            continue
        if named := _NAMED.fullmatch(text):
            record = replace(record, journal=record.journal or named["linked"] or named["listed"])
        found = next((match for form in _FORMS if (match := form.search(text))), None)
        if found:
            record = _completed(record, found.groupdict())
        record = replace(record, doi=record.doi or read_doi(_GLUED.split(text)[0]), pmid=record.pmid or read_pmid(text))
    return record


def _completed(record: Publication, said: dict[str, str | None]) -> Publication:
    """A record with what an imprint says and it does not know yet; an imprint of another volume says nothing of it."""
    volume, pages = said.get("volume"), said.get("pages")
    if record.volume and volume and volume != record.volume:
        return record
    first = not (record.volume or record.date) and bool(volume or said.get("date"))
    journal = (said.get("journal") or "").strip(" .,")
    return replace(
        record,
        journal=(journal or record.journal) if first else (record.journal or journal or None),
        date=record.date or iso_date(said.get("date") or ""),
        volume=record.volume or volume,
        issue=record.issue or said.get("issue"),
        pages=record.pages or (_plain_range(pages) if pages else None),
    )


def _plain_range(pages: str) -> str:
    """A range of pages without the page's letter and with a hyphen: "P77–85" is "77-85"."""
    return re.sub(r"\s?[-–—]{1,2}\s?", "-", re.sub(r"^P(?=\d)", "", pages.rstrip(".")))
