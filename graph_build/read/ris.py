"""RIS, the exchange format of reference managers and databases, in the dialects seen.

PubMed, Zotero, Embase, Ovid, Scopus, Web of Science, ProQuest and EndNote use the same tags
for different things; what a tag holds is decided by what stands in it.  The parser is our
own: rispy 0.10 loses the records of files with other spacing, CR line ends or no ER,
and reads the whole file before it gives the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from urllib.parse import unquote

from ..model import Publication, PublicationKind
from .abstract_parts import abstract_parts
from .any_lines import any_lines
from .dates import iso_date
from .fault import Fault
from .person import read_name
from .record import MeshEntry, Record
from .ris_tags import Fields, split_records, split_tag
from .scopus_references import scopus_references
from .subheadings import SUBHEADINGS
from .values import plain_doi, plain_title, whole_pages

FORMAT: Final = "ris"

_NEWLINE: Final = re.compile(r"\r\n|\r|\n")

# A number as PubMed's: "[pmid]" behind it, "PMID:" before it, an address that ends with it.
_PMID_SAID: Final = re.compile(
    r"(?:\bPMID:?\s{0,3}|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|\bMEDLINE:)(?P<said>\d{1,8})\b|\b(?P<marked>\d{1,8})\s?\[pmid\]",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d{1,8}")
_OF_PUBMED: Final = re.compile(r"pubmed|medline|\bnlm\b", re.IGNORECASE)

_DATE_PARTS: Final = re.compile(r"(?P<year>(?:18|19|20)\d\d)(?:/(?P<month>\w{0,9}))?(?:/(?P<day>\d{0,2}))?(?:/.*)?")
_YEAR: Final = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")

# "e16881", "101996", "ARTN 101996", "Article 5"; page fields hold words too ("No Pagination Specified").
_ARTICLE_NUMBER: Final = re.compile(
    r"(?:(?:artn|article|art\.?|unsp|no\.)\s)?(?P<number>[A-Za-z]{0,5}\d[\w.-]{0,14})", re.IGNORECASE
)
_PAGE: Final = re.compile(r"(?:pp?\.?\s?)?(?P<page>[A-Za-z.]{0,8}\d[^;]{0,40}|[ivxlc]{1,8}(?:[-–][ivxlc]{1,8})?)")
_LOOSE_NUMBER: Final = re.compile(r"[eE]?\d{4,8}")
_LOOSE_ISSUE: Final = re.compile(r"\d{1,3}")

#: Kinds of congress abstracts, as M3 and TY name them.
_ABSTRACT_TYPES: Final = frozenset({"conference abstract", "meeting abstract", "meeting abstracts"})
# A type of publication is some words, not a code, an address or a DOI.
_TYPE: Final = re.compile(r"[A-Za-z][A-Za-z ,;'&.-]{2,80}")


def recognises(head: str) -> int:
    """How sure the beginning of a file shows RIS, from 0 to 10.

    >>> recognises("TY  - JOUR\\nTI  - A title\\nER  -"), recognises("PMID- 1\\nTI  - A title"), recognises("Text")
    (10, 0, 0)
    """
    lines = _NEWLINE.split(head.replace("\0", "").lstrip("\ufeff"))
    fields = [found for line in lines[:2000] if (found := split_tag(line))]
    tags = [tag for tag, _ in fields]
    if any(tag == "TY" and re.fullmatch(r"[A-Z]{3,8}", value) for tag, value in fields):
        return 10 if len(tags) > 1 else 8
    if re.search(r"^(?:PMID|OWN|STAT)\s?-", head, re.MULTILINE):
        return 0
    return 5 if len(set(tags)) > 3 and {"TI", "T1"}.intersection(tags) and "ER" in tags else 0


def read(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The records of a file."""
    for fields in split_records(any_lines(stream, name)):
        yield read_fields(fields, name, FORMAT)


def read_fields(fields: Fields, name: str, written_as: str) -> Record | Fault:
    """The record of some fields, or why there is none."""
    place = f"line {fields.line}"
    if fields.too_long:
        return Fault(name, place, "the record has no end within 20,000,000 characters; expected a line ER")
    record = _record(fields, place, written_as)
    if record.publication.title or record.publication.doi or record.publication.pmid:
        return record
    return Fault(name, place, "the record has no title, DOI or PMID, so it belongs to no publication")


def _record(fields: Fields, place: str, written_as: str) -> Record:
    """The record of some fields."""
    types = _types(fields)
    keywords, mesh = _keywords(fields)
    issue = fields.first("IS", "CP")
    pages = _pages(fields)
    if not issue and _LOOSE_ISSUE.fullmatch(loose := fields.first("M1")):
        issue = loose
    publication = Publication(
        title=plain_title(fields.first("TI", "T1", "CT", "BT", "ST")),
        kind=_kind(fields, types),
        creators=tuple(_creators(fields)),
        journal=_journal(fields),
        date=_date(fields),
        volume=fields.first("VL", "VO") or None,
        issue=issue or None,
        pages=pages or None,
        doi=_doi(fields),
        pmid=_pmid(fields),
    )
    return Record(
        publication=publication,
        abstract=abstract_parts(max(fields.all("AB", "N2"), key=len, default="")),
        keywords=keywords,
        mesh=mesh,
        publication_types=types,
        references=tuple(scopus_references(fields.values.get("N1", ()))),
        place=place,
        format=written_as,
    )


def _creators(fields: Fields) -> Iterator[str]:
    """The authors, one by one; some files write them all in one field."""
    for value in fields.each_line("AU") or fields.each_line("A1"):
        for name in value.split(";"):
            if found := read_name(name):
                yield found


