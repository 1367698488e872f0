"""Where names of vocabularies stand in a text; whether they count there is for :mod:`.support` to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..fold import DASHES, squeeze
from ..lexicon import Name
from ..model import ConceptClass, ConceptId, Span
from ..recognise.senses import means_itself
from .admission import How
from .index import Candidate, Index
from .keys import Word, endings, is_parted_alike, words

#: No name of a text has more words and signs.
_MOST: Final = 24
#: Longer keys than of any name that is looked for.
_LONGEST: Final = 100
#: Signs after which no name goes on, when a space follows.
_STOPS: Final = frozenset(".;:?!")
#: What makes something else of the name before it: "tumor-like", "cancer-free".
_CHANGED: Final = re.compile(rf"[{DASHES}](?:like|free|naive|naïve|type)\b", re.IGNORECASE)
#: What makes a disease a part of the name of something else: "hepatitis B virus".
_AGENT: Final = re.compile(
    rf"[\s{DASHES}]+(?:[A-E][\s{DASHES}]+)?(?:virus|viral|viruses|vaccin|antigen|toxin|surface)", re.IGNORECASE
)
#: What a symbol may be joined to by a hyphen on its left: "anti-CD20", "pan-FGFR".
_JOINED: Final = re.compile(
    rf"\b(?:anti|non|pan|pre|post|pro|co|m|h|mutant|total|wild|high|low)[{DASHES}]$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text and the entries whose name stands there."""

    span: Span
    candidates: tuple[Candidate, ...]


def find(index: Index, text: str, zone: Span) -> Iterator[Found]:
    """Every place of a zone where the name of an entry stands, overlapping ones too."""
    found = words(text, zone.start, zone.end)
    for first, word in enumerate(found):
        if not word.is_word or not _may_begin(text, word.start):
            continue
        key = ""
        for place in range(first, min(first + _MOST, len(found))):
            word = found[place]
            if place > first and _parts(text, found[place - 1], word):
                break
            if word.is_word or word.key == ")":
                printed = text[word.start : word.end]
                for ending in endings(word.key, printed):
                    if key + ending in index:
                        yield from _at(index, text, key + ending, found[first : place + 1])
            key += word.key
            if len(key) > _LONGEST:
                break


def _may_begin(text: str, start: int) -> bool:
    return not (
        start and text[start - 1] in "_@#/.\\" and start > 1 and text[start - 2].isalnum() and text[start - 1] != "/"
    )


def _parts(text: str, before: Word, word: Word) -> bool:
    """Whether a sentence or a paragraph ends between two words."""
    between = text[before.end : word.start]
    return between.count("\n") > 1 or (bool(between) and before.key in _STOPS)


def _at(index: Index, text: str, key: str, found: list[Word]) -> Iterator[Found]:
    span = Span(found[0].start, found[-1].end)
    surface = span.of(text)
    if _CHANGED.match(text, span.end) or surface.count("(") != surface.count(")"):
        return
    fitting = tuple(c for c in index.candidates(key) if _fits(index, c, text, span, found))
    if fitting:
        yield Found(span, fitting)


def _fits(index: Index, candidate: Candidate, text: str, span: Span, found: list[Word]) -> bool:
    """Whether case and separators are those of the name, and the words around leave it its meaning."""
    surface = span.of(text)
    if candidate.how is not How.PLAIN:
        own, here = squeeze(candidate.name), squeeze(surface)
        if here != own and not (here[-1] == "s" and here[:-1] == own and not own.isdigit()):
            return False
        left = text[max(0, span.start - 7) : span.start]
        if re.search(rf"\w[{DASHES}]$", left) and not _JOINED.search(left):
            return False  # "MSK-IMPACT" is no IMPACT
        if re.match(rf"[{DASHES}][A-Z\d]", text[span.end : span.end + 2]):
            return False  # "CAT-1" is no CAT
    elif len(found) == 1 and surface.isupper() and len(surface) <= 6:
        return False  # in capitals it is an acronym
    if not is_parted_alike(candidate.name, found):
        return False
    cls = index.kind(candidate.entry)
    if cls is ConceptClass.DISEASE and _AGENT.match(text, span.end):
        return False
    return means_itself(Name(text=candidate.name, concept=ConceptId(cls, index.labels[candidate.entry])), text, span)
