"""An article, or a chapter of a book, of PubMed's XML as a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from ..model import Publication
from .dates import iso_date
from .elements import each, text_of, texts_of
from .inline_xml import plain_text
from .record import AbstractPart, Cited, MeshEntry, Record
from .values import first_year, plain_doi, plain_title, whole_pages

FORMAT: Final = "pubmed-xml"

#: Labels that PubMed gives to a part that has none in print.
_NO_LABEL: Final = frozenset({"UNLABELLED", "UNLABELED", "UNASSIGNED"})
#: The title of a work whose title is printed in another script only.
_NO_TITLE: Final = frozenset({"", "not available", "no title available", "in process citation"})

#: What a notice says of the record; the others are the words of PubMed's own name for them.
_NOTICES: Final = {
    "RetractionIn": "retracted by",
    "PartialRetractionIn": "partially retracted by",
    "CorrectedandRepublishedIn": "corrected and republished in",
    "CorrectedandRepublishedFrom": "corrected and republished from",
}
_MESH_NUMBER: Final = re.compile(r"[CDQ]\d{6,}")
_WORD: Final = re.compile(r"[A-Z][a-z]+")

# "27 Suppl 5" in the field of the volume.
_SUPPLEMENT: Final = re.compile(r"(?P<volume>\S+)\s(?P<issue>[Ss]uppl\b.*)")


def article(element: Element, place: str) -> Record:
    """The record of a ``PubmedArticle``, or of the ``MedlineCitation`` in it."""
    citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
    citation = element if citation is None else citation
    data = element.find("PubmedData")
    body = citation.find("Article")
    body = citation if body is None else body
    pmid = citation.find("PMID")
    issue = body.find("Journal/JournalIssue")
    volume, number = _volume(text_of(issue, "Volume"), text_of(issue, "Issue"))
    creators = tuple(_authors(body.find("AuthorList")))
    return Record(
        publication=Publication(
            title=_title(body),
            authors=", ".join(creators) or None,
            creators=creators,
            journal=_journal(citation, body) or None,
            date=_date(issue.find("PubDate") if issue is not None else None) or _date(body.find("ArticleDate")),
            volume=volume or None,
            issue=number or None,
            pages=whole_pages(_pages(body.find("Pagination"))) or None,
            doi=_doi(body, data),
            pmid=text_of(citation, "PMID") or _article_id(data, "pubmed") or None,
        ),
        abstract=tuple(_abstract(body.find("Abstract"))),
        keywords=texts_of(citation, "KeywordList/Keyword"),
        mesh=tuple(_mesh(citation)),
        substances=texts_of(citation, "ChemicalList/Chemical/NameOfSubstance"),
        publication_types=texts_of(body, "PublicationTypeList/PublicationType"),
        mesh_numbers=tuple(_mesh_numbers(citation, body)),
        references=tuple(_references(data)),
        registry_numbers=tuple(dict.fromkeys(_registry_numbers(body))),
        notices=tuple(_notices(citation)),
        version=(pmid.get("Version", "") if pmid is not None else "") or citation.get("VersionID", ""),
        revised=_date(citation.find("DateRevised")) or "",
        place=place,
        format=FORMAT,
    )


def book(element: Element, place: str) -> Record:
    """The record of a ``PubmedBookArticle``: a chapter, or a book."""
    document = element.find("BookDocument")
    document = element if document is None else document
    printed = document.find("Book")
    book_title = plain_title(plain_text(printed.find("BookTitle"))) if printed is not None else ""
    chapter = plain_title(plain_text(document.find("ArticleTitle")))
    author_lists = [found for found in document.findall("AuthorList") if found.get("Type") != "editors"]
    if printed is not None and not author_lists:
        author_lists = [found for found in printed.findall("AuthorList") if found.get("Type") != "editors"]
    creators = tuple(name for found in author_lists for name in _authors(found))
    return Record(
        publication=Publication(
            title=chapter or book_title,
            authors=", ".join(creators) or None,
            creators=creators,
            journal=(book_title if chapter else text_of(printed, "Publisher/PublisherName")) or None,
            date=_date(printed.find("PubDate") if printed is not None else None),
            pages=whole_pages(_pages(document.find("Pagination"))) or None,
            doi=_first_doi(
                [*document.iterfind("ArticleIdList/ArticleId"), *(printed.iterfind("ELocationID") if printed else ())]
            ),
            pmid=text_of(document, "PMID") or None,
        ),
        abstract=tuple(_abstract(document.find("Abstract"))),
        keywords=texts_of(document, "KeywordList/Keyword"),
        publication_types=texts_of(document, "PublicationType"),
        mesh_numbers=tuple(_numbered(document.findall("PublicationType"))),
        place=place,
        format=FORMAT,
    )


def _title(body: Element) -> str:
    """The title in English where there is one, else as printed."""
    title = plain_title(plain_text(body.find("ArticleTitle")))
    return title if title.casefold() not in _NO_TITLE else plain_title(plain_text(body.find("VernacularTitle")))


def _journal(citation: Element, body: Element) -> str:
    """The journal's short name without full stops, as PubMed prints it; else its name."""
    short = text_of(citation, "MedlineJournalInfo/MedlineTA") or text_of(body, "Journal/ISOAbbreviation")
    return " ".join(short.replace(".", " ").split()) or text_of(body, "Journal/Title")


def _volume(volume: str, issue: str) -> tuple[str, str]:
    """Volume and issue, where a supplement may stand behind the volume."""
    match = _SUPPLEMENT.fullmatch(volume)
    if match is None:
        return volume, issue
    return match["volume"], f"{match['issue']} {issue}".strip()


