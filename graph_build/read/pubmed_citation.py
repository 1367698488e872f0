"""The citation line of a PubMed page, and the identifiers around it."""

from __future__ import annotations

import re
from typing import Final

from ..model import Publication
from .citation import read_doi
from .dates import iso_date
from .lines import squeeze

# "Cancer Treat Rev. 2020 Jun:86:101996. doi: …", "J Clin Oncol. 2022 Mar 1;40(7):710-718. …"; in
# PubMed's text format a number stands before it.
_CITATION: Final = re.compile(
    r"(?:\d{1,3}[.:]\s)?(?P<journal>[A-Za-z][^;:]{1,150}?)\s?\.\s"
    r"(?P<date>(?:18|19|20)\d\d(?:\s[A-Z][a-z]{2,5}(?:-[A-Z][a-z]{2,5})?(?:\s\d{1,2}(?:-\d{1,2})?)?)?)\s?"
    r"(?:(?P<border>[;:])\s?(?P<where>[^\s;][^;]{0,80}?))?\.(?=\s|$)"
)
# "40(7):710-718", "86:101996", "27 Suppl 5:v1-v27", "39(18_suppl):LBA3"
_WHERE: Final = re.compile(
    r"(?P<volume>[A-Za-z]{0,3}\d[\w/-]{0,9})?(?:\s(?P<supplement>[Ss]uppl[\w ]{0,9}))?\s?"
    r"(?:\((?P<issue>[^()]{1,60})\))?(?::\s?(?P<pages>.+))?",
    re.DOTALL,
)
_EPUB: Final = re.compile(r"\bEpub\s(?P<date>(?:19|20)\d\d(?:\s[A-Z][a-z]{2,5}(?:\s\d{1,2})?)?)")
_PMID: Final = re.compile(r"\bPMID:\s{0,3}(\d{1,9})\b")


def is_citation(text: str) -> bool:
    """Whether a line begins with a citation.

    >>> is_citation("Cancer Treat Rev. 2020 Jun:86:101996."), is_citation("We saw it. 2020 patients came.")
    (True, False)
    """
    return bool(_CITATION.match(squeeze(text[:500])))


def parse_citation_line(text: str, title: str) -> Publication:
    """The record of a page from its citation line.

    >>> record = parse_citation_line("J Clin Oncol. 2022 Mar 1;40(7):710-718. doi: 10.1200/X. Epub 2021 Nov 29.", "T")
    >>> record.journal, record.date, record.volume, record.issue, record.pages, record.doi
    ('J Clin Oncol', '2022-03-01', '40', '7', '710-718', '10.1200/x')
    """
    text = squeeze(text)
    match = _CITATION.match(text)
    if match is None:
        return Publication(title=title, doi=read_doi(text), pmid=read_pmid(text))
    where = _WHERE.fullmatch(match["where"] or "")
    if where is None or (match["border"] == ":" and not where["pages"]):
        volume, issue, pages = None, None, match["where"]  # ahead of print: "2024 May 3:107992."
    else:
        volume, issue, pages = where["volume"], where["issue"] or where["supplement"], where["pages"]
    return Publication(
        title=title,
        journal=squeeze(match["journal"]),
        date=iso_date(match["date"]),
        volume=volume,
        issue=squeeze(issue) if issue else None,
        pages=squeeze(pages).rstrip(",;: ") or None if pages else None,
        doi=read_doi(text),
        pmid=read_pmid(text),
    )


def read_epub(text: str) -> str | None:
    """The date of first appearance in a citation line.

    >>> read_epub("Cancer Treat Rev. 2020 Jun:86:101996. Epub 2020 Feb 28.")
    '2020-02-28'
    """
    match = _EPUB.search(squeeze(text))
    return iso_date(match["date"]) if match else None


def read_pmid(text: str) -> str | None:
    """The PubMed number in a text.

    >>> read_pmid("PMID: 12345678 PMCID: PMC1234567"), read_pmid("PMCID: PMC1234567")
    ('12345678', None)
    """
    match = _PMID.search(text)
    return match[1] if match else None
