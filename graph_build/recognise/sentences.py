"""Where sentences begin and end.

Small and ours: the libraries tried either lack wheels for common machines or lose
offsets (``docs/decisions``), and the rules below are all that abstracts and titles need.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..model import Span

#: What may stand around a sentence beside white space.
_BULLETS: Final = "•·‣◦▪"
#: Abbreviations after which a full stop ends no sentence.
_ABBREVIATIONS: Final = re.compile(
    r"(?:\b(?:et al|vs|e\.g|i\.e|cf|ca|approx|resp|no|nos|fig|figs|tab|ref|refs|dr|prof|st|jr|sp|spp|var|"
    r"inc|ltd|dept|eq|"
    r"[A-Z])|\b[A-Z]\.[A-Z])\.$",
    re.IGNORECASE,
)
#: A place where a sentence may end: a mark, closing brackets or quotes, and space before what may begin one.
_END: Final = re.compile(r"[.!?…][)\]\"'”’]*(?=\s+[\"'“(\[]*[^\W_a-z])|[.!?][)\"”’]*(?=\n)|\n[ \t]*\n")


#: What every such place begins with: found much faster than the whole.
_MARK: Final = re.compile(r"[.!?…\n]")


def _ends(text: str, zone: Span) -> Iterator[re.Match[str]]:
    """What ``_END.finditer`` finds."""
    end = zone.start
    for mark in _MARK.finditer(text, zone.start, zone.end):
        if mark.start() >= end and (found := _END.match(text, mark.start(), zone.end)):
            yield found
            end = found.end()


def sentences(text: str, zone: Span) -> list[Span]:
    """The sentences of a zone, without the space around them; together they cover all its text.

    >>> text = "No gold standard. Smith et al. found HER-2. Why?"
    >>> [span.of(text) for span in sentences(text, Span(0, len(text)))]
    ['No gold standard.', 'Smith et al. found HER-2.', 'Why?']
    """
    found: list[Span] = []
    start = zone.start
    for mark in _ends(text, zone):
        end = mark.end() if mark[0].strip() else mark.start()
        if mark[0].startswith(".") and _ABBREVIATIONS.search(text, max(start, end - 12), end):
            continue
        found.append(Span(start, end))
        start = mark.end()
    found.append(Span(start, zone.end))
    return [trimmed for span in found if len(trimmed := trim(text, span))]


def trim(text: str, span: Span) -> Span:
    """The span without the white space and list bullets at its ends."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or text[start] in _BULLETS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _BULLETS):
        end -= 1
    return Span(start, end)
