"""Diseases that share a word: in "breast and ovarian cancer" breast cancer is named as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..model import ConceptClass, Span
from .names import Finder, Hit

#: How such a disease is joined to the next: the last of them not by a comma alone.
_JOINED: Final = re.compile(r"(?<=[a-z])(?:/|\s+(?:and/or|and|or)\s+)$")
_LISTED: Final = re.compile(r"(?<=[a-z]),\s+$|(?<=[a-z])(?:/|,?\s+(?:and/or|and|or)\s+)$")
#: What may stand before the shared word: up to three plain words.
_WORDS: Final = re.compile(r"(?<![\w/-])[A-Za-z][a-z-]*(?: [a-z][a-z-]*){0,2}$")
#: An organ that a cancer spread to names no cancer of it: "metastatic to the liver and lung cancer".
_SPREAD: Final = re.compile(r"\bmetasta\w+\s+(?:to|in)\s+(?:the\s+)?$", re.IGNORECASE)
_NORMAL: Final = re.compile(r"\b(?:normal|healthy|benign|adjacent)\s+$", re.IGNORECASE)
_STATUS: Final = re.compile(r"(?:positive|negative|mutant|low|high)$")


def sharing_a_word(text: str, zone: Span, diseases: Sequence[Hit], search: Finder) -> Iterator[Hit]:
    """The diseases before an "and" whose last words stand with the disease behind it, each at its own words."""
    for hit in diseases:
        start, joint = hit.span.start, _JOINED
        while lead := joint.search(text, max(zone.start, start - 9), start):
            found = _before(text, Span(zone.start, lead.start()), hit, search)
            if found is None or any(found.span.overlaps(other.span) for other in diseases):
                break
            if found.name.concept != hit.name.concept:
                yield found
            start, joint = found.span.start, _LISTED


def _before(text: str, lead: Span, hit: Hit, search: Finder) -> Hit | None:
    """The disease of which only the first words stand at the end of a stretch."""
    begin = max(lead.start, lead.end - 60)
    match = _WORDS.search(text, begin, lead.end)
    own = hit.span.of(text).split()
    if match is None or len(own) < 2:
        return None
    words = match[0].split(" ")
    for count in range(len(words), 0, -1):
        first = " ".join(words[-count:])
        span = Span(lead.end - len(first), lead.end)
        if _STATUS.search(first) or _NORMAL.search(text, max(0, span.start - 14), span.start):
            continue
        if _SPREAD.search(text, max(0, span.start - 30), span.start):
            continue
        for shared in range(len(own) - 1, 0, -1):
            if own[-shared - 1] == "cell" and not first.endswith("cell"):
                continue  # "normal skin and squamous cell carcinoma"
            whole = " ".join((first, *own[-shared:]))
            for found in search.find(whole):
                disease = found.name.concept.cls is ConceptClass.DISEASE and not found.name.ambiguous
                if disease and len(found.span) == len(whole):
                    return Hit(span, found.name)
    return None
