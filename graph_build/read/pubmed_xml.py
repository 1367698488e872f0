"""PubMed's XML: baseline and update files, what efetch gives, single articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element

from .fault import Fault
from .pubmed_article import article, book
from .streams import Deletion, Item
from .xml_slices import Cut, parse, slices

_TAGS: Final = ("PubmedArticle", "PubmedBookArticle", "DeleteCitation", "DeleteDocument", "MedlineCitation")
_ROOTS: Final = ("PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet")

# The number of a record that is not well-formed.
_NUMBER: Final = re.compile(rb"<PMID[^<>]{0,99}>\s?(\d{1,9})\s?</PMID>")


def recognises(head: str) -> int:
    """Whether a file begins as PubMed's XML does.

    >>> recognises('<?xml version="1.0"?><PubmedArticleSet>'), recognises("<PubmedArticle>"), recognises("<article>")
    (10, 10, 0)
    """
    begins = head.lstrip().startswith("<")
    return 10 if begins and any(f"<{tag}" in head for tag in (*_ROOTS, *_TAGS)) else 0


def read(stream: BinaryIO, name: str) -> Iterator[Item]:
    """The records of a file, one after the other; memory holds one."""
    for found in slices(stream, _TAGS, _ROOTS):
        if isinstance(found, Cut):
            yield Fault(name, f"line {found.line}", found.reason)
            continue
        try:
            element = parse(found)
        except ValueError as error:
            place, _, reason = str(error).partition(": ")
            number = _NUMBER.search(found.data)
            yield Fault(name, place + (f" (PMID {number[1].decode()})" if number else ""), reason)
            continue
        place = f"line {found.line}"
        if found.tag.startswith("Delete"):
            numbers = ((deleted.text or "").strip() for deleted in element.iter("PMID"))
            yield from (Deletion(pmid=number, place=place) for number in numbers if number)
            continue
        place += f" (PMID {pmid})" if (pmid := _pmid(element)) else ""
        yield book(element, place) if found.tag == "PubmedBookArticle" else article(element, place)


def _pmid(element: Element) -> str:
    """The record's own number, which stands before those of others."""
    found = element if element.tag == "PMID" else next(element.iter("PMID"), None)
    return (found.text or "").strip() if found is not None else ""
