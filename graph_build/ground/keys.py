"""What two spellings of a name have in common: a key, made of the words of a text.

Names of vocabularies begin and end at words, so a text is cut into words once and every run of a few words is looked
up in a dictionary.  The automaton that finds the names of the lexicon would need as much memory again as all the
vocabularies, and a fifth more time to load (``docs/vocabularies.md``).
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ..fold import HYPHENS, QUOTES

#: Signs that part words or mark names and are no part of them.
_DROPPED: Final = frozenset(HYPHENS + QUOTES + "®™©_*†‡")
_WORD: Final = re.compile(r"[^\W_]+|[^\s]")
#: British spellings, from the left of a word to its right, and the American ones that most vocabularies use.
_SPELLING: Final = (
    ("tumour", "tumor"), ("aem", "em"), ("oesoph", "esoph"), ("oedem", "edem"), ("oestr", "estr"), ("oeal", "eal"),
    ("rrhoea", "rrhea"), ("gynaec", "gynec"), ("paed", "ped"), ("sulph", "sulf"),
)  # fmt: skip
_GREEK: Final = str.maketrans(
    dict(zip("αβγδεκλω", ("alpha", "beta", "gamma", "delta", "epsilon", "kappa", "lambda", "omega"), strict=True))
)


#: What keys leave out of ASCII text: all dropped signs and white space.
_DELETED: Final = {ord(c): None for c in (*_DROPPED, *" \t\n\r\f\v")}


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign of a text: where it stands and what it counts as (nothing, for a hyphen)."""

    start: int
    end: int
    key: str

    @property
    def is_word(self) -> bool:
        """Whether a name may begin and end here."""
        return self.key[:1].isalnum()


@lru_cache(maxsize=1 << 16)
def word_key(word: str) -> str:
    """A word without case, accents and British spelling.

    >>> word_key("Sjögren"), word_key("Tumours"), word_key("β2"), word_key("-")
    ('sjogren', 'tumors', 'beta2', '')
    """
    if word in _DROPPED:
        return ""
    if word.isascii():
        plain = word.lower()
    else:
        parts = unicodedata.normalize("NFKD", word).casefold().translate(_GREEK)
        plain = "".join(c for c in parts if not unicodedata.combining(c)).replace("’", "'")
    for british, american in _SPELLING:
        if british in plain:
            plain = plain.replace(british, american)
    return plain


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words and signs of a text, in order."""
    found = _WORD.finditer(text, start, len(text) if end is None else end)
    return [Word(match.start(), match.end(), word_key(match[0])) for match in found]


def name_key(name: str) -> str:
    """The key of a name, its last word in the singular.

    >>> name_key("Non-Small-Cell Lung Carcinomas") == name_key("non small cell lung carcinoma")
    True
    """
    if name.isascii():  # nearly all of a million
        plain = name.strip().lower()
        if "ae" in plain or "oe" in plain or "tumour" in plain or "sulph" in plain or "paed" in plain:
            for british, american in _SPELLING:
                plain = plain.replace(british, american)
        key = plain.translate(_DELETED)
        last = _last(key, plain) if plain.endswith("s") else ""
        return key[: -len(last)] + singular(last, name.strip()) if last else key
    found = [word for word in words(name) if word.key]
    if not found:
        return ""
    last = name[found[-1].start : found[-1].end]
    return "".join(word.key for word in found[:-1]) + singular(found[-1].key, last)


def _last(key: str, name: str) -> str:
    """The last word of a name that may be a plural, as it stands in the key."""
    start = len(name)
    while start and name[start - 1].isalnum():
        start -= 1
    return key[len(key) - (len(name) - start) :]


def singular(key: str, printed: str) -> str:
    """The singular of a last word; what is printed in capitals is an acronym and has none.

    >>> singular("antibodies", "antibodies"), singular("adcs", "ADCs"), singular("abcs", "ABCS"), singular("pus", "pus")
    ('antibody', 'adc', 'abcs', 'pus')
    """
    if not printed.endswith("s") or len(key) < 4 or key.endswith(("ss", "us", "is")):
        return key
    return f"{key[:-3]}y" if key.endswith("ies") and len(key) > 5 else key[:-1]


def endings(key: str, printed: str) -> tuple[str, ...]:
    """The keys that a last word of a text may have: as it stands, and in the singular.

    >>> endings("metastases", "metastases")
    ('metastases', 'metastase', 'metastasis', 'metastas')
    >>> endings("profiles", "profiles")
    ('profiles', 'profile', 'profilis')
    """
    one = singular(key, printed)
    if one == key:
        return (key,)
    if not key.endswith("es") or len(key) < 6:
        return (key, one)
    more = (key[:-2],) if key[:-2].endswith(("s", "x", "z", "ch", "sh")) else ()
    return (key, one, f"{key[:-2]}is", *more)


def borders(found: list[Word]) -> frozenset[int]:
    """Where in the key of some words something was left out: a space or a hyphen."""
    places: set[int] = set()
    length = 0
    for before, after in itertools.pairwise(found):
        length += len(before.key)
        if after.start > before.end or not after.key or not before.key:
            places.add(length)
    return frozenset(places - {0})


def is_parted_alike(name: str, text: list[Word]) -> bool:
    """Whether a text parts the words where a name does.

    A text may part letters from digits and long words by a hyphen, and may leave out a hyphen or
    what parts a digit, but it joins no two words: "the rapist" is no therapist, nor "car t" a cart.
    """
    own = words(name)
    here, there = borders(text), borders(own)
    key = "".join(word.key for word in text)
    digits = {i for i in range(1, len(key)) if key[i - 1].isdigit() != key[i].isdigit()}
    signs = {i for i in range(1, len(key)) if not (key[i - 1].isalnum() and key[i].isalnum())}
    hyphened = _hyphened(text) if len(key) >= 10 else set()
    return here - there <= digits | signs | hyphened and there - here <= digits | signs | _hyphened(own)


def _hyphened(found: list[Word]) -> set[int]:
    """The borders at which nothing but one hyphen stands."""
    places: set[int] = set()
    length = 0
    for before, sign, after in zip(found, found[1:], found[2:], strict=False):
        length += len(before.key)
        if before.key and not sign.key and after.key and before.end == sign.start and sign.end == after.start:
            places.add(length)
    return places
