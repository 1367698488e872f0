"""The two arms of a comparison, read with its brackets left out: "A had a longer PFS (…) and a higher ORR (…) than B".

The narrower forms of :mod:`.comparisons` tell where each figure stands; here the sentence needs only one comparison,
and beside it nothing that parts the patients.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import Span
from .arms import BETTER_WORDS, LABEL, Group, leading
from .everybody import parts_patients
from .numbers import Figure, plain

#: What stands for a bracket that is left out.
_GONE: Final = "\x00"
#: An abbreviation or a number of patients, which belongs to the words before it.
_KEPT: Final = re.compile(r"\(\s?(?:[A-Z+±][\w+/±-]{0,14}|[+±–-]|n\s?=\s?\d+)\s?\)")
_ARM: Final = rf"(?:[^.,;:()\[\]{_GONE}]|(?<=\d)\.(?=\d)|\((?:[^() ]{{1,16}}|\s?n\s?=\s?\d+\s?)\))"
_IN: Final = r"(?:in|with|for|among|of|on|by)\s+(?:the\s+)?"
_THAN: Final = r"(?:than|vs\.?|versus|(?:as\s+)?compared\s+(?:with|to)|over|in comparison (?:with|to)|relative to)"
_THOSE: Final = rf"(?:did\s+)?(?:(?:that|those)\s+(?=of|in|with|for|among))?(?:{_IN})?(?:the\s+)?"
_HOW: Final = rf"(?P<how>{BETTER_WORDS}|similar|comparable|different)"
_VERB: Final = (
    r"(?:had|has|have|showed|presented|demonstrated|achieved|experienced|exhibited|displayed|obtained|attained|"
    r"yielded|gave|"
    r"provided|produced|resulted in|led to|(?:was|were) associated with)"
)
_RAISED: Final = r"(?:improve[ds]?|prolong(?:ed|s)?|increase[ds]?|extend(?:ed|s)?)"
_BEGIN: Final = rf"(?:^\s*|[;:]\s+|,\s+(?:(?:and|that|while|whereas|but)\s+)?|\bthat\s+){LABEL}(?:[Tt]he\s+)?"
_END: Final = (
    rf"(?=\s*(?:[,;:{_GONE}]|\.(?!\d)|$|\b(?:regardless|irrespective) of\b|\bin terms of\b|\bwith respect to\b|"
    rf"\band\s+(?:an?\s+)?(?:{BETTER_WORDS}|median)\b))"
)
_ONE: Final = rf"(?P<one>{_ARM}{{1,120}}?)"
_TWO: Final = rf"(?P<two>{_ARM}{{1,120}}?)"
_GAP: Final = rf"[\s{_GONE}]*,?\s*"
_FRAMES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # "A had a longer PFS (…) and a higher ORR (…) than B"
        rf"{_BEGIN}{_ONE}\s+{_VERB}\s+(?:(?!that\b)\w+\s+){{0,4}}?{_HOW}\b[^;:.]{{2,300}}?\b{_THAN}\s+{_THOSE}{_TWO}{_END}",
        # "A had a superior PFS (…) to B"
        (
            rf"{_BEGIN}{_ONE}\s+{_VERB}\s+(?:(?!that\b)\w+\s+){{0,4}}?(?P<how>superior|inferior)\b[^;:.]{{2,300}}?"
            rf"{_GONE}\s+to\s+{_TWO}{_END}"
        ),
        # "PFS and OS of A (…) were significantly longer than those of B"
        (
            rf"\b{_IN}{_ONE}{_GAP}\b(?:was|were|tended to be)\s+(?:(?:\w+ly|also|not|no)\s+){{0,3}}"
            rf"{_HOW}\b(?:\s+\w+){{0,2}}?{_GAP}(?:{_THAN}|to)\s+{_THOSE}{_TWO}{_END}"
        ),
        # "a longer PFS (…) was seen in A than in B"
        rf"\b{_HOW}\b[^;:.]{{0,200}}?\b{_IN}{_ONE}{_GAP}{_THAN}\s+{_THOSE}{_TWO}{_END}",
        # "did not differ between A and B"
        rf"\bbetween\s+(?:the\s+)?{_ONE}\s+and\s+(?:the\s+)?{_TWO}{_END}",
        # "Compared with B, A improved"
        (
            rf"{_BEGIN}(?:[Aa]s\s+)?(?:[Cc]ompared|[Ii]n comparison)\s+(?:with|to)\s+(?:that of\s+|the\s+)*{_TWO},\s+"
            rf"(?:the\s+)?{_ONE}\s+(?:\w+ly\s+)?(?:{_VERB}|{_RAISED})\b"
        ),
        # "A improved PFS (…) over B"
        (
            rf"{_BEGIN}{_ONE}\s+(?:\w+ly\s+|continued to\s+|did not\s+)*{_RAISED}\s[^;:.]{{2,300}}?"
            rf"\b{_THAN}\s+{_THOSE}{_TWO}{_END}"
        ),
        # "neither OS nor PFS differed for A versus B"
        (
            rf"\b(?:differ(?:ed)?|difference[ds]?|improved|improvement|prolonged)\b[^;:.]{{0,200}}?\b{_IN}{_ONE}{_GAP}"
            rf"(?:vs\.?|versus|over|compared (?:with|to))\s+{_THOSE}{_TWO}{_END}"
        ),
    )
)
#: A clause without any of these compares nothing.
_COMPARED: Final = re.compile(rf"\b(?:{_THAN}|between|superior|inferior)(?!\w)", re.IGNORECASE)
#: Where another comparison of a sentence begins.
_CLAUSE: Final = re.compile(r";|[,;]?\s+(?:whereas|while|although|but(?! not\b)|however)\b", re.IGNORECASE)
#: Words that say that arms are compared, and nothing of whom.
_COMPARES: Final = re.compile(
    rf"\b(?:{BETTER_WORDS}|compared|versus|vs|first-line|second-line|groups?|arms?|(?:that|those)\s+(?:of|in|with|"
    rf"for|among))\b",
    re.IGNORECASE,
)
_LESS: Final = frozenset({"shorter", "lower", "worse", "inferior", "poorer"})
_MORE: Final = frozenset({"longer", "higher", "better", "superior", "improved", "greater", "prolonged", "increased"})
#: Words that are no arm, or more than one.
_NO_ARM: Final = re.compile(
    rf"\b(?:and\s+(?:those|in|with|for)|respectively|multivaria\w+|univaria\w+)\b|\s{_THAN}\s|%|\d\s?months|"
    r"^(?:19|20)\d\d$|^(?:baseline|historical\b.*|other(?:\s+studies)?)$"
)
#: "we found A to give".
_FOUND: Final = re.compile(
    r"^.*\b(?:(?:we|it was)\s+(?:also\s+)?(?:found|observed|noted|showed)|(?:showed|found|revealed|demonstrated|"
    r"indicated|"
    r"suggested|noted|observed)\s+that)\s+(?:that\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
#: Before the comparison, that it was found: "subgroup analysis showed that".
_TOLD: Final = re.compile(
    r".*\b(?:showed|found|revealed|demonstrated|indicated|suggested|noted|observed)\s+that\s+", re.DOTALL
)
#: A part of the patients in which an arm was looked at: "Vd in A-refractory" is no arm.
_WITHIN: Final = re.compile(
    r"(?<!patients)(?<!those)(?<!women)(?<!cases)(?<!men)\s(?:in|among|within)\s", re.IGNORECASE
)
#: The measure before the arm: "the median PFS of A".
_OF: Final = re.compile(
    r"^.*\b(?:survival|PFS|OS|ORR|DFS|EFS|DCR|rates?|times?|response)\s+(?:of|in|for|with|among)\s+(?:the\s+)?",
    re.IGNORECASE,
)


def framed(text: str, span: Span, place: int, chain: Sequence[Figure] = ()) -> list[Group] | None:
    """The two arms that the clause around a place compares, the arm of the first figure first.

    >>> text = "A had a longer PFS (9 vs 6 months) and a higher ORR (40% vs 20%) than B."
    >>> [arm.words for arm in framed(text, Span(0, len(text)), text.index("40")) or ()]
    ['A', 'B']
    """
    clause = _clause(text, span, place)
    bare = _without_brackets(clause.of(text))
    if not _COMPARED.search(bare):
        return None
    for frame in _FRAMES:  # the first that fits tells who is compared; the others find parts of it
        matches = list(frame.finditer(bare))
        arms = [(m, groups) for m in matches if (groups := _groups(text, clause, bare, m))]
        if arms:
            break
    if len({tuple(g.words for g in groups) for _, groups in arms}) != 1:
        return None
    match, groups = arms[0]
    how = (match.groupdict().get("how") or "").lower()
    if _against(how, chain):
        return None
    setting = leading(text, clause)
    told = _TOLD.match(bare[: max(match.start("one"), match.start())])
    behind = bare.find(",", max(match.end("one"), match.end("two"), place - clause.start))
    rest = bare[: behind if behind >= 0 else len(bare)]  # "…, consistent with the first cohort"
    for start, end in (
        match.span("one"),
        match.span("two"),
        (setting.span.start - clause.start, setting.span.end - clause.start) if setting else (0, 0),
        told.span() if told else (0, 0),
    ):
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return None if parts_patients(_COMPARES.sub(" ", rest.replace(_GONE, " "))) else groups


def _clause(text: str, span: Span, place: int) -> Span:
    """The clause in which a place stands; semicolons inside brackets part nothing."""
    bare = _without_brackets(span.of(text))
    start, end = 0, len(bare)
    for match in _CLAUSE.finditer(bare):
        if span.start + match.end() <= place:
            start = match.end()
        elif span.start + match.start() >= place:
            end = match.start()
            break
    return Span(span.start + start, span.start + end)


def _without_brackets(words: str) -> str:
    """The words with what stands in brackets left out, and every place kept."""
    kept = {n for match in _KEPT.finditer(words) for n in range(match.start(), match.end())}
    depth = 0
    bare: list[str] = []
    for number, sign in enumerate(words):
        if number in kept and not depth:
            bare.append(sign)
            continue
        depth += sign in "(["
        bare.append(_GONE if depth else sign)
        depth -= sign in ")]" and depth > 0
    return "".join(bare)


def _groups(text: str, clause: Span, bare: str, match: re.Match[str]) -> list[Group] | None:
    found: list[Group] = []
    for part in ("one", "two"):
        start, end = match.span(part)
        for before in (_FOUND, _OF):
            told = before.match(bare[start:end])
            start += told.end() if told else 0
        if _NO_ARM.search(bare[start:end]) or _WITHIN.search(bare[start:end]):
            return None
        group = Group.of(Span(clause.start + start, clause.start + end), text, everybody=True)
        if group is None:
            return None
        found.append(group)
    return found


def _against(how: str, chain: Sequence[Figure]) -> bool:
    """Whether the figures contradict the words: "longer … (5 vs 9 months)" is of others."""
    if len(chain) != 2 or not all(f.value for f in chain):
        return False
    first, second = (float(plain(f.value or "")) for f in chain)
    return (how in _LESS and first > second) or (how in _MORE and first < second)
