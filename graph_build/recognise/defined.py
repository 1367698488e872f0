"""Short forms that a text gives to diseases and drugs by itself: "multiple myeloma (MM)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ..model import ConceptClass, Span
from .names import Hit
from .senses import means_itself

_CLASSES: Final = (ConceptClass.DISEASE, ConceptClass.DRUG)
#: A short form in brackets right behind a name.
_SHORT: Final = re.compile(r"\s?[(\[](?P<short>[A-Za-z][A-Za-z\d-]{0,8}[A-Za-z\d])(?=[)\];,])")
#: Words before a disease whose letters the short form may take in: "metastatic colorectal cancer (mCRC)".
_STAGE: Final = re.compile(
    r"(?:\b(?:advanced|early|invasive|locally|metastatic|primary|recurrent|refractory|relapsed|unresectable)"
    r"(?:[\s/-]+(?:and\s+|or\s+)?))+$",
    re.IGNORECASE,
)


def short_forms(text: str, zone: Span, hits: Sequence[Hit]) -> Iterator[Hit]:
    """What short forms stand for, from the place where they are defined to the end of the zone.

    A short form that is a name of the lexicon by itself is left to the lexicon.
    """
    named = [h for h in hits if h.name.concept.cls in _CLASSES and text.startswith((" (", "(", " ["), h.span.end)]
    taken: set[str] = set()
    for hit in sorted(named, key=lambda h: (-len(h.span), h.span.start, h.name.concept)):
        match = _SHORT.match(text, hit.span.end, min(zone.end, hit.span.end + 14))
        if match is None or any(other.span.overlaps(Span(*match.span("short"))) for other in hits):
            continue
        short = match["short"].removesuffix("s") if match["short"][:-1].isupper() else match["short"]
        if short in taken or not _stands_for(short, text, hit):
            continue
        taken.add(short)
        name = replace(hit.name, text=short, exact_case=True, ambiguous=False)
        pattern = re.compile(rf"(?<![\w-]){_either_case(short)}s?(?!\w|-\d)")
        for place in pattern.finditer(text, match.start("short"), zone.end):
            span = Span(place.start(), place.end())
            if means_itself(name, text, span) and not any(other.span.overlaps(span) for other in hits):
                yield Hit(span, name)


def _stands_for(short: str, text: str, hit: Hit) -> bool:
    long = hit.span.of(text)
    drug = hit.name.concept.cls is ConceptClass.DRUG
    if sum(c.isupper() or c.isdigit() for c in short) >= 2:
        if not drug and " " not in long:
            return False  # "carcinoma (SNUC)": of a longer name, of which the lexicon has the last word only
        stage = _STAGE.search(text[max(0, hit.span.start - 60) : hit.span.start])
        return abbreviates(short, long) or (stage is not None and abbreviates(short, stage[0] + long))
    return drug and 3 <= len(short) < len(long) and long.lower().startswith(short.lower())


def abbreviates(short: str, long: str) -> bool:
    """Whether the letters of a short form stand in a name in their order, the first at its beginning.

    >>> abbreviates("MM", "multiple myeloma"), abbreviates("MS", "multiple myeloma")
    (True, False)
    """
    letters = [c for c in short.lower() if c.isalnum()]
    at = len(long)
    for letter in reversed(letters):
        at = long.lower().rfind(letter, 0, at)
        if at < 0:
            return False
    return long[0].lower() == letters[0]


def _either_case(short: str) -> str:
    """A short form of small letters may begin a sentence."""
    if short.islower() or short[1:].islower():
        return f"[{short[0].lower()}{short[0].upper()}]{re.escape(short[1:])}"
    return re.escape(short)
