"""For whom a figure is printed: arms, groups and subgroups, as words of the sentence.

The words are kept as printed; what of them the lexicon knows is told by :mod:`.who`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...model import Span
from .numbers import Figure

#: Words about everybody, which limit nothing.
_ALL: Final = re.compile(
    r"(?:the\s+|our\s+|an?\s+|this\s+|these\s+|all\s+)*(?:(?:overall|entire|whole|full|total|"
    r"study|intention-to-treat|intent-to-treat|ITT|evaluable|present|current|"
    r"efficacy[\s-]evaluable|treated|enrolled|efficacy|analysis|eligible|\d+)\s+)*"
    r"(?:population|cohort|patients?|group|series|study|trial|analysis|set|sample|participants|"
    r"total|conclusion|addition|contrast|general|"
    r"summary|fact|particular|turn|median follow-?up|univariate analysis|multivariate analysis|"
    r"subgroup analysis|secondary analysis|"
    r"(?:\w+\s)?analys[ei]s|response|cases?|combination|treatment|therapy|regimen|it|they|we|"
    r"results?|study population|entire)(?:\s+(?:as a whole|studied|analy[sz]ed))?",
    re.IGNORECASE,
)
_LABEL: Final = (
    r"(?:[A-Z][A-Za-z &/]{2,30}:\s+)?(?:(?:Overall|However|Furthermore|Moreover|Similarly|Conversely|"
    r"Finally|Additionally|Notably|Specifically|Importantly|Meanwhile|Also|Interestingly|By contrast|"
    r"In contrast|In addition),?\s+)?"
)
_LEADING: Final = re.compile(
    rf"{_LABEL}(?i:In|Among|For|Within|Of|With|After|At)\s+(?P<group>[^;:.]{{3,150}}?(?:\([^()]*\))?),\s", re.DOTALL
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[;:]\s|,\s(?:(?:and|while|whereas)\s)?){_LABEL}(?:The\s+|the\s+)?(?P<group>[^,;:()]{{2,110}}(?:\([^()]*\))?)"
    rf"\s*(?:\b(?:had|has|showed|shows|demonstrated|achieved|experienced|yielded|"
    r"resulted in|produced|induced|exhibited|provided|led to|reported|displayed|(?:was|were) associated with|"
    r"attained)\s+)"
    r"(?:(?:an?|the|higher|lower|longer|shorter|significantly|confirmed|overall|promising|encouraging|"
    r"best|median|estimated|similar)\s+)*$"
)
_STOP: Final = r"(?:[^.,;:()\[\]]|(?<=\d)\.(?=\d))"
_AFTER: Final = re.compile(
    rf"[)\]\s]*(?:of\s+(?:all\s+|the\s+)?(?=patients|those|women|men|cases)|(?:(?:evaluable\s+)?(?:patients?|"
    rf"women|men|participants|cases)\s+)?(?P<how>in|for|among|with|treated with|receiving)\s+(?:the\s+)?)"
    rf"(?P<group>{_STOP}{{2,100}}?)(?=\s*(?:\.(?!\d)|[,;:()\[\]]|$|\band\b|\bwith (?:an?|the|"
    rf"\d)\b|\bat (?:a|the) median))"
)
_ARM: Final = r"(?P<{0}>{1}{{1,90}}?(?:\s*\(n\s?=\s?\d+\))?)"
_IN: Final = r"(?:in|for|with|among|on|by|of)\s+(?:the\s+)?"
_NOUN: Final = r"(?:\s+(?:groups?|arms?|cohorts?|patients?|subgroups?|populations?))?"
_VS: Final = r"(?:vs\.?|versus|compared (?:with|to)|as compared (?:with|to)|than|over)"


#: A verb that is no part of a description: the words are a sentence, not a group.
_FINITE: Final = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:was|were|is|are|improved|increased|resulted|demonstrated|"
    r"(?<!not )had|showed|achieved|led|remained|did not differ)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Group:
    """Words that say for whom a figure is."""

    span: Span
    words: str

    @staticmethod
    def of(span: Span, text: str, *, everybody: bool = False) -> Group | None:
        """The group that some words name; ``None`` when they are about everybody, unless that is wanted."""
        start, end = span.start, span.end
        while start < end and text[start] in " ,\n":
            start += 1
        while end > start and text[end - 1] in " ,\n":
            end -= 1
        if that := re.match(r"(?:that|those) (?:in|of|for|with|among) (?:the )?(?!$)", text[start:end]):
            start += that.end()
        if aside := re.search(r"\s+in (?:the )?(?:uni|multi)varia\w+ (?:analysis|model)$", text[start:end]):
            end = start + aside.start()
        words = text[start:end]
        if not re.search(r"[^\W\d_]{2}|[A-Z]", words) or re.fullmatch(
            (r"[\d\W]*(?:of [\d\W]*)?(?:patients?|pts)?[\d\W]*"), words
        ):
            return None
        if re.match(r"(?:in\s+)?(?:both|each|either|the two|two)\b", words) or re.search(
            (r"\bin (?:both|each|either)\b"), words
        ):
            return None
        if _FINITE.search(words):
            return None
        if not everybody and _ALL.fullmatch(re.sub(r"\s*\([^()]*\)$", "", words)):
            return None
        return Group(Span(start, end), words)


def leading(text: str, span: Span) -> Group | None:
    """Whom a sentence is about that begins so: "In patients with brain metastases, …"."""
    match = _LEADING.match(text, span.start, span.end)
    if not match:
        return None
    words = match["group"]
    if re.search(r"follow-?up", words, re.IGNORECASE) or re.match(
        (r"(?:a |an )?(?:\w+ )?(?:median|mean|follow-?up|data cut|conclusion|\d+ (?:months|years))"),
        words,
        re.IGNORECASE,
    ):
        return None
    return Group.of(Span(match.start("group"), match.end("group")), text)


def subject(text: str, span: Span, end: int) -> Group | None:
    """Who had the result: "Patients with exon 20 insertions had an …"."""
    match = None
    for found in _SUBJECT.finditer(text[span.start : end]):
        match = found
    if not match:
        return None
    return Group.of(Span(span.start + match.start("group"), span.start + match.end("group")), text)


def after(text: str, end: int, span: Span, therapies: Sequence[Span]) -> Group | None:
    """Whom a figure is followed by: "… 38% in patients with brain metastases"."""
    match = _AFTER.match(text, end, span.end)
    if not match:
        return None
    place = Span(match.start("group"), match.end("group"))
    if re.match(r"(?:patients|women|men|cases|those)\s*$", match["group"]):
        return None
    if match["how"] == "with" and not any(0 <= t.start - place.start <= 4 for t in therapies):
        return None
    if re.match(r"(?:favou?r|terms|line|a total|which|whom|both\b.*\band$|comparison)", match["group"], re.IGNORECASE):
        return None
    return Group.of(place, text, everybody=True)


def inline(text: str, chain: Sequence[Figure], span: Span) -> list[Group] | None:
    """Arms beside each figure: "28.4 months for A, 34.6 months for B, and 32.5 months for C"."""
    found: list[Group] = []
    ends = [f.span.start for f in chain[1:]] + [span.end]
    for number, (figure, end) in enumerate(zip(chain, ends, strict=True)):
        rest = text[figure.span.end : end]
        last = number == len(chain) - 1
        stop = (
            r"(?=\s*(?:\.(?!\d)|[,;()\[\]]|$|\brespectively))"
            if last
            else (rf"\s*[,;(\[]*\s*(?:{_VS}|and|,\s*and|while|whereas|,)\s*(?:only\s+|{_IN})?$")
        )
        match = re.match(rf"[)\]\s]*,?\s*{_IN}{_ARM.format('arm', _STOP)}{_NOUN}?{stop}", rest)
        if not match or (not last and re.search(rf"\s(?:{_VS}|and)\s", match["arm"])):
            return None
        if last and re.search(rf"\s(?:{_VS}|and)\s", match["arm"]):
            return None  # "17 vs 9 months in A and B": a list for all, not the arm of the last
        start = figure.span.end + match.start("arm")
        group = Group.of(Span(start, figure.span.end + match.end("arm")), text)
        if group is None:
            return None
        found.append(group)
    return found


def behind(text: str, end: int, count: int, span: Span) -> list[Group] | None:
    """Arms in a list behind all figures: "for A, B and C, respectively", "in the A and B groups"."""
    lead = re.compile(rf"[)\]\s]*,?\s*{_IN}").match(text, end, span.end)
    if not lead:
        return None
    stop = re.compile(
        r"(?P<list>(?:[^.;:\[\]]|(?<=\d)\.(?=\d)){3,220}?)(?=\s*(?:,?\s*respectively\b|\.(?!\d)|"
        r"[;:\[\]]|\s\((?![nN]\s?=)|$))"
    ).match(text, lead.end(), span.end)
    if not stop:
        return None
    parts: list[Span] = []
    start = lead.end()
    joint = re.compile(rf"\s*,\s*(?:and\s+)?(?:{_IN}|the\s+)?|\s+(?:and|{_VS})\s+(?:{_IN}|the\s+)?")
    for match in joint.finditer(text, lead.end(), stop.end("list")):
        parts.append(Span(start, match.start()))
        start = match.end()
    parts.append(Span(start, stop.end("list")))
    if len(parts) != count:
        return None
    groups = [Group.of(part, text) for part in parts]
    known = [g for g in groups if g is not None]
    return known if len(known) == count else None


def before_brackets(text: str, chain: Sequence[Figure]) -> list[Group] | None:
    """Each figure in a bracket after its arm: "longer in A (6 months) than in B (3 months)"."""
    one, two = chain
    lead = text[max(0, one.span.start - 130) : one.span.start]
    first = re.search(
        r"\b(?:in|with|for|among)\s+(?:the\s+)?(?P<arm>(?:(?!\b(?:in|with|for|among)\s)[^.;:()\[\]])+?)\s*[(\[]\s*(?:medians?,?\s*)?$",
        lead,
    )
    second = re.fullmatch(
        rf"[^(\[]*?[)\]]?\s*,?\s*(?:{_VS}|and)\s+(?:{_IN})?(?:the\s+)?(?P<arm>[^.;:()\[\]]{{2,80}}?)\s*[(\[]\s*(?:medians?,?\s*)?",
        text[one.span.end : two.span.start],
    )
    if not first or not second or re.search(rf"\s{_VS}\s", first["arm"]):
        return None
    at = max(0, one.span.start - 130)
    groups = [
        Group.of(Span(at + first.start("arm"), at + first.end("arm")), text),
        Group.of(Span(one.span.end + second.start("arm"), one.span.end + second.end("arm")), text),
    ]
    known = [g for g in groups if g is not None]
    return known if len(known) == 2 else None


#: "longer with A than with B (", "improved with A versus B,", "between the A and B groups".
_NAMED: Final = re.compile(
    rf"\b(?:in|with|for|among|by)\s+(?:the\s+)?(?P<one>(?:(?!\b(?:in|with|for|among)\s)[^.;:()\[\]\d,])+?){_NOUN}\s*,?\s+{_VS}\s+(?:{_IN})?(?:the\s+)?(?P<two>[^.;:()\[\],]{{2,80}}?)"
    rf"\s*[(\[,]\s*[^()\[\]\d]{{0,30}}$"
)


def named_before(text: str, span: Span, start: int, therapies: Sequence[Span]) -> list[Group] | None:
    """Arms named before the figures: two drugs joined by "versus", or "longer with A than with B"."""
    lead = text[span.start : start]
    match = _NAMED.search(lead)
    if match:
        places = [Span(span.start + match.start(n), span.start + match.end(n)) for n in ("one", "two")]
        known = [g for g in (Group.of(p, text) for p in places) if g is not None]
        return known if len(known) == 2 else None
    before = sorted(t for t in therapies if span.start <= t.start and t.end <= start)
    for one, two in zip(before[::-1][1:], before[::-1], strict=False):
        between = re.sub(r"\([^()]*\)", "", text[one.end : two.start])
        if re.fullmatch(rf"{_NOUN}\s*,?\s+{_VS}\s+(?:{_IN})?(?:the\s+)?", between) and not re.search(
            r"[;:]", text[two.end : start]
        ):
            return [Group(one, one.of(text)), Group(two, two.of(text))]
    return None
