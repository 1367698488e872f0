"""For whom a figure is printed: arms, groups and subgroups, as words of the sentence.

The words are kept as printed; what of them the lexicon knows is told by :mod:`.who`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    r"subgroups|subgroup analysis|secondary analysis|"
    r"(?:\w+\s)?analys[ei]s|response|cases?|combination|treatment|therapy|regimen|it|they|we|"
    r"results?|study population|entire)(?:\s+(?:as a whole|studied|analy[sz]ed))?",
    re.IGNORECASE,
)
LABEL: Final = (
    r"(?:[A-Z][A-Za-z &/]{2,30}:\s+)?(?:(?:Overall|However|Furthermore|Moreover|Similarly|Conversely|"
    r"Finally|Additionally|Notably|Specifically|Importantly|Meanwhile|Also|Interestingly|By contrast|"
    r"In contrast|In addition),?\s+)?"
)
_LEADING: Final = re.compile(
    rf"{LABEL}(?i:In|Among|For|Within|Of|With|After|Considering(?: only)?|At(?=[^,;.]{{0,30}}\b(?:dose|level|mg)))\s+"
    r"(?P<group>[^;:.]{3,150}?(?:\([^()]*\))?),\s",
    re.DOTALL,
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[;:]\s|,\s(?:(?:and|while|whereas)\s)?){LABEL}(?:The\s+|the\s+)?(?P<group>[^,;:()]{{2,110}}(?:\([^()]*\))?)"
    rf"\s*(?:\b(?:had|has|showed|shows|demonstrated|achieved|experienced|yielded|"
    r"resulted in|produced|induced|elicited|exhibited|provided|led to|reported|displayed|(?:was|were) associated with|"
    r"attained)\s+)"
    r"(?:(?:an?|the|higher|lower|longer|shorter|significantly|confirmed|overall|promising|encouraging|"
    r"best|median|estimated|similar)\s+)*$"
)
#: What one arm is, beside another.
BETTER_WORDS: Final = (
    r"(?:longer|shorter|higher|lower|better|worse|superior|inferior|improved|greater|prolonged|increased|poorer)"
)
#: Behind "and", what makes it the beginning of another result, and not a part of "liver and brain metastases".
_FIGURE: Final = (
    r"[^,;()]{0,80}?(?:\d[\d.·]*\s?(?:%|months?|weeks|years)|\b(?:medians?|mean|rates?|survival|PFS|OS|ORRs?|DCR|D[Oo]R|"
    r"was|were|had|is|are)\b)|\s+(?:(?:in|of)\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\s*(?:patients\s*)?[(\[]"
)
_STOP: Final = r"(?:[^.,;:()\[\]]|(?<=\d)\.(?=\d))"
_AFTER: Final = re.compile(
    rf"[)\]\s]*(?:of\s+(?:all\s+|the\s+)?(?=patients|those|women|men|cases)|(?:(?:evaluable\s+)?(?:patients?|"
    rf"women|men|participants|cases)\s+)?(?P<how>in|for|among|with|treated with|receiving)\s+(?:the\s+)?)"
    rf"(?P<group>{_STOP}{{2,100}}?)(?=\s*(?:\.(?!\d)|[,;:()\[\]]|$|\band\b(?={_FIGURE})|\bwith (?:an?|"
    rf"the|\d)\b|\bat (?:a|the) median))"
)
_ARM: Final = r"(?P<{0}>{1}{{1,90}}?(?:\s*\(n\s?=\s?\d+\))?)"
IN: Final = r"(?:in|for|with|among|on|by|of)\s+(?:the\s+)?"
NOUN: Final = r"(?:\s+(?:groups?|arms?|cohorts?|patients?|subgroups?|populations?))?"
VS: Final = r"(?:vs?\.?|versus|compared (?:with|to)|as compared (?:with|to)|than|over)"


#: A verb that is no part of a description: the words are a sentence, not a group.
_FINITE: Final = re.compile(
    r"(?<!who )(?<!that )(?<!which )\b(?:was|were|is|are|improved|increased|resulted|demonstrated|"
    r"(?<!not )had|showed|achieved|led|remained|did not differ)\b",
    re.IGNORECASE,
)


#: In what groups differ, or how that was found: no part of what they are called.
_WHEREIN: Final = re.compile(
    r"\s+(?:in (?:the )?(?:uni|multi)varia\w+ (?:analysis|model)\Z|(?:regarding|concerning|in terms of|"
    r"with (?:respect|regard) to)\b)"
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
        if aside := _WHEREIN.search(text, start, end):
            end = aside.start()
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


#: The same without a comma, before a measure.
_LEADING_TO: Final = re.compile(
    rf"{LABEL}(?i:In|Among|For)\s+(?P<group>(?=[^,;:.]*\b(?:patients|those|women|men|cohorts?|groups?|arms?|cases)\b)"
    r"[^,;:.]{3,150}?)\s+the\s+(?:median\s+)?$"
)


def leading(text: str, span: Span, measure: int | None = None) -> Group | None:
    """Whom a sentence is about that begins so: "In patients with brain metastases, …"; ``measure`` is its first."""
    match = _LEADING.match(text, span.start, span.end)
    if measure is not None and (not match or match.end() > measure):
        match = _LEADING_TO.match(text, span.start, measure) if measure - span.start < 200 else None
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


def inline(text: str, chain: Sequence[Figure], span: Span, starts: Sequence[int] | None = None) -> list[Group] | None:
    """Arms beside each figure: "28.4 months for A, 34.6 months for B, and 32.5 months for C".

    ``starts`` are where the figures of the next arm begin, when each arm has several and ``chain`` holds the last.
    """
    found: list[Group] = []
    ends = [*(starts if starts is not None else [f.span.start for f in chain[1:]]), span.end]
    for number, (figure, end) in enumerate(zip(chain, ends, strict=True)):
        rest = text[figure.span.end : end]
        last = number == len(chain) - 1
        stop = (
            r"(?=\s*(?:\.(?!\d)|[,;()\[\]]|$|\brespectively))"
            if last
            else (rf"\s*[,;(\[]*\s*(?:{VS}|and|,\s*and|while|whereas|,)\s*(?:only\s+|{IN})?$")
        )
        match = re.match(rf"[)\]\s]*,?\s*(?:{IN}|(?=without\s)){_ARM.format('arm', _STOP)}{NOUN}?{stop}", rest)
        if not match or (not last and re.search(rf"\s(?:{VS}|and)\s", match["arm"])):
            return None
        if last and re.search(rf"\s(?:{VS}|and)\s", match["arm"]):
            return None  # "17 vs 9 months in A and B": a list for all, not the arm of the last
        start = figure.span.end + match.start("arm")
        group = Group.of(Span(start, figure.span.end + match.end("arm")), text, everybody=True)
        if group is None:
            return None
        found.append(group)
    return found


def behind(text: str, end: int, count: int, span: Span) -> list[Group] | None:
    """Arms in a list behind all figures: "for A, B and C, respectively", "in the A and B groups"."""
    lead = re.compile(rf"[)\]\s]*,?\s*{IN}").match(text, end, span.end)
    if not lead:
        return None
    stop = re.compile(
        r"(?P<list>(?:[^.;:\[\]]|(?<=\d)\.(?=\d)){3,220}?)(?=\s*(?:,?\s*respectively\b|\.(?!\d)|"
        r"[;:\[\]]|\s\((?![nN]\s?=)|$))"
    ).match(text, lead.end(), span.end)
    if not stop:
        return None
    return listed(text, Span(lead.end(), stop.end("list")), count)


_JOINT: Final = re.compile(rf"\s*,\s*(?:and\s+)?(?:{IN}|the\s+)?|\s+(?:and|{VS})\s+(?:{IN}|the\s+)?")
#: A score whose assay is named once for all: "IHC 2+ and 3+ cohorts".
_BARE_SCORE: Final = re.compile(r"[0-3]\s?\+")


def listed(text: str, place: Span, count: int) -> list[Group] | None:
    """So many groups in a list of words: "A, B and C"; what only one prints for all is added, with "…" between.

    >>> text = "IHC 2+ and 3+ cohorts"
    >>> [group.words for group in listed(text, Span(0, len(text)), 2) or ()]
    ['IHC 2+', 'IHC … 3+ cohorts']
    """
    parts: list[Span] = []
    start = place.start
    for match in _JOINT.finditer(text, place.start, place.end):
        parts.append(Span(start, match.start()))
        start = match.end()
    parts.append(Span(start, place.end))
    if len(parts) != count:
        return None
    groups = [Group.of(part, text, everybody=True) for part in parts]
    known = [g for g in groups if g is not None]
    if len(known) != count:
        return None
    if tail := re.search(r"-(?=\w)(?P<noun>.+)$", known[-1].words):  # "first- and second-line therapy"
        known = [replace(g, words=f"{g.words} … {tail['noun']}") if g.words.endswith("-") else g for g in known]
    first, last = known[0].words, known[-1].words
    if count == 2 and first.endswith(" with") and last.startswith("without "):  # "with and without brain metastases"
        return [replace(known[0], words=f"{first} … {last.removeprefix('without ')}"), known[1]]
    assay = re.match(r"(?:HER-?2\s+)?(?:IHC|immunohistochem\w+)(?=\s)", known[0].words)
    return [replace(g, words=f"{assay[0]} … {g.words}") if assay and _BARE_SCORE.match(g.words) else g for g in known]
