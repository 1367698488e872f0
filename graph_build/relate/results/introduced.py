"""The two arms of a paper, where it introduces them: "47 in the A group and 29 in the B group", "A versus B".

A later sentence may print two figures and name one arm or none.  They stand in the order in which the arms were
introduced; where a paper introduces several pairs, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from ...model import Span
from ..discourse import THERAPIES, Sentence
from .arms import NOUN, VS, Group
from .wording import SHORT

_WORDS: Final = r"[^,;:.()\[\]]"
_ONE: Final = rf"(?P<one>{_WORDS}{{1,50}}?\s(?:group|arm))\b"
_TWO: Final = rf"(?P<two>{_WORDS}{{1,50}}?\s(?:group|arm))\b"
_AND: Final = r",?\s+(?:and|or|versus|vs\.?)\s+"
_SIZE: Final = r"\s*\(\s?(?:n\s?=\s?)?\d+[^()]{0,30}\)"
_COUNTED: Final = r"\s*\(\s?n\s?=\s?\d+[^()]{0,30}\)"
#: Pairs of printed arms.
_PRINTED: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # "33 in the A group and 69 in the B group"
        (
            rf"\b\d+\s+(?:patients\s+|cases\s+|were\s+)*(?:in|to|into)\s+(?:the\s+)?{_ONE}[^;:.]{{0,20}}?{_AND}\d+\s+"
            rf"(?:patients\s+|cases\s+|were\s+)*(?:in|to|into)\s+(?:the\s+)?{_TWO}"
        ),
        # "the A group (n = 33) and the B group (n = 69)"
        rf"(?:\b[Tt]he\s+|\bin\s+|\bto\s+){_ONE}{_SIZE}{_AND}(?:the\s+)?{_TWO}{_SIZE}",
        # "received A (n = 33) or B (n = 69)"
        (
            rf"\b(?:receiv(?:ed|e|ing)|to(?!\s+receive)|with)\s+(?P<one>{_WORDS}{{2,60}}?){_COUNTED}{_AND}(?:to\s+|"
            rf"receive\s+)?"
            rf"(?P<two>{_WORDS}{{2,60}}?){_COUNTED}"
        ),
        # "(A, n = 137; B, n = 138)"
        r"\((?P<one>[^,;:()]{2,50}),?\s+n\s?=\s?\d+[;,]\s+(?P<two>[^,;:()]{2,50}),?\s+n\s?=\s?\d+\)",
        # "an A group (…) and a B group"
        rf"\b(?:an?|the)\s+{_ONE}(?:\s+\([^()]*\))?{_AND}(?:an?|the)\s+{_TWO}",
        # "to A and B groups"
        (
            rf"\b(?:to|into|in|between)\s+(?:the\s+)?(?P<one>[A-Z][\w+/-]{{0,20}}){_AND}(?P<two>[A-Z][\w+/-]{{0,20}})\s+"
            r"(?:groups|arms)\b"
        ),
        # "divided into A and B groups"
        (
            rf"\b(?:divided|stratified|assigned|randomi[sz]ed|allocated|"
            rf"classified)\s+(?:\([^()]*\)\s+)?(?:in)?to\s+(?:the\s+|an?\s+)?"
            rf"(?P<one>{_WORDS}{{1,50}}?)\s+and\s+(?:the\s+|an?\s+)?(?P<two>{_WORDS}{{1,50}}?)\s+(?:groups|arms)\b"
        ),
    )
)
#: A combination, and what it is compared with.
_REGIMEN: Final = rf"(?:[^,;:.()\[\]\d]|{SHORT}){{4,70}}?"
_ASIDE: Final = r"(?:\s*(?:\([^()]{0,90}\)|\[[^\[\]]{0,120}\]))?"
#: "randomly assigned to A plus B or A alone".
_EITHER_REGIMEN: Final = re.compile(
    r"\b(?:randomi[sz]ed|randomly|assigned|allocated)\b[^;.]{0,100}?\b(?:to|receive|receiving)\s+(?:receive\s+|"
    r"either\s+|treatment\s+with\s+)*"
    rf"(?P<one>{_REGIMEN}){_ASIDE},?\s+or\s+(?:to\s+|receive\s+)*(?P<two>{_REGIMEN})"
    r"(?=\s*(?:[.,;(\[]|$|\b(?:for|every|once|until|daily|twice|as|in|at|by)\b))",
    re.IGNORECASE,
)
#: "A plus B versus C plus B in …" as a title.
_TITLE_REGIMENS: Final = re.compile(
    rf"^\W*(?:(?:[^:]{{0,80}}\b(?:trial|study|comparison)\s+of|[^:]{{3,60}}\bof)\s+)?(?P<one>{_REGIMEN})\s+(?:versus|"
    rf"vs\.?)\s+"
    rf"(?P<two>{_REGIMEN})(?=\s*(?:[:.,(]|$|\b(?:as|for|in|after|followed by|following)\b))",
    re.IGNORECASE,
)
_PLUS: Final = re.compile(r"\+|\b(?:plus|combined with|in combination with)\b", re.IGNORECASE)
_ALONE: Final = re.compile(r"\b(?:alone|only|monotherapy)\b", re.IGNORECASE)
_ASSIGNED: Final = re.compile(
    r"\b(?:randomi[sz]ed|randomly|assigned|allocated)\b[^;.]{0,80}?\b(?:to|receive|receiving)\s+(?:receive\s+)?"
    r"(?:either\s+|(?:\d\S*\s+){1,3}(?:of\s+)?)?$",
    re.IGNORECASE,
)
#: Between two therapies of which patients are given the one or the other.
_EITHER: Final = re.compile(
    rf"(?:(?!\b(?:plus|and|with|followed)\b)(?:[^,;:.()]|\([^()]*\))){{0,60}}?,?\s+(?:or|"
    rf"{VS})\s+(?:to\s+)?(?:receive\s+)?"
    r"(?:the\s+)?",
    re.IGNORECASE,
)
#: "21 cases received A (…) and 22 cases received B".
_RECEIVED: Final = re.compile(
    r"(?:\s+\([^()]*\))?,?\s+and\s+\d+\s+(?:patients\s+|cases\s+)?(?:received|were\s+(?:treated\s+with|given))\s+",
    re.IGNORECASE,
)
_SOME: Final = re.compile(
    r"\b\d+\s+(?:patients\s+|cases\s+)?(?:received|were\s+(?:treated\s+with|given))\s+$", re.IGNORECASE
)
_HINT: Final = re.compile(r"random|assigned|allocated|received|treated|given", re.IGNORECASE)
#: Behind a therapy, what is given with it.
_JOINED: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?[^;:.()]{0,30}?(?:\+|\b(?:plus|combined with|in combination|added to|followed by)\b)",
    re.IGNORECASE,
)
_PLACEBO: Final = re.compile(r"\bplacebo\b", re.IGNORECASE)
#: What a control is called.
_CONTROL: Final = re.compile(r"\b(?:placebo|control|alone|standard|conventional|best supportive care)\b", re.IGNORECASE)
_VERSUS: Final = re.compile(rf"{NOUN}\s*,?\s+{VS}\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Arms:
    """The two arms of a paper, the first that it introduces first."""

    first: Group
    second: Group
    versus: bool = False  # whether the title prints them so
    before: bool = False  # whether only the sentence before compares them

    def ratio(self) -> tuple[Group, Group] | None:
        """In which order a hazard ratio compares them: a title's "versus" tells it, and so does a control."""
        if self.versus or (_CONTROL.search(self.second.words) and not _CONTROL.search(self.first.words)):
            return self.first, self.second
        return None

    def with_other(self, one: Group) -> list[Group] | None:
        """An arm that a sentence names, with the other; ``None`` when it is none of the two."""
        if _name(one) == _name(self.first):
            return [one, self.second]
        return [one, self.first] if _name(one) == _name(self.second) else None


