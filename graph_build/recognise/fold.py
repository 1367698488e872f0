"""Text without the differences that mean nothing, with a way back to every character.

``HER-2``, ``Her 2`` and ``HER2`` fold to the same string; the map tells where each
folded character came from, so no offset ever shifts (one Roman numeral character may
become two letters, a hyphen none).
"""

from __future__ import annotations

import unicodedata
from array import array
from dataclasses import dataclass
from typing import Final

#: Hyphens and dashes in all their Unicode forms, soft hyphen included.
HYPHENS: Final = "-\u00ad\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
#: The same for the inside of a regex's brackets.
DASHES: Final = HYPHENS.replace("-", r"\-")
#: Quotation marks: `HER2 "positivity"` is HER2 positivity.
QUOTES: Final = '"“”„«»'
_DROPPED: Final = frozenset(HYPHENS + QUOTES)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the index in the original."""

    text: str
    origin: array[int]


def is_dropped(char: str) -> bool:
    """Whether folding leaves this character out."""
    return char in _DROPPED or char.isspace()


def fold(text: str) -> Folded:
    """Fold a text: NFKC, case-folded, without spaces, hyphens and quotation marks.

    >>> folded = fold("Phase Ⅱ of Her-2")
    >>> folded.text, [folded.origin[i] for i in (5, 6, 9)]
    ('phaseiiofher2', [6, 6, 11])
    """
    if text.isascii():  # most text; NFKC changes nothing in it
        lower = text.lower()
        kept = [i for i, c in enumerate(lower) if not is_dropped(c)]
        return Folded("".join([lower[i] for i in kept]), array("q", kept))
    chars: list[str] = []
    origin = array("q")
    for index, char in enumerate(text):
        if is_dropped(char):
            continue
        for folded in unicodedata.normalize("NFKC", char).casefold():
            if not is_dropped(folded):
                chars.append(folded)
                origin.append(index)
    return Folded("".join(chars), origin)


def squeeze(text: str) -> str:
    """The text without dropped characters, case kept: what exact-case names compare.

    >>> squeeze("c-MET gene")
    'cMETgene'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not is_dropped(c))
