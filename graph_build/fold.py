"""Text without the differences that mean nothing, with a way back to every character.

``HER-2``, ``Her 2`` and ``HER2`` fold to the same string; the map tells where each
folded character came from, so no offset ever shifts (one Roman numeral character may
become two letters, a hyphen none).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress, repeat
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
    origin: Sequence[int]


def is_dropped(char: str) -> bool:
    """Whether folding leaves this character out."""
    return char in _DROPPED or char.isspace()


def fold(text: str) -> Folded:
    """Fold a text: NFKC, case-folded, without spaces, hyphens and quotation marks.

    >>> folded = fold("Phase Ⅱ of Her-2")
    >>> folded.text, [folded.origin[i] for i in (5, 6, 9)]
    ('phaseiiofher2', [6, 6, 11])
    """
    plain = text
    if not text.isascii():
        for char in set(_NOT_ASCII.findall(text)):
            folded = _fold_one(char)
            if len(folded) > 1 or folded != folded.lower() or (folded and folded != _fold_one(folded)):
                return _slowly_folded(text)
            plain = plain.replace(char, folded or "-")  # a hyphen is left out too
    kept = plain.encode("ascii", "replace").translate(_KEPT)
    bare = "".join(plain.lower().split()).replace("-", "").replace('"', "")
    return Folded(bare, list(compress(range(len(text)), kept)))


_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")
#: For each ASCII character whether folding keeps it.
_KEPT: Final = bytes(not is_dropped(chr(code)) for code in range(256))


@lru_cache(maxsize=1 << 14)
def _fold_one(char: str) -> str:
    """What a character folds to: nothing, itself, another, or several."""
    folded = "" if is_dropped(char) else unicodedata.normalize("NFKC", char).casefold()
    return "".join(c for c in folded if not is_dropped(c))


def _slowly_folded(text: str) -> Folded:
    """A text with characters that fold to several, such as "Ⅱ" and "™"."""
    folded = [_fold_one(char) for char in text]
    origin = chain.from_iterable(map(repeat, range(len(text)), map(len, folded)))
    return Folded("".join(folded), list(origin))


def squeeze(text: str) -> str:
    """The text without dropped characters, case kept: what exact-case names compare.

    >>> squeeze("c-MET gene")
    'cMETgene'
    """
    return "".join(c for c in unicodedata.normalize("NFKC", text) if not is_dropped(c))
