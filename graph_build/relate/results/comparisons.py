"""The two arms that a comparison names around its figures: "longer with A than with B (5.6 vs 3.2 months)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import Span
from .arms import BETTER_WORDS, IN, NOUN, VS, Group
from .numbers import Figure
from .wording import SHORT

#: A character of the words for an arm.
_PHRASE: Final = rf"(?:[^.;:()\[\],]|{SHORT})"


def _both(text: str, places: Sequence[Span]) -> list[Group] | None:
    """The two groups, when the words of each name one."""
    known = [g for g in (Group.of(place, text, everybody=True) for place in places) if g is not None]
    return known if len(known) == len(places) else None


#: "longer in A (", "of A was significantly longer (".
_BEFORE_BRACKET: Final = re.compile(
    r"\b(?:in|with|for|among|between|of(?=[^.;:()\[\]]{1,90}\s(?:was|were)\s))\s+(?:the\s+)?"
    r"(?P<arm>(?:(?!\b(?:in|with|for|among|between)\s)[^.;:()\[\]])+?)"
    rf"(?:\s+(?:was|were)\s+(?:\w+ly\s+)?{BETTER_WORDS})?\s*[(\[]\s*(?:medians?,?\s*)?$"
)


def before_brackets(text: str, chain: Sequence[Figure]) -> list[Group] | None:
    """Each figure in a bracket after its arm: "longer in A (6 months) than in B (3 months)"."""
    one, two = chain
    lead = text[max(0, one.span.start - 130) : one.span.start]
    first = _BEFORE_BRACKET.search(lead)
    second = re.fullmatch(
        rf"[^(\[]*?[)\]]?\s*,?\s*(?:{VS}|and)\s+(?:{IN})?(?:the\s+)?(?P<arm>[^.;:()\[\]]{{2,80}}?)\s*[(\[]\s*(?:medians?,?\s*)?",
        text[one.span.end : two.span.start],
    )
    if not first or not second or re.search(rf"\s{VS}\s", first["arm"]):
        return None
    at = max(0, one.span.start - 130)
    beside = Span(one.span.end + second.start("arm"), one.span.end + second.end("arm"))
    return _both(text, (Span(at + first.start("arm"), at + first.end("arm")), beside))


#: "longer with A than with B (", "improved with A versus B,", "between the A and B groups".
_NAMED: Final = re.compile(
    rf"\b(?:in|with|for|among|by)\s+(?:the\s+)?(?P<one>(?:(?!\b(?:in|with|for|among)\s)(?:[^.;:()\[\]\d,]|"
    rf"{SHORT}))+?){NOUN}\s*,?\s+{VS}"
    rf"\s+(?:{IN})?(?:the\s+)?(?P<two>{_PHRASE}{{2,80}}?)"
    rf"\s*[(\[,]\s*[^()\[\]\d]{{0,30}}$"
)


#: "was similar between the A and B arms (".
_LIKE: Final = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?P<one>{_PHRASE}{{1,80}}?)\s+and\s+(?:the\s+)?(?P<two>{_PHRASE}{{1,80}}?)\s*"
    r"[(\[,]\s*[^()\[\]\d]{0,30}$"
)


#: Whoever had the result is named before: what follows is not the arm.
_HAD: Final = re.compile(
    r"\b(?:patients|those|women|men|groups?|arms?|cohorts?)\b[^,;:]{0,120}\b(?:had|showed|achieved|experienced|"
    r"demonstrated)\b"
)


def named_before(text: str, span: Span, start: int, therapies: Sequence[Span]) -> list[Group] | None:
    """Arms named before the figures: two drugs joined by "versus", or "longer with A than with B"."""
    lead = text[span.start : start]
    match = _NAMED.search(lead) or _LIKE.search(lead)
    if match and not _HAD.search(lead[: match.start()]):
        places = [Span(span.start + match.start(n), span.start + match.end(n)) for n in ("one", "two")]
        return _both(text, places)
    before = sorted(t for t in therapies if span.start <= t.start and t.end <= start)
    for one, two in zip(before[::-1][1:], before[::-1], strict=False):
        between = re.sub(r"\([^()]*\)", "", text[one.end : two.start])
        if re.fullmatch(rf"{NOUN}\s*,?\s+{VS}\s+(?:{IN})?(?:the\s+)?", between) and not re.search(
            r"[;:]", text[two.end : start]
        ):
            return [Group(one, one.of(text)), Group(two, two.of(text))]
    return None
