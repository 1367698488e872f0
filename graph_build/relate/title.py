"""A title and what it names: phases, the therapies it is about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ..model import ConceptClass, Evidence, Mention, Publication, QuoteRole, Span
from .discourse import RESISTANT, THERAPIES
from .sureness import sureness

#: Settings that name a treatment which is given: "neoadjuvant chemotherapy".
GIVEN: Final = frozenset(
    {"adjuvant", "neoadjuvant", "perioperative", "first-line", "second-line", "maintenance", "salvage"}
)
#: A therapy after these words is the setting, not what is studied: "after platinum-based chemotherapy".
_SETTING: Final = re.compile(
    r"(?:\b(?:after|before|following|post|pre|prior|previous|beyond|resistant to|resistance to|refractory to|during|"
    r"progressing on|while receiving|while on|progressed on|progression on|failure of|"
    r"previously (?:treated|exposed) (?:with|to)|pre-?treated with|"
    r"between)[\s-]+(?:[\w-]+[\s-]+){0,2}(?:(?:or|and)\s+[\w-]+\s+)?)$",
    re.IGNORECASE,
)
#: "afatinib, an irreversible ErbB family blocker", "GQ1005, A Novel HER2-ADC", "SHR-A1811 (antibody-drug conjugate)".
_APPOSITION: Final = re.compile(
    r"\s*(?:\([^()]{1,40}\))?\s*(?:,\s*(?:which is\s+|as\s+)?(?:an?|the)\s+|\(\s*(?:an?\s+)?|"
    r"\s+is an?\s+)(?:[\w-]+,?\s+){0,4}?$",
    re.IGNORECASE,
)
#: A therapy whose harm something else is given for: "massage for alleviating side effects of chemotherapy".
_RELIEVED: Final = re.compile(
    r"\b(?:alleviat|prevent|reduc|manag|treat|relie[fv]|ameliorat|control|for\b|against\b)\w*\s+(?:[\w-]+\s+){0,3}?"
    r"(?:(?:side|adverse|toxic)[\s-]+(?:effects?|events?|reactions?)|toxicit(?:y|ies)|nausea|vomiting)\s+"
    r"(?:of|from|due to|(?:caused|induced) by|associated with|after|during)\s+(?:[\w-]+\s+){0,2}(?:(?:or|and)\s+)?$",
    re.IGNORECASE,
)
_ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_PHASE: Final = re.compile(
    r"\bphases?[\s-]*(?P<one>IV|I{1,3}|[1-4])(?P<a>[ab])?(?:\s*(?:/|-|–|and)\s*(?:phase\s*)?(?P<two>IV|"
    r"I{1,3}|[1-4])?(?P<b>[ab])?(?![\w]))?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title to read: where it stands, the work it names, and who says it."""

    text: str  # the whole document
    zone: Span
    section: int
    publication: Publication
    mentions: tuple[Mention, ...]
    role: QuoteRole

    def of(self, *classes: ConceptClass) -> list[Mention]:
        """The mentions of some classes, in order."""
        return [m for m in self.mentions if m.cls in classes]

    def words(self) -> str:
        """The title in NFKC, for patterns that need no offsets."""
        return unicodedata.normalize("NFKC", self.zone.of(self.text))


def phases(words: str) -> tuple[str, ...]:
    """The trial phases that a title names, in the model's notation.

    >>> phases("Phase Ia/Ib trial: updated Phase Ia data"), phases("phase 1/2"), phases("Phase IIa"), phases("phase 3")
    (('1a', '1a/1b'), ('1/2',), ('2a',), ('3',))
    """
    found = set()
    for match in _PHASE.finditer(words):
        one = _ROMAN.get(match["one"].upper(), match["one"])
        two = _ROMAN.get((match["two"] or "").upper(), match["two"] or "")
        a, b = (match["a"] or "").lower(), (match["b"] or "").lower()
        if not two and not b:
            found.add(one + (a if one in "12" else ""))
        elif (two or one) == one:
            found.add(f"{one}{a}/{one}{b}" if a and b and one == "1" else one)
        else:
            found.add(f"{one}/{two}")  # the model has no "1b/2": the letters of mixed phases are dropped
    return tuple(sorted(found))


def investigated(title: Title) -> list[Mention]:
    """The therapies that the title's work is about: not the setting, not the class in apposition to a drug."""
    populations = [m.span for m in title.of(ConceptClass.POPULATION) if m.concept.label not in GIVEN]
    all_therapies = title.of(*THERAPIES)
    kept = []
    for mention in all_therapies:
        lead = title.text[title.zone.start : mention.span.start]
        if any(mention.span in span for span in populations) or _SETTING.search(lead) or _RELIEVED.search(lead):
            continue
        if RESISTANT.match(title.text, mention.span.end):
            continue
        if mention.cls is ConceptClass.DRUG_CLASS and _is_apposition(title, mention, all_therapies):
            continue
        if any(_contains(other, mention) for other in all_therapies):
            continue
        kept.append(mention)
    return kept


def _contains(other: Mention, mention: Mention) -> bool:
    """Whether a therapy is only a part of another's name: "chemotherapy" in "pemetrexed-based chemotherapy"."""
    if mention.span == other.span or mention.span not in other.span:
        return False
    return other.cls is mention.cls or (
        mention.cls is ConceptClass.DRUG_CLASS and "-based " in other.concept.label and " + " not in other.concept.label
    )


def _is_apposition(title: Title, mention: Mention, therapies: Sequence[Mention]) -> bool:
    for other in therapies:
        if other.cls is ConceptClass.DRUG:
            before = title.text[other.span.end : mention.span.start]
            if other.span.end <= mention.span.start and _APPOSITION.fullmatch(before):
                return True
            if mention.span.end <= other.span.start and not title.text[mention.span.end : other.span.start].strip():
                return True  # "the pan-HER tyrosine kinase inhibitor dacomitinib"
        if other.cls is ConceptClass.DRUG_CLASS and other.span.end < mention.span.start:
            bracket = title.text[other.span.end : mention.span.start].strip() == "("
            if bracket and title.text[mention.span.end : mention.span.end + 1] == ")":
                return other.span != mention.span and _is_apposition(title, other, therapies)  # "… inhibitor (TKI)"
    return False


def evidence(title: Title, mentions: Sequence[Mention], rule: str) -> Evidence:
    """The title as evidence."""
    return Evidence(
        span=title.zone,
        section=title.section,
        role=title.role,
        rule=rule,
        confidence=sureness(rule),
        mentions=tuple(mentions),
    )
