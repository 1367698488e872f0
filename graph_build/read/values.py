"""Values of records as they go into a text: one line, NFC, without control characters."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from ..model import ReadError

#: A value that is longer is no title, keyword or paragraph.
MAX_VALUE: Final = 100_000

# Controls, halves of characters, characters for private use at the end of a plane.
_NEVER: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\ufeff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_BARE_DOI: Final = re.compile(r"10\.\d{4,9}/\S+")
_YEAR: Final = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_RANGE: Final = re.compile(
    r"(?P<prefix>[A-Za-z]{0,5})(?P<first>\d{1,9})\s?[-–]\s?(?P<again>[A-Za-z]{0,5})(?P<last>\d{1,9})"
)


def clean(value: str, *, limit: int = MAX_VALUE) -> str:
    """A value on one line, in NFC, without control characters.

    >>> clean(" HER2\\n  in\\u00a0lung\\x07 cance\\u0301r ")
    'HER2 in lung cancér'

    Raises :class:`~graph_build.model.ReadError` for bytes that were not UTF-8, and a value beyond ``limit``.
    """
    value = " ".join(value.split())
    if value.isascii() and len(value) <= limit and value.isprintable():
        return value  # as most are
    if not value.isprintable():
        if match := _SURROGATE.search(value):
            raise ReadError(f"byte 0x{ord(match.group()) & 0xFF:02x} is not UTF-8; save the file as UTF-8")
        value = " ".join(_NEVER.sub("", value).split())
    if len(value) > limit:
        raise ReadError(f"a value has {len(value):,} characters; expected {limit:,} at most")
    return unicodedata.normalize("NFC", value)


def plain_title(title: str) -> str:
    """A title without its final full stop, and without the brackets that mark a translation.

    >>> plain_title("[Is HER2 a target?]."), plain_title("[18F]FDG in lung cancer."), plain_title("HER2 [a review].")
    ('Is HER2 a target?', '[18F]FDG in lung cancer', 'HER2 [a review]')
    """
    title = " ".join(title.split()).rstrip(". ")
    if title.startswith("[") and title.endswith("]"):
        depth = 0
        for at, character in enumerate(title):
            depth += (character == "[") - (character == "]")
            if not depth:
                return title[1:-1].strip().rstrip(". ") if at == len(title) - 1 else title
    return title


def plain_doi(value: str) -> str | None:
    """A DOI in lower case, ``None`` for what is none.

    >>> plain_doi("doi:10.1000/ABC"), plain_doi("S0140-6736(24)00001-2")
    ('10.1000/abc', None)
    """
    match = _BARE_DOI.search(value)
    return match.group().rstrip(".,;").lower() if match else None


def whole_pages(pages: str) -> str:
    """A page range with both numbers in full, as PubMed's pages print it.

    >>> whole_pages("710-8"), whole_pages("e12-5"), whole_pages("S358-61; quiz S362"), whole_pages("101996")
    ('710-718', 'e12-e15', 'S358-S361; quiz S362', '101996')
    """
    match = _RANGE.match(pages)
    if match is None:
        return pages
    first, last = match["first"], match["last"]
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{match['prefix']}{first}-{match['again'] or match['prefix']}{last}{pages[match.end() :]}"


def first_year(printed: str) -> str | None:
    """The first year in a printed date that has no other form.

    >>> first_year("1998 Dec-1999 Jan"), first_year("Winter")
    ('1998', None)
    """
    match = _YEAR.search(printed)
    return match.group() if match else None
