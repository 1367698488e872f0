"""When two names are the same: without case, accents, hyphens, spaces and number."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: British spellings and their American forms, which the vocabularies use.
_SPELLING: Final = (("tumour", "tumor"), ("haem", "hem"), ("oesoph", "esoph"), ("randomis", "randomiz"))


def normal(name: str) -> str:
    """A name without case, accents, hyphens, spaces and punctuation, in American spelling.

    >>> normal("Non-Small-Cell Lung") == normal("non-small cell lung"), normal("HM781-36B")
    (True, 'hm78136b')
    """
    if name.isascii():
        plain = "".join(filter(str.isalnum, name.lower()))
    else:
        plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalnum())
    for british, american in _SPELLING:
        plain = plain.replace(british, american)
    return plain


def words(name: str) -> frozenset[str]:
    """The words of a name in the singular, whatever their order, as MeSH inverts its headings.

    >>> words("In Situ Hybridization, Fluorescence") == words("fluorescence in situ hybridization")
    True
    """
    found = (normal(word) for word in re.findall(r"[^\W_]+", name))
    singular = (w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "is")) else w for w in found)
    return frozenset(singular) - {"of", "the"}
