"""The body of an efetch answer, cut into its records; whatever is not whole is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import ParseError, fromstring

from ..http_tries import Again, one_line

#: A record: neither element can stand within another.
_RECORD: Final = re.compile(rb"<(PubmedArticle|PubmedBookArticle)(?:\s[^>]*)?>.*?</\1\s*>", re.DOTALL)
_ROOT: Final = re.compile(rb"<PubmedArticleSet(?:\s[^>]*)?(/?)>")
_END: Final = re.compile(rb"</PubmedArticleSet\s*>\s*\Z")
_ERROR: Final = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL | re.IGNORECASE)
_DECLARED: Final = re.compile(rb"\A\s*<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)[\"']")
#: Where a record has its number; a book's record has it elsewhere.
_NUMBERS: Final = ("MedlineCitation/PMID", "BookDocument/PMID")


def error_in(body: bytes) -> str:
    """What an answer says of an error, whatever its status; empty when it says nothing of one.

    >>> error_in(b"<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>")
    'Unable to obtain query #1'
    """
    found = _ERROR.search(body)
    return one_line(found[1].decode("utf-8", errors="replace")) if found and found[1].strip() else ""


def cut(body: bytes) -> dict[str, bytes]:
    """The records of an answer by their PMID, each as it was sent.

    >>> cut(b"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID></MedlineCitation></PubmedArticle>"
    ...     b"</PubmedArticleSet>").keys()
    dict_keys(['7'])

    Raises :class:`Again` for an answer that is cut off, broken, or something else.
    """
    root = _ROOT.search(body)
    if root is None:
        raise Again("answers with something that is no PubMed XML")
    declared = _DECLARED.match(body)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise Again(f"answers in {declared[1].decode()} instead of UTF-8")
    if root[1]:
        return {}
    if not _END.search(body):
        raise Again("its answer was cut off")
    records = list(records_in(body))
    if body.count(b"<PubmedArticle>") + body.count(b"<PubmedBookArticle>") > len(records):
        raise Again("its answer was cut off within a record")
    return {number_of(record): record for record in records}


def records_in(body: bytes) -> Iterator[bytes]:
    """The records of a body, unread."""
    return (found[0] for found in _RECORD.finditer(body))


def number_of(record: bytes) -> str:
    """The PMID of a record.

    Raises :class:`Again` when the record is not well-formed, or has none.
    """
    try:
        element = fromstring(record)  # noqa: S314  it has no document type, so nothing that could be expanded
    except ParseError as error:
        raise Again(f"a record of its answer is not well-formed ({error})") from error
    number = next((text for path in _NUMBERS if (text := (element.findtext(path) or "").strip())), "")
    if not number.isdecimal():
        raise Again("a record of its answer has no PMID")
    return number
