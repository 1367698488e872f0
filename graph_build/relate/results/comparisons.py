"""The two arms that a comparison names around its figures: "longer with A than with B (5.6 vs 3.2 months)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import Span
from .arms import BETTER_WORDS, IN, LABEL, NOUN, VS, Group
from .numbers import Figure
from .wording import SHORT

#: A bracket with, at most, brackets inside it.
_BRACKET: Final = r"[(\[](?:[^()\[\]]|[(\[][^()\[\]]{0,60}[)\]]){3,260}[)\]]"
#: A character of the words for an arm.
_PHRASE: Final = rf"(?:[^.;:()\[\],]|{SHORT})"
#: What stands between a measure and the first of two figures in a bracket: "PFS (median, 4.2 vs …".
_OPENED: Final = re.compile(r"\s*[(\[]\s*(?:medians?\s*[,:]?\s*)?", re.IGNORECASE)
_END: Final = r"\s*(?=[.,;]|$|\s(?:was|were|is|are|in terms of|\(|\[))"
#: "… did not differ between A and B".
_BETWEEN: Final = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?P<one>{_PHRASE}{{1,80}}?)\s+and\s+(?:the\s+)?(?P<two>{_PHRASE}{{1,80}}?){_END}"
)
#: "between 2012 and 2014" is when, not who.
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
#: "Patients with A had a longer", also when another measure with its bracket comes first.
_SUBJECT: Final = re.compile(
    rf"(?:^|[;:]\s|,\s(?:(?:and|while|whereas)\s)?|\bthat\s){LABEL}(?:The\s+|the\s+)?"
    rf"(?P<one>(?:(?!\bthat\s)[^,;:()]){{1,110}}?(?:\([^()]*\))?)\s+(?:had|has|have|showed|demonstrated|achieved|experienced|"
    rf"exhibited|provided|yielded|attained|gave|produced)\s+(?:(?:an?|\w+ly|statistically)\s+){{0,3}}"
    rf"(?P<how>{BETTER_WORDS})\s+(?:median\s+)?(?:[^();:,]{{2,60}}?\s*{_BRACKET}\s*(?:,|,?\s*and)\s+(?:{BETTER_WORDS}\s+)?(?:median\s+)?){{0,2}}$"
)
#: "… PFS than B (": the other arm before the bracket …
_THAN: Final = re.compile(
    rf"\s*{VS}\s+(?:did\s+)?(?:{IN})?(?:the\s+)?(?P<two>[^;:()\[\],]{{1,90}}?)\s*[(\[,]\s*(?:medians?\s*[,:]?\s*)?"
)
#: How far the first arm may stand before the measure, in characters.
_FAR: Final = 400
#: … before its own figure: "PFS (13 months) than B (11 months)" …
_NEXT: Final = re.compile(
    rf"[^(\[;]{{0,20}}?[)\]]\s*(?:\([^()]{{1,30}}\)\s*)?{VS}\s+(?:did\s+)?(?:{IN})?(?:the\s+)?(?P<two>[^;:()\[\],.]{{1,90}}?)\s*[(\[]\s*"
)
#: … and behind it: "(x vs y; HR …) than B", also when another measure with its bracket comes between.
_BEHIND: Final = re.compile(
    rf"(?:[^()\[\]]|[(\[][^()\[\]]{{0,60}}[)\]]){{0,220}}[)\]]\s*(?:(?:,|,?\s*and)\s+[^();:,]{{2,60}}?\s*{_BRACKET}\s*){{0,2}}"
    rf"(?P<link>{VS}|to)\s+(?:{IN})?(?:the\s+)?(?P<two>[^;:()\[\],.]{{1,90}}?){_END}"
)


#: "M (x vs y), and N (x vs y) in A were superior to those in B".
_IN_ONE: Final = re.compile(
    rf"(?:[^()\[\]]|[(\[][^()\[\]]{{0,60}}[)\]]){{0,60}}[)\]]\s*(?:(?:,|,?\s*and)\s+[^();:,]{{2,60}}?\s*{_BRACKET}\s*)?"
    rf"(?:in|with|for|of)\s+(?:the\s+)?(?P<one>{_PHRASE}{{1,80}}?)\s+(?:was|were)\s+(?:(?:\w+ly|also)\s+){{0,2}}{BETTER_WORDS}\s+"
    rf"(?:{VS}|to)\s+(?:that\s+|those\s+)?(?:{IN})?(?:the\s+)?(?P<two>{_PHRASE}{{1,80}}?){_END}"
)


def arms_around(text: str, span: Span, measure: Span, chain: Sequence[Figure]) -> list[Group] | None:
    """The two arms that the sentence around a bracketed pair names, the arm of the first figure first.

    >>> from .chains import chain_of
    >>> from .figures import figures
    >>> text = "ORR (52% vs 22%; P = 0.1) did not differ between A and B."
    >>> span = Span(0, len(text))
    >>> [arm.words for arm in arms_around(text, span, Span(0, 3), chain_of(text, figures(text, span))[0])]
    ['A', 'B']
    """
    if len(chain) != 2:
        return None
    start, end = chain[0].span.start, chain[-1].span.end
    gap = text[measure.end : start]
    opened = _OPENED.fullmatch(gap)
    if opened:
        named = list(_BETWEEN.finditer(text, end, min(span.end, end + _FAR)))
        if len(named) == 1 and not _YEAR.search(named[0][0]):
            return _both(text, (Span(*named[0].span("one")), Span(*named[0].span("two"))))
        if beyond := _IN_ONE.match(text, end, min(span.end, end + _FAR)):
            return _both(text, (Span(*beyond.span("one")), Span(*beyond.span("two"))))
    who = _SUBJECT.search(text[span.start : measure.start]) if measure.start - span.start < _FAR else None
    if not who:
        return None
    one = Span(span.start + who.start("one"), span.start + who.end("one"))
    than = _THAN.fullmatch(gap)
    if than:
        return _both(text, (one, Span(measure.end + than.start("two"), measure.end + than.end("two"))))
    beside = _NEXT.fullmatch(text, chain[0].span.end, chain[1].span.start) if opened else None
    if beside:
        return _both(text, (one, Span(*beside.span("two"))))
    rest = _BEHIND.match(text, end, span.end) if opened else None
    if not rest or (rest["link"] == "to" and who["how"].lower() not in ("superior", "inferior")):
        return None
    return _both(text, (one, Span(*rest.span("two"))))


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
    rf"\b(?:in|with|for|among|by)\s+(?:the\s+)?(?P<one>(?:(?!\b(?:in|with|for|among)\s)(?:[^.;:()\[\]\d,]|{SHORT}))+?){NOUN}\s*,?\s+{VS}"
    rf"\s+(?:{IN})?(?:the\s+)?(?P<two>{_PHRASE}{{2,80}}?)"
    rf"\s*[(\[,]\s*[^()\[\]\d]{{0,30}}$"
)


#: "of A was longer than that of B (".
_WAS: Final = re.compile(
    rf"^\s*(?:in|with|for|among|of)\s+(?:the\s+)?(?P<one>{_PHRASE}{{1,110}}?)\s+(?:was|were)\s+(?:(?:\w+ly|also)\s+)*"
    rf"{BETTER_WORDS}\s+{VS}\s+(?:{IN})?(?:the\s+)?(?P<two>{_PHRASE}{{1,110}}?)\s*[(\[,]\s*[^()\[\]\d]{{0,30}}$"
)
#: "Compared with B, A improved".
_IMPROVED: Final = re.compile(
    rf"(?:^|[;:]\s){LABEL}(?:Compared|In comparison) (?:with|to)\s+(?:the\s+)?(?P<two>[^,;:()\[\]]{{2,90}}),\s+"
    r"(?:the\s+)?(?P<one>[^,;:()\[\]]{2,90}?)\s+(?:\w+ly\s+)?(?:improved|prolonged|increased)\s+(?:the\s+)?(?:median\s+)?$"
)
#: "was similar between the A and B arms (".
_LIKE: Final = re.compile(
    rf"\bbetween\s+(?:the\s+)?(?P<one>{_PHRASE}{{1,80}}?)\s+and\s+(?:the\s+)?(?P<two>{_PHRASE}{{1,80}}?)\s*"
    r"[(\[,]\s*[^()\[\]\d]{0,30}$"
)


def by_comparison(text: str, span: Span, measure: Span, start: int) -> list[Group] | None:
    """Arms on both sides of a measure, or between it and the figures: "OS of A was longer than that of B ("."""
    gap, lead = text[measure.end : start], text[span.start : measure.start]
    if match := _WAS.match(gap):
        places = [Span(measure.end + match.start(n), measure.end + match.end(n)) for n in ("one", "two")]
        return _both(text, places)
    if (
        len(lead) < _FAR
        and re.fullmatch(r"\s*[(\[]\s*(?:medians?\s*,?\s*)?", gap)
        and (match := _IMPROVED.search(lead))
    ):
        return _both(text, [Span(span.start + match.start(n), span.start + match.end(n)) for n in ("one", "two")])
    return None


def named_before(text: str, span: Span, start: int, therapies: Sequence[Span]) -> list[Group] | None:
    """Arms named before the figures: two drugs joined by "versus", or "longer with A than with B"."""
    lead = text[span.start : start]
    match = _NAMED.search(lead) or _LIKE.search(lead)
    if match:
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