#: What is no part of what an arm is called.
_NOT_ITS_NAME: Final = re.compile(r"^the\s+|\s+(?:groups?|arms?|patients?|treatment|therapy|alone|only|monotherapy)$")


def _name(group: Group) -> str:
    """What an arm is called, without "the … group"."""
    return re.sub(
        r"^the\s+|\s+(?:groups?|arms?|patients?|treatment|therapy|alone|only|monotherapy)$", "", group.words.lower()
    ).strip()


def introduced(title: Sentence | None, sentences: Sequence[Sentence]) -> Arms | None:
    """The one pair of arms that a paper introduces: by its groups, else by who was given what, else by its title."""
    for pairs in (
        [pair for s in sentences for pair in _groups(s)],
        [
            pair
            for s in sentences
            if _HINT.search(s.words())
            for pair in (
                *_therapies(s, _EITHER, _ASSIGNED),
                *_therapies(s, _RECEIVED, _SOME),
                *_regimens(s, _EITHER_REGIMEN),
            )
        ],
        [replace(pair, versus=True) for pair in (*_therapies(title, _VERSUS), *_regimens(title, _TITLE_REGIMENS))]
        if title
        else [],
    ):
        different = {frozenset((_name(pair.first), _name(pair.second))) for pair in pairs}
        if different:
            return pairs[0] if len(different) == 1 and len(next(iter(different))) == 2 else None
    return None