def _journal(fields: Fields) -> str | None:
    """The journal's short name without full stops, as PubMed prints it; else its name."""
    book = "BT" if fields.first("TI", "T1") else "T3"
    short = fields.first("J2", "JA", "JI", "JO", "J1")
    return " ".join(short.replace(".", " ").split()) or fields.first("JF", "T2", "SO", "J9", book) or None


def _date(fields: Fields) -> str | None:
    """The date of publication, as exact as the file says it for the year it names first."""
    found = [date for value in fields.all("PY", "Y1", "DA") if (date := read_date(value))]
    if not found:
        return None
    year = found[0][:4]
    found += [date for value in fields.all("DA") if (date := iso_date(f"{year} {value.title()}"))]  # "JAN 20"
    return max((date for date in found if date.startswith(year)), key=len)


def read_date(value: str) -> str | None:
    """The ISO form of a date in RIS, ``None`` for what is none.

    >>> [read_date(value) for value in ("2019/07/24/", "2019/10//undefined", "2019///", "2014//", "2020/Jun/15")]
    ['2019-07-24', '2019-10', '2019', '2014', '2020-06-15']
    >>> [read_date(value) for value in ("2019 Mar 9", "c2018", "2019/13/45", "20190309", "in press")]
    ['2019-03-09', '2018', '2019', '2019-03-09', None]
    """
    if re.fullmatch(r"(?:19|20)\d{6}", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if parts := _DATE_PARTS.fullmatch(value):
        year, month, day = parts["year"], parts["month"] or "", parts["day"] or ""
        border = "-" if month.isdecimal() else " "
        for printed in (f"{year}{border}{month}{border}{day}", f"{year}{border}{month}"):
            if month and (date := iso_date(printed.rstrip("- "))):
                return date
        return year
    year_only = _YEAR.search(value)
    return iso_date(value) or (year_only.group() if year_only else None)


def _pages(fields: Fields) -> str:
    """The pages, a range in full, or the number of the article that has none."""
    first, last = (_page(fields.first(tag)) for tag in ("SP", "EP"))
    if first and last and re.search(r"[-–]", last) and last.startswith(first):
        first, last = last, ""
    if first and last and last != first and not re.search(r"[-–]\w", first):
        return whole_pages(f"{first.rstrip('-–')}-{last}")
    if first or last:
        return whole_pages((first or last).rstrip("-–+ "))
    number = _ARTICLE_NUMBER.fullmatch(fields.first("C7"))
    if number:
        return number["number"]
    loose = fields.first("M1")
    return loose if _LOOSE_NUMBER.fullmatch(loose) else ""


def _page(value: str) -> str:
    """A page, or nothing for words such as "No" and "Specified"."""
    if number := _ARTICLE_NUMBER.fullmatch(value):
        return number["number"]
    match = _PAGE.fullmatch(value)
    return match["page"].strip() if match else ""


def _doi(fields: Fields) -> str | None:
    """The DOI, from its own field or from an address."""
    for value in fields.all("DO", "DI"):
        if doi := plain_doi(unquote(value)):
            return doi
    for value in fields.all("UR", "L1", "L2", "L3", "L4", "LK", "M3"):
        if (re.search(r"\bdoi\.org/|^10\.\d{4}", value)) and (doi := plain_doi(unquote(value))):
            return doi
    return None


def _pmid(fields: Fields) -> str | None:
    """The PubMed number, which no tag is meant for."""
    noted = [line for line in fields.each_line("N1") if line.upper().startswith("PMID")]  # others speak of other works
    for value in [*fields.all("PM", "AN", "U1", "U2", "U3", "U4", "UR", "L2", "ID"), *noted]:
        if said := _PMID_SAID.search(value[:500]):
            return said["said"] or said["marked"]
    sources = " ".join(fields.all("DB", "DP"))
    candidates = fields.all("PM")
    if re.search(r"scopus", sources, re.IGNORECASE):
        candidates += fields.all("C2")
    if _OF_PUBMED.search(sources):
        candidates += fields.all("C5") if re.search(r"embase", sources, re.IGNORECASE) else fields.all("AN", "ID", "C5")
    return next((value for value in candidates if _NUMBER.fullmatch(value)), None)


def _types(fields: Fields) -> tuple[str, ...]:
    """The types of publication."""
    values = (part.strip() for line in fields.each_line("M3") for part in line.split(";"))
    return tuple(value for value in values if _TYPE.fullmatch(value))


def _kind(fields: Fields, types: tuple[str, ...]) -> PublicationKind:
    """A congress abstract when the file says so; else what title and types show later."""
    said = {value.casefold() for value in types}
    is_abstract = fields.first("TY") == "ABST" or said & _ABSTRACT_TYPES
    return PublicationKind.ABSTRACT if is_abstract else PublicationKind.ARTICLE


def _keywords(fields: Fields) -> tuple[tuple[str, ...], tuple[MeshEntry, ...]]:
    """The keywords, and the MeSH headings among them that show themselves by a subheading."""
    keywords: list[str] = []
    mesh: list[MeshEntry] = []
    for line in (*fields.each_line("KW"), *fields.all("DE")):
        for value in line.split(";"):
            descriptor, *qualifiers = (part.strip() for part in value.split("/"))
            if descriptor.strip("*") and qualifiers and all(part.strip("*") in SUBHEADINGS for part in qualifiers):
                major = descriptor.startswith("*")
                mesh += (
                    MeshEntry(descriptor=descriptor.strip("*"), qualifier=part.strip("*"), major=major or "*" in part)
                    for part in qualifiers
                )
            elif (keyword := value.strip().strip("*").strip()) and keyword not in keywords:
                keywords.append(keyword)
    return tuple(keywords), tuple(mesh)
