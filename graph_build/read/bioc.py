"""BioC, the format of text mining, as XML and as JSON: the title, the abstract, the cited works.

A document is a list of passages, each with its kind among its "infons".  The annotations and
their offsets are ignored: what is recognised here is recognised in our own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from ..model import Publication
from .abstract_parts import abstract_parts
from .dates import iso_date
from .fault import Fault
from .json_objects import objects
from .person import person
from .printed_work import composed
from .pubmed_citation import is_citation, parse_citation_line
from .record import AbstractPart, Cited, Record
from .values import first_year, plain_doi, plain_title, whole_pages
from .xml_slices import Cut, parse, slices

XML_FORMAT: Final = "bioc-xml"
JSON_FORMAT: Final = "bioc-json"

_NAME: Final = re.compile(
    r"(?:surname:(?P<surname>[^;]*)|given-names:(?P<given>[^;]*)|suffix:(?P<suffix>[^;]*)|[^;]*)(?:;|$)"
)
#: A title of more words is no title.
_TITLE_WORDS: Final = 60


@dataclass(frozen=True, slots=True)
class _Passage:
    """A piece of a document: what it is, and its text."""

    infons: Mapping[str, str]
    text: str

    @property
    def kind(self) -> str:
        """The kind of passage, in small letters: "title", "abstract", "abstract_title_1", "ref" …"""
        return self.infons.get("type", "").lower()

    @property
    def section(self) -> str:
        """The part of the article that the passage belongs to, where it is said."""
        return (self.infons.get("section_type") or self.infons.get("section") or "").lower()


def recognises_xml(head: str) -> int:
    """How sure the beginning of a file shows BioC as XML, from 0 to 10.

    >>> recognises_xml("<!DOCTYPE collection SYSTEM 'BioC.dtd'><collection>"), recognises_xml("<collection><book>")
    (9, 0)
    """
    head = head.lstrip("\ufeff \r\n\t")
    signs = ("BioC.dtd", "<passage>", "<passage ", "<infon ")
    return 9 if head.startswith("<") and "<collection" in head and any(sign in head for sign in signs) else 0


def recognises_json(head: str) -> int:
    """How sure the beginning of a file shows BioC as JSON, from 0 to 10.

    >>> recognises_json('{"PubTator3": [{"id": "1", "passages": [{"infons": {}, "text": ""}]}]}'), recognises_json("{}")
    (9, 0)
    """
    head = head.lstrip("\ufeff \r\n\t")
    return 9 if head[:1] in ("{", "[") and '"passages"' in head and '"infons"' in head else 0


def read_xml(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The documents of a file of BioC XML; memory holds one."""
    for found in slices(stream, ("document",), ("collection",)):
        place = f"line {found.line}"
        if isinstance(found, Cut):
            yield Fault(name, place, found.reason)
            continue
        try:
            element = parse(found)
        except ValueError as error:
            where, _, reason = str(error).partition(": ")
            yield Fault(name, where, reason)
            continue
        passages = [_Passage(_infons(node), _passage_text(node)) for node in element.iterfind("passage")]
        infons = {**_infons(element), "id": (element.findtext("id") or "").strip()}
        yield _record(infons, passages, name, place, XML_FORMAT)


def read_json(stream: BinaryIO, name: str) -> Iterator[Record | Fault]:
    """The documents of a file of BioC JSON: a collection, several, or a document a line; memory holds one."""
    for number, (line, found) in enumerate(objects(stream, "passages"), start=1):
        place = f"line {line} (document {number})"
        if isinstance(found, str):
            yield Fault(name, place, found)
            continue
        passages = found.get("passages")
        if not isinstance(passages, list):
            yield Fault(name, place, 'the document has no list of "passages"')
            continue
        read = [_Passage(_strings(node.get("infons")), _json_text(node)) for node in passages if isinstance(node, dict)]
        infons = {**_strings(found.get("infons")), **_strings(found)}
        yield _record(infons, read, name, place, JSON_FORMAT)


