"""Two figures beside which one arm is named, or none: the other, or both, are those that the paper introduced.

"Longer in the A group (9 vs 6 months)", "A improved OS (9 vs 6 months)", "similar in both groups (72% vs 68%)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...model import Span
from .arms import BETTER_WORDS, LABEL, VS, Group
from .everybody import parts_patients
from .introduced import Arms
from .numbers import Figure, plain
from .wording import SHORT

_PHRASE: Final = rf"(?:[^.;:()\[\],]|{SHORT})"
#: The bracket of another measure.
_BRACKET: Final = r"[(\[](?:[^()\[\]]|[(\[][^()\[\]]{0,60}[)\]]){3,260}[)\]]"
_OPENED: Final = r"\s*[(\[,]\s*(?:medians?\s*[,:]?\s*)?"
#: "… was longer in A (".
_IN: Final = re.compile(
    rf"[^;:()\[\]]{{0,60}}?\b(?P<how>{BETTER_WORDS})\s+(?:in|with|for|"
    rf"among)\s+(?:the\s+)?(?P<one>{_PHRASE}{{2,80}}?){_OPENED}"
)
#: "A improved OS (", also when another measure with its bracket comes first.
_IMPROVED: Final = re.compile(
    rf"(?:^|[;:]\s){LABEL}(?:The\s+|the\s+)?(?P<one>[^,;:()]{{2,80}}?)\s+(?:\w+ly\s+)?(?P<how>improved|prolonged|"
    rf"increased|extended)\s+(?:the\s+)?(?:median\s+)?(?:[^();:,]{{2,60}}?\s*{_BRACKET}\s*(?:,|,?\s*and)\s+)?$"
)
#: "Efficacy was greater in A (ORR".
_GREATER: Final = re.compile(
    rf"\b(?:was|were)\s+(?:\w+ly\s+)?(?P<how>{BETTER_WORDS})\s+(?:in|with|for|"
    rf"among)\s+(?:the\s+)?(?P<one>{_PHRASE}{{2,80}}?)\s*[(\[]$"
)
_UNNAMED: Final = re.compile(
    r"\b(?:in|of|among|between|for)?\s*(?:the\s+)?(?:two|2|both)\s+(?:treatment\s+|study\s+)?(?:groups|arms|cohorts)\b",
    re.IGNORECASE,
)
#: Where another comparison of a sentence begins.
_CLAUSE: Final = re.compile(r"[;,]\s*(?:whereas|while|although|but|and)\b")
#: "A showed a higher ORR (", also when another measure with its bracket comes first.
_HAD: Final = re.compile(
    rf"(?:^|[;:,]\s){LABEL}(?:The\s+|the\s+)?(?P<one>[^,;:()]{{2,90}}?)\s+(?:also\s+)?(?:had|has|showed|demonstrated|"
    rf"achieved|yielded|"
    rf"exhibited|provided|experienced|resulted in|led to)\s+(?:(?:an?|\w+ly|"
    rf"statistically)\s+){{0,3}}(?P<how>{BETTER_WORDS})\s+(?:median\s+)?"
    rf"(?:[^();:,]{{2,60}}?\s*{_BRACKET}\s*(?:,|,?\s*and)\s+(?:an?\s+)?(?:{BETTER_WORDS}\s+)?(?:median\s+)?){{0,2}}$"
)
#: What a named arm does: "A showed a higher ORR (".
_DOES: Final = re.compile(
    r"\b(?:show(?:ed|s)|had|has|have|achieved|demonstrated|yielded|resulted|led|improved|prolonged|provided|"
    r"experienced|presented|"
    r"exhibited|reduced|received)\b",
    re.IGNORECASE,
)
#: What arms are compared with somebody who is named.
_TO_SOMEBODY: Final = re.compile(
    rf"\b(?:{VS}|relative to)\s+(?!(?:the\s+)?(?:two|both|other)\b)[A-Za-z]", re.IGNORECASE
)
#: Words that may be about others than those of the sentence before.
_ANYBODY: Final = re.compile(
    r"\b(?:of|in|for|with|among|between|after|by)\s+(?=\S)(?!(?:terms\s+of\s+)?(?:the\s+)?(?:(?:two|both)\b|groups?\b|"
    r"arms?\b|median\b|PFS\b|OS\b|"
    r"ORR\b|DCR\b|overall\b|progression|objective\b|response|survival|\d))|[\u2010-]line\b|\b(?:patients|"
    r"those)\s+(?:who|with|in)\b",
    re.IGNORECASE,
)
_LESS: Final = frozenset({"shorter", "lower", "worse", "inferior", "poorer"})
#: Words that say that two figures are compared, and nothing of whom.
_COMPARES: Final = re.compile(
    r"\b(?:longer|shorter|higher|lower|better|worse|compared|versus|vs|first-line|second-line)\b", re.IGNORECASE
)


def one_named(text: str, span: Span, measure: Span, chain: Sequence[Figure]) -> Group | None:
    """The one arm that a sentence names beside two figures; the first of them is its own."""
    if len(chain) != 2 or measure.start - span.start > 300:
        return None
    gap, lead = text[measure.end : chain[0].span.start], text[span.start : measure.start]
    place, at = _IN.fullmatch(gap), measure.end
    if not place and re.fullmatch(_OPENED, gap):
        place, at = _IMPROVED.search(lead) or _HAD.search(lead), span.start
    if not place and not gap.strip():
        place, at = _GREATER.search(lead), span.start
    if not place or re.search(rf"\s{VS}\s|\b(?:and|or|than)\b", place["one"]):
        return None
    if _against(place["how"], chain):
        return None
    return Group.of(Span(at + place.start("one"), at + place.end("one")), text)


def _against(how: str, chain: Sequence[Figure]) -> bool:
    """Whether the figures contradict the words: "longer … (5 vs 9 months)" is of others."""
    first, second = (float(plain(f.value)) if f.value else None for f in chain)
    if first is None or second is None:
        return False
    return first > second if how.lower() in _LESS else first < second


def unnamed(text: str, span: Span, measure: Span, chain: Sequence[Figure], arms: Arms | None) -> list[Group] | None:
    """The two arms of the paper, when a sentence compares two figures and parts the patients by nothing else."""
    if arms is None or len(chain) != 2:
        return None
    if _DOES.search(_CLAUSE.split(text[span.start : measure.start])[-1]):
        return None  # whoever had the result is named
    since = max((g.span.end for g in (arms.first, arms.second) if g.span in span), default=span.start)
    before = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", text[min(since, measure.start) : chain[0].span.start])
    before = _CLAUSE.split(before)[-1]
    if _TO_SOMEBODY.search(before) or (arms.before and _ANYBODY.search(before)):
        return None
    if parts_patients(_COMPARES.sub(" ", _UNNAMED.sub(" ", before))):
        return None
    behind = re.match(r"[^.;]{0,200}", text[chain[1].span.end : span.end])
    rest = re.sub(r"[(\[][^()\[\]]*[)\]]", " ", behind[0] if behind else "").partition(",")[0]
    if _TO_SOMEBODY.search(rest) or parts_patients(_COMPARES.sub(" ", _UNNAMED.sub(" ", rest))):
        return None
    return [arms.first, arms.second]
