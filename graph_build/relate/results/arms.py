"""For whom a figure is printed: arms, groups and subgroups, as words of the sentence.

The words are kept as printed; what of them the lexicon knows is told by :mod:`.who`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ...model import Span

#: Words about everybody, which limit nothing.
_ALL: Final = re.compile(
    r"(?:the\s+|our\s+|an?\s+|this\s+|these\s+|all\s+)*(?:(?:overall|entire|whole|full|total|"
    r"study|intention-to-treat|intent-to-treat|ITT|evaluable|present|current|"
    r"efficacy[\s-]evaluable|treated|enrolled|efficacy|analysis|eligible|\d+)\s+)*"
    r"(?:population|cohort|patients?|group|series|study|trial|analysis|set|sample|participants|"
    r"total|all|conclusion|addition|contrast|general|"
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
    r"(?P<group>[^;:.]{3,150}?(?:\([^()]*\))?),(?:\s|(?=the\b|median\b|ORR\b|PFS\b|OS\b))",
    re.DOTALL,
)
_SUBJECT: Final = re.compile(
    rf"(?:^|[;:]\s|,\s(?:(?:and|while|whereas)\s)?|\b(?:and|while|whereas)\s(?=\d+\s(?:patients|cases)|patients\s|"
    rf"those\s))"
    rf"{LABEL}(?:The\s+|the\s+)?(?P<group>(?:[^,;:()]|\((?:n\s?=\s?\d+|"
    rf"[A-Z][\w+/-]{{0,14}})\)){{2,110}}(?:\([^()]*\))?)\s*(?:\b(?:had|has|showed|shows|demonstrated|achieved|"
    rf"experienced|yielded|"
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
    r"[^,;()]{0,80}?(?:\d[\d.·]*\s?(?:%|months?|weeks|years)|\b(?:medians?|mean|rates?|survival|PFS|OS|ORRs?|DCR|"
    r"D[Oo]R|"
    r"was|were|had|is|are)\b)|\s+(?:(?:in|of)\s+)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve)\s*(?:patients\s*)?[(\[]"
)
STOP: Final = r"(?:[^.,;:()\[\]]|(?<=\d)\.(?=\d))"
_AFTER: Final = re.compile(
    rf"[)\]\s]*(?:of\s+(?:all\s+|the\s+)?(?=patients|those|women|men|cases)|(?:(?:evaluable\s+)?(?:patients?|"
    rf"women|men|participants|cases)\s+)?(?P<how>in|for|on|among|with|treated with|receiving)\s+(?:the\s+)?)"
    rf"(?P<group>{STOP}{{2,100}}?)(?=\s*(?:\.(?!\d)|[,;:()\[\]]|$|\band\b(?={_FIGURE})|"
    rf"(?<!patients )(?<!those )(?<!cases )(?<!women )(?<!men )\bwith (?:an?|the|\d)\b|\bwith (?:an?|"
    rf"the) (?:median|mean|overall|objective|disease|corresponding|confirmed|ORR|DCR)\b|\bat (?:a|the) median))"
)
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


#: A bracket that tells what the patients of a group are like: "(n = 40; median age: 63 years; adenocarcinoma: 80%)".
_TRAITS: Final = re.compile(r"\s*\([^()]*[;:][^()]*\)\Z")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that say for whom a figure is."""

    span: Span
    words: str

    @staticmethod
    def of(span: Span, text: str, *, everybody: bool = False) -> Group | None:
        """The group that some words name; ``None`` when they are about everybody, unless that is wanted."""
        start, end = span.start, span.end
        while start < end and text[start] in ' ,\n"“”':
            start += 1
        while end > start and text[end - 1] in ' ,\n"“”':
            end -= 1
        if that := re.match(r"(?:that|those) (?:in|of|for|with|among) (?:the )?(?!$)", text[start:end]):
            start += that.end()
        if aside := _WHEREIN.search(text, start, end) or _TRAITS.search(text, start, end):
            end = aside.start()
        words = text[start:end]
        if not re.search(r"[^\W\d_]{2}|[A-Z]", words) or re.fullmatch(
            r"[\d\W]*(?:of [\d\W]*)?(?:patients?|pts)?[\d\W]*|"
            r"(?i:one|two|three|four|five|six|seven|eight|nine|ten)\s+patients?",
            words,
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
        (
            r"(?:a |an |our )?(?:\w+ )?(?:effort|attempt|order to|median|mean|follow-?up|data cut|conclusion|"
            r"\d+ (?:months|years))"
        ),
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
    start = match.start("group")
    for before in (_THAT, _AND_THEN):
        told = before.match(text, span.start + start, span.start + match.end("group"))
        start = told.end() - span.start if told else start
    return Group.of(Span(span.start + start, span.start + match.end("group")), text)


#: "The analysis showed that responders".
_THAT: Final = re.compile(
    r".*\b(?:showed|found|revealed|demonstrated|indicated|suggested|noted|observed)\s+that\s+(?:the\s+)?", re.DOTALL
)
#: "14 patients with A had … and 9 patients with B".
_AND_THEN: Final = re.compile(
    r".*\b(?:had|was|were|showed|achieved)\b.*\b(?:and|while|whereas)\s+(?=\d+\s(?:patients|cases)|patients\s|"
    r"those\s)",
    re.DOTALL,
)
#: "Responders' median PFS".
_OWNER: Final = re.compile(
    r"(?:^|[.;:]\s|,\s(?:(?:and|while|whereas)\s)?)(?:The\s+|the\s+)?(?P<group>[^,;:.()\[\]]{2,60}?s['’]|"
    r"[^,;:.()\[\]]{2,60}?(?=['’]s\s))"
    r"(?:['’]s)?\s+(?:(?:confirmed|best|overall|median|respective)\s+)*$"
)


def owner(text: str, span: Span, end: int) -> Group | None:
    """Whose the measure is: "Responders' median PFS"."""
    match = _OWNER.search(text[span.start : end])
    if not match or re.search(r"\bpatients['’]?$", match["group"]):
        return None
    start = span.start + match.start("group")
    return Group.of(Span(start, start + len(match["group"].rstrip("'’"))), text)


#: "Cohort A: ORR 31%".
_LABELLED: Final = re.compile(
    r"(?:^|[;.]\s)(?:[A-Z][A-Za-z &/]{2,30}:\s+)?(?P<group>[^;:.]{0,60}"
    r"\b(?:cohort|group|arm|patients|pts|part|stratum)\b[^;:.]{0,40}):\s+[^;:]{0,80}$",
    re.IGNORECASE,
)


def labelled(text: str, span: Span, end: int) -> Group | None:
    """Whom a colon introduces: "Cohort A: ORR 31%, DCR 70%; cohort B: …"."""
    match = _LABELLED.search(text[span.start : end])
    return Group.of(Span(span.start + match.start("group"), span.start + match.end("group")), text) if match else None


#: "… in the A cohort (ORR".
_BRACKETED: Final = re.compile(
    r"\b(?:in|among)\s+(?:the\s+)?(?P<group>[^.,;:()]{2,60}?\s(?:cohort|group|arm|subgroup|patients))\s*\($",
    re.IGNORECASE,
)


def bracketed(text: str, span: Span, end: int) -> Group | None:
    """Whom the measure in a bracket is of: "four responses were seen in the A cohort (ORR, 20%"."""
    match = _BRACKETED.search(text[span.start : end])
    return Group.of(Span(span.start + match.start("group"), span.start + match.end("group")), text) if match else None


def after(text: str, end: int, span: Span, therapies: Sequence[Span]) -> Group | None:
    """Whom a figure is followed by: "… 38% in patients with brain metastases"."""
    match = _AFTER.match(text, end, span.end)
    if not match:
        return None
    place = Span(match.start("group"), match.end("group"))
    if re.match(r"(?:patients|women|men|cases|those)\s*$", match["group"]):
        return None
    counted = re.search(r"\d\s+(?:\w+\s+)?(?:patients|women|men|cases|participants)\s*$", text[max(0, end - 40) : end])
    if match["how"] == "with" and not counted and not any(0 <= t.start - place.start <= 4 for t in therapies):
        return None
    if re.match(r"(?:favou?r|terms|line|a total|which|whom|both\b.*\band$|comparison)", match["group"], re.IGNORECASE):
        return None
    return Group.of(place, text, everybody=True)