# -- what a passage holds ----------------------------------------------------------


def _infons(element: Element) -> dict[str, str]:
    """What an element of BioC XML says of itself."""
    nodes = [*element.iterfind("infon"), *element.iterfind("infons/infon")]
    return {key: " ".join((node.text or "").split()) for node in nodes if (key := node.get("key"))}


def _passage_text(passage: Element) -> str:
    """The text of a passage, or of its sentences; that of annotations stands deeper."""
    own = " ".join((passage.findtext("text") or "").split())
    return own or " ".join(" ".join((node.text or "").split()) for node in passage.iterfind("sentence/text"))


def _json_text(passage: Mapping[str, Any]) -> str:
    """The same for a passage of JSON."""
    text = passage.get("text")
    if isinstance(text, str) and text.strip():
        return " ".join(text.split())
    sentences = passage.get("sentences")
    found = (node.get("text") for node in sentences if isinstance(node, dict)) if isinstance(sentences, list) else ()
    return " ".join(" ".join(sentence.split()) for sentence in found if isinstance(sentence, str))


def _strings(values: object) -> dict[str, str]:
    """The values of an object that can be read as text."""
    if not isinstance(values, dict):
        return {}
    plain = {key: str(value).strip() for key, value in values.items() if isinstance(value, str | int)}
    if isinstance(authors := values.get("authors"), list):
        plain["authors"] = ", ".join(author for author in authors if isinstance(author, str))
    return plain


# -- from passages to a record -------------------------------------------------------


def _record(
    document: Mapping[str, str], passages: list[_Passage], name: str, place: str, written_as: str
) -> Record | Fault:
    """The record of a document."""
    title, head = _title(passages)
    infons = {**document, **{key: value for key, value in head.items() if value}}
    publication = replace(_source(infons, title), creators=tuple(_authors(infons)), pmid=_pmid(document, head))
    if not (publication.title or publication.doi or publication.pmid):
        return Fault(name, place, "the document has no title, DOI or PMID, so it belongs to no publication")
    return Record(
        publication=publication,
        abstract=tuple(_abstract(passages)),
        keywords=_keywords(infons),
        references=tuple(_references(passages)),
        place=place,
        format=written_as,
    )


def _title(passages: list[_Passage]) -> tuple[str, Mapping[str, str]]:
    """The title, and what its passage says of the article."""
    named = (passage for passage in passages if passage.kind in ("title", "front") or passage.section == "title")
    first = next(named, None)
    if first is None and len(passages) > 1 and not passages[0].kind and not passages[0].section:
        first = passages[0]  # no passage says what it is
    if first is None:
        return "", passages[0].infons if passages else {}
    title = plain_title(first.text)
    return (title if len(title.split()) <= _TITLE_WORDS else ""), first.infons


def _abstract(passages: list[_Passage]) -> Iterator[AbstractPart]:
    """The paragraphs of the abstract; a passage that is its heading is their label."""
    label = ""
    for at, passage in enumerate(passages):
        untyped = not passage.kind and not passage.section and (at > 0 or len(passages) == 1)
        if not (passage.kind.startswith("abstract") or passage.section == "abstract" or untyped):
            continue
        if "title" in passage.kind:
            label = passage.text.rstrip(": ")
            label = "" if label.casefold() in ("abstract", "summary") else label
        elif label and passage.text:
            yield AbstractPart(text=passage.text, label=label)
            label = ""
        else:
            yield from abstract_parts(passage.text)


