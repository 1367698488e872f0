"""The reference list of a JATS article: what is printed of each work, and its marked parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from ..model import Publication
from .citation import parse_citation
from .dates import iso_date
from .inline_xml import plain_text
from .jats_values import child_text, doi_in, pages, people, text_without
from .kind import abstract_number_in_pages, publication_kind, split_abstract_number
from .printed_work import composed
from .record import Cited
from .values import first_year, plain_title

_CITATIONS: Final = ("mixed-citation", "element-citation", "nlm-citation", "citation")
_NAMES: Final = ("name", "string-name", "collab", "institution")

#: Numbers, which stand glued to each other behind a printed text …
_IDS: Final = ("pub-id", "object-id", "label")
#: … and what is left before one that was taken out.
_LEFT: Final = re.compile(r"[\s,;(\[]{0,9}(?:\b(?:doi|PMID|PMCID|PubMed)[\s.:;)\]]{0,9}){1,5}$", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\[?(\d{1,5})[\].]?")
#: Marks between the parts of a printed citation.
_PUNCTUATION: Final = re.compile(r"[.,;:]")


def references(article: Element) -> Iterator[Cited]:
    """The works that an article cites, in the order of its list."""
    for count, ref in enumerate(article.iterfind("back//ref"), start=1):
        label = _NUMBER.fullmatch(child_text(ref, "label") or child_text(ref, ".//label"))
        number = int(label[1]) if label else count
        for group in _works(ref):
            cited = _cited(group, number)
            if cited.printed:
                yield cited


def _works(ref: Element) -> Iterator[list[Element]]:
    """The citations of each work that an entry holds: one, or the same in two forms."""
    alternatives = ref.findall("citation-alternatives")
    for node in alternatives:
        if found := [child for child in node if child.tag in _CITATIONS]:
            yield found
    direct = [child for child in ref if child.tag in _CITATIONS]
    if {"mixed-citation", "element-citation"} == {node.tag for node in direct} and len(direct) == 2:
        yield direct
    else:
        yield from ([node] for node in direct)
    if not alternatives and not direct:
        yield from ([node] for node in ref.findall("note"))


def _cited(group: list[Element], number: int) -> Cited:
    """A cited work from one citation, or from a printed and a marked one."""
    printed = next((text for node in group if node.tag != "element-citation" and (text := _printed(node))), "")
    marked = next((node for node in group if node.tag == "element-citation"), group[0])
    publication = _publication(marked)
    if not publication.title and printed:
        read = parse_citation(printed).publication
        publication = _completed(publication, read)
    return Cited(
        printed=printed or composed(publication) or text_without(marked), publication=publication, number=number
    )


def _printed(citation: Element) -> str:
    """The text of a citation that is printed as it stands, or nothing when its parts only follow each other."""
    between = [citation.text or "", *(child.tail or "" for child in citation)]
    marked = any(child.tag in ("article-title", "source", "year", *_NAMES) for child in citation)
    if marked and not any(_PUNCTUATION.search(text) for text in between):
        return ""
    return _LEFT.sub("", text_without(citation, *_IDS)).strip()


def _publication(citation: Element) -> Publication:
    """What the marked parts of a citation say."""
    book = child_text(citation, "chapter-title") or child_text(citation, "part-title")
    title = plain_title(text_without(citation.find("article-title"), "xref") or book)
    source = child_text(citation, "source")
    if not title and source:  # a book, a web page
        title, source = plain_title(source), ""
    number, skipped = split_abstract_number(title)
    title, printed_pages, issue = title[skipped:], pages(citation), child_text(citation, "issue")
    number = number or abstract_number_in_pages(printed_pages, issue)
    year = child_text(citation, "year") or child_text(citation, "date/year")
    return Publication(
        title=title,
        kind=publication_kind(title, issue or None, printed_pages or None, number),
        creators=tuple(people(_persons(citation))),
        journal=" ".join(source.replace(".", " ").split()) or None,
        date=iso_date(f"{year} {child_text(citation, 'month')}".strip()) or first_year(year),
        volume=child_text(citation, "volume") or None,
        issue=issue or None,
        pages=printed_pages or None,
        abstract_number=number,
        doi=_doi(citation),
        pmid=_pmid(citation),
    )


def _persons(citation: Element) -> Iterator[Element]:
    """The authors of a work; editors only when it has none."""
    groups = citation.findall("person-group")
    authors = [node for node in groups if node.get("person-group-type", "author") in ("author", "allauthors")]
    for group in authors or groups or [citation]:
        for node in group:
            if node.tag == "name-alternatives":
                yield from list(node)[:1]
            elif node.tag in _NAMES:
                yield node


def _doi(citation: Element) -> str | None:
    """The DOI of a work, wherever it is marked."""
    marked = (plain_text(node) for node in citation.iter("pub-id") if node.get("pub-id-type") == "doi")
    links = (node.get("href") or plain_text(node) for node in citation.iter("ext-link"))
    comments = (plain_text(node) for tag in ("comment", "elocation-id", "object-id") for node in citation.iter(tag))
    found = [*marked, *(link for link in links if "doi" in link or link.startswith("10.")), *comments]
    return next((doi for text in found if (doi := doi_in(text))), None)


def _pmid(citation: Element) -> str | None:
    """The PubMed number of a work."""
    marked = (plain_text(node) for node in citation.iter("pub-id") if node.get("pub-id-type") == "pmid")
    return next((pmid for pmid in marked if pmid.isdecimal()), None)


def _completed(marked: Publication, read: Publication) -> Publication:
    """What is read from the printed text, where the marked parts say nothing."""
    return Publication(
        title=read.title,
        kind=read.kind,
        authors=marked.authors or read.authors,
        creators=marked.creators or read.creators,
        journal=marked.journal or read.journal,
        date=marked.date or read.date,
        volume=marked.volume or read.volume,
        issue=marked.issue or read.issue,
        pages=marked.pages or read.pages,
        abstract_number=marked.abstract_number or read.abstract_number,
        doi=marked.doi or read.doi,
        pmid=marked.pmid or read.pmid,
    )