def _groups(sentence: Sentence) -> Iterator[Arms]:
    words = sentence.words()
    if "group" not in words and "arm" not in words and "n" not in words:
        return
    for pattern in _PRINTED:
        for match in pattern.finditer(sentence.text, sentence.span.start, sentence.span.end):
            one = Group.of(Span(*match.span("one")), sentence.text)
            two = Group.of(Span(*match.span("two")), sentence.text)
            if one and two and not _JOINED.match(sentence.text, match.end()):
                yield Arms(one, two)


def _regimens(sentence: Sentence, pattern: re.Pattern[str]) -> Iterator[Arms]:
    """Two combinations, or one and a drug alone; "A or B plus C" tells not whether both are given with C."""
    match = pattern.search(sentence.text, sentence.span.start, sentence.span.end)
    if not match:
        return
    one, two = (Span(*match.span(part)) for part in ("one", "two"))
    given = {m.span for m in sentence.of(*THERAPIES)}
    if not all(any(g in arm for g in given) for arm in (one, two)):
        return
    joined = [bool(_PLUS.search(arm.of(sentence.text))) for arm in (one, two)]
    alone = [bool(_ALONE.search(arm.of(sentence.text))) for arm in (one, two)]
    sure = all(joined) or (joined[0] and alone[1]) or (alone[0] and joined[1])
    groups = [Group.of(arm, sentence.text) for arm in (one, two)]
    if sure and groups[0] and groups[1]:
        yield Arms(groups[0], groups[1])


def _placebo(sentence: Sentence) -> Iterator[re.Match[str]]:
    """Where a sentence names a placebo, which is an arm and no therapy."""
    return _PLACEBO.finditer(sentence.text, sentence.span.start, sentence.span.end)


def _therapies(sentence: Sentence, between: re.Pattern[str], before: re.Pattern[str] | None = None) -> Iterator[Arms]:
    """Two therapies that are all that the words between them join."""
    named = sorted({m.span for m in sentence.of(*THERAPIES)} | {Span(*m.span()) for m in _placebo(sentence)})
    outer = [s for s in named if not any(s in other and s != other for other in named)]
    for one, two in pairwise(outer):
        if before and not before.search(sentence.text[sentence.span.start : one.start]):
            continue
        if _JOINED.match(sentence.text, two.end) or _JOINED.match(sentence.text, one.end):
            continue  # each is given with something else: the words are not the whole arm
        if one.end <= two.start and between.fullmatch(sentence.text, one.end, two.start):
            yield Arms(Group(one, one.of(sentence.text)), Group(two, two.of(sentence.text)))