def _source(infons: Mapping[str, str], title: str) -> Publication:
    """Where the article appeared: PubTator prints a citation, PubMed Central single values."""
    printed = infons.get("journal", "")
    doi = plain_doi(infons.get("article-id_doi", "") or infons.get("doi", ""))
    for citation in (printed, f"{printed}."):
        if is_citation(citation):
            read = parse_citation_line(citation, title)
            return replace(
                read, doi=plain_doi(infons.get("article-id_doi", "") or infons.get("doi", "")) or read.doi, pmid=None
            )
    first, last = infons.get("fpage", ""), infons.get("lpage", "")
    pages = f"{first}-{last}" if first and last and first != last else first or infons.get("elocation-id", "")
    dates = (iso_date(infons.get("date", "")[:10]), iso_date(infons.get("year", "")))
    return Publication(
        title=title,
        journal=" ".join(re.split(r"[;.]\s|;$", printed)[0].split()) or infons.get("journal-title") or None,
        date=next((date for date in dates if date), None),
        volume=infons.get("volume") or None,
        issue=infons.get("issue") or None,
        pages=whole_pages(pages) or None,
        doi=next(
            (doi for key in ("article-id_doi", "doi", "journal") if (doi := plain_doi(infons.get(key, "")))), None
        ),
    )


def _pmid(document: Mapping[str, str], head: Mapping[str, str]) -> str | None:
    """The PubMed number; a document of PubMed Central has another number as its id."""
    for value in (head.get("article-id_pmid"), document.get("article-id_pmid"), document.get("pmid")):
        if value and value.isdecimal():
            return value
    first, bar, _ = document.get("_id", "").partition("|")
    if bar:
        return first if first.isdecimal() else None
    number = document.get("id", "")
    central = (head.get("article-id_pmc") or document.get("article-id_pmc") or document.get("pmcid") or "").upper()
    of_central = head.get("type") == "front" or central.removeprefix("PMC") == number
    return number if number.isdecimal() and len(number) <= 8 and not of_central else None


def _authors(infons: Mapping[str, str]) -> Iterator[str]:
    """The authors, in one list or one by one."""
    listed = [name for part in infons.get("authors", "").split(",") if (name := " ".join(part.split()))]
    yield from listed or _names(infons)


def _names(infons: Mapping[str, str]) -> Iterator[str]:
    """The persons "name_0", "name_1" …"""
    keys = [key for key in infons if re.fullmatch(r"name_\d{1,5}", key)]
    for key in sorted(keys, key=lambda key: int(key.removeprefix("name_"))):
        parts: dict[str, str] = {}
        for found in _NAME.finditer(infons[key]):
            parts |= {part: value.strip() for part, value in found.groupdict().items() if value}
        if name := person(parts.get("surname", ""), parts.get("given", ""), parts.get("suffix", "")):
            yield name


def _keywords(infons: Mapping[str, str]) -> tuple[str, ...]:
    """The keywords, where they can be told apart; PubMed Central puts spaces between them only."""
    listed = infons.get("kwd", "")
    border = next((mark for mark in (";", ",") if mark in listed), None)
    return tuple(dict.fromkeys(word for part in listed.split(border) if (word := part.strip()))) if border else ()


def _references(passages: list[_Passage]) -> Iterator[Cited]:
    """The cited works, where the document has them as passages with their data."""
    for number, passage in enumerate((passage for passage in passages if passage.kind == "ref"), start=1):
        infons = passage.infons
        first, last = infons.get("fpage", ""), infons.get("lpage", "")
        year = infons.get("year", "")
        work = Publication(
            title=plain_title(passage.text),
            creators=tuple(_names(infons)),
            journal=" ".join(infons.get("source", "").replace(".", " ").split()) or None,
            date=iso_date(year) or first_year(year),
            volume=infons.get("volume") or None,
            issue=infons.get("issue") or None,
            pages=whole_pages(f"{first}-{last}" if first and last and first != last else first) or None,
            doi=plain_doi(infons.get("pub-id_doi", "")),
            pmid=pmid if (pmid := infons.get("pub-id_pmid", "")).isdecimal() else None,
        )
        if printed := composed(work):
            yield Cited(printed=printed, publication=work, number=number)