def _pages(pagination: Element | None) -> str:
    if pagination is None:
        return ""
    start, end = text_of(pagination, "StartPage"), text_of(pagination, "EndPage")
    return text_of(pagination, "MedlinePgn") or (f"{start}-{end}" if start and end and start != end else start)


def _date(element: Element | None) -> str | None:
    """The date as exact as it is given; "2019 Nov-Dec" and "Summer" give the year."""
    if element is None:
        return None
    year, month, day = (text_of(element, tag) for tag in ("Year", "Month", "Day"))
    return _dated(year, month, day) if year else _dated_by_words(text_of(element, "MedlineDate"))


@lru_cache(maxsize=1 << 12)
def _dated_by_words(printed: str) -> str | None:
    return iso_date(printed) or first_year(printed)


@lru_cache(maxsize=1 << 14)
def _dated(year: str, month: str, day: str) -> str | None:
    border = "-" if month.isdecimal() else " "
    tries = (border.join(v for v in parts if v) for parts in ((year, month, day), (year, month), (year,)))
    return next((date for printed in tries if (date := iso_date(printed))), None) or first_year(year)


def _authors(element: Element | None) -> Iterator[str]:
    """Persons with their given names first, as PubMed's pages print them, and groups."""
    for author in element.findall("Author") if element is not None else ():
        if author.get("ValidYN") == "N":  # a form of a name that was corrected
            continue
        given, family = text_of(author, "ForeName"), text_of(author, "LastName")
        if not family:
            name = text_of(author, "CollectiveName")
        else:
            name = f"{given} {family}" if given else f"{family} {text_of(author, 'Initials')}"
            name = f"{name.strip()} {text_of(author, 'Suffix')}".replace(",", " ")
        if name := " ".join(name.split()):
            yield name


def _doi(body: Element, data: Element | None) -> str | None:
    """The article's own DOI; those of its references stand deeper."""
    own = [found for found in body.findall("ELocationID") if found.get("ValidYN") != "N"]
    return _first_doi([*own, *(each(data, "ArticleIdList/ArticleId") if data is not None else ())])


def _first_doi(elements: list[Element]) -> str | None:
    return next(
        (
            doi
            for found in elements
            if "doi" in (found.get("EIdType"), found.get("IdType")) and (doi := plain_doi(plain_text(found)))
        ),
        None,
    )


def _article_id(element: Element | None, kind: str) -> str:
    if element is None:
        return ""
    return next(
        (plain_text(found) for found in each(element, "ArticleIdList/ArticleId") if found.get("IdType") == kind), ""
    )


def _abstract(element: Element | None) -> Iterator[AbstractPart]:
    """The parts of the abstract with their labels; abstracts in another language or for laymen stand elsewhere."""
    for part in element.findall("AbstractText") if element is not None else ():
        label = " ".join(part.get("Label", "").split())
        if text := plain_text(part):
            yield AbstractPart(text=text, label="" if label.upper() in _NO_LABEL else label)


def _mesh(citation: Element) -> Iterator[MeshEntry]:
    """One entry for each qualifier; a star on either makes the heading a main topic."""
    for heading in each(citation, "MeshHeadingList/MeshHeading"):
        descriptor = heading.find("DescriptorName")
        if descriptor is None or not (name := plain_text(descriptor)):
            continue
        starred = descriptor.get("MajorTopicYN") == "Y"
        qualifiers = [(plain_text(q), q.get("MajorTopicYN") == "Y") for q in heading.findall("QualifierName")]
        for qualifier, major in qualifiers or [("", False)]:
            yield MeshEntry(descriptor=name, qualifier=qualifier, major=starred or major)


def _mesh_numbers(citation: Element, body: Element) -> Iterator[tuple[str, str]]:
    """The names of MeSH with the numbers that NLM gives beside them."""
    for heading in each(citation, "MeshHeadingList/MeshHeading"):
        yield from _numbered(heading)
    yield from _numbered(each(citation, "ChemicalList/Chemical/NameOfSubstance"))
    yield from _numbered(each(body, "PublicationTypeList/PublicationType"))


def _numbered(elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
    for found in elements:
        if _MESH_NUMBER.fullmatch(number := found.get("UI", "")):
            yield plain_text(found), number


def _registry_numbers(body: Element) -> Iterator[str]:
    for bank in each(body, "DataBankList/DataBank"):
        name = text_of(bank, "DataBankName")
        for number in texts_of(bank, "AccessionNumberList/AccessionNumber"):
            yield f"{name}/{number}" if name else number


def _notices(citation: Element) -> Iterator[tuple[str, str]]:
    """Retractions, errata, comments; the works that are cited are none."""
    for found in each(citation, "CommentsCorrectionsList/CommentsCorrections"):
        kind = found.get("RefType", "")
        what = text_of(found, "PMID") or text_of(found, "RefSource")
        if kind and kind != "Cites" and what:
            yield _NOTICES.get(kind, " ".join(_WORD.findall(kind)).lower()), what


def _references(data: Element | None) -> Iterator[Cited]:
    """The reference list in its order; what is known of a work beside its printed entry are its numbers."""
    for number, found in enumerate(data.iter("Reference") if data is not None else (), 1):
        if printed := plain_text(found.find("Citation")):
            identifiers = each(found, "ArticleIdList/ArticleId")
            doi, pmid = (
                next((plain_text(one) for one in identifiers if one.get("IdType") == kind), "")
                for kind in ("doi", "pubmed")
            )
            publication = Publication(
                title="", doi=plain_doi(doi) if doi else None, pmid=pmid if pmid.isdecimal() else None
            )
            yield Cited(printed=printed, publication=publication, number=number)
