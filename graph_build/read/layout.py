"""What the readers of both layouts share: prose, keyword lists, abstracts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from ..model import SectionType, Span
from .authors import names
from .lines import Draft, Line, squeeze

# An institution in the first words: an address, not the first sentence of an abstract.
_ADDRESS: Final = re.compile(
    r"\(?\d{1,3}\)?\s{0,3}[A-Z]"
    r"|[^.]{0,80}\b(?:Department|Division|University|Hospital|Institute|Faculty|School of"
    r"|Cent(?:re|er)|Laboratory|Clinic)\b[^.]{0,200},"
)
_VERB: Final = re.compile(r"\b(?:is|are|was|were|has|have|had|can|may|we|there)\b", re.IGNORECASE)

#: Fewer words than this make no abstract, unless a heading says that they do; …
_PROSE_WORDS: Final = 8
#: … so many make one even when the text breaks off.
_LONG_PROSE_WORDS: Final = 25

# The label of a part of a structured abstract: "BACKGROUND: …", "Methods", "Objective To …".
_PART: Final = re.compile(
    r"(?:background|introduction|objectives?|aims?|purpose|rationale|(?:patients|materials?) and methods|methods?"
    r"|(?:study )?design|setting|participants|interventions?|measurements|main outcomes?(?: and measures)?|results"
    r"|findings|outcomes|conclusions?(?: and relevance)?|interpretation|discussion|significance|importance"
    r"|data sources)\b",
    re.IGNORECASE,
)

#: The lengths of a line that was broken by hand or by an e-mail program, not by a paragraph's end.
_WRAPPED_AT: Final = range(60, 101)

_KEYWORD_BORDER: Final = re.compile(r"[;\uff1b]")
_KEYWORD_COMMA: Final = re.compile(r"[,\uff0c\u3001/]")


def is_prose(text: str) -> bool:
    """Whether a line is running text, as that of an abstract.

    >>> is_prose("Department of Oncology, Hospital of X, Paris, France.")
    False
    >>> is_prose("We treated 21 patients with a new drug.")
    True
    """
    text = squeeze(text)
    words = text.split(maxsplit=_LONG_PROSE_WORDS)
    if _ADDRESS.match(text) and not _VERB.search(text):
        return False
    if len(words) >= _LONG_PROSE_WORDS:
        return not names(text[:2000].rpartition(",")[0])
    small = sum(word[0].islower() for word in words)  # few in an address
    return len(words) >= _PROSE_WORDS and 3 * small > len(words) and text.endswith((".", "!", "?", ".)", "\u3002"))


def is_part_label(text: str) -> bool:
    """Whether a line begins a part of a structured abstract.

    >>> is_part_label("METHODS: We …"), is_part_label("Results"), is_part_label("Aimless talk")
    (True, True, False)
    """
    match = _PART.match(text)
    return bool(match and (match.end() == len(text) or text[match.end()] in ":\uff1a" or match.group()[0].isupper()))


def join_wrapped(lines: Iterable[Line], text: str, goes_on: Callable[[Line, Line], bool]) -> tuple[Line, ...]:
    """The lines with those joined that were one before the text was wrapped.

    ``goes_on`` says whether a line can be the continuation of the one above it.
    """
    joined: list[Line] = []
    last = 0  # the length of the last physical line
    for line in lines:
        wrapped = last in _WRAPPED_AT and len(line.text) < _WRAPPED_AT.stop and not (line.gap or line.bullet)
        if wrapped and goes_on(joined[-1], line):
            span = Span(joined[-1].span.start, line.span.end)
            joined[-1] = replace(joined[-1], span=span)
        else:
            joined.append(line)
        last = len(line.text)
    return tuple(
        line if len(line.span) == len(line.text) else replace(line, text=line.span.of(text)) for line in joined
    )


def add_abstract(draft: Draft, lines: list[Line]) -> str:
    """One section from the first to the last line of the abstract; its text."""
    if not lines:
        return ""
    span = Span(lines[0].span.start, lines[-1].span.end)
    draft.add(SectionType.ABSTRACT, span, span)
    return span.of(draft.page.text)


def add_keywords(draft: Draft, label: Line, values: Iterable[Span]) -> None:
    """The keywords in one or more printed lists, each with its span; the zone is the whole list."""
    text, before = draft.page.text, len(draft.keywords)
    end = label.span.end
    for value in values:
        listed = value.of(text)
        end = max(end, value.end)
        border = _KEYWORD_BORDER if _KEYWORD_BORDER.search(listed) else _KEYWORD_COMMA
        start = 0
        for stop in [*(match.start() for match in border.finditer(listed)), len(listed)]:
            part = listed[start:stop]
            word = part.strip().rstrip(".\u3002").rstrip()
            if word:
                first = value.start + start + len(part) - len(part.lstrip())
                draft.keywords.append((word, Span(first, first + len(word))))
            start = stop + 1
    found = draft.keywords[before:]
    zone = Span(found[0][1].start, found[-1][1].end) if found else None
    draft.add(SectionType.KEYWORDS, Span(label.span.start, end), zone)
